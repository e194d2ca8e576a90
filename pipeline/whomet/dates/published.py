"""When an article was published, from what the page says of itself; never today, never a guess without a word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, time

from whomet.dates.calendar import make_day
from whomet.dates.month_words import MonthWords
from whomet.dates.orders import number_order, settle
from whomet.dates.pages import LONGEST, PURE, TOP_LINES, PageLine, label_kind, read_lines
from whomet.dates.stamps import Stamp, find_stamps, has_worded_date, iso_stamp, shift_stamp
from whomet.dates.tokens import tokenize
from whomet.records import Article, Span

CONFIDENCES = {
    "input": 1.0,
    "publish": 0.97,
    "stamp": 0.9,
    "update": 0.85,
    "dateline": 0.85,
    "url": 0.8,
    "day": 0.75,
    "caption": 0.65,
    "relative": 0.6,
    "masthead": 0.55,
    "comment": 0.35,
}
"""How sure each kind of source makes the date; the kinds in order of precedence are those of `_ORDER`."""
_ORDER = ("publish", "stamp", "update", "relative", "day", "dateline", "masthead", "caption", "url", "comment")
_DATED = frozenset({"publish", "stamp", "update", "relative", "day", "dateline"})
LEAD = 1500
NEAR_TOP = 8
"""Among how many first lines a name with a date tells who wrote the page and when."""
_RELATIVE = re.compile(
    r"\b(?P<n>[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>min(?:ute)?s?|hours?|hrs?|days?|weeks?)\s+ago\b",
    re.IGNORECASE,
)
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_NUMBERS = {word: index for index, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1,
    "an": 1,
}
_URL_DATE = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/_])(?P<m>[0-9]{1,2}|[a-z]{3})(?P=s)(?P<d>[0-9]{1,2})(?![0-9])"
)
_URL_PLAIN = re.compile(r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])")
_DATELINE = re.compile(r"^\W{0,3}(?:By [^,\n]{1,60}, )?[^\W\d_][\w .’'/()-]{1,40}(?:, [A-Z][\w. ]{1,30})?[,:]? ?\(?$")
_NAME = re.compile(r"(?:[Bb]y )?[^\W\d_][\w.’'-]*[a-z]\w*(?: [^\W\d_a-z][\w.’'-]*){1,3}")
_UPDATED = re.compile(r"(?:last )?updated:? [\w ]{1,12} ago(?: [0-9]+)?", re.IGNORECASE)
_BEFORE_DATELINE = re.compile(
    r"\s+(?:[A-Z][\w./-]*\s+){0,3}[A-Z][\w .’'-]{1,40}(?:, [A-Z][\w. ]{1,30})?, [A-Z][a-z]+\.? [0-9]{1,2} ?[-–—]"
)
"""What follows a full date that stands in front of a dateline: '2019-04-04 BNW RIGA, April 4 - '."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published.

    value: ISO date or date-time (with an offset where the page prints a zone), or None when nothing says it.
    source: "input", the Span that says it, or None (also None when it comes from the URL). confidence: 0..1.
    kind: what says it: input, publish, stamp, update, relative, day, dateline, masthead, caption, url, comment or "none";
    "comment" only bounds the date (not later than that day), "masthead" may be the day of the copy.
    """

    value: str | None
    source: Span | str | None
    confidence: float
    kind: str = "none"


NOTHING = Published(None, None, 0.0)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    line: PageLine
    stamp: Stamp
    confidence: float


def find_published(article: Article) -> Published:
    """The publication date of an article and where it comes from.

    The date given with the input wins, then a line labelled as publication, a stamp with a time at the top, an update line,
    a relative line ('2 days ago') where the page shows the day of the copy, a line that is only a date, a dateline, a
    caption or lead with a full date, the URL, and last, with low confidence, the earliest stamp of the comment section.
    """
    if article.published:
        return Published(article.published, "input", CONFIDENCES["input"], "input")
    lines = read_lines(article)
    chosen = _choose(_dates(lines, article), lines, article)
    if chosen.kind == "publish":
        return chosen
    worded = {line.number for line in lines if _is_worded(line, dated=chosen.kind in _DATED)}
    return _choose(_dates(lines, article, worded), lines, article) if worded else chosen


def _is_worded(line: PageLine, *, dated: bool) -> bool:
    """True for a line that may tell the date with a month that is not English.

    dated: the page has a date in digits or English, so that only a line with a word for publication may overrule it.
    """
    if not any(char.isdigit() for char in line.text[:LONGEST]) or not has_worded_date(line.text[:LONGEST]):
        return False
    label = label_kind(line.text[:LONGEST])
    return label == "publish" if dated else label is not None or line.number < TOP_LINES or line.is_comment or line.labelled


def _dates(lines: list[PageLine], article: Article, worded: Set[int] = frozenset()) -> list[_Found]:
    """All stamps of the page; month words that are not English are read in the lines `worded`."""
    words = MonthWords() if worded else None
    found = [item for line in lines for item in _line_dates(line, lines, words if line.number in worded else None)]
    return found + [
        item for line in _lead(lines, article) for item in _prose_dates(line, words if line.number in worded else None)
    ]


def _line_dates(line: PageLine, lines: list[PageLine], words: MonthWords | None) -> list[_Found]:
    """The stamps of one line with their kinds; lines of prose only count where a label stands before the date."""
    text = line.text
    if not any(char.isdigit() for char in text[:LONGEST]):
        return []
    found = []
    previous_end = 0
    skipped = False
    stamps = find_stamps(text[:LONGEST], words)
    covered = sum(stamp.end - stamp.start for stamp in stamps)
    for stamp in stamps:
        before = text[previous_end : stamp.start][-60:]
        label = label_kind(before)
        if label is None and line.number and not before.strip(" \t:|-–•") and len(lines[line.number - 1].text) <= 30:
            label = label_kind(lines[line.number - 1].text)
            label = None if label == "fetch" else label
        if label == "publish" and re.search(r"\b(?:was|were|is|has|be|in)\s*$", before):
            label = None
        skipped = skipped or label == "noise"
        kind = None if skipped and label is None else _kind_of(line, stamp, label, rest=len(text.strip()) - covered)
        if kind:
            found.append(_Found(kind, line, _with_next_clock(stamp, line, lines), CONFIDENCES.get(kind, 0.0)))
        previous_end = stamp.end
    if any(label_kind(text[stamp.end :][:50]) == "fetch" for stamp in stamps[-1:]):
        found = [replace(item, kind="fetch") for item in found]
    return found


def _kind_of(line: PageLine, stamp: Stamp, label: str | None, *, rest: int) -> str | None:
    if line.is_comment:
        return "comment"
    if label == "noise":
        return None
    if label in ("publish", "update", "fetch"):
        return label if not line.is_story or rest <= 2 * PURE or stamp.start < 40 else None
    if line.number >= TOP_LINES and not line.labelled:
        return "comment" if line.after_comments else None
    if rest > (2 * PURE if line.labelled else PURE) or (line.is_story and rest > 12 and not _is_written_by(line, stamp)):
        return None
    if stamp.clock is not None or line.labelled:
        return "stamp"
    if rest > 12 and line.text.rstrip().endswith("."):
        return None
    return "masthead" if line.number == 0 else "day"


def _is_written_by(line: PageLine, stamp: Stamp) -> bool:
    """Whether a short line among the first is a name and a date, or a date and how long ago the page was updated."""
    before, after = line.text[: stamp.start].strip(" \t|,-–•"), line.text[stamp.end :].strip(" \t|,-–•")
    named = _NAME.fullmatch(before) is not None and not after
    return line.number < NEAR_TOP and (named or (not before and _UPDATED.fullmatch(after) is not None))


def _with_next_clock(stamp: Stamp, line: PageLine, lines: list[PageLine]) -> Stamp:
    """A date whose time stands alone on the line below."""
    if stamp.clock is not None or line.number + 1 >= len(lines) or line.text[stamp.end :].strip():
        return stamp
    below = lines[line.number + 1].text.strip()
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", below)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return replace(stamp, clock=time(int(match[1]), int(match[2])))
    return stamp


def _lead(lines: list[PageLine], article: Article) -> Iterator[PageLine]:
    """The first lines of the story, some 1,500 characters."""
    seen = 0
    for line in lines[:TOP_LINES]:
        if line.is_comment or seen > LEAD or (article.segments and not (line.is_story or line.is_byline)):
            continue
        seen += len(line.text)
        yield line


def _prose_dates(line: PageLine, words: MonthWords | None) -> Iterator[_Found]:
    """Full dates of the lead: after a dateline ('KYIV, February 11, 2019 -'), closing a caption, in brackets after a weekday."""
    for stamp in find_stamps(line.text[:LEAD], words):
        before, after = line.text[: stamp.start], line.text[stamp.end :]
        inside = len(before) <= 80 and _DATELINE.match(before) and re.match(r"\s*[)]?\s*(?:[-–—]|\([A-Z])", after)
        if inside or (not before.strip() and _BEFORE_DATELINE.match(after)):
            yield _Found("dateline", line, stamp, CONFIDENCES["dateline"])
        elif _is_caption_date(before, after):
            yield _Found("caption", line, stamp, CONFIDENCES["caption"])


def _is_caption_date(before: str, after: str) -> bool:
    """A date that closes a caption: a weekday, 'on' or a comma before it, the end of the sentence after it."""
    lead = before.rstrip(" (,[").lower()
    weekday = lead.endswith(_WEEKDAYS)
    closes = re.match(r"\s*[\])]?\s*(?:[.(/|]|$)", after) is not None
    return (closes and (weekday or before.endswith((", ", " on ", ". ")))) or (weekday and after[:1] in (")", "]"))


def _choose(found: list[_Found], lines: list[PageLine], article: Article) -> Published:
    order = number_order([item.stamp for item in found], lines)
    fetch = [item for item in found if item.kind == "fetch"]
    relative = _relative_date(lines, fetch or [item for item in found if item.kind == "masthead"], order)
    for kind in _ORDER:
        if kind == "relative":
            if relative is not None:
                return relative
            continue
        if kind == "url":
            from_url = _url_date(article.url)
            if from_url is not None:
                return from_url
            continue
        chosen = _best([item for item in found if item.kind == kind], order, kind)
        if chosen is not None and kind == "caption":
            chosen = _adjust(chosen, lines)
        if chosen is not None:
            return chosen
    return NOTHING


def _best(items: list[_Found], order: str | None, kind: str) -> Published | None:
    """The first item of a kind that can be read (for comments the earliest)."""
    read = [published for item in items if (published := _read(item, order)) is not None]
    if not read:
        return None
    return min(read, key=lambda published: published.value or "") if kind == "comment" else read[0]


def _read(item: _Found, order: str | None) -> Published | None:
    day, weight = settle(item.stamp, item.line.text, order)
    if day is None:
        return None
    confidence = round(item.confidence * weight * (0.6 if item.stamp.short_year else 1.0), 3)
    start, end = item.line.start + item.stamp.start, item.line.start + item.stamp.end
    printed = item.line.text[item.stamp.start : item.stamp.end]
    trimmed = printed.strip(" ,.|-(")
    start += printed.find(trimmed)
    end = start + len(trimmed)
    clock = None if item.kind == "comment" else item.stamp.clock
    return Published(iso_stamp(day, clock, item.stamp.zone), Span(trimmed, start, end), confidence, item.kind)


def _relative_date(lines: list[PageLine], shown: list[_Found], order: str | None) -> Published | None:
    """'Posted 2 days ago' where the page shows the day of its copy."""
    if not shown:
        return None
    day, _ = settle(shown[0].stamp, shown[0].line.text, order)
    clock = shown[0].stamp.clock
    if day is None:
        return None
    for line in lines[:TOP_LINES]:
        match = _RELATIVE.search(line.text[:LONGEST]) if len(line.text) <= LONGEST else None
        if match is None or line.is_comment or len(line.text) > 2 * PURE or label_kind(line.text[: match.start()]) == "update":
            continue
        count = _NUMBERS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
        unit = match["unit"][0].lower()
        if unit in "mh" and clock is None:
            continue
        moved, moved_clock = shift_stamp(day, clock, count * _SECONDS[unit])
        span = Span(match.group(), line.start + match.start(), line.start + match.end())
        value = iso_stamp(moved, moved_clock if unit in "mh" else None, shown[0].stamp.zone)
        return Published(value, span, CONFIDENCES["relative"], "relative")
    return None


def _adjust(caption: Published, lines: list[PageLine]) -> Published | None:
    """The day of the story from the day of its picture: the first bare weekday of the text, when it is the same or the next day.

    None when the text names no weekday or another one: the picture may be old.
    """
    if caption.value is None or not isinstance(caption.source, Span):
        return None
    day = date.fromisoformat(caption.value[:10])
    for line in lines:
        if line.is_comment:
            continue
        tokens = tokenize(line.text[:4000])
        for index, token in enumerate(tokens):
            if token.kind != "WEEKDAY" or (
                line.start + token.char_start >= caption.source.char_start - 20
                and line.start + token.char_start <= caption.source.char_end
            ):
                continue
            around = {tokens[near].kind for near in (index - 1, index + 1) if 0 <= near < len(tokens)}
            if around & {"LAST", "NEXT", "COMMA", "DAY", "MONTH", "COMING", "PREVIOUS", "FOLLOWING"}:
                continue
            ahead = (int(token.value) - day.isoweekday()) % 7
            moved = date.fromordinal(day.toordinal() + ahead)
            if ahead > 1:
                return None
            return replace(caption, value=moved.isoformat(), confidence=0.5) if ahead else caption
    return None


def _url_date(url: str | None) -> Published | None:
    """The date in the path of a URL ('/2014/03/12/', '20140312')."""
    if not url:
        return None
    for pattern in (_URL_DATE, _URL_PLAIN):
        for match in pattern.finditer(url[:2000].lower()):
            month = match["m"]
            number = int(month) if month.isdigit() else 1 + "janfebmaraprmayjunjulaugsepoctnovdec".find(month) // 3
            day = make_day(int(match["y"]), number, int(match["d"]))
            if day is not None and 1990 <= day.year <= 2100:
                return Published(day.isoformat(), None, CONFIDENCES["url"], "url")
    return None
