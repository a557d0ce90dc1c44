"""Names of WordprocessingML elements and attributes that the Word reader looks at."""

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DRAWING_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
CHOICE, FALLBACK, ALTERNATE = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"
RELATION_ID = f"{_R}id"
DIAGRAM_ID = f"{_R}dm"
CHECKBOX, CHECKED = f"{_W14}checkbox", f"{_W14}checked"
CHECKED_VALUE = f"{_W14}val"


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return _W + name


VAL = w("val")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = w("pPr"), w("rPr")


def first_child(element: Any, tag: str) -> Any | None:
    """Return the first child with this full name, or None; far quicker than `find`."""
    for found in element.iterchildren(tag):
        return found
    return None


def value(element: Any, *path: str) -> str | None:
    """Return the `w:val` of the element at `path` below `element`; None where either is missing."""
    for name in path:
        if element is None:
            return None
        element = first_child(element, _W + name)
    return None if element is None else element.get(VAL)


def is_on(element: Any, name: str) -> bool:
    """Whether the switch `name` below `element` is there and not turned off."""
    found = element.find(w(name))
    return found is not None and found.get(VAL) not in {"0", "false", "off"}


def whole_number(text: str | None, default: int = 0) -> int:
    """Return `text` as a whole number, or `default` where it is none."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
