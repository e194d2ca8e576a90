"""Whatever text a graph holds, other tools can read what is exported."""

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import networkx
from hypothesis import given
from hypothesis import strategies as st

from whomet.graph import build_graph
from whomet.graph.export import export_graph

texts = st.text(st.characters(), min_size=1, max_size=12).filter(lambda text: text.strip())


@st.composite
def meeting_lists(draw):
    return [
        {
            "id": f"a#m{number}",
            "article": "a",
            "form": "meeting",
            "status": "held",
            "participants": [
                {"name": draw(texts), "title": draw(texts), "party": draw(texts), "confidence": 1} for _ in range(2)
            ],
            "topics": [{"text": draw(texts)}],
            "places": [{"text": draw(texts)}],
            "when": {"text": "then", "start": "2020-03-02", "end": "2020-03-02"} if draw(st.booleans()) else None,
            "evidence": [{"text": draw(texts)}],
            "confidence": 0.5,
        }
        for number in range(draw(st.integers(1, 3)))
    ]


def exported(meetings, to):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "graph.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in build_graph(meetings)), encoding="utf-8")
        done = export_graph(path, to, Path(folder) / "out.x")
        return done, [file.read_bytes() for file in done.paths]


@given(meeting_lists())
def test_export_gexf_and_graphml_can_be_read(meetings: list):
    for to, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        done, (content,) = exported(meetings, to)
        ElementTree.fromstring(content)
        back = read(io.BytesIO(content))
        assert (back.number_of_nodes(), back.number_of_edges()) == (done.nodes, done.edges)


@given(meeting_lists())
def test_export_csv_has_a_row_for_each_and_no_formula(meetings: list):
    done, contents = exported(meetings, "csv")
    tables = [list(csv.reader(io.StringIO(content.decode(), newline=""))) for content in contents]
    assert [len(table) - 1 for table in tables] == [done.nodes, done.edges]
    assert not [cell for table in tables for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(meeting_lists())
def test_export_dot_quotes_every_text(meetings: list):
    done, (content,) = exported(meetings, "dot")
    lines = content.decode().split("\n")
    assert len(lines) == done.nodes + done.edges + 3
    assert all((line.count('"') - line.count('\\"')) % 2 == 0 for line in lines if "\\\\" not in line)
