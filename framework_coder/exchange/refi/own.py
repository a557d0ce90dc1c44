"""What the framework note adds to a project that is read: everything as it was here before."""

import hashlib
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from framework_coder.exchange.bundle import (
    BundledClaim,
    BundledCoding,
    BundledConvergence,
    BundledCoverage,
    BundledDecision,
    BundledEvidence,
    BundledFinding,
    BundledMemberCheck,
    BundledMemo,
    BundledSource,
    BundledTarget,
)
from framework_coder.exchange.refi.matrix_note import hash_text, read_note
from framework_coder.exchange.refi.reading_cells import write_claims
from framework_coder.exchange.refi.study import Reading, ReadSource
from framework_coder.exchange.refi.wording import NOTE_NAME, describe, fold, make_id, read_rules
from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.findings import FindingRole
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.sources import BlockKind
from framework_coder.model.study import Examined
from framework_coder.store.packing import (
    PackedText,
    is_tiling,
    pack_metadata,
    pack_text,
    unpack_codebook,
    unpack_comments,
    unpack_design,
    unpack_locator,
    unpack_metadata,
    unpack_pages,
    unpack_text,
    unpack_theme,
    unpack_warnings,
)

Note = Mapping[str, Any]


def find_framework(reading: Reading) -> Note | None:
    """Return the framework note where there is one that fits the codes and sources of the file."""
    for key, note in reading.notes.items():
        if (note.get("name") or "").strip() != NOTE_NAME:
            continue
        reading.own_notes.add(key)
        said = read_note(reading.note_texts[key])
        there = {
            fold(e.get("guid", "")) for e in reading.root.iter("Code", "Case", "TextSource", "PDFSource")
        }
        if said is not None and there & {*said["themes"], *said["sites"], *said["sources"]}:
            reading.is_ours = True
            return said
        reading.bundle.lose("framework note", "does not fit the file, and was left out")
    return None


def restore_themes(reading: Reading, note: Note) -> None:
    """Let themes be what they were; what another tool changed in a code since holds."""
    book = reading.bundle.codebook
    guids = {theme: guid for guid, theme in reading.codes.items()}
    known = {
        theme.id: unpack_theme(note["themes"][guids[theme.id]])
        for theme in book
        if guids.get(theme.id) in note["themes"]
    }
    ids: dict[str, str] = {old: theme.id for old, theme in known.items()}
    taken: dict[str, object] = dict.fromkeys(ids.values())
    for theme in book:
        if theme.id not in ids:
            parent = ids.get(theme.parent or "")
            ids[theme.id] = make_id(theme.label, parent, taken)
            taken[ids[theme.id]] = None
    themes = tuple(_restore(theme, known.get(theme.id), ids) for theme in book)
    there = {theme.id for theme in themes}
    themes = tuple(
        replace(
            theme,
            merged_into=theme.merged_into if theme.merged_into in there else None,
            split_from=theme.split_from if theme.split_from in there else None,
        )
        for theme in themes
    )
    reading.bundle.codebook = Codebook(themes, note["codebook"])
    reading.codes = {guid: ids[theme] for guid, theme in reading.codes.items()}
    for old in book:
        guid = reading.bundle.guids.pop(("theme", old.id), "")
        if guid:
            reading.bundle.guids["theme", ids[old.id]] = guid


def _restore(theme: Theme, known: Theme | None, ids: Mapping[str, str]) -> Theme:
    parent = ids[theme.parent] if theme.parent else None
    if known is None:
        return replace(theme, id=ids[theme.id], parent=parent)
    bare = Theme(known.id, known.label)
    is_untouched = _rules(theme) == _rules(read_rules(describe(known), bare))
    rules = _rules(known) if is_untouched else _rules(theme)
    fields: dict[str, Any] = dict(zip(_RULES, rules, strict=True))
    label = known.label if " ".join(known.label.split()) == theme.label else theme.label
    colour = known.colour if known.colour.lower() == theme.colour.lower() else theme.colour
    return replace(known, parent=parent, label=label, colour=colour, **fields)


_RULES = ("definition", "include", "exclude", "example", "question")


def _rules(theme: Theme) -> tuple[str, ...]:
    return theme.definition, theme.include, theme.exclude, theme.example, theme.question


def restore_frame(reading: Reading, note: Note) -> None:
    """Restore what concerns the whole project, and the sites."""
    bundle = reading.bundle
    bundle.identity, bundle.brief, bundle.name = note["identity"], note["brief"], note["name"]
    bundle.design = unpack_design(note["design"]) if note["design"] else bundle.design
    bundle.coders = list(dict.fromkeys((*note["coders"], *bundle.coders)))
    sites = []
    for site in bundle.sites:
        known = note["sites"].get(site.key)
        if known is not None:
            attributes = {
                name: site.attributes.get(name, value) for name, value in known["attributes"].items()
            }
            added = {n: v for n, v in site.attributes.items() if not n.endswith(" (site)")}
            site = replace(site, code=known["code"], attributes={**attributes, **added})  # noqa: PLW2901
        sites.append(site)
    bundle.sites = sites
    bundle.plan = [(s, m, n, why) for s, m, n, why in note["plan"] if s in reading.cases]
    bundle.versions = [(n, at, by, why, unpack_codebook(book)) for n, at, by, why, book in note["versions"]]
    bundle.not_applicable = [
        (site, reading.codes[theme], reason, coder)
        for site, theme, reason, coder in note["not_applicable"]
        if site in reading.cases and theme in reading.codes
    ]
    bundle.separations = [
        (one, two, reason, coder, on)
        for one, two, reason, coder, on in note["separations"]
        if one in reading.sources and two in reading.sources
    ]
    bundle.coverage = [
        BundledCoverage(source, reading.codes[theme], Examined(state), version, coder, on)
        for source, theme, state, version, coder, on in note["coverage"]
        if source in reading.sources and theme in reading.codes
    ]


def restore_source(reading: Reading, source: BundledSource, note: Note) -> BundledSource:
    """Return a source with its place in the register and the blocks of its text."""
    known, text = note["sources"].get(source.key), note["texts"].get(source.key)
    if known is None:
        return source
    register: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in known.items()}
    sites = tuple(s for s in register.pop("sites") if s in source.sites)
    register["derived_from"] = tuple(s for s in register["derived_from"] if s in reading.sources)
    register["title"] = (
        source.title if register["title"].split() != source.title.split() else register["title"]
    )
    extra = tuple(site for site in source.sites if site not in sites)
    restored = replace(source, **register, sites=(*sites, *extra))
    if not text:
        return restored
    packed = partial(_pack, reading.sources[source.key], source, _shape(text), text["text"])
    return replace(restored, packed=packed, load=lambda: unpack_text(packed()))


def _shape(known: Note) -> PackedText:
    """Return the structure of a text, without the text; raises ValueError where its blocks cannot be."""
    end = 0
    for start, stop, kind, level, answers, locator in known["blocks"]:
        if not end <= start <= stop:
            raise ValueError(start, stop)
        if kind not in _BLOCK_KINDS or not isinstance(level, int) or not isinstance(answers, int | None):
            raise ValueError(kind, level, answers)
        unpack_locator(locator)
        end = stop
    rest: dict[str, Any] = {
        "warnings": [asdict(warning) for warning in unpack_warnings(known["warnings"])],
        "comments": [asdict(comment) for comment in unpack_comments(known["comments"])],
        "pages": [asdict(page) for page in unpack_pages(known["pages"])],
    }
    about = pack_metadata(unpack_metadata(known["about"]))
    blocks: Any = tuple(map(tuple, known["blocks"]))
    reader = (known["reader"], known["version"], known["part"])
    return PackedText("", "", "", *reader, blocks, about, **rest, segments=_segments(known, blocks))


def _segments(known: Note, blocks: Sequence[Any]) -> bytes:
    """Return the segments of a text as they were; notes of earlier releases have none."""
    packed = b64decode(known.get("segments", ""), validate=True)
    if packed and not is_tiling(packed, blocks):
        raise ValueError(known["text"])
    return packed


_BLOCK_KINDS = frozenset(kind.value for kind in BlockKind)


def _pack(read: ReadSource, source: BundledSource, shape: PackedText, written: str) -> PackedText:
    """Return the text with the blocks that it had, unless another tool changed a character of it."""
    text = read.load().text
    if hash_text(text) != written or (shape.blocks and shape.blocks[-1][1] > len(text)):
        return pack_text(source.load())
    sha256 = hashlib.sha256(source.original()).hexdigest()
    return replace(shape, text=text, sha256=sha256, media_type=source.media_type)


def restore_codings(reading: Reading, note: Note) -> None:
    """Add the codings that were never sent as such; the others were recalled as they were read."""
    there = {coding.key for coding in reading.bundle.codings}
    for key, said in note["codings"].items():
        if key not in there and said[3] != CodingState.ACCEPTED.value:
            reading.bundle.codings += _add_coding(reading, key, said)
    reading.codings = {coding.key: coding.key for coding in reading.bundle.codings}


_STATES = {state.value: state for state in CodingState}
_ORIGINS = {origin.value: origin for origin in CodingOrigin}


Recalled = tuple[str, str, str, CodingState, CodingOrigin, float | None, str]
"""Site, date, memo, state, origin, score and reason of a coding."""


def recall(reading: Reading, said: list[Any] | None, site: str, made_on: str, memo: str) -> Recalled:
    """Return what a coding had beside its place, by what the note says of it, if it says anything."""
    if said is None:
        return site, made_on, memo, CodingState.ACCEPTED, CodingOrigin.IMPORT, None, ""
    known, _, day, state, origin, score, reason, remark = said[:8]
    site = known if known in reading.cases else site
    made_on = day if day[:10] == made_on or not made_on else made_on
    return site, made_on, memo or remark, _STATES[state], _ORIGINS[origin], score, reason


def compose(key: str, where: tuple[str, str, int, int, str], coder: str, rest: Recalled) -> BundledCoding:
    """Return a coding: its source, theme, start, end and quote; who made it; and the rest."""
    source, theme, start, end, quote = where
    site, made_on, memo, state, origin, score, reason = rest
    return BundledCoding(
        key, source, theme, start, end, quote, site, coder, made_on, memo, state, origin, score, reason
    )


def _add_coding(reading: Reading, key: str, said: list[Any]) -> Iterable[BundledCoding]:
    source, theme, start, end = said[8:]
    found = reading.sources.get(source)
    if found is None or theme not in reading.codes or said[0] not in reading.cases:
        return ()
    quote = found.load().text[start:end]
    where = (source, reading.codes[theme], start, end, quote)
    return (compose(key, where, said[1], recall(reading, said, said[0], "", "")),)


def restore_analysis(reading: Reading, note: Note) -> None:
    """Restore claims with all that belongs to them, and findings; their notes are no memos."""
    bundle = reading.bundle
    for key, said in note["claims"].items():
        if said["site"] in reading.cases and said["theme"] in reading.codes:
            bundle.claims.append(_claim(reading, key, said))
            bundle.guids["claim", key] = key
        else:
            bundle.lose("claims", "were on sites or codes that another tool took out")
    there = {claim.key for claim in bundle.claims}
    for key, said in note["findings"].items():
        links = [(c, FindingRole(role), why) for c, role, why in said["claims"] if c in there]
        finding = BundledFinding(
            key, said["statement"], said.get("comment", ""), said.get("author", ""), links
        )
        bundle.findings.append(finding)
        bundle.guids["finding", key] = key
        reading.own_notes.add(key)
    _note_edited_cells(reading, note)


def _claim(reading: Reading, key: str, said: Mapping[str, Any]) -> BundledClaim:
    decision, check = said.get("decision"), said.get("member_check")
    return BundledClaim(
        key,
        said["site"],
        reading.codes[said["theme"]],
        said["summary"],
        ClaimKind(said.get("kind", ClaimKind.FACT)),
        bool(said.get("is_key")),
        said.get("quotation", ""),
        said.get("comment", ""),
        [CodedValue(**value) for value in said.get("values", ())],
        said.get("author", ""),
        [_evidence(link) for link in said["evidence"]],
        BundledDecision(**decision | {"decision": Decision(decision["decision"])}) if decision else None,
        BundledMemberCheck(**check | {"state": MemberCheckState(check["state"])}) if check else None,
        [_convergence(met) for met in said.get("convergences", ())],
    )


def _evidence(said: Mapping[str, Any]) -> BundledEvidence:
    origins = said.get("origins")
    given = {**said, "stance": Stance(said.get("stance", Stance.SUPPORTS))}
    return BundledEvidence(**given | {"origins": None if origins is None else frozenset(origins)})


def _convergence(said: Mapping[str, Any]) -> BundledConvergence:
    kinds = {name: Convergence(said[name]) for name in ("suggested", "confirmed")}
    return BundledConvergence(**{**said, **kinds})


def _note_edited_cells(reading: Reading, note: Note) -> None:
    """Keep the text of a cell that another tool changed as a memo on the cell."""
    cells: dict[tuple[str, str], list[BundledClaim]] = {}
    for claim in reading.bundle.claims:
        cells.setdefault((claim.site, claim.theme), []).append(claim)
    for key, (site, theme) in note["cells"].items():
        if key not in reading.notes:
            continue
        reading.own_notes.add(key)
        cell = (site, reading.codes.get(theme, ""))
        text = reading.note_texts[key]
        if cell not in cells or text == write_claims(cells[cell]):
            continue
        title = f"{reading.notes[key].get('name')} (edited elsewhere)"
        target = BundledTarget(site=site, theme=cell[1])
        author = reading.coder(reading.notes[key].get("modifyingUser"))
        reading.bundle.memos.append(BundledMemo(f"{key} edited", title, text, "", author, "", [target]))
        reading.bundle.lose("cells", "were edited in another tool; their new text came in as memos on them")


def restore_memo(reading: Reading, memo: BundledMemo, note: Note | None) -> BundledMemo:
    """Return a memo with title, kind and targets as they were here, where it is one of ours."""
    known = None if note is None else note["memos"].get(memo.key)
    if known is None:
        return memo
    targets = tuple(_target(reading, target) for target in known["targets"])
    return replace(
        memo,
        title=known["title"],
        kind=known.get("kind", ""),
        author=known.get("author", memo.author),
        made_on=known.get("made_on", ""),
        targets=targets,
    )


def _target(reading: Reading, said: Mapping[str, str]) -> BundledTarget:
    names = {**said}
    if "theme" in names:
        names["theme"] = reading.codes.get(names["theme"], "")
    return BundledTarget(**names)
