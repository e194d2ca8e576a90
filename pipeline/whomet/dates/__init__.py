"""Time expressions -> TIMEX3 values and calendar days, counted from the article's publication date."""

from whomet.dates.bounds import Bounds, bounded_days, join_ranges, other_reading, preposition_before
from whomet.dates.find import find_timexes
from whomet.dates.published import Published, find_published

__all__ = [
    "Bounds",
    "Published",
    "bounded_days",
    "find_published",
    "find_timexes",
    "join_ranges",
    "other_reading",
    "preposition_before",
]
