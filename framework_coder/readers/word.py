"""Read Word documents (.docx, .docm, .dotx): body, tables, notes, boxes, headers, comments, properties."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import BlockKind, Metadata, SourceText
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.formats import recognise
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.package import Package, Relation
from framework_coder.readers.refusals import DamagedFileError
from framework_coder.readers.word_body import Body
from framework_coder.readers.word_names import DRAWING_PARAGRAPH, DRAWING_TEXT, RELATION_ID, w
from framework_coder.readers.word_properties import read_properties
from framework_coder.readers.word_styles import Styles, without_table_styles
from framework_coder.readers.word_tree import LeftOut, Story, paragraphs
from framework_coder.readers.word_writing import Beside, CommentText, Writing

READER = "word 1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_CHUNKS = 20
"""Documents embedded in one document that are read; more are left out, with a warning."""

_SENTENCES = {
    "automatic_numbers": "List numbers that Word draws itself are not in the text.",
    "charts": "Charts were left out.",
    "embedded_objects": "Embedded objects (sheets, drawings, files) were left out.",
    "equations": "Equations were read as a row of their signs.",
    "hidden_text": "Characters formatted as hidden were left out.",
    "pictures": "Pictures were left out.",
    "placeholders": "Prompts of form fields that nobody filled in were left out.",
    "symbols": "Characters of a symbol font are not known and were replaced by \ufffd.",
    "tracked_changes": "Tracked changes were read as if accepted.",
}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:
    """Return a Word document as a source; raises `UnreadableFileError`."""
    return _Document(path, content, options).read()


class _Document:
    """One Word document while it is read."""

    def __init__(
        self, path: Path, content: bytes, options: ReadOptions, *, is_embedded: bool = False
    ) -> None:
        self._is_embedded = is_embedded
        self._chunks = 0
        self._path = path
        self._content = content
        self._options = options
        self._package = Package(path, content)
        self._main = _main_part(self._package)
        self._links = self._package.relations(self._main)
        self._left_out = LeftOut()
        self._styles = Styles(self._linked_xml("styles", without_table_styles), self._linked_xml("numbering"))
        self._body = Body(self._styles, self._left_out)
        self._assembly = TextAssembly()

    def read(self) -> SourceText:
        """Write headers, body, notes and footers, in this order, and report what is left out."""
        root = self._package.xml(self._main)
        body = root.find(w("body")) if root is not None else None
        if body is None:
            raise DamagedFileError(self._path, "it has no document inside")
        story = self._body.read(body)
        beside = Beside(self._read_notes(), self._read_comments())
        writing = Writing(self._assembly, beside, self._write_chunk)
        self._write_marginal(writing, body, "header", BlockKind.HEADER)
        writing.write_body(story)
        self._write_diagrams()
        writing.finish()
        self._write_marginal(writing, body, "footer", BlockKind.FOOTER)
        self._report()
        return self._assembly.finish(self._content, MEDIA_TYPE, READER, self._metadata())

    def _metadata(self) -> Metadata:
        """Return what the document says of itself."""
        properties = next(
            (link.target for link in self._package.relations("").values() if link.kind == "core-properties"),
            "docProps/core.xml",
        )
        return read_properties(self._package.xml(properties), self._styles.language())

    def _linked_xml(self, kind: str, prune: Callable[[bytes], bytes] | None = None) -> Any | None:
        """Return the root of the part that the document links to as its `kind`, or None."""
        for link in self._links.values():
            if link.kind == kind and not link.is_external:
                return self._package.xml(link.target, prune)
        return None

    def _read_notes(self) -> dict[tuple[str, str], Story]:
        """Return footnotes and endnotes by kind and id, the ruled lines between them passed over."""
        notes = {}
        for kind in ("footnote", "endnote"):
            root = self._linked_xml(f"{kind}s")
            for note in root.findall(w(kind)) if root is not None else ():
                mark = (kind, str(note.get(w("id"))))
                if note.get(w("type")) not in _SEPARATORS and mark not in self._left_out.notes:
                    notes[mark] = self._body.read(note)
        return notes

    def _read_comments(self) -> dict[str, CommentText]:
        """Return reviewers' comments by id."""
        root = self._linked_xml("comments")
        return {
            str(item.get(w("id"))): CommentText(
                author=str(item.get(w("author"), "")),
                text=self._plain(self._body.read(item)),
                made_on=str(item.get(w("date"), ""))[:10],
            )
            for item in (root.findall(w("comment")) if root is not None else ())
        }

    def _plain(self, story: Story) -> str:
        """Return a story as clean text, a line a paragraph."""
        lines = (paragraph.text for paragraph in paragraphs(story))
        return self._assembly.cleaning.clean("\n".join(lines)).strip()

    def _write_marginal(self, writing: Writing, body: Any, which: str, kind: BlockKind) -> None:
        """Write the headers or footers that sections refer to; sections that repeat one repeat nothing."""
        seen: set[str] = set()
        for reference in body.iter(w(f"{which}Reference")):
            link = self._links.get(str(reference.get(RELATION_ID)))
            root = self._package.xml(link.target) if link is not None and not link.is_external else None
            story = self._body.read(root) if root is not None else []
            text = self._plain(story)
            if text not in seen:
                seen.add(text)
                writing.write(story, kind)

    def _write_chunk(self, relation: str) -> None:
        """Write an embedded document in its place, through the reader of its own format."""
        link = self._links.pop(relation, None)
        content = self._package.part(link.target) if link is not None and not link.is_external else None
        self._chunks += 1
        if link is None or not content or self._is_embedded or self._chunks > MOST_CHUNKS:
            self._assembly.warn("embedded_documents", "An embedded document was left out.")
            return
        try:
            source = self._read_chunk(Path(link.target), content)
        except UnreadableFileError as error:
            self._assembly.warn("embedded_documents", f"An embedded document was left out: {error}")
            return
        for block in source.blocks:
            text = source.text[block.start : block.end]
            self._assembly.add(text, block.kind, level=block.level)
        self._assembly.warnings.extend(source.warnings)

    def _read_chunk(self, name: Path, content: bytes) -> SourceText:
        """Return an embedded document; one inside another is not followed further."""
        from framework_coder.readers.reading import read_content

        if recognise(name, content) == "word":
            return _Document(name, content, self._options, is_embedded=True).read()
        return read_content(name, content, self._options)

    def _write_diagrams(self) -> None:
        """Write the words of diagrams (SmartArt) after the body; their places in a drawing are not text."""
        for relation in self._left_out.diagrams:
            link = self._links.get(relation)
            root = self._package.xml(link.target) if link is not None and not link.is_external else None
            if root is None:
                self._left_out.counts["charts"] += 1
                continue
            for paragraph in root.iter(DRAWING_PARAGRAPH):
                text = "".join(item.text or "" for item in paragraph.iter(DRAWING_TEXT))
                self._assembly.add(text, BlockKind.TEXT_BOX)

    def _report(self) -> None:
        """Warn of everything that the text does not show."""
        for code, count in sorted(self._left_out.counts.items()):
            self._assembly.warn(code, _SENTENCES[code], count)
        has_macros = any(name.endswith("vbaproject.bin") for name in self._package.names)
        self._assembly.warn("macros", "Macros were left out and not run.", int(has_macros))
        outside = sum(1 for link in self._links.values() if _is_content_elsewhere(link))
        sentence = "Pictures or parts kept outside the file were not fetched."
        self._assembly.warn("external_references", sentence, outside)


def _main_part(package: Package) -> str:
    """Return the name of the main document part."""
    for link in package.relations("").values():
        if link.kind == "officeDocument" and not link.is_external:
            return link.target
    return "word/document.xml"


def _is_content_elsewhere(link: Relation) -> bool:
    """Whether a link means content that would have to be fetched; a hyperlink is only a hyperlink."""
    return link.is_external and link.kind != "hyperlink"
