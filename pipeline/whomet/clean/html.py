"""An HTML page as text, with its comments kept apart (extra `html`: trafilatura)."""

from __future__ import annotations

import re
from typing import NamedTuple

from whomet.clean.label import COMMENTS_MARK
from whomet.errors import SetupError

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class HtmlPage(NamedTuple):
    """The text of a page, and what its metadata says: `published` is an ISO date or None, `title` None when not given."""

    text: str
    published: str | None
    title: str | None


def html_to_text(html: str) -> HtmlPage:
    """The story of an HTML page as lines: title, paragraphs, then its comments behind a line that `label_lines` knows.

    The text is "" when the page holds no story. Raises SetupError when trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction  # type: ignore[import-not-found, unused-ignore]
        from trafilatura.settings import Document  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise SetupError(f"reading .html needs the extra html (pip install 'whomet[html]'): {error}") from error
    if not html.strip():
        return HtmlPage("", None, None)
    page = bare_extraction(html, include_comments=True, with_metadata=True, date_extraction_params={"original_date": True})
    if not isinstance(page, Document):
        return HtmlPage("", None, None)
    title = page.title or None
    story = (page.text or "").strip()
    parts = [story]
    if title and not story.startswith(title):
        parts.insert(0, title)
    if page.comments and page.comments.strip():
        parts += [COMMENTS_MARK, page.comments.strip()]
    dated = _ISO_DAY.match(page.date or "")
    return HtmlPage("\n\n".join(part for part in parts if part), dated.group() if dated else None, title)
