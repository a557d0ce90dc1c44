"""Write a codebook as a file: YAML, CSV, XLSX or DOCX."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from framework_coder.errors import BadInputError
from framework_coder.exchange.codebooks import COLUMNS, dump_csv, dump_yaml, table_of
from framework_coder.model.codebook import Codebook
from framework_coder.model.formulas import unguard


class UnknownCodebookTargetError(BadInputError):
    """A codebook cannot be written in a file type."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"A codebook is written as .yaml, .csv, .xlsx or .docx, not as {path.name}.")


class UnwritableCodebookError(BadInputError):
    """A place where a codebook cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written ({reason}); choose another place.")


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as YAML, CSV, XLSX or DOCX, by the file's ending; it appears whole or not at all."""
    suffix = path.suffix.lower()
    if suffix not in {".yaml", ".yml", ".csv", ".xlsx", ".docx"}:
        raise UnknownCodebookTargetError(path)
    part = path.with_name(f".{path.name}.part")
    try:
        _WRITERS.get(suffix, _save_yaml)(codebook, part)
        part.replace(path)
    except OSError as error:
        raise UnwritableCodebookError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # where its folder is no folder
            part.unlink(missing_ok=True)


def _save_yaml(codebook: Codebook, path: Path) -> None:
    path.write_text(dump_yaml(codebook), encoding="utf-8")


def _save_csv(codebook: Codebook, path: Path) -> None:
    path.write_text(dump_csv(codebook), encoding="utf-8-sig")


def _save_sheet(codebook: Codebook, path: Path) -> None:
    """Write a sheet of text cells, in which nothing is a formula or a link."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Codebook")
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS) - 1, 24)
        for number, row in enumerate(table_of(codebook)):
            for place, value in enumerate(row):
                kept = f"'{value}" if unguard(value) != value else value
                sheet.write_string(number, place, kept, wrapped if number else bold)


def _save_word(codebook: Codebook, path: Path) -> None:
    from framework_coder.exchange.codebook_word import save_word

    save_word(codebook, path)


_WRITERS: Mapping[str, Callable[[Codebook, Path], None]] = {
    ".csv": _save_csv,
    ".xlsx": _save_sheet,
    ".docx": _save_word,
}
