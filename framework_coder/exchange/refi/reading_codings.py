"""Selections of a REFI-QDA project: codings, regions of sites, and comments where nothing is coded."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from framework_coder.exchange.bundle import BundledMemo, BundledTarget
from framework_coder.exchange.refi.offsets import CountedText
from framework_coder.exchange.refi.own import compose, recall
from framework_coder.exchange.refi.reading_codes import add_unknown_code
from framework_coder.exchange.refi.reading_sites import add_region
from framework_coder.exchange.refi.study import Reading, ReadSelection, ReadSource
from framework_coder.exchange.refi.wording import fold


class Pending(NamedTuple):
    """A coding whose site is not known yet."""

    key: str
    selection: ReadSelection
    theme: str
    quote: str
    coder: str
    made_on: str
    memo: str


class Passages:
    """Reads the selections of all sources: first where they stand, then what is coded there."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._cases = {fold(case.get("guid", "")) for case in reading.root.iterfind("Cases/Case")} - {""}
        self._pending: list[Pending] = []
        self._regions: list[tuple[ReadSelection, str]] = []
        self._split = 0

    def read(self) -> None:
        """Find every selection in its text, and the codings on it."""
        for source in self._reading.sources.values():
            counted = source.load()
            for selection, span in source.passages:
                self._select(source, counted, selection, span)
            self._code_whole(source, counted.text)
            areas = list(source.element.iterfind("PDFSelection"))
            seen = {fold(each.get("guid", "")) for each, _ in source.passages} if areas else set()
            for area in areas:
                self._read_area(source, area, seen)
        if self._split:
            told = "began or ended inside a character that UTF-16 counts twice, and were moved to its edge"
            self._reading.bundle.lose("positions", told, self._split)

    def settle_regions(self) -> None:
        """Let the passages that are coded at a case belong to its site."""
        for selection, case in self._regions:
            if site := self._reading.cases.get(case):
                add_region(self._reading, selection.source, selection.start, selection.end, site)

    def settle_codings(self, known: Mapping[str, list[Any]]) -> None:
        """Put the codings into the bundle, each with its site and what the framework note knows of it."""
        reading = self._reading
        several = 0
        for made in self._pending:
            place = made.selection
            site = reading.site_of(place.source, place.start, place.end)
            if len(reading.members.get(place.source, ())) > 1:
                regions = reading.regions.get(place.source, ())
                several += not any(s <= place.start and place.end <= e for s, e, _ in regions)
            where = (place.source, made.theme, place.start, place.end, made.quote)
            rest = recall(reading, known.get(made.key), site, made.made_on, made.memo)
            reading.bundle.codings.append(compose(made.key, where, made.coder, rest))
        if several and not reading.is_ours:
            told = "stand in sources of several sites without saying of which, and came to the first"
            reading.bundle.lose("codings", told, several)

    def _select(
        self, source: ReadSource, counted: CountedText, element: Any, span: tuple[int, int] | None
    ) -> None:
        text = counted.text
        start, end = self._place(counted, span) if span else (0, 0)
        quote = text[start:end] if 0 <= start < end <= len(text) else ""
        if span is None or not quote or quote.isspace():
            self._flag(source, element, span)
            return
        reading = self._reading
        found = ReadSelection(source.key, start, end, element)
        guid = reading.key_of(element, "selection", is_noted=False)
        reading.selections[guid] = found
        codings = [child for child in element if child.tag == "Coding"]
        said = "" if len(codings) == len(element) else (element.findtext("Description") or "").strip()
        for coding in codings:
            self._read_coding(found, coding, quote, "" if found.codings else said)
        if found.codings and "#" not in guid:
            for key in found.codings:
                reading.bundle.guids["selection", key] = guid
        elif not found.codings:
            self._comment(source, found, element, quote, said)

    def _place(self, counted: CountedText, span: tuple[int, int]) -> tuple[int, int]:
        if counted.is_plain:
            return span
        convention = self._reading.convention
        start = counted.place(span[0], convention)
        end = counted.place(span[1], convention, is_end=True)
        self._split += start != counted.place(span[0], convention, is_end=True)
        self._split += end != counted.place(span[1], convention)
        return start, end

    def _read_coding(self, selection: ReadSelection, element: Any, quote: str, memo: str) -> None:
        reading = self._reading
        reference = next((child for child in element if child.tag == "CodeRef"), None)
        code = fold(reference.get("targetGUID", "")) if reference is not None else ""
        if code in self._cases and code not in reading.codes:
            self._regions.append((selection, code))
            reading.assume("passages coded at a case, taken as belonging to its site")
            return
        theme = reading.codes.get(code) or add_unknown_code(reading, code)
        key = reading.key_of(element, "coding")
        reading.codings[key] = key
        selection.codings.append(key)
        who = element.get("creatingUser") or selection.element.get("creatingUser")
        made_on = element.get("creationDateTime") or selection.element.get("creationDateTime") or ""
        if not made_on:
            reading.assume("codings without a date")
        coder = reading.coder(who)
        self._pending.append(Pending(key, selection, theme, quote, coder, made_on.strip()[:10], memo))

    def _comment(self, source: ReadSource, found: ReadSelection, element: Any, quote: str, said: str) -> None:
        """Keep a passage that is not coded, with what was said of it, as a memo on its source."""
        reading = self._reading
        at_case = any(selection is found for selection, _ in self._regions[-1:])
        if at_case and not said:
            return
        where = f"“{quote}” (characters {found.start} to {found.end})"
        kind = "Comment" if said else "Passage"
        reading.bundle.memos.append(
            BundledMemo(
                f"selection {len(reading.bundle.memos)}",
                f"[{kind}] {source.name}",
                f"{said}\n\n{where}" if said else where,
                "comment",
                reading.coder(element.get("creatingUser")),
                reading.date(element),
                [BundledTarget(source=source.key)],
            )
        )

    def _flag(self, source: ReadSource, element: Any, span: tuple[int, int] | None) -> None:
        """Keep a selection that holds no text as a memo that says so."""
        reading = self._reading
        codes = [fold(ref.get("targetGUID", "")) for ref in element.iterfind("Coding/CodeRef")]
        labels = [
            reading.bundle.codebook.path(reading.codes[code]) for code in codes if code in reading.codes
        ]
        said = [f"Positions as given: {f'{span[0]} to {span[1]}' if span else 'none'}."]
        said += [f"Codes: {', '.join(labels)}."] if labels else []
        said += [text for text in (element.get("name"), element.findtext("Description")) if text]
        memo = BundledMemo(
            f"flagged {len(reading.bundle.memos)}",
            f"[Check] A passage without text in {source.name}",
            "\n".join(said),
            "check",
            reading.coder(element.get("creatingUser")),
            reading.date(element),
            [BundledTarget(source=source.key)],
        )
        reading.bundle.memos.append(memo)
        told = "have no text at their positions and were kept as memos, not as codings"
        reading.bundle.lose("selections", told)
        guid = fold(element.get("guid", ""))
        if guid and guid not in reading.selections:
            reading.selections[guid] = ReadSelection(source.key, 0, 0, element)

    def _code_whole(self, source: ReadSource, text: str) -> None:
        """Read codings of a source as a whole as codings of all its text."""
        elements = list(source.text_element.iterfind("Coding"))
        if source.element is not source.text_element:
            elements += source.element.iterfind("Coding")
        stripped = text.strip()
        if elements and stripped:
            start = text.index(stripped[0])
            selection = ReadSelection(source.key, start, start + len(stripped), source.element)
            for element in elements:
                self._read_coding(selection, element, stripped, "")
            self._reading.assume(
                "codings of whole sources, taken as codings of all their text", len(elements)
            )

    def _read_area(self, source: ReadSource, area: Any, seen: set[str]) -> None:
        """Keep an area of a page as a memo, unless a passage of the text has its GUID."""
        if fold(area.get("guid", "")) in seen:
            return
        reading = self._reading
        count = len(area.findall("Coding"))
        codes = [fold(ref.get("targetGUID", "")) for ref in area.iterfind("Coding/CodeRef")]
        labels = [
            reading.bundle.codebook.path(reading.codes[code]) for code in codes if code in reading.codes
        ]
        corners = ", ".join(
            f"{name} {area.get(name)}" for name in ("page", "firstX", "firstY", "secondX", "secondY")
        )
        said = [f"Area: {corners}."]
        said += [f"Codes: {', '.join(labels)}."] if labels else []
        said += [text for text in (area.get("name"), area.findtext("Description")) if text]
        key = f"area {len(reading.bundle.memos)}"
        reading.areas.append((source.key, area))
        reading.tell_of(area, key, "\n".join(said))
        memo = BundledMemo(
            key, f"[Area] {source.name}", "\n".join(said), "area",
            reading.coder(area.get("creatingUser")), reading.date(area), [BundledTarget(source=source.key)],
        )  # fmt: skip
        reading.bundle.memos.append(memo)
        reading.bundle.lose("areas of pages", "were kept as memos, since passages are text here")
        if count:
            reading.bundle.lose("codings", "are on areas of pages, and are named in memos only", count)
