"""The pages of a project's PDFs: their words and their pictures."""

from collections.abc import Iterator
from contextlib import contextmanager

from framework_coder.errors import BadInputError, UnreadableFileError
from framework_coder.model.pages import SourcePages
from framework_coder.model.sources import SourceText
from framework_coder.project.session import Session
from framework_coder.readers.paging import Pager, PageTask
from framework_coder.readers.pdf_opening import PasswordNeededError
from framework_coder.readers.pdf_pictures import check_scale
from framework_coder.store.sources import Original, load_original

PDF = "application/pdf"


class NoPagesError(BadInputError):
    """A source has no pages to show, since its file is not a PDF."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not a PDF, so it has no pages to show; read its text.")


class NoOriginalError(UnreadableFileError):
    """The project has the text of a source, but not its file."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"The file of {ref} is not in this project, only its text. Read and code the text; to see pages, "
            f"import the file as a newer version of {ref}."
        )


class LockedPagesError(UnreadableFileError):
    """The file of a source has a password, and passwords are not kept."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"The PDF of {ref} has a password, which the project does not keep. Read and code its text; "
            f"to see pages, save a copy without a password and import that as a newer version of {ref}."
        )


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

        with _locked_told(ref):
            return self._pager.pages((text.sha256, text.text), load)

    def picture(self, ref: str, source: int, number: int, scale: float) -> bytes:
        """Return page `number` of a source as a PNG."""
        check_scale(scale)
        original = self._original(ref, source)
        with _locked_told(ref):
            return self._pager.picture(PageTask(original.name, original.content, "", number, scale))

    def _original(self, ref: str, source: int) -> Original:
        with self._session.reading() as connection:
            original = load_original(connection, source)
        if original is None or not original.content:
            raise NoOriginalError(ref)
        if original.media_type != PDF:
            raise NoPagesError(ref)
        return original

    def close(self) -> None:
        """End the process."""
        self._pager.close()


@contextmanager
def _locked_told(ref: str) -> Iterator[None]:
    """Say of a file with a password what can be done here, not what an import could do."""
    try:
        yield
    except PasswordNeededError as error:
        raise LockedPagesError(ref) from error
