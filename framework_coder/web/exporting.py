"""A view of the matrix as a file, made in a folder of its own that goes when the file has been sent."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask

from framework_coder.model.view import View

if TYPE_CHECKING:
    from framework_coder.project import Project
    from framework_coder.web.snapshots import Snapshots


@dataclass(frozen=True, slots=True)
class Export:
    """A file to send, and what takes it away afterwards."""

    path: Path
    removal: BackgroundTask


def export_view(
    project: "Project", snapshots: "Snapshots", view: View, ending: str, *, is_anonymous: bool
) -> Export:
    """Save what a view shows; raises UnknownReportFormatError for an ending that means no report."""
    folder = Path(tempfile.mkdtemp(prefix="framework-coder-"))
    path = folder / f"matrix.{ending}"
    try:
        shown = snapshots.look(view)[1]
        if is_anonymous:
            shown = project.matrix(methods=sorted(view.methods), anonymous=True).look_like(shown)
        shown.save(path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Export(path, BackgroundTask(shutil.rmtree, folder, ignore_errors=True))
