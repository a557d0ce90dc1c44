"""A matrix renewed after changes is the matrix built anew; what reaches further is not renewed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import builders
import pytest

from framework_coder.model.study import Study
from framework_coder.project import Project, ProjectMatrix

Change = Callable[[Project], object]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project with two sites, a claim at each, and a passage that no claim cites."""
    with builders.project(tmp_path) as made:
        made.codebook.freeze()
        for number, site in enumerate(("S01", "S02"), start=1):
            ref = builders.read(made, "Money is short.\n\nSpace is short too.", sites=(site,)).ref
            made.codings.add(ref, "funding", start=0, end=15)
            made.codings.add(ref, "space", start=17, end=36)
            made.claims.add(site, "funding", f"Money is short at {site}.", values=["state=short"])
            made.claims.link(number, 2 * number - 1)
        made.coverage.set(themes=["*"], sites=["S01", "S02"])
        yield made


CHANGES: dict[str, Change] = {
    "a claim written": lambda p: p.claims.add("S02", "space", "Space is short."),
    "a claim reworded": lambda p: p.claims.edit(1, summary="There is no money.", values=["state=none"]),
    "a claim moved to another theme": lambda p: p.claims.edit(1, theme="space"),
    "a claim deleted": lambda p: p.claims.delete(2),
    "a passage linked": lambda p: p.claims.link(1, 2, stance="contradicts"),
    "a stance changed": lambda p: p.claims.relink(2, 3, stance="contradicts"),
    "a passage taken away": lambda p: p.claims.unlink(2, 3),
    "a coding removed": lambda p: p.codings.remove([2]),
    "a coding at another theme": lambda p: p.codings.edit(4, theme="funding.barriers"),
    "a coding rejected": lambda p: p.codings.reject([4]),
    "a mark": lambda p: p.cells.mark_not_applicable("S01", "funding.barriers", "None here."),
    "coverage taken back": lambda p: p.coverage.withdraw(sites=["S02"], themes=["funding.barriers"]),
    "coverage of a group": lambda p: p.coverage.set(sites=["S01"], themes=["funding"], state="partly"),
    "a memo": lambda p: p.memos.add("Look again", site="S01", theme="space"),
    "an undo": lambda p: p.history.undo(),
}


def assert_same(renewed: ProjectMatrix | None, project: Project) -> None:
    """Assert that a renewed matrix says in everything what one that is built anew says."""
    assert renewed is not None
    anew = project.matrix()
    assert dict(renewed.grid.cells) == dict(anew.grid.cells)
    assert dict(renewed.grid.assessments) == dict(anew.grid.assessments)
    assert _by_owner(renewed.grid.study) == _by_owner(anew.grid.study)
    for site, cells in anew.grid.rows():
        for cell in cells:
            assert renewed.explain_cell(site.code, cell.theme) == anew.explain_cell(site.code, cell.theme)


def _by_owner(study: Study) -> Study:
    """Return a study with links by claim and coverage by source: only the order within means something."""
    return replace(
        study,
        evidence=tuple(sorted(study.evidence, key=lambda link: link.claim)),
        coverage=tuple(sorted(study.coverage, key=lambda row: row.source)),
    )


@pytest.mark.parametrize("name", CHANGES)
def test_a_renewed_matrix_is_the_one_built_anew(project: Project, name: str) -> None:
    matrix, since = project.matrix(), project.history.newest()
    matrix.explain_cell("S01", "funding")  # so that there is something to take over
    CHANGES[name](project)
    assert_same(project.renew(matrix, since), project)


def test_many_changes_are_renewed_step_by_step_and_at_once(project: Project) -> None:
    first, since = project.matrix(), project.history.newest()
    matrix, entry = first, since
    for name in ("a claim written", "a passage linked", "coverage taken back", "a claim deleted", "an undo"):
        CHANGES[name](project)
        renewed = project.renew(matrix, entry)
        assert renewed is not None
        matrix, entry = renewed, project.history.newest()
    assert_same(matrix, project)
    assert_same(project.renew(first, since), project)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.sites.add("S03", "Third"),
        lambda p: p.codebook.rename("space", "Room", why="clearer"),
        lambda p: builders.read(p, "More.", sites=("S01",)),
    ],
)
def test_what_can_alter_every_cell_is_not_renewed(project: Project, change: Change) -> None:
    matrix, since = project.matrix(), project.history.newest()
    change(project)
    assert project.renew(matrix, since) is None
    assert project.touched(matrix, since) is None


def test_only_the_sites_of_a_change_are_touched(project: Project) -> None:
    matrix, since = project.matrix(), project.history.newest()
    assert project.touched(matrix, since) == frozenset()
    project.claims.relink(2, 3, stance="context")
    assert project.touched(matrix, since) == {"S02"}
