"""Lines of a raw page -> labelled segments."""

from whomet.clean.label import label_lines

__all__ = ["label_lines"]
