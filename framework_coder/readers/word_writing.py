"""Write the stories of a Word document as blocks, with notes, text boxes and comments in their places."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from framework_coder.model.sources import BlockKind, Comment, Locator
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.cleaning import cleaned_length
from framework_coder.readers.speakers import Speakers
from framework_coder.readers.word_tables import TableWriting
from framework_coder.readers.word_tree import Chunk, Paragraph, Story, Table, paragraphs

_NOWHERE = Locator()


@dataclass(frozen=True, slots=True)
class CommentText:
    """What a reviewer wrote, before its place is known."""

    author: str
    text: str
    made_on: str


@dataclass(slots=True)
class Beside:
    """What stands beside the body: notes and comments by their id."""

    notes: Mapping[tuple[str, str], Story] = field(default_factory=dict)
    comments: Mapping[str, CommentText] = field(default_factory=dict)


class Writing:
    """Writes stories into an assembly; `write_chunk` writes an embedded document."""

    def __init__(self, assembly: TextAssembly, beside: Beside, write_chunk: Callable[[str], None]) -> None:
        self.assembly = assembly
        self._beside = beside
        self._write_chunk = write_chunk
        self._tables = TableWriting(self._write_paragraphs, self._write_framed)
        self._marks: dict[str, list[int]] = defaultdict(list)
        self._endnotes: list[str] = []
        self._written_notes: set[tuple[str, str]] = set()
        self._speakers = Speakers(frozenset())

    def write_body(self, story: Story) -> None:
        """Write the body; where it is a transcript, paragraphs that a speaker's label begins are turns."""
        plain = [item.text for item in story if isinstance(item, Paragraph)]
        self._speakers = Speakers.found_in(plain)
        self.write(story)
        self._speakers = Speakers(frozenset())

    def write(self, story: Story, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write the items of a story; with a `kind`, its plain paragraphs are of that kind."""
        for item in story:
            if isinstance(item, Paragraph):
                self._write_paragraph(item, kind, _NOWHERE)
            elif isinstance(item, Table) and kind in {BlockKind.PARAGRAPH, BlockKind.TEXT_BOX}:
                self._tables.write(item)
            elif isinstance(item, Table):
                for paragraph in paragraphs([item]):
                    self._write_paragraph(paragraph, kind, _NOWHERE)
            else:
                self._write_chunk(item.relation)

    def finish(self) -> None:
        """Write the endnotes, the notes that nothing refers to, and the comments in their places."""
        for note in self._endnotes:
            self._write_note(("endnote", note))
        for note_id in self._beside.notes:
            self._write_note(note_id)
        for comment, text in self._beside.comments.items():
            places = self._marks.get(comment, [0, 0])
            start, end = min(places), max(places)
            found = Comment(start, end, text.author, text.text, text.made_on)
            self.assembly.comments.append(found)
        self.assembly.comments.sort(key=lambda found: (found.start, found.end))

    def _write_framed(self, story: Story, place: Locator) -> None:
        """Write what a cell frames: a nested table, or the text of a table that has one cell."""
        for item in story:
            if isinstance(item, Paragraph):
                self._write_paragraph(item, BlockKind.PARAGRAPH, place)
            elif isinstance(item, Table):
                self._tables.write(item)
            elif isinstance(item, Chunk):
                self._write_chunk(item.relation)

    def _write_paragraph(self, paragraph: Paragraph, kind: BlockKind, place: Locator) -> None:
        """Write one paragraph; in the body its style gives its kind."""
        level = 0
        if kind is BlockKind.PARAGRAPH:
            kind, level = paragraph.role.kind, paragraph.role.level
        text = paragraph.text
        if kind is BlockKind.PARAGRAPH and self._speakers.labels and place is _NOWHERE:
            place = Locator(speaker=self._speakers.only_speaker(text))
            kind = BlockKind.TURN if place.speaker else kind
        start = self.assembly.next_start
        written = self.assembly.add(text, kind, place, level=level)
        self._place_marks(paragraph, text, 0, start, written)
        self._write_beside([paragraph])

    def _write_paragraphs(
        self, held: list[Paragraph], kind: BlockKind, place: Locator, answers: int | None
    ) -> int | None:
        """Write the paragraphs of a cell as one block, a line each; return its ordinal."""
        kept = [paragraph for paragraph in held if paragraph.text.strip()]
        text = "\n".join(paragraph.text for paragraph in kept)
        start = self.assembly.next_start
        written = self.assembly.add(text, kind, place, answers=answers)
        offset = 0
        for paragraph in kept:
            self._place_marks(paragraph, text, offset, start, written)
            offset += paragraph.length + 1
        self._write_beside(held)
        return written

    def _place_marks(
        self, paragraph: Paragraph, text: str, offset: int, start: int, written: int | None
    ) -> None:
        """Carry the places of comments over from the raw text to the source's text."""
        if not paragraph.marks:
            return
        end = self.assembly.blocks[written].end if written is not None else self.assembly.length
        start = min(start, end)
        lead = len(text) - len(text.lstrip())
        for comment, place in paragraph.marks:
            shift = cleaned_length(text[lead : max(lead, offset + place)])
            self._marks[comment].append(min(start + shift, end))

    def _write_beside(self, held: list[Paragraph]) -> None:
        """Write the text boxes and footnotes that hang on paragraphs; endnotes wait for the end."""
        for paragraph in held:
            for box in paragraph.boxes:
                self.write(box, BlockKind.TEXT_BOX)
            for kind, note in paragraph.notes:
                if kind == "endnote":
                    self._endnotes.append(note)
                else:
                    self._write_note((kind, note))

    def _write_note(self, note: tuple[str, str]) -> None:
        """Write a note once, however often it is referred to."""
        if note in self._written_notes or note not in self._beside.notes:
            return
        self._written_notes.add(note)
        self.write(self._beside.notes[note], BlockKind(note[0]))
