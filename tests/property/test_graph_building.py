"""What holds for every graph, whatever the meetings and their order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from whomet.graph import EDGE_KINDS, NODE_KINDS, build_graph
from whomet.records import FORMS, STATUSES

NAMES = [None, "Ada Lund", "Lund", "Ada K. Lund", "Pia Berg", "Berg", "Pía Berg", "Li Bo", "李波", "Otto Holm"]
PARTIES = [None, "Norway", "the Norway", "Sweden", "Harbour Guild"]
TEXTS = ["the border railway", "border railways", "Oslo", "a hotel", "…", "Town Hall in Oslo"]
SENTENCES = [
    "Ada Lund received Pia Berg in Oslo on Monday to discuss it",
    "They met",
    "Lund and Berg spoke for an hour in the old house",
]

participants = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "title": st.sampled_from([None, "Foreign Minister", "officials"]),
        "party": st.sampled_from(PARTIES),
        "confidence": st.sampled_from([0.5, 0.9]),
    }
)
quotes = st.lists(st.builds(lambda text: {"text": text}, st.sampled_from(TEXTS)), max_size=2)
days = st.integers(1, 28).flatmap(lambda first: st.tuples(st.just(first), st.integers(first, min(28, first + 6))))
whens = st.none() | days.map(lambda day: {"text": "then", "start": f"2020-03-{day[0]:02}", "end": f"2020-03-{day[1]:02}"})


@st.composite
def meeting_lists(draw):
    meetings = []
    for number in range(draw(st.integers(1, 7))):
        article = draw(st.sampled_from("abcd"))
        meetings.append(
            {
                "id": f"{article}#m{number}",
                "article": article,
                "form": draw(st.sampled_from(FORMS)),
                "status": draw(st.sampled_from(STATUSES)),
                "participants": draw(st.lists(participants, max_size=4)),
                "topics": draw(quotes),
                "places": draw(quotes),
                "when": draw(whens),
                "evidence": draw(st.lists(st.sampled_from(SENTENCES).map(lambda text: {"text": text}), max_size=1)),
                "confidence": draw(st.sampled_from([0.4, 0.8])),
            }
        )
    return meetings


ARTICLES = [{"id": "a", "published": "2020-03-03"}, {"id": "b", "published": "2020-03-20"}]


@given(meeting_lists(), st.randoms(use_true_random=False))
def test_build_graph_does_not_depend_on_order_or_repetition(meetings: list, draw: random.Random):
    shuffled = meetings + draw.sample(meetings, k=draw.randint(0, len(meetings)))
    draw.shuffle(shuffled)
    assert list(build_graph(shuffled, reversed(ARTICLES))) == list(build_graph(meetings, ARTICLES))


@given(meeting_lists())
def test_build_graph_is_whole(meetings: list):
    rows = list(build_graph(meetings))
    nodes = [row for row in rows if row["type"] == "node"]
    edges = rows[len(nodes) :]
    ids = {row["id"] for row in nodes}
    assert all(row["type"] == "edge" for row in edges)
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(edge["source"] in ids and edge["target"] in ids for edge in edges)
    assert {row["kind"] for row in nodes} <= set(NODE_KINDS)
    assert {row["kind"] for row in edges} <= set(EDGE_KINDS)
    assert all(isinstance(value, (str, int, float, bool)) for row in rows for value in row.values())


@given(meeting_lists())
def test_build_graph_tells_every_meeting_once(meetings: list):
    rows = list(build_graph(meetings))
    told = [row["report"] for row in rows if row["kind"] == "REPORTED_IN"]
    assert sorted(told) == sorted(meeting["id"] for meeting in meetings)
    assert sum(row["reports"] for row in rows if row["kind"] == "Meeting") == len(meetings)


@given(meeting_lists())
def test_build_graph_joins_no_two_statuses_that_exclude_each_other(meetings: list):
    by_meeting: dict = {}
    for row in build_graph(meetings):
        if row["kind"] == "REPORTED_IN":
            by_meeting.setdefault(row["source"], set()).add(row["status"])
    assert not any({"held", "refused"} <= found or ("denied" in found and len(found) > 1) for found in by_meeting.values())
