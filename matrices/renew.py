"""Renew what the example study yields: run this file, then read what `git diff matrices` shows."""

import csv
import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent
STUDY = FOLDER.parent / "documents" / "integrated-care"


def collect_results(out: Path) -> dict[str, str]:
    """Return the text of each file that a run of the example study left in `out`, by its name here."""
    paths = [out / "matrix.md", *sorted((out / "csv").glob("*.csv"))]
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in paths}
    return texts | {"codings.csv": _without_day_of_run(texts["codings.csv"])}


def _without_day_of_run(codings: str) -> str:
    """Empty `made_on` where the run itself made the coding: that is the day on which it ran."""
    rows = csv.DictReader(io.StringIO(codings))
    written = io.StringIO()
    writer = csv.DictWriter(written, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | ({"made_on": ""} if row["origin"] == "structure" else {}))
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
