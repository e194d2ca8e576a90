from whomet.records import Segment
from whomet.relations.lexicon import screen_pattern, signatures
from whomet.relations.screen import reading_view, sentence_starts

FILLER = "Rain fell on the hills all day and nobody minded it much. "


def body(text: str) -> tuple[Segment, ...]:
    return (Segment(0, len(text), "body"),)


def test_article_without_a_candidate_is_not_read() -> None:
    assert reading_view(FILLER * 5, body(FILLER * 5)) is None


def test_view_holds_candidate_neighbours_lead_and_shared_names() -> None:
    text = (
        "The lead is always read. So is the second one. "
        + FILLER * 4
        + "Before it. Lund met the envoy. After it. "
        + FILLER * 4
        + "The harbour chief, Kari Lund, is 50. "
        + FILLER
    )
    view = reading_view(text, body(text))
    assert view is not None
    for wanted in ("The lead is always read.", "Before it.", "Lund met the envoy.", "After it.", "Kari Lund, is 50."):
        assert wanted in view.text
    assert view.text.count("Rain fell") < 9


def test_comments_are_never_in_the_view() -> None:
    text = "Norway and Chile held talks.\nI met them too.\n"
    view = reading_view(text, (Segment(0, 29, "body"), Segment(29, 45, "comment")))
    assert view is not None
    assert "I met" not in view.text


def test_sentence_starts_are_offsets_of_the_view() -> None:
    text = "One here. " + FILLER * 6 + "They met. They left."
    view = reading_view(text, body(text))
    assert view is not None
    starts = sentence_starts(view)
    assert 0 in starts
    assert view.text.index("They left.") in starts
    assert all(view.text[start - 1].isspace() for start in starts if start)


def test_screen_matches_whole_words_of_any_case() -> None:
    pattern = screen_pattern()
    assert pattern.search("TALKS resume")
    assert not pattern.search("meteor calibre")


def test_status_signatures_know_the_field() -> None:
    table = signatures()
    assert table["refuse", "VERB"] == "refused"
    assert table["propose", "VERB"] == "proposed"
    assert ("say", "VERB") not in table
