"""A small project in which claims are written: two sites, three sources, some passages coded."""

from pathlib import Path

import builders
from store.stores import new_database

from framework_coder.project import Project

REPORT = "The borough pays.\n\nNobody pays for the rooms.\n\nIt has always been poor.\n\nThe rooms are small."
MEETING = "Ann says the borough pays.\n\nBen says the grant ended."
ELSEWHERE = "Patients pay half."


def fill(project: Project) -> Project:
    """Put sources and codings in; D01 is coded in its first three paragraphs, M01 in both."""
    for code in ("S01", "S02"):
        project.sites.add(code, f"Site {code}")
    project.codebook.load(builders.codebook())
    builders.read(project, REPORT, authors=("Cara Dee",))
    builders.read(project, MEETING, method="meeting", informants=("Ann", "Ben"))
    builders.read(project, ELSEWHERE, sites=("S02",))
    for ref, theme, quote in (
        ("D01", "funding", "The borough pays."),
        ("D01", "funding.barriers", "Nobody pays for the rooms."),
        ("D01", "funding", "It has always been poor."),
        ("M01", "funding", "Ann says the borough pays."),
        ("M01", "funding", "Ben says the grant ended."),
        ("D02", "funding", "Patients pay half."),
    ):
        project.codings.add(ref, theme, quote=quote)
    return project


def a_project(folder: Path, kind: str = "sqlite") -> Project:
    """Return such a project in a file, or in a database of a server."""
    place = folder / "study.fwc" if kind == "sqlite" else new_database()
    return fill(Project.create(place, design=builders.design(), who=builders.WHO))
