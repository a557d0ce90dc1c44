"""Commands that move a study to and from other tools: import and export."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from framework_coder.cli import exchange_options as options
from framework_coder.cli.exits import Exit
from framework_coder.cli.options import BadPairError, ProjectOption, WhoOption, WhyOption, open_project
from framework_coder.model.wording import count

if TYPE_CHECKING:
    from framework_coder.project.exchange import ExportReport
    from framework_coder.workflows.importing import BundleImport


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("import")(import_)
    app.command("export")(export)


def import_(
    file: options.Incoming,
    as_: options.As = "",
    dry_run: options.DryRun = False,
    strict: options.Strict = False,
    offsets: options.Offsets = "",
    newlines: options.Newlines = "",
    sites: options.Sites = "",
    column: options.Column = None,
    accept_proposals: options.AcceptProposals = False,
    settings: options.Setting = None,
    report: options.Report = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Bring a study of another tool into the project. It is one step, which undo takes back.

    An archive makes the project that `--project` names, where none is there yet.
    """
    from framework_coder.project.archiving import is_new_project

    if is_new_project(file, as_, project):
        _restore(file, project, is_dry_run=dry_run)
        return
    columns = dict(_read_pair("--column", text) for text in column or ())
    given = {"strict": strict, "offsets": offsets, "newlines": newlines, "sites": sites}
    given |= {"columns": columns, "accept_proposals": accept_proposals}
    asked = _read_settings(settings) | {name: value for name, value in given.items() if value}
    with open_project(project, who) as opened:
        found = opened.exchange.import_(file, kind=as_, is_dry_run=dry_run, why=why, **asked)
    _print_import(found, is_dry_run=dry_run)
    _tell_losses(found, report)


def export(
    file: options.Outgoing,
    format_: options.FormatName = "",
    dialect: options.Dialect = "",
    no_framework_note: options.NoFrameworkNote = False,
    replace: options.Replace = False,
    settings: options.Setting = None,
    report: options.Report = None,
    project: ProjectOption = "",
) -> None:
    """Write the project as a file of another tool."""
    asked = _read_settings(settings)
    if dialect:
        asked["dialect"] = dialect
    if no_framework_note:
        asked["framework_note"] = False
    with open_project(project) as opened:
        found = opened.exchange.export(file, kind=format_, replace=replace, **asked)
    for choice in found.choices:
        print(choice)
    print(f"Wrote {found.path}.")
    _tell_losses(found, report)


def _restore(file: Path, place: str, *, is_dry_run: bool) -> None:
    from framework_coder.project import Project
    from framework_coder.project.archiving import try_restoring

    if is_dry_run:
        counts = ", ".join(f"{count:,} {name}" for name, count in try_restoring(file).items())
        print(f"The archive is whole: {counts}.")
        print("Nothing was stored.")
        return
    with Project.from_archive(file, place) as made:
        entries = made.log(limit=1)[0].id
    told = count(entries, "entry", "entries")
    print(f"Made {place} from the archive, exactly: all rows, and the {told} of its journal.")


def _read_settings(given: Iterable[str] | None) -> dict[str, Any]:
    pairs = (_read_pair("--set", text) for text in given or ())
    return {name.replace("-", "_"): _SPOKEN.get(value.lower(), value) for name, value in pairs}


def _read_pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise BadPairError(option, text)
    return name.strip(), value.strip()


_SPOKEN: Mapping[str, Any] = {"yes": True, "no": False, "true": True, "false": False}


def _print_import(found: "BundleImport", *, is_dry_run: bool) -> None:
    for choice in found.choices:
        print(choice)
    for kind in dict.fromkeys((*found.new, *found.known)):
        verb = "would come in" if is_dry_run else "new"
        print(f"{kind}: {found.new.get(kind, 0)} {verb}, {found.known.get(kind, 0)} there already")
    if is_dry_run:
        print("Nothing was stored.")
    elif found.new:
        print("Imported as one step; `undo` takes it back.")
    else:
        print("Nothing new; the project is as it was.")


def _tell_losses(found: "BundleImport | ExportReport", report: Path | None) -> None:
    """Print losses, write them where asked, and leave with the code that says there are some."""
    if report is not None:
        _write_report(found, report)
        print(f"Wrote {report}.")
    if not found.losses:
        return
    print("Not as it was:")
    for loss in found.losses:
        print(f"- {loss.kind}: {loss.count} {loss.sentence}")
    raise typer.Exit(Exit.WITH_PROBLEMS)


def _write_report(found: "BundleImport | ExportReport", report: Path) -> None:
    losses = [{"kind": loss.kind, "count": loss.count, "sentence": loss.sentence} for loss in found.losses]
    if report.suffix.lower() == ".json":
        said = json.dumps({"choices": list(found.choices), "losses": losses}, ensure_ascii=False, indent=2)
    else:
        lines = [f"{loss.kind}\t{loss.count}\t{loss.sentence}" for loss in found.losses]
        said = "\n".join((*found.choices, *(lines or ["Nothing was lost."])))
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(said + "\n", encoding="utf-8")
