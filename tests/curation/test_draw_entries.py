from tests.curation.draw_entries import STRATA, drawn, row, stratified


def test_the_same_seed_draws_the_same_entries() -> None:
    assert drawn(50, seed=7) == drawn(50, seed=7)
    assert drawn(50, seed=7) != drawn(50, seed=8)
    assert len({entry.id for entry in drawn(50, seed=7)}) == 50


def test_a_drawn_entry_is_a_row_with_room_for_a_verdict() -> None:
    for entry in drawn(5, seed=1):
        assert row(entry).endswith("|  |")
        assert entry.terms[0].text in row(entry)


def test_two_hundred_entries_are_drawn_from_every_stratum() -> None:
    chosen = stratified(seed=2611)
    assert chosen == stratified(seed=2611)
    assert len({entry.id for entry in chosen}) == sum(STRATA) == 200
    states = [entry.state for entry in chosen]
    assert states[:90] == ["approved"] * 90
    assert states[90:170] == ["draft"] * 80
