"""Add the paragraphs of a PDF to its source: page borders inside a paragraph, furniture beside it."""

from collections.abc import Sequence

from framework_coder.model.sources import BlockKind, Comment, Locator, Page
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.pdf_forms import FieldValue, Note
from framework_coder.readers.pdf_furniture import Furniture
from framework_coder.readers.pdf_hyphens import HyphenJoiner
from framework_coder.readers.pdf_pages import PageContent
from framework_coder.readers.pdf_paragraphs import BodyStyle, PageParagraphs, Paragraph, goes_on

Origins = dict[int, list[tuple[int, Sequence[int]]]]
"""By the ordinal of a block: the runs of letters that it was made of, each with the number of its page."""


class PdfAssembly(TextAssembly):
    """Holds the last paragraph of a page back until the next page shows whether it goes on there."""

    def __init__(self) -> None:
        super().__init__()
        self.origins: Origins = {}
        self._joiner = HyphenJoiner([])
        self._held: Paragraph | None = None
        self._waiting: list[tuple[int, Furniture]] = []
        self._sizes: list[PageContent] = []
        self._starts: dict[int, int] = {}

    def begin(self, paragraphs: list[Paragraph], style: BodyStyle) -> None:
        """Learn the words of the whole file first."""
        self._style = style
        self._joiner = HyphenJoiner([line for paragraph in paragraphs for line in paragraph.lines])

    def warn_pages(self, code: str, what: str, pages: list[int]) -> None:
        """Report pages by number."""
        if not pages:
            return
        shown = ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")  # noqa: PLR2004
        if len(pages) == 1:
            what = (
                what.replace("are ", "is ", 1)
                .replace("pictures", "a picture")
                .replace("they need", "it needs")
                .replace("show ", "shows ", 1)
            )
            what = what.replace("were ", "was ", 1).replace("use a", "uses a")
        self.warn(code, f"Page{'s' if len(pages) > 1 else ''} {shown} {what}.", len(pages))

    def add_page(self, content: PageContent, found: PageParagraphs, furniture: list[Furniture]) -> None:
        """Add a page; what stands beside its text goes where no paragraph is divided by it."""
        number = content.number
        self._sizes.append(content)
        body = list(found.body)
        heads = [item for item in furniture if item.is_above]
        feet = [item for item in furniture if not item.is_above]
        if self._held and body and goes_on(self._held, body[0]):
            self._held.lines += body.pop(0).lines
            if not body:  # it may go on yet
                self._add_asides(found)
                self._waiting += [(number, item) for item in heads + feet]
                return
        self._waiting += [(number, item) for item in heads]
        self._release()
        last = body.pop() if body and body[-1].kind is not BlockKind.TABLE_CELL else None
        for paragraph in body:
            self._add(paragraph)
        self._add_asides(found)
        self._held = last
        self._waiting += [(number, item) for item in feet]

    def _add_asides(self, found: PageParagraphs) -> None:
        """Add footnotes and turned text, before a paragraph that may go on over the page."""
        for paragraph in found.asides:
            self._add(paragraph)

    def add_value(self, page: int, value: FieldValue) -> None:
        """Add what a form field says."""
        self._release()
        self._start_page(page)
        text = f"{value.label}: {value.value}" if value.label else value.value
        self.add(text, BlockKind.FORM_VALUE, Locator(page=page))

    def add_note(self, page: int, note: Note, quote: str) -> None:
        """Add a reviewer's note, placed at the words it covers where they are found once on its page."""
        self._release()
        if note.is_text:
            self._start_page(page)
            self.add(note.text, BlockKind.TEXT_BOX, Locator(page=page))
            return
        text = self.slice(0, len(self.blocks))
        words = " ".join(quote.replace("\ufffe", "-").split())
        start = text.find(words, self._starts.get(page, 0)) if words else -1
        place = (start, start + len(words)) if start >= 0 else (self._starts.get(page, 0),) * 2
        self.comments.append(Comment(*place, note.author, note.text, note.made_on))

    def end(self) -> None:
        """Add what was held back, and set the pages."""
        self._release()
        start = self.length
        pages = []
        for content in reversed(self._sizes):
            start = self._starts.get(content.number, start)
            pages.append(Page(content.number, content.width, content.height, content.rotation, start))
        self.pages = tuple(reversed(pages))
        self.warn(
            "hyphens_joined", "Words divided at the end of a line were put together.", self._joiner.joined
        )

    def _release(self) -> None:
        """Add the paragraph held back, then the furniture that waited for it."""
        if self._held:
            self._add(self._held)
            self._held = None
        for number, item in self._waiting:
            self._note(self.add(item.text, item.kind, Locator(page=number)), number, item.letters)
        self._waiting.clear()

    def _add(self, paragraph: Paragraph) -> None:
        text, starts = self._joiner.join(paragraph.lines)
        for line, start in zip(paragraph.lines, starts, strict=True):
            self._start_page(line.page, start)
        place = Locator(
            page=paragraph.page, table=paragraph.table, row=paragraph.row, column=paragraph.column
        )
        block = self.add(text, paragraph.kind, place, level=paragraph.level)
        for line in paragraph.lines:
            self._note(block, line.page, line.letters)

    def _note(self, block: int | None, page: int, letters: Sequence[Sequence[int]]) -> None:
        """Remember which letters of a page a block was made of."""
        if block is not None:
            self.origins.setdefault(block, []).extend((page, run) for run in letters)

    def _start_page(self, page: int, ahead: int = 0) -> None:
        self._starts.setdefault(page, self.next_start + ahead)
