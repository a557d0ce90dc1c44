"""One run of the example study, shared by the tests that only read it, and copies for those that do not."""

import shutil
from functools import cache
from pathlib import Path

from framework_coder.project import RunReport, run_study

ROOT = Path(__file__).parents[1]
STUDY = ROOT / "documents" / "integrated-care"


@cache
def run_example(temporary: Path) -> RunReport:
    """Return the report of the session's one run, below the temporary folder; its project stays as it is."""
    return run_study(STUDY, temporary / "example", workers=0)


def copy_project(temporary: Path, to: Path) -> Path:
    """Put a copy of the run's project into a folder, to be changed there; return its path."""
    return Path(shutil.copy(run_example(temporary).project, to))
