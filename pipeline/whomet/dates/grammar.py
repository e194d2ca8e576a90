"""The date grammar: rules over token classes, as data.

A pattern is a regular expression whose letters are token classes (`tokens.CLASSES`) and macros; `name:(...)` or `name:CLASS`
captures. Every repetition is bounded, so matching is linear in the length of the text. The rule name selects the function
in `rules` that gives the meaning; of all matches the leftmost, then the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from whomet.dates.tokens import CODES

MACROS = {
    "WDAY": "(?:WEEKDAY|WEEKDAY_SHORT DOT?)",
    "MON": "(?:(?:MONTH|MONTH_SHORT DOT?))",
    "DAYN": "(?:DAY|ORDINAL)",
    "NUM": "(?:DAY|INT|NUMBER|FRACTION)",
    "TENS": "(?:DAY|INT|NUMBER|YEAR|FRACTION)",
    "SPAN_": "(?:UNITS|UNIT|CLOCKUNIT|QUARTER|WEEKEND|WEEKENDS|NIGHTS|SEASON)",
    "DET": "(?:THE|OWN|THIS|THAT|A)",
    "CYCLE": "(?:UNIT|QUARTER|WEEKEND|SEASON|FALL|HALF|PERIOD)",
    "REL": "(?:THIS|THE? LAST|THE? NEXT|THE? CURRENT|THE? PREVIOUS|THE? FOLLOWING|THE? LATEST|(?:THE|THIS)? COMING|THIS PAST"
    "|(?:THE|THAT) SAME|THAT)",
    "YEARREL": "(?:(?:THIS|LAST|NEXT|THAT|THE SAME|THE FOLLOWING|THE PREVIOUS|THE CURRENT) UNIT)",
    "MOD": "(?:EARLY|MID|LATE)",
    "RANGE_TO": "(?:DASH|TO)",
    "CLOCKX": "(?:(?:CLOCK|DAY|FRACTION|DAY DOT DAY)(?: AMPM DOT?)|CLOCK|HOURNAME|(?:INT|YEAR|DAY)(?= ZONE))(?: ZONE)?",
    "DATEX": "(?:(?:WDAY COMMA?)? MON THE? DAYN COMMA? YEAR|(?:WDAY COMMA?)? THE? DAYN OF? MON COMMA? YEAR"
    "|(?:WDAY COMMA?)? MON THE? DAYN|(?:WDAY COMMA?)? THE? DAYN OF? MON|(?:REL )?WEEKDAY|TODAY|ISO|NUMERIC"
    "|(?:THAT|THE (?:SAME|NEXT|FOLLOWING|PREVIOUS)) UNIT)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, its pattern in token classes, and the compiled form."""

    name: str
    pattern: str
    compiled: re.Pattern[str]


RULES_TEXT = """
iso             ISO
numeric         NUMERIC
full-date       (?:w:WDAY COMMA?)? m:MON THE? d:DAYN COMMA? y:YEAR
full-date       (?:w:WDAY COMMA?)? THE? d:DAYN OF? m:MON COMMA? y:YEAR
month-day       (?:r:REL )?(?:w:WDAY COMMA?)? m:MON THE? d:DAYN
month-day       (?:r:REL )?(?:w:WDAY COMMA? (?:THE)?)? THE? d:DAYN OF? m:MON
month-day-rel   m:MON THE? d:DAYN (?:COMMA|OF)? r:YEARREL
month-day-rel   THE? d:DAYN OF? m:MON (?:COMMA|OF)? r:YEARREL
day-range       m:MON d:DAYN RANGE_TO e:DAYN (?:COMMA? y:YEAR)?
day-range       THE? d:DAYN RANGE_TO THE? e:DAYN OF? m:MON (?:COMMA? y:YEAR)?
day-range       THE? d:DAYN AND THE? e:DAYN OF? m:MON (?:COMMA? y:YEAR)?
day-range       m:MON d:DAYN (?:COMMA? z:YEAR)? DASH n:MON e:DAYN (?:COMMA? y:YEAR)?
day-range       d:DAYN m:MON DASH e:DAYN n:MON (?:COMMA? y:YEAR)?
month-range     m:MON DASH n:MON (?:(?:COMMA|OF)? y:YEAR)?
month-year      m:MON (?:COMMA|OF)? y:YEAR
month-rel       m:MON (?:COMMA|OF)? r:YEARREL
month           m:MON
rel-month       r:REL m:MON
year            y:YEAR
year            THE UNIT y:YEAR
year-era        y:(?:DAY|INT|YEAR) ERA
year-range      y:YEAR (?:DASH|SLASH) z:(?:YEAR|DAY|INT)
fiscal-year     (?:THE)? FISCAL UNIT? y:YEAR
fiscal-rel      r:REL (?:FISCAL|FINANCIAL) UNIT
fiscal-rel      r:THE FISCAL UNIT
season-year     (?:THE)? s:(?:SEASON|FALL) (?:OF|COMMA)? y:YEAR
season-year     (?:THE)? s:(?:SEASON|FALL) (?:OF)? r:YEARREL
season          (?:r:REL|THE) s:(?:SEASON|FALL)
season          s:SEASON
season-range    (?:THE)? s:SEASON DASH t:(?:SEASON|FALL) (?:PERIOD)? (?:y:YEAR)?
decade          THE? DECADE
century         THE? o:ORDINAL DASH? u:UNIT
quarter         (?:THE|THIS|OWN|A)? FISCAL? DASH? o:ORDINAL DASH? QUARTER (?:OF? y:YEAR)?
quarter         THE? y:YEAR o:ORDINAL DASH? QUARTER
quarter         r:YEARREL POSS o:ORDINAL DASH? QUARTER
quarter         THE? o:ORDINAL DASH? QUARTER OF? r:YEARREL
half-year       THE? o:(?:ORDINAL|LAST) HALF (?:OF y:YEAR|OF r:YEARREL)
half-year       THE? o:(?:ORDINAL|LAST) HALF OF THE UNIT
today           TODAY
tonight         TONIGHT
weekday         w:WEEKDAY
rel-weekday     r:REL w:WEEKDAY
weekday-week    w:WEEKDAY OF? k:REL UNIT
rel-unit        r:REL j:ADJECTIVE? u:CYCLE
the-weekend     (?:THE)? u:WEEKEND
the-unit        THE j:ADJECTIVE? u:(?:UNIT|QUARTER|PERIOD)
year-ago        (?:THE|A)? j:WORD? UNIT DASH? (?:AGO|EARLIER) FISCAL? (?:o:ORDINAL DASH?)? u:(?:QUARTER|PERIOD)
year-ago        THE? UNIT DASH (?:AGO|EARLIER)
named-quarter   THE y:YEAR u:(?:QUARTER|PERIOD)
year-end        YEAREND
month-part      THE? o:(?:ORDINAL|LAST) u:(?:UNIT|HALF|WEEKEND) OF THE? m:MON (?:COMMA? y:YEAR)?
unit-of         THE u:UNIT OF d:DATEX
ago             n:COUNT SPAN_ AGO
shift           n:COUNT MORE? SPAN_ (?:EARLIER|BEFORE|LATER|AFTER)
from-day        n:COUNT SPAN_ r:(?:FROM|AFTER|BEFORE) d:(?:DATEX|HOLIDAY)
in-future       n:COUNT MORE? SPAN_
since-period    (?:THE|THIS) r:(?:LAST|PAST|NEXT|COMING|PREVIOUS|FOLLOWING|FIRSTW) n:COUNT MORE? j:ADJECTIVE? SPAN_ (?:OF y:YEAR)?
since-period    r:(?:LAST|PAST|NEXT|COMING) n:COUNT SPAN_
since-period    THE? r:(?:PAST|COMING) u:(?:UNIT|QUARTER)
period          (?:THE|THESE|THOSE) n:COUNT j:ADJECTIVE? SPAN_
year-part       THE o:ORDINAL n:NUM u:UNITS OF y:YEAR
year-part       THE o:ORDINAL n:NUM u:UNITS OF THE CURRENT UNIT
year-part       THE o:ORDINAL n:NUM u:UNITS OF r:YEARREL
duration        n:COUNT DASH? j:(?:ADJECTIVE|MORE|CALENDAR)? DASH? SPAN_
duration        A (?:UNIT|CLOCKUNIT) AND A HALF
duration        A? n:COUNT DASH UNIT PERIOD
duration        n:(?:NUMBER|DAY) AND A HALF SPAN_
duration        HALFOF A? DASH? SPAN_
long            SPAN_ DASH LONG
bare-units      UNITS
vague-units     RECENT UNITS
vague-units     (?:THE)? COMING UNITS
vague-units     PAST UNITS
vague-units     THE UNITS AHEAD
vague-units     (?:THE)? (?:PAST|LAST) n:VAGUE UNITS
reference       REF
reference       THE PAST
reference       THE FUTURE
reference       RECENT
reference       CURRENT
reference       FUTURE
every           EVERY (?:n:NUM)? OTHER? u:(?:SPAN_|WEEKDAY|MONTH|PART)
every           EVERY o:ORDINAL u:(?:UNIT|WEEKDAY)
weekdays        WEEKDAYS n:NIGHTS?
set             SETADVERB
times-a         (?:NUM|VAGUE)? TIMES (?:A|PER|EVERY) u:(?:UNIT|QUARTER)
the-day         THE o:ORDINAL
same-month-day  d:DAYN
holiday         (?:r:REL )?h:HOLIDAY (?:COMMA? y:YEAR)?
holiday         (?:r:REL )?h:HOLIDAY r2:YEARREL
day-part        d:DATEX (?:MID DASH?)? p:PART
day-part        r:(?:THIS|LAST|THAT|THE NEXT|THE SAME|THE FOLLOWING) p:PART
day-part        p:PARTADVERB
time            c:CLOCKX
time-day        c:CLOCKX (?:COMMA|ON|OF)? d:DATEX
time-day        d:DATEX COMMA? AT? c:CLOCKX
"""


def _expand(pattern: str) -> str:
    macros = MACROS | {
        "COUNT": "(?:TENS|VAGUE|A|NUM RANGE_TO NUM|NUM OR NUM)",
        "FIRSTW": "ORDINAL",
        "OTHER": "(?:WORD)",
    }
    for _ in range(4):
        pattern = re.sub(r"\b[A-Z][A-Z_]+\b", lambda match: macros.get(match.group(), match.group()), pattern)
    pattern = re.sub(r"\b[A-Z][A-Z_]*\b", lambda match: CODES[match.group()], pattern)
    pattern = re.sub(r"\b([a-z][0-9]?):\(\?:", r"(?P<\1>", pattern)
    pattern = re.sub(r"\b([a-z][0-9]?):(\w|[\ue000-\uf8ff])", r"(?P<\1>\2)", pattern)
    return pattern.replace(" ", "")


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, compiled; a rule may have several patterns under one name."""
    table = []
    for line in RULES_TEXT.strip().split("\n"):
        name, _, pattern = line.partition(" ")
        table.append(Rule(name, pattern.strip(), re.compile(_expand(pattern.strip()))))
    return tuple(table)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of one rule on tokens[first:last]; `groups` are the captured token ranges."""

    rule: str
    first: int
    last: int
    groups: dict[str, tuple[int, int]]


def candidate_of(rule: Rule, match: re.Match[str]) -> Candidate:
    """The candidate that a match of a rule is."""
    groups = {name: match.span(name) for name in rule.compiled.groupindex if match.start(name) >= 0}
    return Candidate(rule.name, match.start(), match.end(), groups)


def find_matches(codes: str) -> Iterator[tuple[int, Rule]]:
    """Where each rule matches a text of class letters: leftmost first, then longest, then by the order of the rules.

    A match is kept as numbers alone: a page of nothing but dates has millions, of which most are never looked at.
    """
    table = rules()
    found = [
        (match.start(), -match.end(), number) for number, rule in enumerate(table) for match in rule.compiled.finditer(codes)
    ]
    found.sort()
    for first, _, number in found:
        yield first, table[number]


def read_match(codes: str, first: int, rule: Rule) -> Candidate | None:
    """The candidate of a rule that matches from token `first` on; None when it does not."""
    match = rule.compiled.match(codes, first)
    return candidate_of(rule, match) if match else None
