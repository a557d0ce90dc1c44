"""Codings in a table with columns of any name: a source, a theme and the quoted passage in each row."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from framework_coder.errors import BadInputError, UnreadableFileError
from framework_coder.exchange.bundle import Bundle, BundledCoding
from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.here import Here, Named
from framework_coder.exchange.tables import read_cells
from framework_coder.model.anchors import Anchor, Found, find_anchor
from framework_coder.model.codings import CodingState
from framework_coder.model.formulas import unguard
from framework_coder.readers.cleaning import Cleaning

TAKES = ("columns", "accept_proposals")
REQUIRED = ("source", "theme", "quote")
NAMES: Mapping[str, tuple[str, ...]] = {
    "source": (
        "source", "document", "document name", "file", "file name", "filename", "transcript", "media title",
        "ref",
    ),
    "theme": (
        "theme", "code", "tag", "node", "codes", "themes", "tags", "theme name", "code name",
        "codes applied combined",
    ),
    "quote": (
        "quote", "content", "segment", "coded segment", "coded text", "quotation", "passage", "excerpt",
        "highlight", "snippet", "seltext", "quotation content", "coded segments", "excerpt copy", "text",
    ),
    "site": ("site", "case", "site code", "case name"),
    "coder": (
        "coder", "coded by", "analyst", "author", "user", "created by", "modified by",
        "excerpt creator", "owner",
    ),
    "memo": ("memo", "comment", "note", "comments", "notes"),
    "made_on": (
        "made_on", "made on", "coded on", "date", "created", "created on", "excerpt date", "modified",
        "modified on",
    ),
    "before": ("before", "prefix"),
    "after": ("after", "suffix"),
    "start": ("start", "start offset"),
    "state": ("state",),
}  # fmt: skip
"""What columns are called, by what they say, in the order in which they are believed."""

MOST_TOLD = 20
"""Rows that are told one by one for the same reason; further ones are counted."""

_MOST_TITLES = 20
"""The names of columns stand in one of the first rows."""
_DAY = len("2024-03-05")
_STATES = {state.value: state for state in CodingState}


class MissingColumnsError(BadInputError):
    """A table in which a source, a theme or a quote is not to be found."""

    def __init__(self, path: Path, missing: Sequence[str], header: Sequence[str]) -> None:
        listed = ", ".join(f"“{name}”" for name in header if name) or "none"
        example = f'--column {missing[0]}="{next((name for name in header if name), "Name")}"'
        super().__init__(
            f"{path.name} has no column for {' and '.join(missing)}; its columns are {listed}. "
            f"Say which one it is, as in {example}."
        )


class UnknownColumnError(BadInputError):
    """A column that was named and is not there, or something a coding does not have."""

    def __init__(self, path: Path, field_: str, name: str, header: Sequence[str]) -> None:
        if field_ not in NAMES:
            super().__init__(f"A coding has no {field_}; it has {', '.join(NAMES)}.")
            return
        listed = ", ".join(f"“{each}”" for each in header if each) or "none"
        super().__init__(f"{path.name} has no column “{name}”; its columns are {listed}.")


def recognise(path: Path) -> bool:
    """Say whether a file is a table whose columns name a source, a theme and a quote."""
    if path.suffix.lower() not in {".csv", ".tsv", ".txt", ".xlsx", ".xlsm"} or not path.is_file():
        return False
    try:
        header = _read(path, Faults(path.name))[0]
    except UnreadableFileError:
        return False
    return set(REQUIRED) <= guess_columns(header).keys()


def read(path: Path, options: Mapping[str, Any], engine: Engine) -> Bundle:
    """Return the rows as codings on sources of the project; raises BadInputError.

    Sources are named by reference, title or file name, themes by id, label, alias or path. Quotes are placed
    where they stand for sure: word for word, told apart by `start`, `before` and `after`, or by resemblance
    where only one passage is alike. What is not sure is told row by row. Options: `columns` (field to name of
    its column, or to nothing where it has none) and `accept_proposals` (take the closest name where there is
    none of that name).
    """
    faults = Faults(path.name)
    header, rows = _read(path, faults)
    refuse([faults])
    columns = _choose(path, header, options.get("columns") or {})
    here = Here(engine, accepts=bool(options.get("accept_proposals")))
    bundle = Bundle(name=path.stem)
    said = ", ".join(f"{name} = “{header[place]}”" for name, place in columns.items())
    bundle.choices.append(f"Columns: {said}; --column NAME=COLUMN says otherwise.")
    passed = [f"“{name}”" for place, name in enumerate(header) if name and place not in columns.values()]
    if passed:
        bundle.choices.append(f"Columns passed over: {', '.join(passed)}.")
    _Placing(here, bundle, columns).place(rows)
    return here.complete(bundle)


def list_columns(path: Path) -> tuple[list[str], dict[str, str]]:
    """Return the columns that have a name, and of each field the one it is taken from, or nothing.

    Raises FaultyFileError where the file is no table.
    """
    faults = Faults(path.name)
    header, _ = _read(path, faults)
    refuse([faults])
    guessed = guess_columns(header)
    return [name for name in header if name], {
        field_: header[guessed[field_]] if field_ in guessed else "" for field_ in NAMES
    }


def _read(path: Path, faults: Faults) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the names of the columns and the rows below them; a title may stand above the names."""
    names = [name for names in NAMES.values() for name in names]
    cells = read_cells(path, faults, names)
    headers = [[" ".join(name.split()) for name in values] for _, values in cells[:_MOST_TITLES]]
    place = next((p for p, header in enumerate(headers) if set(REQUIRED) <= guess_columns(header).keys()), 0)
    rows = [(line, [unguard(value.strip()) for value in values]) for line, values in cells[place + 1 :]]
    return headers[place] if headers else [], rows


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the column of each field, by what columns are usually called."""
    folded = [name.casefold() for name in header]
    found: dict[str, int] = {}
    for field_, names in NAMES.items():
        place = next((folded.index(name) for name in names if name in folded), None)
        if place is not None and place not in found.values():
            found[field_] = place
    return found


def _choose(path: Path, header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    folded = [name.casefold() for name in header]
    chosen: dict[str, int | None] = {}
    for field_, name in given.items():
        if field_ not in NAMES or (name and name.casefold() not in folded):
            raise UnknownColumnError(path, field_, name, header)
        chosen[field_] = folded.index(name.casefold()) if name else None
    guessed = {name: place for name, place in guess_columns(header).items() if place not in chosen.values()}
    columns = {name: place for name, place in (guessed | chosen).items() if place is not None}
    if missing := [name for name in REQUIRED if name not in columns]:
        raise MissingColumnsError(path, missing, header)
    return {name: columns[name] for name in NAMES if name in columns}


@dataclass
class _Placing:
    """Turns rows into codings, source by source."""

    here: Here
    bundle: Bundle
    columns: Mapping[str, int]
    told: Counter[str] = field(default_factory=Counter)

    def place(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        by_source: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
        for line, values in rows:
            said = {n: values[p] for n, p in self.columns.items() if p < len(values)}
            if not said.get("theme") or not said.get("quote"):
                self._lose(line, "has no theme or no quote", "have no theme or no quote")
                continue
            found = self.here.find_source(said.get("source", ""))
            if self._take(line, found):
                by_source.setdefault(found.key, []).append((line, said))
        for key, of_source in by_source.items():
            source = self.here.source(key)
            self.bundle.sources.append(source)
            text = source.load().text
            for line, cells in of_source:
                self._code(line, cells, key, text)

    def _code(self, line: int, said: Mapping[str, str], source: str, text: str) -> None:
        themes = list(self._themes(line, said["theme"]))
        site = self.here.find_site(said["site"]) if said.get("site") else Named()
        if not themes or not self._take(line, site, is_needed=False):
            return
        if site.key and site.key not in self.here.source(source).sites:
            why = f"{source} does not belong to site “{said['site']}”"
            self._lose(line, why, "name a site that their source does not belong to")
            return
        self._check(said)
        start = said.get("start", "")
        quote, before, after = (Cleaning().clean(said.get(name, "")) for name in ("quote", "before", "after"))
        anchor = Anchor(quote, before, after, _whole(start))
        place = self._find(line, text, anchor, source)
        if place is None:
            return
        is_alike = place.how == "fuzzy"
        for theme in themes:
            self.bundle.codings.append(
                BundledCoding(
                    key=f"{line} {theme}",
                    source=source,
                    theme=theme,
                    start=place.start,
                    end=place.end,
                    quote=text[place.start : place.end],
                    site=site.key,
                    coder=said.get("coder", ""),
                    made_on=_day(said.get("made_on", "")),
                    memo=said.get("memo", ""),
                    state=_STATES.get(said.get("state", "").lower(), CodingState.ACCEPTED),
                    score=round(place.score, 1) if is_alike else None,
                    reason=f"placed by resemblance; the file says “{anchor.quote}”" if is_alike else "",
                )
            )

    def _check(self, said: Mapping[str, str]) -> None:
        """Tell of dates and states that are not understood."""
        if said.get("made_on") and not _day(said["made_on"]):
            self.bundle.lose("dates", "are not written as 2024-03-05 and were left out")
        if said.get("state") and said["state"].lower() not in _STATES:
            known = ", ".join(_STATES)
            self.bundle.lose("states", f"are none of {known}; these codings came in as accepted")

    def _find(self, line: int, text: str, anchor: Anchor, source: str) -> Found | None:
        found = find_anchor(text, anchor)
        short = _short(anchor.quote)
        if not found:
            self._lose(line, f"“{short}” does not stand in {source}", "do not stand in their source")
        elif len(found) > 1:
            why = f"“{short}” stands {len(found)} times in {source}; give its start, or words beside it"
            self._lose(line, why, "stand several times in their source")
        else:
            if found[0].how == "fuzzy":
                shown = _short(text[found[0].start : found[0].end])
                alike = f"“{short}” stands in {source} as “{shown}” ({found[0].score:.0f} % alike)"
                self.bundle.choices.append(f"Line {line}: {alike}.")
            return found[0]
        return None

    def _themes(self, line: int, name: str) -> Iterator[str]:
        """Yield the themes of a cell: one, or several with `;` between them."""
        whole = self.here.find_theme(name)
        names = (
            [name]
            if whole.key and not whole.proposal
            else [part for part in re.split("[;\n]", name) if part.strip()]
        )
        for each in names:
            found = self.here.find_theme(each.strip())
            if self._take(line, found):
                yield found.key

    def _take(self, line: int, found: Named, *, is_needed: bool = True) -> bool:
        """Say whether a name stands for something, and tell what was taken or why nothing was."""
        if found.key and found.why:
            said = f"{found.why[0].upper()}{found.why[1:]}."
            if said not in self.bundle.choices:
                self.bundle.choices.append(said)
        elif found.why:
            advice = "; --accept-proposals takes it" if found.proposal else ""
            self._lose(line, f"{found.why}{advice}", "name what is not here, or several things")
        return bool(found.key) or not (is_needed or found.why)

    def _lose(self, line: int, why: str, kind: str) -> None:
        """Tell of a row that did not come in; after many, only how many more of its kind."""
        self.told[kind] += 1
        sentence = f"in line {line}: {why}" if self.told[kind] <= MOST_TOLD else f"in further lines {kind}"
        self.bundle.lose("codings", sentence)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _day(text: str) -> str:
    """Return the day of an ISO date or time, else nothing."""
    day = text[:_DAY]
    return day if len(day) == _DAY and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() else ""


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 60 else f"{joined[:57]}…"  # noqa: PLR2004 - what fits a line
