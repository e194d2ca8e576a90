"""Gatherings beside which a meeting is held: 'met on the sidelines of the summit' tells of two meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from whomet.lexicon import load_words
from whomet.relations.lexicon import frames
from whomet.relations.mention import Occasion

SHARE = 0.7
"""What the chance of a meeting is multiplied by for the gathering beside it. Of 36 gatherings told this way on held-out outlets,
annotators took 23 for a conference of the same people."""


def add_gatherings(occasions: Sequence[Occasion], doc: Doc) -> list[Occasion]:
    """The occasions, and behind them the gatherings that they are held beside, each with the people who meet there.

    A gathering is not told where the article tells of it as an occasion of its own.
    """
    found: list[Occasion] = []
    for gathering in filter(is_beside, doc):
        home = _held_beside(gathering.head.head, occasions)
        if home is None or any(_tells_of(other, gathering) for other in occasions if other is not home):
            continue
        found.append(
            replace(
                home,
                trigger=gathering,
                mentions=(replace(home.mentions[0], trigger=gathering, form="conference", topics=[]),),
                form="conference",
                cue=None,
                topics=[],
                score=home.score * SHARE if home.score is not None else None,
            )
        )
    return [*occasions, *found]


def is_beside(token: Token) -> bool:
    """Whether a token is the gathering that something is held beside: 'the sidelines of the summit'."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.lower_ in load_words("side_nouns.txt")
        and (token.pos_ == "PROPN" or (token.lower_, "NOUN") in frames())
    )


def _tells_of(occasion: Occasion, gathering: Token) -> bool:
    """Whether an occasion is a gathering's own: told in its phrase, or a conference told by the same word."""
    own = range(gathering.left_edge.i, gathering.i + 1)
    return any(
        mention.trigger.i in own or (occasion.form == "conference" and mention.trigger.lower_ == gathering.lower_)
        for mention in occasion.mentions
    )


def _held_beside(side: Token, occasions: Sequence[Occasion]) -> Occasion | None:
    """The occasion told nearest in front of a side within its sentence: a meeting held, or planned, beside the gathering."""
    near = [
        (mention.trigger.i, occasion)
        for occasion in occasions
        if occasion.form in ("meeting", "visit") and occasion.status in ("held", "planned")
        for mention in occasion.mentions
        if side.sent.start <= mention.trigger.i < side.i
    ]
    return max(near, key=lambda item: item[0], default=(0, None))[1]
