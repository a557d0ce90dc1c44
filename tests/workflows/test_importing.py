"""An import is one step, adds nothing twice, leaves no trace when tried, and says what did not come in."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import builders
import pytest
from store.stores import new_database

from framework_coder.exchange.bundle import (
    Bundle,
    BundledClaim,
    BundledCoding,
    BundledCoverage,
    BundledEvidence,
    BundledFinding,
    BundledMemo,
    BundledSite,
    BundledSource,
    BundledTarget,
)
from framework_coder.exchange.bundling import bundle_project
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.design import Design, FieldKind, Method, SiteField
from framework_coder.model.findings import FindingRole
from framework_coder.model.sources import Block, BlockKind, SourceText
from framework_coder.project import Project
from framework_coder.workflows.importing import BundleImport, import_bundle

TEXT = "The room is small."


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """Return an empty project; what it holds at the end of a test must be whole."""
    place = tmp_path / "study.fwc" if request.param == "sqlite" else new_database()
    with Project.create(place, who=builders.WHO) as opened:
        yield opened
        assert opened.check() == []


def _load(text: str) -> SourceText:
    block = (Block(0, len(text), BlockKind.PARAGRAPH),)
    return SourceText(text, block, sha256(text.encode()).hexdigest(), "text/plain", "refi", "1")


def a_source(key: str, text: str = TEXT, **fields: Any) -> BundledSource:
    return BundledSource(key, f"Title {key}", partial(_load, text), text.encode, f"{key}.txt", **fields)


def a_bundle() -> Bundle:
    """Return one of each kind."""
    return Bundle(
        coders=["Anna"],
        codebook=Codebook((Theme("space", "Space"), Theme("space.room", "Room", "space"))),
        sites=[BundledSite("k1", "North", attributes={"tier": "a"})],
        sources=[
            a_source("x", sites=("k1",)),
            a_source("y", "Other words.", sites=("k1",), derived_from=("x",)),
        ],
        codings=[BundledCoding("c", "x", "space.room", 4, 8, "room", "", "Anna", "2020-01-02", "Why?")],
        claims=[BundledClaim("1", "k1", "space.room", "Small.", evidence=[BundledEvidence("c")])],
        findings=[BundledFinding("f", "All small.", claims=[("1", FindingRole.SUPPORTS, "")])],
        memos=[BundledMemo("m", "Idea", "Words", "", "Ben", "2020-01-02", [BundledTarget(coding="c")])],
        coverage=[BundledCoverage("x", "space.room")],
        not_applicable=[("k1", "space", "None here.", "Anna")],
        separations=[("x", "y", "Different.", "Anna", "2020-01-01")],
        plan=[("k1", "document", 2, "")],
        guids={("coding", "c"): "G1", ("coder", "Anna"): "G2", ("selection", "c"): "G3"},
    )


def bring(project: Project, bundle: Bundle, **options: Any) -> BundleImport:
    return import_bundle(project._session.engine, bundle, who=project.who, **options)


def out(project: Project) -> Bundle:
    return bundle_project(project._session.engine)


def told(done: BundleImport) -> list[str]:
    return [f"{loss.kind}: {loss.count} {loss.sentence}" for loss in done.losses]


def test_everything_comes_in_as_one_step_that_undo_takes_back(project: Project) -> None:
    before = len(project.log())
    done = bring(project, a_bundle())
    assert done.new == {
        "site": 1, "theme": 2, "planned source": 1, "source": 2, "derivation": 1, "coding": 1, "claim": 1,
        "evidence": 1, "finding": 1, "coverage": 1, "mark": 1, "separation": 1, "memo": 1,
    }  # fmt: skip
    assert not done.is_lossy
    assert len(project.log()) == before + 1
    project.history.undo()
    left = out(project)
    assert [left.sites, left.sources, left.codings, left.claims, left.memos, left.guids] == [
        [],
        [],
        [],
        [],
        [],
        {},
    ]


def test_importing_twice_adds_nothing_and_writes_no_entry(project: Project) -> None:
    first = bring(project, a_bundle())
    entries = len(project.log())
    again = bring(project, a_bundle())
    assert not again.new
    assert {kind: n for kind, n in first.new.items() if kind != "evidence"} == dict(again.known)
    assert len(project.log()) == entries


def test_a_dry_run_tells_what_an_import_would_and_stores_nothing(project: Project) -> None:
    entries = len(project.log())
    tried = bring(project, a_bundle(), is_dry_run=True)
    assert len(project.log()) == entries
    assert not out(project).sites
    assert bring(project, a_bundle()) == tried


def test_an_import_adds_to_what_is_there_by_name_path_and_text(project: Project) -> None:
    bring(project, a_bundle())
    other = a_bundle()
    other.codebook = Codebook(
        (Theme("spaces", "SPACE"), Theme("rooms", "Room", "spaces"), Theme("new", "New"))
    )
    other.sites = [BundledSite("z", "north"), BundledSite("w", "South")]
    other.sources = [replace(other.sources[0], key="q", sites=("z",)), a_source("r", "Third.", sites=("w",))]
    other.codings = [
        BundledCoding("1", "q", "rooms", 4, 8, "room", "", "Anna"),
        BundledCoding("2", "q", "rooms", 4, 8, "room", "", "Ben"),
        BundledCoding("3", "r", "new", 0, 5, "Third"),
    ]
    other.claims, other.findings, other.memos, other.coverage = [], [], [], []
    other.not_applicable, other.separations, other.plan, other.guids = [], [], [], {}
    done = bring(project, other)
    assert done.new == {"site": 1, "theme": 1, "source": 1, "coding": 2}
    assert done.known == {"site": 1, "theme": 2, "source": 1, "coding": 1}
    assert [(c.theme, c.coder) for c in out(project).codings] == [
        ("space.room", "Anna"), ("space.room", "Ben"), ("new", builders.WHO),
    ]  # fmt: skip


def test_a_passage_coded_twice_at_one_theme_stays_twice_and_comes_in_again_not_at_all(
    project: Project,
) -> None:
    bundle = a_bundle()
    bundle.codings.append(replace(bundle.codings[0], key="d", memo=""))
    bring(project, bundle)
    assert len(out(project).codings) == 2
    assert bring(project, bundle).known["coding"] == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quote": "else"}, "have a quote that does not stand at its place"),
        ({"start": 3, "end": 4, "quote": " "}, "have a quote that does not stand at its place"),
        ({"source": "gone"}, "name a source that is not in the file"),
        ({"theme": "gone"}, "name a theme that is not in the file"),
    ],
)
def test_a_coding_that_does_not_fit_is_told_and_not_stored(
    project: Project, change: dict[str, Any], words: str
) -> None:
    bundle = a_bundle()
    bundle.codings = [replace(bundle.codings[0], **change)]
    done = bring(project, bundle)
    assert out(project).codings == []
    assert f"codings: 1 {words}" in "\n".join(told(done))
    assert "evidence: 1 rests on a passage that did not come in" in told(done)
    assert "memos: 1 are about something that did not come in" in told(done)


def test_a_coding_needs_a_site(project: Project) -> None:
    bundle = a_bundle()
    bundle.sources[0] = replace(bundle.sources[0], sites=())
    assert "codings: 1 have no site, and their source has none or several" in told(bring(project, bundle))


def test_names_of_another_tool_are_kept_once_and_given_back(project: Project) -> None:
    bring(project, a_bundle())
    kept = out(project)
    key = kept.codings[0].key
    assert kept.guids == {("coding", key): "G1", ("coder", "Anna"): "G2", ("selection", key): "G3"}


def test_a_project_that_comes_back_into_itself_keeps_no_names(project: Project) -> None:
    bring(project, replace(a_bundle(), guids={}))
    again = replace(a_bundle(), identity=out(project).identity)
    entries = len(project.log())
    assert not bring(project, again).new
    assert len(project.log()) == entries
    assert out(project).guids == {}


def test_a_foreign_design_adds_fields_and_methods_and_takes_none_away(project: Project) -> None:
    own = Design(methods=(Method("letter", "Letter", "L"),))
    project.change_design(own)
    fields = (SiteField("beds", "Beds", FieldKind.NUMBER),)
    bring(
        project,
        replace(a_bundle(), design=Design(methods=(Method("diary", "Diary", "L"),), site_fields=fields)),
    )
    assert project.design.site_fields == fields
    assert [(m.id, m.letter, m.planned) for m in project.design.methods] == [
        ("letter", "L", True), ("diary", "LX", False),
    ]  # fmt: skip


def test_an_empty_project_takes_over_the_design_of_one_of_ours(project: Project) -> None:
    given = Design("Other", methods=(Method("diary", "Diary", "Y"),))
    bring(project, replace(a_bundle(), design=given, identity="ab" * 16))
    assert project.design == given


def test_frozen_versions_come_into_a_project_without_any_and_are_known_again(project: Project) -> None:
    bundle = a_bundle()
    bundle.versions = [(1, "2020-01-01T00:00:00Z", "Anna", "First", bundle.codebook)]
    assert bring(project, bundle).new["framework version"] == 1
    assert bring(project, bundle).known["framework version"] == 1
    other = replace(bundle, versions=[(1, "2021-01-01T00:00:00Z", "Anna", "Other", Codebook())])
    assert "framework versions: 1 stayed behind: the project has versions of its own" in told(
        bring(project, other)
    )


def test_themes_that_are_alike_by_id_only_are_two(project: Project) -> None:
    bring(project, a_bundle())
    other = Bundle(codebook=Codebook((Theme("space", "Outer space"),), "Other book"))
    assert bring(project, other).new == {"theme": 1}
    assert len(out(project).codebook) == 3


def test_what_is_said_otherwise_of_a_theme_or_site_that_is_here_is_told_and_does_not_come_in(
    project: Project,
) -> None:
    bring(project, a_bundle())
    project.codebook.edit("space", definition="Ours.", why="Plainer.")
    other = a_bundle()
    other.codebook = Codebook(
        (
            Theme("space", "Space", definition="Theirs.", example="e"),
            Theme("space.room", "Room", "space"),
        )
    )
    other.sites = [BundledSite("k1", "North", attributes={"tier": "b", "beds": "3", "open": ""})]
    tried = bring(project, other, is_dry_run=True)
    done = bring(project, other)
    assert told(tried) == told(done) == [
        "sites: 1 have another name or other attributes here, and keep them: S01 (tier, beds)",
        "themes: 1 say otherwise here, and stay so: space (definition, example)",
    ]  # fmt: skip
    assert out(project).codebook["space"].definition == "Ours."
    assert dict(out(project).sites[0].attributes) == {"tier": "a"}


def test_a_site_of_another_project_is_not_the_one_here_because_its_code_is_the_same(project: Project) -> None:
    bring(project, a_bundle())
    other = replace(a_bundle(), sites=[BundledSite("k1", "South", "S01")], identity="cd" * 16)
    other.codings = [replace(coding, site="k1") for coding in other.codings]
    done = bring(project, other)
    assert [(site.code, site.name) for site in out(project).sites] == [("S01", "North"), ("S02", "South")]
    assert done.new["site"] == 1
    assert not bring(project, other).new


def test_a_site_of_this_project_is_known_by_its_code_though_it_has_another_name_now(project: Project) -> None:
    bring(project, a_bundle())
    back = replace(out(project), sites=[BundledSite("k1", "The north", "S01")])
    back.sources, back.codings, back.claims, back.plan, back.not_applicable = [], [], [], [], []
    done = bring(project, back)
    assert "site" not in done.new
    assert told(done)[0].endswith("S01 (name)")
