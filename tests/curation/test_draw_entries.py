from tests.curation.draw_entries import drawn, row


def test_the_same_seed_draws_the_same_entries() -> None:
    assert drawn(50, seed=7) == drawn(50, seed=7)
    assert drawn(50, seed=7) != drawn(50, seed=8)
    assert len({entry.id for entry in drawn(50, seed=7)}) == 50


def test_a_drawn_entry_is_a_row_with_room_for_a_verdict() -> None:
    for entry in drawn(5, seed=1):
        assert row(entry).endswith("|  |")
        assert entry.terms[0].text in row(entry)
