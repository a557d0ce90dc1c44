"""A small study folder with files of common types, and a way to call the program in this process."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import write_files

from framework_coder.cli.main import main

CODEBOOK = """\
name: Small
themes:
  - id: funding
    label: Funding
    question: Who pays for the service?
    rules: {phrases: [pay, quiet year]}
  - id: integration
    label: Integration
    children:
      - {id: integration.barriers, label: Barriers, question: "What gets in the way of working together?"}
"""
TABLES = {
    "study.yaml": "name: Small study\ncodebook: codebook.yaml\ncoder: HW\n"
    "site_fields:\n  - {id: tier, label: Tier, kind: category, values: [primary, secondary]}\n",
    "codebook.yaml": CODEBOOK,
    "sites.csv": "site,name,tier\nS01,Northfield,primary\nS02,Südmere,secondary\nS03,Easton,secondary\n",
    "sources.csv": "ref,path,site,method,document_type,title,produced_on,originator,informants\n"
    "Q01,S01/questionnaire.csv,S01,questionnaire,,Questionnaire,2014,service,Anna\n"
    "D01,S01/report.docx,S01,document,report,Annual report,2013,service,\n"
    "M01,S01/meeting.txt,S01,meeting,,Meeting,2014-03-09,service,Ben\n"
    "D02,S02/page.html,S02,document,website,Website,2012,commissioner,\n",
    "codings.csv": "id,source,site,theme,quote\n"
    "c1,D01,,funding,The borough pays for everything.\n"
    "c2,M01,,funding,Patients pay half.\n"
    "c3,D02,,integration.barriers,There is no room for us.\n",
    "claims.csv": "id,site,theme,kind,key,summary,values\n"
    "k1,S01,funding,fact,yes,The borough pays.,payer=borough\n"
    "k2,S02,integration.barriers,view,yes,Space is short.,barrier=space\n",
    "evidence.csv": "claim,coding,stance\nk1,c1,supports\nk1,c2,contradicts\nk2,c3,supports\n",
    "coverage.csv": "source,theme,state\nQ01,*,examined\nD01,*,examined\nM01,*,examined\nD02,*,examined\n",
}
FILES = {
    "S01/questionnaire.csv": "Question,Answer\nWho pays for the service?,The borough pays.\n"
    "What gets in the way of working together?,Nothing much.\n",
    "S01/meeting.txt": "Meeting with Ben\n\nPatients pay half. That was agreed in 2012.\n",
    "S02/page.html": "<html><head><title>Südmere</title></head><body><main><h1>About us</h1>"
    "<p>There is no room for us. The café closed.</p></main></body></html>",
}


def write_report(path: Path, *paragraphs: str) -> None:
    """Write a Word file."""
    import docx

    document = docx.Document()
    document.add_heading("Annual report", 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def write_sources(folder: Path) -> Path:
    """Write the source files, in a folder a site."""
    list(write_files(folder, FILES))
    write_report(folder / "S01/report.docx", "The borough pays for everything.", "A quiet year.")
    return folder


def write_study(folder: Path, **changed: str) -> Path:
    """Write the study folder; `sites="…"` puts another text in place of sites.csv."""
    write_sources(folder)
    tables = TABLES | {f"{name}.csv": text for name, text in changed.items()}
    list(write_files(folder, tables))
    return folder


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class CommandLine:
    """Calls `main` in this process, as a shell would call the program."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: object) -> Ended:
        """Return how the command ended."""
        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "argv", ["framework-coder", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ended(int(end.value.code or 0), printed.out, printed.err)
