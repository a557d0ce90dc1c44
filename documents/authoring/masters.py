"""Reads the authored masters: one text file a site, with its sources, marked passages and analysis.

The markup is described in `documents/authoring/README.md`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

MASTERS = Path(__file__).parent / "sites"
METHODS = {"Q": "questionnaire", "D": "document", "M": "meeting"}

MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")
FOOTNOTE = re.compile(r"\^\[([^\]]*)\]")
DELETED = re.compile(r"~~(.*?)~~")
COLUMN = re.compile(r"(?<=\s)\|")
INSERTED = re.compile(r"\+\+(.*?)\+\+")


class MasterError(Exception):
    """A master that cannot be built; the sentence names the file or site and the line."""


@dataclass
class Line:
    """One paragraph, heading, list item, table row, comment or answer of a source."""

    kind: str
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


@dataclass
class SourceMaster:
    """A source as authored; `ref` is given when all sites are known."""

    key: str
    kind: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    ref: str = ""

    @property
    def method(self) -> str:
        """The id of the method, from the key's letter."""
        return METHODS[self.key[0]]

    def marks(self) -> dict[str, str]:
        """Return the text of each marked passage, and of each whole answer under its question's key."""
        found = {line.cells[0]: plain(line.text) for line in self.lines if line.kind == "answer"}
        for line in self.lines:
            for text in (line.text, *(line.cells if line.kind == "row" else ())):
                for name, passage in MARK.findall(text):
                    found[name] = plain(passage)
        return found


@dataclass
class EvidenceMaster:
    """A marked passage cited by a claim."""

    sign: str
    source: str
    mark: str
    origins: str = ""
    prominence: str = ""
    is_inferred: bool = False
    linked_on: str = ""


@dataclass
class ReviewMaster:
    """Two methods on a claim as confirmed, or a member check: its words by column."""

    is_check: bool
    fields: dict[str, str]


@dataclass
class ClaimMaster:
    """A claim as authored, with what it cites and how it was settled."""

    theme: str
    kind: str
    is_key: bool
    summary: str
    values: str = ""
    comment: str = ""
    evidence: list[EvidenceMaster] = field(default_factory=list)
    decision: tuple[str, str, str, str] | None = None
    reviews: list[ReviewMaster] = field(default_factory=list)


@dataclass
class RevisionMaster:
    """A newer file of a source: where it is, why it is there, and what is said otherwise in it."""

    key: str
    path: str
    reason: str
    changes: list[tuple[str, str]]


@dataclass
class SiteMaster:
    """A site with its attributes, sources and analysis."""

    code: str
    fields: dict[str, str] = field(default_factory=dict)
    sources: list[SourceMaster] = field(default_factory=list)
    claims: list[ClaimMaster] = field(default_factory=list)
    uncharted: list[tuple[str, EvidenceMaster]] = field(default_factory=list)
    coverage: list[tuple[str, str, str]] = field(default_factory=list)
    not_applicable: list[tuple[str, str]] = field(default_factory=list)
    shared: list[SourceMaster] = field(default_factory=list)
    revisions: list[RevisionMaster] = field(default_factory=list)

    def sources_by_key(self) -> dict[str, SourceMaster]:
        """Return what the analysis may cite: its own sources and those it shares."""
        return {source.key: source for source in (*self.shared, *self.sources)}


def plain(text: str) -> str:
    """Return the text as it will be read: marks unwrapped, notes and deletions gone, insertions kept."""
    text = FOOTNOTE.sub("", MARK.sub(r"\2", text))
    return INSERTED.sub(r"\1", DELETED.sub("", text)).replace("**", "")


def smarten(text: str) -> str:
    """Return the text with typographic quotation marks and apostrophes."""
    text = re.sub(r'(^|[\s(\[|“>])"', r"\1“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(^|[\s(\[|“])'(?=\w)", r"\1‘", text)
    return text.replace("'", "’")


def read_masters() -> list[SiteMaster]:
    """Return the twenty sites in order, their sources numbered across the study (`Q01`, `D07`, `M12`)."""
    sites = [read_site(path) for path in sorted(MASTERS.glob("s*.txt"))]
    number = dict.fromkeys(METHODS, 0)
    for site in sites:
        for source in site.sources:
            letter = source.key[0]
            number[letter] += 1
            source.ref = f"{letter}{number[letter]:02d}"
    by_code = {site.code: site for site in sites}
    for site in sites:
        for source in site.sources:
            if also := source.fields.get("also"):
                by_code[also].shared.append(source)
    return sites


def read_site(path: Path) -> SiteMaster:
    """Return the site of one master file."""
    site = SiteMaster("")
    for heading, body in _sections(path.read_text(encoding="utf-8")):
        word, *rest = heading.split(maxsplit=3)
        if word == "site":
            site.code = rest[0]
            site.fields = _fields(body)
        elif word == "source":
            site.sources.append(_source(rest, body))
        elif word == "revision":
            site.revisions.append(_revision(rest, body))
        elif word == "analysis":
            _read_analysis(site, body)
        else:
            raise MasterError(f"{path.name}: unknown section “@{heading}”")
    return site


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        heading, *body = part.split("\n")
        yield heading, body


def _fields(lines: list[str]) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in lines if line.strip())
    return {name.strip(): value.strip() for name, value in pairs}


def _source(words: list[str], body: list[str]) -> SourceMaster:
    key, kind, path = words
    end = body.index("---")
    source = SourceMaster(key, kind, path, _fields(body[:end]))
    change = smarten if kind in {"docx", "pdf", "html"} or source.fields.get("smart") else str
    for text in body[end + 1 :]:
        if text.strip():
            source.lines.append(_line(change(text), is_answer=key == "Q"))
    return source


def _revision(words: list[str], body: list[str]) -> RevisionMaster:
    end = body.index("---")
    pairs = (text.split(" => ", 1) for text in body[end + 1 :] if text.strip())
    changes = [(smarten(old), smarten(new)) for old, new in pairs]
    return RevisionMaster(words[0], words[1], _fields(body[:end])["reason"], changes)


def revise(source: SourceMaster, revision: RevisionMaster) -> SourceMaster:
    """Return the source as its newer file has it; everything that is not changed stays, marks too."""
    lines = source.lines
    for old, new in revision.changes:
        changed = [
            replace(
                line,
                text=line.text.replace(old, new),
                cells=tuple(cell.replace(old, new) for cell in line.cells),
            )
            for line in lines
        ]
        if changed == lines:
            raise MasterError(f"{source.ref}: nothing says “{old}”")
        lines = changed
    return replace(source, path=revision.path, lines=lines)


def _line(text: str, *, is_answer: bool) -> Line:
    if is_answer:
        question, answer = text.split(": " if not text.startswith("?") else " => ", 1)
        return Line("answer", answer.strip(), cells=(question,))
    if heading := re.match(r"(#+) ", text):
        return Line("heading", text[heading.end() :], len(heading[1]))
    if text.startswith("|"):
        return Line("row", "", cells=tuple(cell.strip() for cell in COLUMN.split(text.strip()[1:-1])))
    for prefix, kind in (("- ", "item"), ("!! ", "comment"), ("[x] ", "ticked"), ("[ ] ", "unticked")):
        if text.startswith(prefix):
            return Line(kind, text[len(prefix) :])
    return Line("paragraph", text)


EVIDENCE = re.compile(r"([+~!.])(\w+)\.(\w+)((?:\?|=\d|\([^)]*\)|@\d{4}-\d\d-\d\d)*)")
LINKED = re.compile(r"@([\d-]+)")
MET = re.compile(r"& (\w+) (\w+)(?: = (\w+))? (\w+) (\d{4}-\d\d-\d\d) ?(.*)")
CHECKED = re.compile(r"\? (\w+) (\w+) (\d{4}-\d\d-\d\d) ([^|]*)\|? ?(.*)")
ORIGINS = re.compile(r"\(([^)]*)\)")
PROMINENCE = re.compile(r"=(\d)")


def _read_analysis(site: SiteMaster, lines: list[str]) -> None:
    for line in lines:
        if not line.strip():
            continue
        first, _, rest = line.strip().partition(" ")
        if line.startswith("  "):
            _continue_claim(site.claims[-1], line.strip())
        elif first == "uncharted":
            theme, _, cited = rest.partition(" ")
            site.uncharted += [(theme, item) for item in _cited(cited)]
        elif first == "cover":
            source, state, theme = rest.split()
            site.coverage.append((source, state, theme))
        elif first == "na":
            theme, _, reason = rest.partition(" ")
            site.not_applicable.append((theme, reason))
        else:
            site.claims.append(_claim(line))


def _claim(line: str) -> ClaimMaster:
    head, *parts = (part.strip() for part in line.split("|"))
    theme, flags = head.split() if " " in head else (head, "f")
    kind = {"f": "fact", "v": "view", "j": "judgement"}[flags.strip("*") or "f"]
    summary, values, comment = (*parts, "", "")[:3]
    return ClaimMaster(theme, kind, "*" in flags, summary, values, comment)


def _continue_claim(claim: ClaimMaster, line: str) -> None:
    if line.startswith("= "):
        decision, who, when, reason = line[2:].split(maxsplit=3)
        claim.decision = (decision, who, when, reason)
    elif met := MET.fullmatch(line):
        names = ("first_method", "second_method", "confirmed", "coder", "decided_on", "reason")
        claim.reviews.append(ReviewMaster(False, dict(zip(names, met.groups(""), strict=True))))
    elif checked := CHECKED.fullmatch(line):
        names = ("state", "coder", "made_on", "informant", "reply")
        said = (text.strip() for text in checked.groups(""))
        claim.reviews.append(ReviewMaster(True, dict(zip(names, said, strict=True))))
    else:
        claim.evidence += _cited(line)


def _cited(text: str) -> list[EvidenceMaster]:
    found = [
        EvidenceMaster(
            *(sign, source, mark),
            origins="".join(ORIGINS.findall(notes)),
            prominence="".join(PROMINENCE.findall(notes)),
            is_inferred="?" in notes,
            linked_on="".join(LINKED.findall(notes)),
        )
        for sign, source, mark, notes in EVIDENCE.findall(text)
    ]
    if not found or EVIDENCE.sub("", text).strip():
        raise MasterError(f"cannot read the evidence “{text}”")
    return found
