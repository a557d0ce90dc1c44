"""Read the inside of a Word paragraph: runs, breaks, fields, form controls, notes, pictures, equations."""

from collections.abc import Callable

from framework_coder.readers.refusals import OvergrownTextError
from framework_coder.readers.word_names import (
    ALTERNATE,
    CHART,
    CHECKBOX,
    CHECKED,
    CHECKED_VALUE,
    CHOICE,
    DIAGRAM,
    DIAGRAM_ID,
    FALLBACK,
    MATH,
    PARAGRAPH_PROPERTIES,
    PICTURE,
    RUN_PROPERTIES,
    VAL,
    VML_IMAGE,
    first_child,
    is_on,
    value,
    w,
    whole_number,
)
from framework_coder.readers.word_styles import Styles
from framework_coder.readers.word_symbols import symbol
from framework_coder.readers.word_tree import Element, LeftOut, Paragraph, Story

MOST_PARAGRAPHS = 500_000
"""Of a document, empty ones too; a real one of 1,000 pages has a tenth."""

TICKED, UNTICKED = "☒", "☐"

_T, _TAB, _BR, _CR, _R = w("t"), w("tab"), w("br"), w("cr"), w("r")
_BOX = w("txbxContent")
_ID = w("id")
_VANISH = w("vanish")


class Inline:
    """Writes the content of paragraphs; `read_story` reads the paragraphs of a text box."""

    def __init__(self, styles: Styles, left_out: LeftOut, read_story: Callable[[Element], Story]) -> None:
        self._styles = styles
        self._left_out = left_out
        self._read_story = read_story
        self._fields: list[str] = []
        self._paragraphs = 0
        self._handlers: dict[str, Callable[[Element, Paragraph], None]] = {
            _T: _write_text,
            _R: self._read_run,
            _TAB: lambda _, out: out.write("\t"),
            w("ptab"): lambda _, out: out.write("\t"),
            _BR: lambda _, out: out.write("\n"),
            _CR: lambda _, out: out.write("\n"),
            w("noBreakHyphen"): lambda _, out: out.write("-"),
            w("softHyphen"): lambda _, out: out.write("\xad"),
            w("sym"): self._read_symbol,
            w("fldChar"): self._read_field_mark,
            w("ins"): self._read_insertion,
            w("del"): self._pass_deletion,
            w("moveFrom"): self._pass_deletion,
            w("sdt"): self._read_control,
            w("ruby"): self._read_ruby,
            w("footnoteReference"): lambda item, out: out.notes.append(("footnote", str(item.get(_ID)))),
            w("endnoteReference"): lambda item, out: out.notes.append(("endnote", str(item.get(_ID)))),
            w("commentRangeStart"): _mark_comment,
            w("commentRangeEnd"): _mark_comment,
            w("commentReference"): _mark_comment,
            w("drawing"): self._read_drawing,
            w("pict"): self._read_drawing,
            w("object"): self._read_object,
            ALTERNATE: self._read_alternate,
            f"{MATH}oMath": self._read_equation,
            f"{MATH}oMathPara": self._read_children,
            **dict.fromkeys(_TRANSPARENT, self._read_children),
        }

    def read(self, element: Element) -> Paragraph:
        """Return a `w:p` as a paragraph, its role given by its style."""
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise OvergrownTextError
        paragraph = Paragraph(role=self._styles.role(first_child(element, PARAGRAPH_PROPERTIES)))
        self._fields.clear()
        self._read_children(element, paragraph)
        if paragraph.role.is_numbered and not paragraph.text.isspace():
            self._left_out.counts["automatic_numbers"] += 1
        return paragraph

    def _read_children(self, element: Element, out: Paragraph) -> None:
        """Read every child that says something; what has no handler says nothing."""
        for child in element:
            handler = self._handlers.get(child.tag)
            if handler is not None and (
                "instruction" not in self._fields or child.tag in _SEEN_IN_INSTRUCTIONS
            ):
                handler(child, out)

    def _read_run(self, run: Element, out: Paragraph) -> None:
        """Read a run, unless its text is hidden."""
        properties = first_child(run, RUN_PROPERTIES)
        if properties is not None and self._is_hidden(properties):
            hidden = "".join(item.text or "" for item in run.iter(_T))
            self._left_out.counts["hidden_text"] += len(hidden)
            return
        self._read_children(run, out)

    def _is_hidden(self, properties: Element) -> bool:
        """Whether run properties, or the character style they name, hide the text."""
        vanish = first_child(properties, _VANISH)
        if vanish is not None:
            return vanish.get(VAL) not in {"0", "false", "off"}
        style = value(properties, "rStyle")
        return style is not None and self._styles.hides(style)

    def _read_symbol(self, element: Element, out: Paragraph) -> None:
        """Write a symbol of a symbol font as the character it looks like."""
        found = symbol(element.get(w("font")) or "", element.get(w("char")) or "")
        if found is None:
            self._left_out.counts["symbols"] += 1
        out.write(found or "\ufffd")

    def _read_field_mark(self, element: Element, out: Paragraph) -> None:
        """Follow a field: its instruction is passed over, its result is text, its form value is written."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append("instruction")
            form = element.find(w("ffData"))
            if form is not None:
                out.write(_form_value(form))
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _read_insertion(self, element: Element, out: Paragraph) -> None:
        """Read an insertion as accepted."""
        self._left_out.counts["tracked_changes"] += 1
        self._read_children(element, out)

    def _pass_deletion(self, element: Element, out: Paragraph) -> None:  # noqa: ARG002 - a handler
        """Pass over a deletion, as accepted; a note goes with its mark, unless that was only moved."""
        self._left_out.counts["tracked_changes"] += 1
        if element.tag == w("del"):
            for kind in ("footnote", "endnote"):
                marks = element.iter(w(f"{kind}Reference"))
                self._left_out.notes.update((kind, str(mark.get(_ID))) for mark in marks)

    def _read_control(self, element: Element, out: Paragraph) -> None:
        """Read a content control: a tick box as a sign, a prompt that nobody answered not at all."""
        properties = element.find(w("sdtPr"))
        if properties is not None:
            box = properties.find(CHECKBOX)
            if box is not None:
                out.write(tick(box))
                return
            if is_on(properties, "showingPlcHdr"):
                self._left_out.counts["placeholders"] += 1
                return
        content = element.find(w("sdtContent"))
        if content is not None:
            self._read_children(content, out)

    def _read_ruby(self, element: Element, out: Paragraph) -> None:
        """Write the base text, then its reading in brackets."""
        for name, form in (("rubyBase", "{}"), ("rt", " ({})")):
            part = element.find(w(name))
            if part is not None:
                inner = Paragraph()
                self._read_children(part, inner)
                out.write(form.format(inner.text))

    def _read_drawing(self, element: Element, out: Paragraph) -> None:
        """Take the text boxes out of a drawing, and count what is not text in it."""
        for item in element.iter(_BOX, PICTURE, VML_IMAGE, CHART, DIAGRAM):
            if item.tag == _BOX:
                if _is_shown(item, element):
                    out.boxes.append(self._read_story(item))
            elif item.tag == CHART:
                self._left_out.counts["charts"] += 1
            elif item.tag == DIAGRAM:
                self._left_out.diagrams.append(str(item.get(DIAGRAM_ID)))
            elif _is_shown(item, element):
                self._left_out.counts["pictures"] += 1

    def _read_object(self, element: Element, out: Paragraph) -> None:  # noqa: ARG002 - a handler
        """Count an embedded object; the picture of it is not counted again."""
        self._left_out.counts["embedded_objects"] += 1

    def _read_alternate(self, element: Element, out: Paragraph) -> None:
        """Read the first of the alternatives: a text box is there twice, once for older programs."""
        chosen = element.find(CHOICE)
        if chosen is None:
            chosen = element.find(FALLBACK)
        if chosen is not None:
            self._read_children(chosen, out)

    def _read_equation(self, element: Element, out: Paragraph) -> None:
        """Write an equation as the row of its signs."""
        self._left_out.counts["equations"] += 1
        out.write("".join(item.text or "" for item in element.iter(f"{MATH}t")))


_TRANSPARENT = tuple(
    map(
        w, ("hyperlink", "fldSimple", "smartTag", "customXml", "moveTo", "dir", "bdo", "sdtContent", "subDoc")
    )
)
_SEEN_IN_INSTRUCTIONS = frozenset({_R, w("fldChar"), *_TRANSPARENT, w("ins")})


def tick(box: Element) -> str:
    """Return the sign for a `w14:checkbox`."""
    checked = box.find(CHECKED)
    is_ticked = checked is not None and checked.get(CHECKED_VALUE) in {"1", "true", "on"}
    return TICKED if is_ticked else UNTICKED


def _write_text(element: Element, out: Paragraph) -> None:
    """Write a `w:t`."""
    if element.text:
        out.write(element.text)


def _mark_comment(element: Element, out: Paragraph) -> None:
    """Note where a comment begins, ends or is hung."""
    out.marks.append((str(element.get(_ID)), out.length))


def _form_value(form: Element) -> str:
    """Return the value of an old-style tick box or drop-down list; that of a text field is its result."""
    box = form.find(w("checkBox"))
    if box is not None:
        is_ticked = is_on(box, "checked") if box.find(w("checked")) is not None else is_on(box, "default")
        return TICKED if is_ticked else UNTICKED
    choices = form.find(w("ddList"))
    if choices is None:
        return ""
    entries = [str(entry.get(VAL, "")) for entry in choices.findall(w("listEntry"))]
    chosen = whole_number(value(choices, "result") or value(choices, "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _is_shown(item: Element, top: Element) -> bool:
    """Whether an item of a drawing is read by itself: not in another box, not an older program's copy."""
    parent = item.getparent()
    while parent is not None and parent is not top:
        if parent.tag in {_BOX, FALLBACK}:
            return False
        parent = parent.getparent()
    return True
