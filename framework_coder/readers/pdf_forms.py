"""What lies over the pages of a PDF: values of form fields, and the notes of reviewers."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from framework_coder.readers.pdf_pages import Box, Frame

MOST_ANNOTATIONS = 5_000
"""Of a page with more annotations than this only so many are looked at."""

_NOTES = frozenset(
    {
        pdfium_c.FPDF_ANNOT_TEXT,
        pdfium_c.FPDF_ANNOT_HIGHLIGHT,
        pdfium_c.FPDF_ANNOT_UNDERLINE,
        pdfium_c.FPDF_ANNOT_SQUIGGLY,
        pdfium_c.FPDF_ANNOT_STRIKEOUT,
        pdfium_c.FPDF_ANNOT_CARET,
    }
)
_TICKED = {pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON}
_SILENT = {pdfium_c.FPDF_FORMFIELD_PUSHBUTTON, pdfium_c.FPDF_FORMFIELD_SIGNATURE}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a form field says; `label` is its tip, or its name."""

    label: str
    value: str
    top: float


@dataclass(frozen=True, slots=True)
class Note:
    """A reviewer's note, and the box of what it is about; `is_text` where it stands on the page itself."""

    text: str
    author: str
    made_on: str
    box: Box
    is_text: bool = False


def read_annotations(page: Any, form: Any, frame: Frame) -> tuple[list[FieldValue], list[Note]]:
    """Return the form values and the notes of a page; `form` is pdfium's form handle, or None."""
    values: list[FieldValue] = []
    notes: list[Note] = []
    ticked: set[str] = set()
    for index in range(min(MOST_ANNOTATIONS, pdfium_c.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium_c.FPDF_ANNOT_WIDGET and form:
            values += _field_value(form, annotation, frame, ticked)
        elif kind in _NOTES or kind == pdfium_c.FPDF_ANNOT_FREETEXT:
            notes += _note(annotation, frame, is_text=kind == pdfium_c.FPDF_ANNOT_FREETEXT)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return sorted(values, key=lambda value: value.top), notes


def _field_value(form: Any, annotation: Any, frame: Frame, ticked: set[str]) -> list[FieldValue]:
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _SILENT:
        return []
    label = _text(pdfium_c.FPDFAnnot_GetFormFieldAlternateName, form, annotation) or _text(
        pdfium_c.FPDFAnnot_GetFormFieldName, form, annotation
    )
    value = _text(pdfium_c.FPDFAnnot_GetFormFieldValue, form, annotation)
    if kind in _TICKED:
        if kind == pdfium_c.FPDF_FORMFIELD_RADIOBUTTON:
            # Each button is an annotation of its own; the field is told once, by its chosen one.
            if not pdfium_c.FPDFAnnot_IsChecked(form, annotation) or label in ticked:
                return []
            ticked.add(label)
            value = _text(pdfium_c.FPDFAnnot_GetFormFieldExportValue, form, annotation) or value
        else:
            value = "☒" if pdfium_c.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if not value.strip():
        return []
    return [FieldValue(label, value, _box(annotation, frame)[1])]


def _note(annotation: Any, frame: Frame, *, is_text: bool) -> list[Note]:
    text = annotation_string(annotation, b"Contents")
    if not text.strip():
        return []
    made_on = iso_date(annotation_string(annotation, b"M") or annotation_string(annotation, b"CreationDate"))
    return [Note(text, annotation_string(annotation, b"T"), made_on, _box(annotation, frame), is_text)]


def _box(annotation: Any, frame: Frame) -> Box:
    found = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, found)
    return frame.box(found.left, found.top, found.right, found.bottom)


def annotation_string(annotation: Any, key: bytes) -> str:
    """Return what an annotation says under a key of the PDF format (`Contents`, `T`, `M` …)."""
    return _text(pdfium_c.FPDFAnnot_GetStringValue, annotation, key)


def _text(function: Callable[..., int], *arguments: Any) -> str:
    """Return the text that a pdfium function writes into a buffer; lengths are bytes, with the last zero."""
    size = function(*arguments, None, 0)
    if size <= 2:  # noqa: PLR2004 - the zero alone
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    function(*arguments, buffer, size)
    return ctypes.string_at(buffer, size - 2).decode("utf-16-le", "replace")


def iso_date(text: str) -> str:
    """Return `D:20140309…` as 2014-03-09, cut where it is not exact; empty where it is no date."""
    digits = text.strip().removeprefix("D:")[:8]
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if not (year.isdigit() and 1900 <= int(year) <= 2200):  # noqa: PLR2004
        return ""
    if not (month.isdigit() and 1 <= int(month) <= 12):  # noqa: PLR2004
        return year
    if not (day.isdigit() and 1 <= int(day) <= 31):  # noqa: PLR2004
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"
