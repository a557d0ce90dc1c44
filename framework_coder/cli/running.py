"""The main job: run and demo."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.exits import Exit
from framework_coder.cli.options import WhoOption, WorkersOption, as_typed, program_as_typed
from framework_coder.cli.progress import watched
from framework_coder.model.wording import count

if TYPE_CHECKING:
    from framework_coder.project import RunReport

OutOption = Annotated[
    Path, typer.Option("--out", "-o", help="The folder for the project and its reports.", metavar="FOLDER")
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Replace the project that is there.")]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("run")(run)
    app.command("demo")(demo)


def run(
    folder: Annotated[
        Path,
        typer.Argument(help="The study folder (study.yaml, sites.csv, sources.csv …).", metavar="FOLDER"),
    ],
    out: OutOption,
    replace: ReplaceOption = False,
    workers: WorkersOption = None,
    who: WhoOption = "",
) -> None:
    """Do the whole main job. From a study folder to a project and its audited matrix."""
    _run(folder, out, replace=replace, workers=workers, who=who)


def demo(
    out: OutOption = Path("demo"), replace: ReplaceOption = False, workers: WorkersOption = None
) -> None:
    """Run the main job on the example study. Its twenty sites are invented.

    A demo that nobody has worked on since is made anew without --replace.
    """
    from framework_coder.project import find_example, is_as_made

    _run(find_example(), out, replace=replace or is_as_made(out), workers=workers, who="")


def _run(folder: Path, out: Path, *, replace: bool, workers: int | None, who: str) -> None:
    from framework_coder.project import run_study

    with watched() as progress:
        report = run_study(folder, out, who=who, workers=workers, replace=replace, progress=progress)
    _print_run(report)
    if report.problems:
        sys.exit(Exit.WITH_PROBLEMS)


def _print_run(report: "RunReport") -> None:
    from framework_coder.model.attention import NEEDS

    print(f"Read {count(report.sources, 'source')} of {count(report.sites, 'site')} ({report.reading}).")
    print(
        f"The matrix has {count(report.sites, 'site')} × {count(report.themes, 'theme')}, "
        f"{count(report.codings, 'coding')}, {count(report.claims, 'claim')} and "
        f"{count(report.evidence, 'link')} of evidence."
    )
    if report.attention:
        found = report.attention
        needs = [f"  {NEEDS[need].title}: {found.count(need)}" for need in NEEDS if found.of(need)]
        print("\n".join(["What needs attention:", *needs]))
    if report.problems:
        print("\n".join(["What was left out:", *(f"  {problem}" for problem in report.problems)]))
    print("Made:")
    for path in (report.project, *report.outputs):
        print(f"  {path}")
    print(f"Next: open {report.outputs[0]}, or try")
    print(f"  {program_as_typed()} audit --need contested -p {as_typed(report.project)}")
