from hypothesis import given
from hypothesis import strategies as st

from glossary.web.pages.passage import MarkedPiece, Place, paragraphs


def place(start: int, end: int, name: str = "m") -> Place:
    return Place(start, end, name, "term", "")


def drawn(piece: "str | MarkedPiece") -> str:
    if isinstance(piece, str):
        return piece
    inner = "".join(map(drawn, piece.inside))
    return f"[{inner}]" if piece.place else inner


def lines(text: str, places: list[Place]) -> list[str]:
    return [drawn(line) for line in paragraphs(text, places)]


def test_terms_lie_inside_one_another() -> None:
    text = "坚持不冲突、不对抗、相互尊重。"
    places = [place(2, 14), place(2, 9), place(10, 14)]
    assert lines(text, places) == ["坚持[[不冲突、不对抗]、[相互尊重]]。"]


def test_what_crosses_another_or_the_end_of_a_line_is_left_out() -> None:
    assert lines("abcdef", [place(0, 3), place(2, 5)]) == ["[abc]def"]
    assert lines("ab\ncd", [place(1, 4), place(3, 5)]) == ["ab", "[cd]"]


@given(
    st.text("ab和\n", max_size=30),
    st.lists(st.tuples(st.integers(0, 31), st.integers(0, 31)), max_size=8),
)
def test_no_text_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    places = [place(a, b) for a, b in spans if a < b <= len(text)]
    shown = "\n".join(lines(text, places))
    assert shown.replace("[", "").replace("]", "") == text
