"""Renew what the example study yields: run this file, then read what `git diff matrices` shows."""

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent
STUDY = FOLDER.parent / "documents" / "integrated-care"


def collect_results(out: Path) -> dict[str, str]:
    """Return the text of each file that a run of the example study left in `out`, by its name here."""
    paths = [out / "matrix.md", *sorted((out / "csv").glob("*.csv"))]
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in paths}
    codings = _empty(texts["codings.csv"], "made_on", lambda row: row["origin"] == "structure")
    return texts | {"codings.csv": codings, "versions.csv": _empty(texts["versions.csv"], "frozen_at")}


def _empty(table: str, column: str, of: Callable[[dict[str, str]], bool] = lambda _: True) -> str:
    """Empty a column where it says when the run itself took place."""
    rows = csv.DictReader(io.StringIO(table))
    written = io.StringIO()
    writer = csv.DictWriter(written, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | ({column: ""} if of(row) else {}))
    return written.getvalue()


def renew() -> int:
    """Run the example study and put its results here; return how many files changed."""
    from framework_coder.project import run_study

    with TemporaryDirectory() as out:
        run_study(STUDY, out)
        results = collect_results(Path(out))
    changed = 0
    for name, text in results.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    return changed


if __name__ == "__main__":
    sys.stdout.write(f"{renew()} files changed.\n")
