"""The facade that command line, web pages and scripts use."""

from framework_coder.exchange.codebooks import load_codebook as read_codebook
from framework_coder.project.apart import Apart
from framework_coder.project.matrix import ProjectMatrix
from framework_coder.project.opening import Opened, find_or_make
from framework_coder.project.project import Project
from framework_coder.project.running import RunReport, find_example, is_as_made, run_study
from framework_coder.project.sources import Incoming
from framework_coder.workflows.drifting import Drifted, Reanchored
from framework_coder.workflows.import_report import ImportReport
from framework_coder.workflows.import_report import Outcome as FileOutcome
from framework_coder.workflows.undoing import Undone

__all__ = [
    "Apart",
    "Drifted",
    "FileOutcome",
    "ImportReport",
    "Incoming",
    "Opened",
    "Project",
    "ProjectMatrix",
    "Reanchored",
    "RunReport",
    "Undone",
    "find_example",
    "find_or_make",
    "is_as_made",
    "read_codebook",
    "run_study",
]
