"""A project archive: a study as plain files for the next ten years, and back, exactly."""

import tempfile
import weakref
from functools import partial
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from sqlalchemy import Engine, Pool, func, select

from framework_coder.exchange.archive_box import SUMS, open_inbox
from framework_coder.exchange.archive_reading import fill_store
from framework_coder.exchange.archive_writing import write_archive
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.bundling import bundle_project
from framework_coder.exchange.formats import Options
from framework_coder.model.wording import count
from framework_coder.store.engine import reading
from framework_coder.store.opening import create_store
from framework_coder.store.tables import JournalEntryEntity, RevisionEntity


def recognise(path: Path) -> bool:
    """Say whether a folder or a ZIP is an archive."""
    wanted = {"schema.json", "journal/journal.jsonl", SUMS}
    try:
        if path.is_dir():
            return all((path / name).is_file() for name in wanted)
        if not is_zipfile(path):
            return False
        with ZipFile(path) as opened:
            return {"schema.json", "journal.jsonl", SUMS} <= {
                name.rpartition("/")[2] for name in opened.namelist()
            }
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is none
        return False


def restore(path: Path, place: str | Path) -> Engine:
    """Make a project from an archive, the same in every row, where nothing is yet; return its engine.

    All is proved first: hashes, keys, the chain of the journal, and what `check` checks. Raises
    FaultyArchiveError, NewerArchiveError or ProjectExistsError, and then nothing is left behind.
    """
    inbox = open_inbox(path)
    try:
        return create_store(place, partial(fill_store, inbox=inbox))
    finally:
        inbox.close()


def read(path: Path, options: Options) -> Bundle:  # noqa: ARG001 - it takes no options
    """Return an archive as a bundle, to be merged into a project that is there."""
    folder = tempfile.TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True)
    engine = restore(path, Path(folder.name) / "restored.fwc")
    weakref.finalize(engine, _let_go, engine.pool, folder)
    bundle = bundle_project(engine)
    with reading(engine) as connection:
        older = select(func.count()).select_from(RevisionEntity).where(~RevisionEntity.is_current)
        texts = connection.execute(older).scalar_one()
        entries = connection.execute(select(func.count()).select_from(JournalEntryEntity)).scalar_one()
    if texts:
        bundle.lose("texts", "are older ones of their sources and stayed behind", texts)
    told = count(entries, "entry", "entries")
    bundle.choices.append(
        f"The study was merged into this project; the journal of the archive ({told}) stayed behind. "
        "To restore it exactly, name a project that is not there yet."
    )
    return bundle


def _let_go(pool: Pool, folder: "tempfile.TemporaryDirectory[str]") -> None:
    """Take the restored project away once nobody reads from it any more."""
    pool.dispose()
    folder.cleanup()


def write_project(engine: Engine, path: Path, options: Options) -> list[Loss]:  # noqa: ARG001
    """Write the whole project; nothing is lost."""
    write_archive(engine, path)
    return []
