"""Why a file is refused; every reader raises these, and each names the file and says what to do."""

from pathlib import Path

from framework_coder.errors import UnreadableFileError


class DamagedFileError(UnreadableFileError):
    """The file is cut short or broken."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} is damaged ({why}); open and save it again in its own program.")


class OversizedFileError(UnreadableFileError):
    """The file, or something inside it, is over a limit."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name} is refused: {what}. Split the file, or save only the part you need.")


class OvergrownTextError(Exception):
    """A source has more blocks than fit in memory; the reader's caller names the file."""


class SuspiciousFileError(UnreadableFileError):
    """The file is made to do harm (a bomb, an entity trick), or looks just like one that is."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name} is refused as unsafe: {what}. Ask for a copy from whoever made it.")


class EncryptedFileError(UnreadableFileError):
    """The file needs a password, and this type can not be opened with one here."""

    def __init__(self, path: Path, program: str) -> None:
        super().__init__(
            f"{path.name} is protected by a password; open it in {program}, remove the password, "
            "save a copy and import that."
        )


class UnsupportedFileError(UnreadableFileError):
    """A type of file that is not read; `advice` says what to do instead."""

    def __init__(self, path: Path, what: str, advice: str) -> None:
        super().__init__(f"{path.name} is {what}, which is not read; {advice}.")


class UnopenableFileError(UnreadableFileError):
    """There is no such file, it is a folder, it is empty, or it may not be opened."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} can not be read: {why}.")


class SeveralSourcesError(UnreadableFileError):
    """One file holds several sources, and one was asked for."""

    def __init__(self, path: Path, parts: tuple[str, ...]) -> None:
        shown = ", ".join(parts[:5]) + (" …" if len(parts) > len(parts[:5]) else "")
        super().__init__(
            f"{path.name} holds {len(parts)} sources ({shown}); read them with read_all, "
            f"or name one as {path.name}#{parts[0]}."
        )
