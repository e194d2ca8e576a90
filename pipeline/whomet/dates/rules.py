"""From a rule match to its meaning: the table that joins rule names to functions."""

from __future__ import annotations

from whomet.dates import days, lengths, months, numeric, periods, seasons
from whomet.dates.context import Context, Meaning
from whomet.dates.grammar import Candidate

BUILDERS = months.BUILDERS | days.BUILDERS | periods.BUILDERS | seasons.BUILDERS | lengths.BUILDERS | numeric.BUILDERS


def build(context: Context, candidate: Candidate) -> Meaning | None:
    """The meaning of a match; None when the rule finds that it is no time expression."""
    return BUILDERS[candidate.rule](context, candidate)
