"""A small charted project to review: one site, four sources, two claims, everything examined."""

from pathlib import Path

import builders
from store.stores import new_database

from framework_coder.exchange.rows import ClaimRow, EvidenceRow
from framework_coder.model.claims import Stance
from framework_coder.project import Project

PAGE = (
    "The service opened in the old chapel in nineteen ninety-eight, with two practitioners and a volunteer "
    "who answered the telephone; by the second winter more than a hundred patients a month came through its "
    "door, most of them sent by the surgeries on the hill."
)
REPORT = f"The borough pays.\n\n{PAGE}\n\nThe rooms are small."
WEBSITE = f"Welcome to us.\n\n{PAGE}"
PARTS = ("funding.cost=Cost", "funding.will=Will")


def a_project(folder: Path, kind: str = "sqlite") -> Project:
    """Return a project in a file, or in a database of a server, with claims 1 and 2.

    Claim 1 (funding.barriers): Q01 and D01 support it, M01 contradicts it. Claim 2 (space): D01 supports it.
    Codings 1 to 3 are of claim 1, 4 of claim 2; D02 is a website that copies a paragraph of D01.
    """
    place = folder / "study.fwc" if kind == "sqlite" else new_database()
    project = Project.create(place, design=builders.design(), who=builders.WHO)
    project.sites.add("S01", "Site S01")
    project.codebook.load(builders.codebook())
    project.codebook.freeze()
    builders.read(project, "The borough pays.", method="questionnaire", informants=("Anna",))
    builders.read(project, REPORT, document_type="report")
    builders.read(project, "Patients pay, says Ben.", method="meeting", informants=("Anna", "Ben"))
    builders.read(project, WEBSITE, document_type="website")
    for ref, theme, quote in (
        ("Q01", "funding.barriers", "The borough pays."),
        ("D01", "funding.barriers", "The borough pays."),
        ("M01", "funding.barriers", "Patients pay, says Ben."),
        ("D01", "space", "The rooms are small."),
    ):
        project.codings.add(ref, theme, quote=quote)
    project.claims.import_(
        [
            ClaimRow(0, "k1", "S01", "funding.barriers", "It pays."),
            ClaimRow(0, "k2", "S01", "space", "Small."),
        ],
        [
            EvidenceRow(0, "k1", "1"),
            EvidenceRow(0, "k1", "2"),
            EvidenceRow(0, "k1", "3", Stance.CONTRADICTS),
            EvidenceRow(0, "k2", "4"),
        ],
        codings={str(number): number for number in range(1, 5)},
    )
    project.coverage.set(sites=["S01"], themes=["*"])
    return project
