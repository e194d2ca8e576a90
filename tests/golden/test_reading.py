"""What the whole reader makes of single sentences: who met whom, and whether it happened. Tables of text and expected records.

These tests use the pinned language pipeline. Every sentence is invented.
"""

from __future__ import annotations

import pytest

from whomet.build import Pipeline
from whomet.lexicon import load_rows
from whomet.records import Article, Meeting
from whomet.relations.frames import find_triggers


def read(real_pipeline: Pipeline, text: str, published: str | None = "2019-05-15") -> tuple[Meeting, ...]:
    (outcome,) = real_pipeline.process([Article(id="a", text=text, published=published)])
    assert isinstance(outcome, Article), outcome
    for meeting in outcome.meetings:
        spans = [meeting.trigger, *meeting.evidence, *meeting.topics, *meeting.places]
        spans += [span for participant in meeting.participants for span in participant.mentions]
        assert all(text[span.char_start : span.char_end] == span.text for span in spans)
    return outcome.meetings


@pytest.mark.parametrize("row", load_rows("triggers.tsv"), ids=lambda row: f"{row['lemma']}-{row['pos']}")
def test_example_of_a_trigger_is_found(real_pipeline: Pipeline, row: dict[str, str]) -> None:
    assert row["lemma"] in {frame.lemma for _, frame in find_triggers(real_pipeline.nlp(row["example"]))}


STATUS = [
    ("Norwegian Foreign Minister Kari Lund met her Chilean counterpart Pablo Rojas in Oslo.", "held"),
    ("Norway and Chile held talks on fisheries in Oslo on Monday.", "held"),
    ("The foreign ministers of Norway and Chile have met in Oslo.", "held"),
    ("Norway and Chile are holding talks in Oslo.", "held"),
    ("Norway and Chile will hold talks in Oslo next week.", "planned"),
    ("Norway and Chile are expected to hold talks in Oslo.", "planned"),
    ("Norway and Chile have agreed to hold talks.", "planned"),
    ("Kari Lund is due to meet Pablo Rojas in Oslo.", "planned"),
    ("Kari Lund is scheduled to meet with Pablo Rojas on Friday.", "planned"),
    ("Norway plans to hold talks with Chile.", "planned"),
    ("A planned summit between Norway and Chile drew protests.", "planned"),
    ("Norway offered to hold talks with Chile.", "proposed"),
    ("Norway has proposed a summit with Chile.", "proposed"),
    ("Norway wants to hold talks with Chile.", "proposed"),
    ("Norway called for talks with Chile.", "proposed"),
    ("Kari Lund said she was ready to meet Pablo Rojas.", "proposed"),
    ("Norway hopes to hold talks with Chile.", "proposed"),
    ("Norwegian Foreign Minister Kari Lund could meet Chilean President Pablo Rojas.", "proposed"),
    ("Norwegian Prime Minister Kari Lund refused to meet Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund declined to meet with Chilean President Pablo Rojas.", "refused"),
    ("Norway cancelled the talks with Chile.", "refused"),
    ("Norway called off talks with Chile.", "refused"),
    ("Norway has ruled out talks with Chile.", "refused"),
    ("Norway postponed a summit with Chile.", "refused"),
    ("The summit between Norway and Chile was cancelled.", "refused"),
    ("Talks between Norway and Chile have been suspended.", "refused"),
    ("Norway will not hold talks with Chile.", "refused"),
    ("Norway boycotted the talks with Chile.", "refused"),
    ("Norway and Chile have not held talks since 2015.", "denied"),
    ("Kari Lund did not meet Pablo Rojas in Oslo.", "denied"),
    ("Norwegian Prime Minister Kari Lund has never met Chilean President Pablo Rojas.", "denied"),
    ("Norway denied that it had held talks with Chile.", "denied"),
    ("Norwegian officials said Kari Lund had met Pablo Rojas in Oslo.", "held"),
    ("Norwegian Prime Minister Kari Lund did not refuse to meet Chilean President Pablo Rojas.", "proposed"),
    ("Norwegian Prime Minister Kari Lund meets Chilean President Pablo Rojas on Friday.", "planned"),
    ("Norwegian Prime Minister Kari Lund meets Monday with Chilean President Pablo Rojas.", "planned"),
    ("Norwegian Prime Minister Kari Lund holds talks with Chilean President Pablo Rojas today.", "planned"),
    ("Norwegian Prime Minister Kari Lund is meeting Chilean President Pablo Rojas on Friday.", "planned"),
    ("Norwegian Prime Minister Kari Lund is visiting Chile through Thursday.", "held"),
    ("Norway is holding talks with Chile on Monday.", "held"),
    ("A follow-up to the summit between Norway and Chile was published.", "held"),
    ("Norwegian Prime Minister Kari Lund meets Chilean President Pablo Rojas on Friday, May 10, 2019.", "held"),
    ("Norwegian Prime Minister Kari Lund may face protests as she begins a visit to Chile.", "held"),
    ("Norwegian Prime Minister Kari Lund will face protests as she begins a visit to Chile.", "planned"),
    ("Norwegian Prime Minister Kari Lund is in Lima to meet Chilean President Pablo Rojas.", "planned"),
    ("Norwegian Prime Minister Kari Lund is in Lima for talks with Chilean President Pablo Rojas.", "planned"),
    ("Norwegian officials were coming to Lima for talks with Chilean President Pablo Rojas.", "planned"),
    ("The prime minister will address the crowd, meet Chilean President Pablo Rojas and open a school.", "planned"),
    ("Norwegian Prime Minister Kari Lund went on visits to Chile.", "held"),
    ("Norwegian Prime Minister Kari Lund was slated to meet Chilean President Pablo Rojas on Tuesday.", "planned"),
    ("Norway would offer a draft treaty at talks with Chile in Lima.", "planned"),
    ("Norway offered a draft treaty at talks with Chile in Lima.", "held"),
    ("Norway hopes to raise the dispute at talks with Chile.", "planned"),
    ("Norwegian Prime Minister Kari Lund sought to calm fears in her meeting with Chilean President Pablo Rojas.", "held"),
    ("Kari Lund will face questions about the rules in her meeting with Chilean President Pablo Rojas.", "planned"),
    ("Norwegian Prime Minister Kari Lund stopped short of a promise in talks with Chilean President Pablo Rojas.", "held"),
    ("The ministers had set targets for trade during talks between Norway and Chile.", "held"),
    ("Norway spoke of progress ahead of a summit with Chile in Lima.", "planned"),
    ("The decision was announced in the run-up to the summit between Norway and Chile.", "planned"),
    ("Prices were lower before the meeting between Norway and Chile last month.", "held"),
    ("A trade team is laying the groundwork for talks between Norway and Chile.", "planned"),
    ("Talks between Norway and Chile are unlikely to take place.", "proposed"),
    ("A meeting between Norway and Chile is unlikely to end the row.", "planned"),
    ("The talks between Norway and Chile are aimed at ending the row.", "held"),
    ("Norway was prepared for talks with Chile.", "proposed"),
    ("Norwegian Prime Minister Kari Lund has accepted an invitation from Chile for a state visit to Lima.", "planned"),
    ("A planned meeting between Norwegian Prime Minister Kari Lund and Chilean President Pablo Rojas was canceled.", "refused"),
    ("Norwegian Prime Minister Kari Lund was unable to meet Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund said she would stay away from the talks with Chile.", "refused"),
    ("Norwegian Prime Minister Kari Lund delayed her meeting with Chilean President Pablo Rojas until Friday.", "planned"),
    ("The summit between Norway and Chile fell through.", "refused"),
    ("Talks between Norway and Chile collapsed.", "refused"),
    ("Talks between Norway and Chile have broken down.", "refused"),
    ("Norwegian Prime Minister Kari Lund walked out of talks with Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund turned down an invitation to meet Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund shunned a meeting with Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund skipped a meeting with Chilean President Pablo Rojas.", "refused"),
    ("Norway put off a summit with Chile.", "refused"),
    ("Norway pushed back a summit with Chile.", "refused"),
    ("Norway pulled out of talks with Chile.", "refused"),
    ("Norway backed out of a planned summit with Chile.", "refused"),
    ("Norway has no plans to meet Chilean President Pablo Rojas.", "refused"),
    ("Norwegian Prime Minister Kari Lund failed to meet Chilean President Pablo Rojas.", "denied"),
    ("Norway and Chile failed to wrap up the talks.", "held"),
    ("Norwegian Prime Minister Kari Lund has yet to meet Chilean President Pablo Rojas.", "denied"),
    ("Norwegian Prime Minister Kari Lund said no such meeting with Chilean President Pablo Rojas took place.", "denied"),
    ("Norwegian Prime Minister Kari Lund dismissed reports that she had met Chilean President Pablo Rojas.", "denied"),
    ("There was no meeting between Norwegian Prime Minister Kari Lund and Chilean President Pablo Rojas.", "denied"),
    ("Norwegian Prime Minister Kari Lund floated a meeting with Chilean President Pablo Rojas.", "proposed"),
    ("Norway is ready to sit down with Chilean President Pablo Rojas.", "proposed"),
    ("Norway remains open to talks with Chile.", "proposed"),
    ("Norwegian Prime Minister Kari Lund was supposed to meet Chilean President Pablo Rojas on Friday.", "planned"),
    ("Norway rejected suggestions that Prime Minister Kari Lund may try to meet Chilean President Pablo Rojas.", "refused"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status_of_one_sentence(real_pipeline: Pipeline, text: str, status: str) -> None:
    meetings = read(real_pipeline, text)
    assert [meeting.status for meeting in meetings] == [status]


PARTICIPANTS = [
    ("Norway and Chile held talks in Oslo.", {(None, "Norway"), (None, "Chile")}),
    ("Oslo and Santiago will hold talks next week.", {(None, "Norway"), (None, "Chile")}),
    ("A Norway-Chile summit opened on Monday.", {(None, "Norway"), (None, "Chile")}),
    ("Talks were held between Norway and Chile.", {(None, "Norway"), (None, "Chile")}),
    (
        "Norwegian Foreign Minister Kari Lund met her Chilean counterpart, Pablo Rojas.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Kari Lund, Norway's foreign minister, met Pablo Rojas, the president of Chile.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    ("The foreign ministers of Norway, Chile and Kenya met in Lima.", {(None, "Norway"), (None, "Chile"), (None, "Kenya")}),
    ("Senior officials from Norway and Chile will meet on Thursday.", {(None, "Norway"), (None, "Chile")}),
    ("Norwegian and Chilean officials met in Lima.", {(None, "Norway"), (None, "Chile")}),
    (
        "Norwegian Prime Minister Kari Lund was received by Chilean President Pablo Rojas.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Chilean President Pablo Rojas, who met Norwegian Prime Minister Kari Lund in Lima, left on Friday.",
        {("Pablo Rojas", "Chile"), ("Kari Lund", "Norway")},
    ),
    (
        "The meeting of Norwegian Prime Minister Kari Lund and Chilean President Pablo Rojas lasted an hour.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund arrived in Geneva for talks with Chilean President Pablo Rojas.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund spoke by telephone with Chilean President Pablo Rojas.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund joined Chilean President Pablo Rojas for talks in Lima.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund rang Chilean President Pablo Rojas on Monday.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund dined with Chilean President Pablo Rojas in Lima.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "Norwegian Prime Minister Kari Lund held two phonecalls with Chilean President Pablo Rojas.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
    (
        "After talks with Chilean President Pablo Rojas, Norwegian Prime Minister Kari Lund praised the deal.",
        {("Kari Lund", "Norway"), ("Pablo Rojas", "Chile")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTICIPANTS)
def test_participants_of_one_sentence(real_pipeline: Pipeline, text: str, expected: set[tuple[str | None, str]]) -> None:
    (meeting,) = read(real_pipeline, text)
    assert {(item.name, item.party) for item in meeting.participants} == expected


NO_MEETING = [
    "Norway met the demands of the lenders.",
    "The company met its deadline on Friday.",
    "Norwegian Prime Minister Kari Lund told a news conference that prices had risen.",
    "The troops met fierce resistance near the river.",
    "Norwegian Prime Minister Kari Lund visited a shrine on Monday.",
    "Kari Lund won the election by a wide margin.",
    "Norway sent a letter to Chile.",
    "The parliamentary session opened at noon.",
    "Norwegian Prime Minister Kari Lund and Chilean President Pablo Rojas often meet.",
    "The two premiers, Kari Lund and Pablo Rojas, rarely met.",
    "Lawyers will meet the judge on Friday.",
    "Prices rose after the Harbour Cities Summit.",
    "The national assembly of Chile voted on prices.",
]


@pytest.mark.parametrize("text", NO_MEETING)
def test_no_meeting_where_nobody_meets(real_pipeline: Pipeline, text: str) -> None:
    assert read(real_pipeline, text) == ()


ONE_SIDE = [
    ("Norwegian Prime Minister Kari Lund told a conference in Lima that prices had risen.", "conference", "Kari Lund"),
    ("Norwegian Prime Minister Kari Lund asked a forum in Lima whether prices would rise.", "conference", "Kari Lund"),
    ("Norwegian Prime Minister Kari Lund spoke at the United Nations General Assembly on Tuesday.", "conference", "Kari Lund"),
    ("Norwegian Prime Minister Kari Lund made a speech to the Harbour Conference in Lima.", "conference", "Kari Lund"),
    ("Norway's security cabinet met in a bunker on Thursday.", "meeting", None),
]


@pytest.mark.parametrize(("text", "form", "name"), ONE_SIDE)
def test_one_side_is_enough_for_a_gathering(real_pipeline: Pipeline, text: str, form: str, name: str | None) -> None:
    (meeting,) = read(real_pipeline, text)
    assert meeting.form == form
    assert name in {item.name for item in meeting.participants}


def test_place_is_no_party(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norway and Chile met in Paris to discuss fisheries.")
    assert meeting.parties == ("Chile", "Norway")
    assert [place.text for place in meeting.places] == ["Paris"]
    assert [topic.text for topic in meeting.topics] == ["fisheries"]


def test_topic_is_no_participant(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norway and Chile held talks on Ukraine in Lima.")
    assert meeting.parties == ("Chile", "Norway")
    assert [topic.text for topic in meeting.topics] == ["Ukraine"]


PLACES_ARE_NO_PARTIES = [
    "Norway and Chile met in Paris.",
    "The foreign ministers of Norway and Chile met in Geneva, Switzerland, on Tuesday.",
    "Talks between Norway and Chile opened in Moscow on Monday.",
    "Norwegian and Chilean officials will meet in Beijing next week.",
    "In Paris, Norway held talks with Chile.",
    "A summit of Norway and Chile was held in the French capital, Paris.",
    "Norway and Chile wrapped up two days of talks in Washington.",
]


@pytest.mark.parametrize("text", PLACES_ARE_NO_PARTIES)
def test_where_they_meet_is_no_party(real_pipeline: Pipeline, text: str) -> None:
    (meeting,) = read(real_pipeline, text)
    assert meeting.parties == ("Chile", "Norway")


TOPICS_ARE_NO_PARTIES = [
    "Norway and Chile held talks on Ukraine.",
    "Norway and Chile discussed Ukraine at a meeting in Lima.",
    "Norway and Chile met to discuss Ukraine.",
    "Norway and Chile held a meeting about the war in Ukraine.",
    "Talks between Norway and Chile focused on Ukraine.",
    "Norway met Chile for talks over aid for Ukraine.",
]


@pytest.mark.parametrize("text", TOPICS_ARE_NO_PARTIES)
def test_what_they_discuss_is_no_party(real_pipeline: Pipeline, text: str) -> None:
    (meeting,) = read(real_pipeline, text)
    assert meeting.parties == ("Chile", "Norway")


UNKNOWN_PEOPLE = [
    ("Norwegian Fisheries Minister Torvald Aasgaardsen met Chilean Senator Ximena Huenchumilla.", 2),
    ("Torvald Aasgaardsen, Norway's fisheries minister, held talks with Ximena Huenchumilla of Chile.", 2),
    ("Ximena Huenchumilla sat down with Torvald Aasgaardsen in Lima.", 2),
    ("Harbour union leader Ximena Huenchumilla met Mayor Torvald Aasgaardsen on Monday.", 2),
]


@pytest.mark.parametrize(("text", "count"), UNKNOWN_PEOPLE)
def test_people_of_no_dictionary_are_found(real_pipeline: Pipeline, text: str, count: int) -> None:
    (meeting,) = read(real_pipeline, text)
    assert len([item for item in meeting.participants if item.name is not None]) == count


@pytest.mark.parametrize(
    "text",
    [
        "Norway, Chile and Kenya held trilateral talks in Lima.",
        "The foreign ministers of Norway, Chile and Kenya met in Lima.",
        "A meeting of Norway, Chile and Kenya took place in Lima.",
    ],
)
def test_three_sides_are_one_meeting(real_pipeline: Pipeline, text: str) -> None:
    (meeting,) = read(real_pipeline, text)
    assert meeting.parties == ("Chile", "Kenya", "Norway")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norway and Chile held talks in Lima on Monday.", "2019-05-13"),
        ("Norway and Chile will hold talks in Lima on Friday.", "2019-05-17"),
        ("Norway and Chile held talks in Lima on 3 March 2017.", "2017-03-03"),
        ("Norway and Chile will meet tomorrow.", "2019-05-16"),
        ("Norway and Chile met yesterday, officials said on Wednesday.", "2019-05-14"),
    ],
)
def test_the_day_is_the_meeting_s_not_the_story_s(real_pipeline: Pipeline, text: str, day: str) -> None:
    (meeting,) = read(real_pipeline, text)
    assert meeting.when is not None
    assert (meeting.when.start, meeting.when.end) == (day, day)


def test_surname_joins_full_name_and_title(real_pipeline: Pipeline) -> None:
    text = "Norwegian Foreign Minister Kari Lund arrived on Monday. Lund met Chilean President Pablo Rojas on Tuesday."
    meetings = read(real_pipeline, text)
    assert {(item.name, item.title, item.party) for item in meetings[-1].participants} == {
        ("Kari Lund", "Foreign Minister", "Norway"),
        ("Pablo Rojas", "President", "Chile"),
    }


def test_headline_and_body_are_one_occasion(real_pipeline: Pipeline) -> None:
    text = (
        "Norway, Chile to hold fisheries talks\n\n"
        "Norway and Chile will hold talks on fisheries in Lima on Friday, officials said.\n\n"
        "The talks will be led by Norwegian minister Kari Lund and Chilean minister Pablo Rojas.\n"
    )
    meetings = read(real_pipeline, text)
    assert [meeting.status for meeting in meetings] == ["planned"]
    assert meetings[0].when is not None
    assert (meetings[0].when.start, meetings[0].when.end) == ("2019-05-17", "2019-05-17")


def test_held_and_refused_are_two_occasions(real_pipeline: Pipeline) -> None:
    text = "Norway and Chile held talks in Lima on Monday. Norwegian Prime Minister Kari Lund refused to meet Kenyan President Juma Otieno."
    assert [(meeting.status, meeting.parties) for meeting in read(real_pipeline, text)] == [
        ("held", ("Chile", "Norway")),
        ("refused", ("Kenya", "Norway")),
    ]


def test_visit_names_its_host(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norwegian Prime Minister Kari Lund will visit Chile in June.")
    assert (meeting.form, meeting.status, meeting.parties) == ("visit", "planned", ("Chile", "Norway"))


def test_call_is_a_call(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norwegian Prime Minister Kari Lund held a phone call with Chilean President Pablo Rojas.")
    assert meeting.form == "call"


def test_without_publication_date_relative_days_stay_unknown(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norway and Chile held talks in Lima on Tuesday.", published=None)
    assert meeting.when is not None
    assert (meeting.when.text, meeting.when.start, meeting.when.end) == ("Tuesday", None, None)


def test_reading_twice_gives_the_same(real_pipeline: Pipeline) -> None:
    text = "Norway and Chile held talks in Lima on Tuesday. They agreed to meet again in June."
    assert read(real_pipeline, text) == read(real_pipeline, text)


BESIDE = [
    ("Kari Lund met Pablo Rojas of Chile on the sidelines of the Oceans Summit in Oslo on Monday.", ["meeting", "conference"]),
    ("President Kari Lund will meet President Pablo Rojas on the margins of the General Assembly.", ["meeting", "conference"]),
    ("Prime Minister Kari Lund declined to meet President Pablo Rojas on the sidelines of the Oceans Summit.", ["meeting"]),
    ("Kari Lund met Pablo Rojas of Chile and spoke of the margins of the fish trade.", ["meeting"]),
    ("Kari Lund met Pablo Rojas of Chile. Reporters waited on the sidelines of the Oceans Fair.", ["meeting"]),
]


@pytest.mark.parametrize(("text", "forms"), BESIDE, ids=[str(number) for number in range(len(BESIDE))])
def test_a_gathering_beside_a_meeting_is_one_of_its_own(real_pipeline: Pipeline, text: str, forms: list[str]) -> None:
    meetings = read(real_pipeline, text)
    assert [meeting.form for meeting in meetings] == forms
    assert len({meeting.participants for meeting in meetings}) == 1


def test_a_gathering_is_told_once(real_pipeline: Pipeline) -> None:
    text = (
        "Leaders of Norway, Chile, Peru and Kenya held a summit in Oslo on Monday. "
        "Kari Lund met Pablo Rojas of Chile on the sidelines of the summit."
    )
    forms = [meeting.form for meeting in read(real_pipeline, text)]
    assert sorted(forms) == ["conference", "meeting"]


def test_summoned_ambassadors(real_pipeline: Pipeline) -> None:
    (meeting,) = read(real_pipeline, "Norway summoned Chilean Ambassador Pablo Rojas on Monday over the fishing dispute.")
    assert (meeting.parties, meeting.status) == (("Chile", "Norway"), "held")
    assert read(real_pipeline, "The court summoned jurors on Monday. She summoned all her strength.") == ()
