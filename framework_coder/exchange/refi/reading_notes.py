"""Notes, links, sets and graphs of a REFI-QDA project: memos on whatever they are about."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from framework_coder.exchange.bundle import BundledMemo, BundledTarget
from framework_coder.exchange.refi.offsets import CountedText, decode
from framework_coder.exchange.refi.reading_sources import KEPT, find_text
from framework_coder.exchange.refi.study import Reading, shorten
from framework_coder.exchange.refi.wording import ABOUT, CODING_MEMO, MATRIX_SET, OWN_LINKS, fold

_KIND = re.compile(r"\[([^\]]{1,40})\] (.*)", re.DOTALL)


def load_notes(reading: Reading) -> None:
    """Take note of the notes and their texts."""
    for note in reading.root.iterfind("Notes/Note"):
        key = reading.key_of(note, "memo", is_noted=False)
        load = find_text(reading, note)
        if load is None and not note.findtext("Description"):
            reading.bundle.lose("memos", "have no text in the file")
        text = "" if load is None else CountedText(decode(load())[0]).text
        reading.notes[key] = note
        reading.note_texts[key] = text
        coded = sum(1 for _ in note.iter("Coding"))
        if coded:
            reading.bundle.lose("codings", "are on memos, where nothing is coded here", coded)


def read_notes(reading: Reading) -> None:
    """Make memos of the notes that are not ours to carry something else."""
    about, titles = _find_targets(reading)
    of_codings: dict[str, str] = {}
    for key, note in reading.notes.items():
        if key in reading.own_notes:
            continue
        targets = about.get(key, [])
        name = " ".join((note.get("name") or "").split())
        if name.startswith(CODING_MEMO) and len(targets) == 1 and targets[0].coding:
            of_codings[targets[0].coding] = reading.note_texts[key]
            continue
        kind, title = _read_kind(name)
        said = [text for text in (note.findtext("Description"), reading.note_texts[key]) if text]
        said += [f"About the memo “{title_}”." for title_ in titles.get(key, ())]
        author, made_on = reading.coder(note.get("creatingUser")), reading.date(note)
        text = "\n\n".join(dict.fromkeys(said))
        reading.bundle.memos.append(BundledMemo(key, title, text, kind, author, made_on, targets))
        if "#" not in key:
            reading.bundle.guids["memo", key] = key
    if of_codings:
        codings = reading.bundle.codings
        reading.bundle.codings = [replace(c, memo=of_codings.get(c.key, c.memo)) for c in codings]


def _read_kind(name: str) -> tuple[str, str]:
    found = _KIND.fullmatch(name)
    if found and found[1].lower() not in {"coding", "summary", "finding"}:
        return found[1].lower(), found[2]
    return "", name or "Memo"


def _find_targets(reading: Reading) -> tuple[dict[str, list[BundledTarget]], dict[str, list[str]]]:
    """Return what each note is about, and the titles of the notes that it is about."""
    about: dict[str, list[BundledTarget]] = {}
    titles: dict[str, list[str]] = {}
    for reference in reading.root.iter("NoteRef"):
        parent = reference.getparent()
        note = fold(reference.get("targetGUID", ""))
        if parent.tag == "Project":
            continue
        if parent.tag == "Link":
            ends = [fold(parent.get(end, "")) for end in ("originGUID", "targetGUID")]
        else:
            ends = [fold(parent.get("guid", ""))]
        _attach(reading, note, ends, about, titles)
    _follow_links(reading, about, titles)
    return about, titles


def _attach(
    reading: Reading,
    note: str,
    ends: Iterable[str],
    about: dict[str, list[BundledTarget]],
    titles: dict[str, list[str]],
) -> None:
    for end in ends:
        found = reading.targets(end)
        kept = about.setdefault(note, [])
        kept += [target for target in found if target not in kept]
        if end in reading.notes and end not in reading.own_notes:
            titles.setdefault(note, []).append(reading.notes[end].get("name") or "Memo")
        elif not found and end not in reading.own_notes:
            reading.bundle.lose(
                "memos", "are about something that is not in the file, or cannot have memos here"
            )


def _follow_links(
    reading: Reading, about: dict[str, list[BundledTarget]], titles: dict[str, list[str]]
) -> None:
    """Attach notes by links; a link between other things becomes a memo on both."""
    for number, link in enumerate(reading.root.iterfind("Links/Link")):
        name = link.get("name") or ""
        if name.startswith(OWN_LINKS):
            continue
        origin, target = (fold(link.get(end, "")) for end in ("originGUID", "targetGUID"))
        if origin in reading.notes and origin not in reading.own_notes:
            _attach(reading, origin, [target], about, titles)
        elif target in reading.notes and target not in reading.own_notes:
            _attach(reading, target, [origin], about, titles)
        elif not name.startswith(ABOUT):
            _note_link(reading, link, number, [*reading.targets(origin), *reading.targets(target)])


def _note_link(reading: Reading, link: Any, number: int, targets: list[BundledTarget]) -> None:
    if not targets:
        reading.bundle.lose("links", "join things that are not in the file")
        return
    said = f"Link, {link.get('direction') or 'no direction'}."
    title = " ".join((link.get("name") or "Link").split())
    reading.tell_of(link, f"link {number}", said)
    reading.bundle.memos.append(BundledMemo(f"link {number}", title, said, "link", "", "", targets))


def read_sets(reading: Reading) -> None:
    """Keep groups of codes, sources and notes as memos; count graphs, which are not shown here."""
    for number, each in enumerate(reading.root.iterfind("Sets/Set")):
        name = " ".join((each.get("name") or "").split()) or "Unnamed set"
        if each in reading.used_sets or (reading.is_ours and name.startswith(MATRIX_SET)):
            continue
        members = [fold(m.get("targetGUID", "")) for m in each if m.tag in {"MemberCode", "MemberSource"}]
        notes = [fold(member.get("targetGUID", "")) for member in each.iterfind("MemberNote")]
        titles = [reading.notes[note].get("name") or "Memo" for note in notes if note in reading.notes]
        said = [text for text in (each.findtext("Description"),) if text]
        said += [f"Memos: {'; '.join(titles)}."] if titles else []
        targets = [target for member in members for target in reading.targets(member)]
        text = "\n".join(said) or f"{len(members) + len(titles)} members."
        reading.tell_of(each, f"set {number}", text)
        reading.bundle.memos.append(BundledMemo(f"set {number}", name, text, "set", "", "", targets))
    graphs = [graph.get("name") or "unnamed" for graph in reading.root.iterfind("Graphs/Graph")]
    if graphs:
        reading.bundle.lose("graphs", f"are not imported, only {KEPT}: {shorten(graphs)}", len(graphs))


def read_project_words(reading: Reading) -> None:
    """Keep what is said of the project and of its sources as memos."""
    if said := (reading.root.findtext("Description") or "").strip():
        reading.bundle.brief = said
        reading.bundle.memos.append(BundledMemo("project", "[Description] The project", said))
    for source in reading.sources.values():
        if said := (source.element.findtext("Description") or "").strip():
            memo = BundledMemo(
                f"source {source.key}",
                f"[Description] {source.name}",
                said,
                targets=[BundledTarget(source=source.key)],
            )
            reading.bundle.memos.append(memo)
