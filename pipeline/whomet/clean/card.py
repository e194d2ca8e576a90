"""The card of the line model: what it is, from what, how good, where it fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whomet.clean.measure import Figures
from whomet.clean.model import LineModel
from whomet.clean.pages import LabelledPage

Row = tuple[str, str, str, Figures]

_WHAT = """# Line model

Tells for every line of a raw page whether it is story, furniture or a reader's comment. `whomet.clean` reads headline, byline,
date and caption off the story lines by rules. Written by `make train-lines`; the same pages and seed give the same files.

- `weights.npz`: arrays of numbers (half precision), read with `allow_pickle=False`. `words.txt`: one known word a line.
- A score for each of {words} words (multinomial logistic regression), joined with {columns} numbers about the line, its
  neighbours, windows of 4, 12 and 40 lines, and its place on the page; one hidden layer of {hidden} units (the mean of
  {networks} networks); then the most probable sequence of classes over the page (Viterbi).
- Licence MIT, as whomet. The weights hold no text of the pages; `words.txt` holds words that at least {outlets} outlets use.

## Trained on

{sets}
Each page also in other shapes: cut out of its surroundings, in one line, its first lines alone, hard-wrapped. Pages without
comments also with made comment sections: remarks of other pages (and some lines of other stories) in the forms of
`comment_forms.txt`. `own_pages.txt` and `comment_forms.txt` are of our own writing. The article extraction benchmark labels
paragraphs only, so lines that may be headline, byline or caption of its pages count as unknown.
Outlets are in one of five folds. The figures below are of a model that did not see the check outlets; the model in this
folder was trained, with the same settings and seed {seed}, on all of them.

## How good

Words, per cent: F1 over all words, and the mean of the pages' F1. Comments where a set has any. These are the classes of the
model alone; the rules about headlines and dates come after it.

| part | set | pages | body F1 | body page mean | comment F1 | comment page mean |
| --- | --- | --- | --- | --- | --- | --- |
{rows}
"tune" pages were trained on. "measured only" is a research set of news pages of 2007-08 that nothing was trained on.

## Where it fails

- Lists of other stories with a full sentence each, right below or between the paragraphs, are taken for the story.
- Comments without any mark (no name, time, vote or reply link) under a story without a line that opens the section; a single
  short comment in a form that was not trained on; comment sections with furniture in other languages.
- Press releases: the collections differ on whether contact blocks and copyright lines belong to the story.
- Sports results, recipes, tables and source code: short lines within the story are lost.
- Other languages than English: the words are unknown and form alone decides.
"""


def write_card(folder: Path, model: LineModel, learned: Sequence[LabelledPage], figures: Sequence[Row], **facts: int) -> None:
    """Write README.md beside the weights. `facts`: seed, networks, outlets."""
    names = sorted({page.set for page in learned})
    sets = "".join(
        f"- {name}: {len(pages)} pages of {len({page.outlet for page in pages})} outlets\n"
        for name in names
        if (pages := [page for page in learned if page.set == name])
    )
    text = _WHAT.format(
        words=len(model.words),
        columns=len(model.mean),
        hidden=model.layers[0][0].shape[1],
        sets=sets,
        rows="".join(_rows(figures)),
        **facts,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _rows(figures: Sequence[Row]) -> list[str]:
    table = {(part, name, label): figure for part, name, label, figure in figures}
    rows = []
    for part, name in dict.fromkeys((part, name) for part, name, _, _ in figures):
        body, comment = table[part, name, "body"], table[part, name, "comment"]
        told = f"{comment.f1:.1f} | {comment.page_mean:.1f}" if comment.gold else "- | -"
        rows.append(f"| {part} | {name} | {body.pages} | {body.f1:.1f} | {body.page_mean:.1f} | {told} |\n")
    return rows
