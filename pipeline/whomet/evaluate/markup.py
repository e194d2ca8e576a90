"""HTML as a tree, so that nothing is ever pasted into it: texts and attributes are escaped where the tree is written."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

Element = ElementTree.Element
Child = Element | str | None

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of writing, and lone surrogates."""


def element(tag: str, *children: Child, **attributes: str | float | None) -> Element:
    """An element with its children in order; None is left out.

    Attributes: `class_` is class, other underscores are hyphens; those that are None are left out.
    """
    named = {
        name.rstrip("_").replace("_", "-"): shown(value if isinstance(value, str) else f"{value:g}")
        for name, value in attributes.items()
        if value is not None
    }
    made = Element(tag, named)
    for child in children:
        append(made, child)
    return made


def append(parent: Element, child: Child) -> None:
    """Adds an element, or a text, behind the children of `parent`."""
    if child is None:
        return
    if isinstance(child, Element):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + shown(child)
    else:
        parent.text = (parent.text or "") + shown(child)


def shown(text: str) -> str:
    """A text whose every character can be seen: what controls a terminal or the direction of writing stands by its name."""
    return _UNSEEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_html(root: Element) -> str:
    """The document of a tree."""
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html") + "\n"
