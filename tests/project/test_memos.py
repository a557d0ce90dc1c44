"""Memos on anything: written, changed, hung on more, found again, and kept when their thing goes."""

from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from project.histories import snapshot
from store.stores import new_database

from framework_coder.errors import NotFoundError
from framework_coder.exchange.rows import ClaimRow, SiteRow
from framework_coder.model.memos import KINDS, MemoTarget
from framework_coder.project import Project
from framework_coder.workflows.memos import MemoError, StaleMemoError, UnknownTargetError


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    place = tmp_path / "study.fwc" if request.param == "sqlite" else new_database()
    with Project.create(place, design=builders.design(), who="HW") as made:
        made.sites.add_all(
            [SiteRow(1, "S01", "Northfield", {"anonymous": "yes"}), SiteRow(2, "S02", "S", {})]
        )
        made.codebook.load(builders.codebook())
        builders.read(made, "The borough pays.\n\nThere is no space.")
        made.codings.add("D01", "funding", quote="borough")
        made.claims.import_([ClaimRow(1, "k1", "S01", "funding", "It pays.")])
        finding = made.findings.add("Boroughs pay.")
        assert finding == 1
        yield made


ABOUT = {
    "the project": ({}, ()),
    "S01": ({"site": "S01"}, (MemoTarget(site=1),)),
    "space": ({"theme": "space"}, (MemoTarget(theme="space"),)),
    "S01 × space": ({"site": "S01", "theme": "space"}, (MemoTarget(site=1, theme="space"),)),
    "D01": ({"source": "D01"}, (MemoTarget(source=1),)),
    "coding 1": ({"coding": 1}, (MemoTarget(coding=1),)),
    "claim 1": ({"claim": 1}, (MemoTarget(claim=1),)),
    "finding 1": ({"finding": 1}, (MemoTarget(finding=1),)),
    "D01; claim 1": ({"source": "D01", "claim": 1}, (MemoTarget(source=1), MemoTarget(claim=1))),
}


def test_a_memo_hangs_on_anything_and_is_found_by_it(project: Project) -> None:
    for about, targets in ABOUT.values():
        project.memos.add("Note", "text", **about)
        assert project.memos.list()[-1].targets == targets
    assert [row["about"] for row in project.memos.rows()] == list(ABOUT)
    assert [memo.id for memo in project.memos.list(claim=1)] == [7, 9]
    assert [memo.id for memo in project.memos.list(site="S01")] == [2, 4]
    assert [memo.id for memo in project.memos.list(theme="space")] == [3, 4]
    assert [memo.id for memo in project.memos.list(site="S01", theme="space")] == [4]
    assert list(project.matrix().frame("memos")["about"]) == list(ABOUT)
    assert project.study().memos == project.memos.list()
    assert project.check() == []


def test_memos_are_found_by_kind_author_and_words(project: Project) -> None:
    project.memos.add("On rooms", "Space is short everywhere.", kind="Analytic")
    project.memos.add("Mood", "I liked them.", kind="field  notes")
    assert [memo.kind for memo in project.memos.list()] == ["analytic", "field notes"]
    assert [memo.title for memo in project.memos.list(kind="analytic")] == ["On rooms"]
    assert [memo.title for memo in project.memos.list(text="EVERYWHERE rooms")] == ["On rooms"]
    assert project.memos.list(author="JT") == ()
    assert list(project.memos.frame().columns)[:4] == ["memo", "title", "kind", "about"]
    assert "analytic" in KINDS


def test_a_memo_is_edited_hung_on_more_and_taken_away_each_in_the_log_and_undone(project: Project) -> None:
    memo = project.memos.add("Rooms", "short", site="S01", theme="space")
    assert project.log(limit=1)[0].words == "S01 × space: memo “Rooms” added"
    states = [snapshot(project)]
    for work in (
        lambda: project.memos.edit(memo.id, text="shorter"),
        lambda: project.memos.attach(memo.id, source="D01", site="S01", theme="space"),
        lambda: project.memos.detach(memo.id, site="S01", theme="space"),
        lambda: project.memos.remove(memo.id),
    ):
        work()
        states.append(snapshot(project))
    assert project.memos.list() == ()
    for state in reversed(states[:-1]):
        project.history.undo()
        assert snapshot(project) == state
    assert project.memos.get(memo.id).text == "short"
    assert project.check() == []


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(project: Project) -> None:
    memo = project.memos.add("Rooms", "short")
    began = project.memos.edition(memo.id)
    project.memos.edit(memo.id, text="first", edition=began)
    with pytest.raises(StaleMemoError, match=r"It now says: “first”\. You wrote: “second”") as caught:
        project.memos.edit(memo.id, text="second", edition=began)
    assert (caught.value.standing.text, caught.value.given) == ("first", "second")
    with pytest.raises(StaleMemoError):
        project.memos.remove(memo.id, edition=began)
    assert project.memos.get(memo.id).text == "first"


def test_what_a_memo_hangs_on_does_not_take_it_along(project: Project) -> None:
    memo = project.memos.add("Odd", "words", coding=1)
    project.codings.remove([1])
    assert project.memos.get(memo.id).targets == ()
    assert project.memos.get(memo.id).text == "words"
    project.history.undo()
    assert project.memos.get(memo.id).targets == (MemoTarget(coding=1),)
    assert project.check() == []


REFUSED = {
    "no title": (lambda p: p.memos.add("  "), MemoError, "needs a title"),
    "long kind": (lambda p: p.memos.add("a", kind="x" * 50), MemoError, "is no kind"),
    "no claim": (lambda p: p.memos.add("a", claim=9), UnknownTargetError, "no claim 9"),
    "no coding": (lambda p: p.memos.add("a", coding=9), UnknownTargetError, "no coding 9"),
    "no site": (lambda p: p.memos.add("a", site="S09"), NotFoundError, "no site “S09”"),
    "no theme": (lambda p: p.memos.add("a", theme="hope"), NotFoundError, "no theme “hope”"),
    "no memo": (lambda p: p.memos.edit(9, text="x"), NotFoundError, "no memo 9"),
    "not on it": (lambda p: p.memos.detach(p.memos.add("a").id, claim=1), MemoError, "does not hang on that"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(project: Project, name: str) -> None:
    work, error, sentence = REFUSED[name]
    with pytest.raises(error, match=sentence):
        work(project)
    assert project.check() == []


def test_an_anonymised_export_has_no_name_of_the_site_in_its_memos(project: Project) -> None:
    project.memos.add("Northfield again", "At NORTHFIELD they said so.")
    (row,) = project.matrix(anonymous=True).table("memos").records()
    assert (row["title"], row["text"]) == ("[S01] again", "At [S01] they said so.")


def test_only_memos_on_what_is_shown_are_listed_in_a_part_of_the_matrix(project: Project) -> None:
    for about, _ in ABOUT.values():
        project.memos.add("Note", "text", **about)
    shown = project.matrix(sites=["S02"]).frame("memos")
    assert list(shown["about"]) == ["the project", "space", "finding 1"]
