"""The pages of a project's PDFs: their words and their pictures."""

from framework_coder.errors import BadInputError
from framework_coder.model.pages import SourcePages
from framework_coder.model.sources import SourceText
from framework_coder.project.session import Session
from framework_coder.readers.paging import Pager, PageTask
from framework_coder.readers.pdf_pictures import check_scale
from framework_coder.store.sources import Original, load_original

PDF = "application/pdf"


class NoPagesError(BadInputError):
    """A source has no pages to show, since its file is not a PDF."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not a PDF, so it has no pages to show; read its text.")


class ProjectPages:
    """Maps words to pages and draws pages, in a process of its own that starts when it is first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pager = Pager()

    def words(self, ref: str, source: int, text: SourceText) -> SourcePages:
        """Return the pages of a source with its words on them."""
        if text.media_type != PDF:
            raise NoPagesError(ref)

        def load() -> PageTask:
            original = self._original(ref, source)
            return PageTask(original.name, original.content, text.text)

        return self._pager.pages((text.sha256, text.text), load)

    def picture(self, ref: str, source: int, number: int, scale: float) -> bytes:
        """Return page `number` of a source as a PNG."""
        check_scale(scale)
        original = self._original(ref, source)
        return self._pager.picture(PageTask(original.name, original.content, "", number, scale))

    def _original(self, ref: str, source: int) -> Original:
        with self._session.reading() as connection:
            original = load_original(connection, source)
        assert original is not None
        if original.media_type != PDF:
            raise NoPagesError(ref)
        return original

    def close(self) -> None:
        """End the process."""
        self._pager.close()
