"""Lines of a raw page -> labelled segments."""

from whomet.clean.dateline import find_dateline
from whomet.clean.html import HtmlPage, html_to_text
from whomet.clean.label import label_lines
from whomet.clean.render import render_labels

__all__ = ["HtmlPage", "find_dateline", "html_to_text", "label_lines", "render_labels"]
