"""What a rule may look at while it gives a meaning: tokens, publication day, what was said before, how the clause looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from whomet.dates.calendar import Days, add_days, add_months, months_days, value_days
from whomet.dates.grammar import Candidate, candidate_of, rules
from whomet.dates.tokens import CODES, Token

UNKNOWN_VALUES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "H": "XXXX-HX",
    "Y": "XXXX",
    "DE": "XXX",
    "CE": "XX",
}
GRANULARITIES = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "H": "half",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
    "2W": "week",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means: TIMEX3 type and value, its days, granularity, direction, and whether an anchor was used."""

    type: str
    value: str
    days: Days | None = None
    granularity: str | None = None
    direction: str | None = None
    anchored: bool = False


@dataclass(slots=True)
class Context:
    """State of one reading, left to right.

    ahead: whether the clause of a token range looks ahead. build: the table of rules, for parts of a match.
    reference: the last calendar meaning told, for 'that year' and 'two weeks later'; told_day and told_quarter: the last day
    and the last quarter told. narrative: the text tells of past years; year_hint is then the year it has come to. clause: the
    whole that the match being read is a part of.
    """

    tokens: list[Token]
    codes: str
    anchor: date | None
    ahead: Callable[[int, int], bool | None]
    build: Callable[[Context, Candidate], Meaning | None]
    reference: Meaning | None = None
    told_day: Meaning | None = None
    told_quarter: Meaning | None = None
    last_rule: str = ""
    last_token: int = -1
    narrative: bool = False
    clause: tuple[int, int] | None = None
    year_hint: int | None = None
    numeric_order: str | None = None

    def looks(self, candidate: Candidate) -> bool | None:
        """Whether the clause around a match looks ahead; of a part ('9 a.m. [Tuesday]') the clause of the whole."""
        first, last = self.clause or (candidate.first, candidate.last)
        return self.ahead(first, last)

    def kind(self, index: int) -> str:
        """The class of a token; BREAK outside the text."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else "BREAK"

    def word(self, index: int) -> str:
        """The lower-case form of a token; empty outside the text."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def fullmatch(self, first: int, last: int) -> list[Candidate]:
        """All rules that read exactly tokens[first:last]."""
        found = []
        for rule in rules():
            match = rule.compiled.fullmatch(self.codes, first, last)
            if match:
                found.append(candidate_of(rule, match))
        return found

    def reference_day(self) -> date | None:
        """The day that 'that day' or 'two days later' counts from: the last one told, else the publication day."""
        if self.reference is not None and self.reference.days is not None:
            return self.reference.days.first
        return self.anchor

    def remember(self, candidate: Candidate, meaning: Meaning) -> None:
        """Keep what later expressions may count from."""
        self.last_token, self.last_rule = candidate.last, candidate.rule
        if meaning.days is None or meaning.type not in ("DATE", "TIME"):
            return
        if candidate.rule in ("ago", "shift", "year-ago") and meaning.granularity in ("year", "quarter"):
            return
        self.reference = meaning
        if meaning.granularity in ("day", "time"):
            self.told_day = meaning
        elif meaning.granularity == "quarter":
            self.told_quarter = meaning
        if self.narrative and meaning.granularity in ("day", "month", "year", "season", "time"):
            self.year_hint = meaning.days.first.year


def codes_of(tokens: list[Token]) -> str:
    """The tokens as the string of class letters that the rules read."""
    return "".join(CODES[token.kind] for token in tokens)


def unit_meaning(unit: str, base: date | None, offset: int, *, anchored: bool = True) -> Meaning:
    """The day, week, month, ... that holds `base`, moved by `offset` units; its value class alone when base is None."""
    direction = None if offset == 0 else "past" if offset < 0 else "future"
    value = None if base is None else unit_value(unit, base, offset)
    if value is None:
        return Meaning("DATE", UNKNOWN_VALUES.get(unit, "XXXX-XX-XX"), None, GRANULARITIES.get(unit), direction)
    return Meaning("DATE", value, value_days(value), GRANULARITIES.get(unit), direction, anchored)


def unit_value(unit: str, base: date, offset: int) -> str | None:
    """TIMEX3 value of the unit that holds `base`, moved by `offset` units; None outside the calendar."""
    if unit in ("D", "W", "WE", "2W"):
        day = add_days(base, offset * {"D": 1, "2W": 14}.get(unit, 7)) if abs(offset) < 4_000_000 else None
        if day is None:
            return None
        if unit == "D":
            return day.isoformat()
        week = day.isocalendar()
        return f"{week.year:04d}-W{week.week:02d}" + ("-WE" if unit == "WE" else "")
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    moved = add_months(base, offset * months) if months and abs(offset) < 120_000 else None
    if moved is None:
        return None
    year = f"{moved.year:04d}"
    values: dict[str, str | None] = {
        "M": f"{year}-{moved.month:02d}",
        "Q": f"{year}-Q{(moved.month + 2) // 3}",
        "H": f"{year}-H{(moved.month + 5) // 6}",
        "Y": year,
        "DE": year[:3],
        "CE": year[:2] if year[:2] != "00" else None,
    }
    return values[unit]


def move(base: date, unit: str, count: int) -> date | None:
    """The day `count` units from base (a month or year later keeps the day of the month)."""
    if unit in ("D", "W", "2W", "WE"):
        days = count * {"D": 1, "W": 7, "WE": 7, "2W": 14}[unit]
        return add_days(base, days) if abs(days) < 4_000_000 else None
    months = count * {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}.get(unit, 12)
    return add_months(base, months) if abs(months) < 120_000 else None


def month_of_year(month: int, year: int) -> Meaning:
    """A named month of a year."""
    return Meaning("DATE", f"{year:04d}-{month:02d}", months_days(year, month, 1), "month")
