from glossary.text.spelling import AMERICAN, american_start


def test_no_american_word_is_itself_respelled() -> None:
    assert not {word for word in AMERICAN.values() if word in AMERICAN}


def test_words_that_only_look_british_are_left_alone() -> None:
    assert not {"four", "hour", "our", "promise", "advise", "exercise"} & set(AMERICAN)


def test_an_unfinished_british_word_is_cut_back_to_what_both_share() -> None:
    assert american_start("organis") == "organi"
    assert american_start("sovereign") == "sovereign"
