"""Changes of the codebook: with a reason, and no coding lost."""

from pathlib import Path

import builders
import pytest

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.exchange.rows import ClaimRow
from framework_coder.model.codebook import Codebook, MatchingRules, ThemeOrigin
from framework_coder.model.codebook_diff import ChangeKind
from framework_coder.project import Project
from framework_coder.workflows.codebook import ReasonNeededError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, "The borough pays.\n\nThere is a lack of space.")
    made.codings.add("D01", "funding.barriers", quote="The borough pays.")
    made.claims.import_([ClaimRow(2, "k1", "S01", "funding.barriers", "It pays.")])
    return made


def themes_of(project: Project) -> list[str]:
    return [coding.theme for coding in project.codings.list()]


def test_a_codebook_comes_back_as_it_was_loaded(tmp_path: Path) -> None:
    rules = MatchingRules(("lack of space",), (({"LOWER": "waiting"}, {"LOWER": {"IN": ["list", "lists"]}}),))
    book = builders.codebook(
        builders.theme("a", "A", definition="x", aliases=("p", "q"), colour="#aabbcc", rules=rules),
        builders.theme("a.b", "B", origin=ThemeOrigin.EMERGENT),
    )
    with builders.project(tmp_path, book=book) as project:
        assert project.codebook.show() == book


def test_codings_and_claims_follow_a_merge(project: Project) -> None:
    book = project.codebook.merge("funding.barriers", "space", why="the same thing")
    assert book["funding.barriers"].merged_into == "space"
    assert themes_of(project) == ["space"]
    assert [claim.theme for claim in project.claims.list()] == ["space"]
    entry = project.log()[0]
    assert (entry.action, entry.why) == ("merge theme", "the same thing")
    assert entry.changes == "1 theme changed; 1 coding changed; 1 claim changed"


def test_codings_stay_with_a_theme_that_is_split(project: Project) -> None:
    parts = [builders.theme("funding.cost", "Cost"), builders.theme("funding.will", "Will")]
    book = project.codebook.split("funding.barriers", parts, why="two things")
    assert book["funding.barriers"].is_retired
    assert themes_of(project) == ["funding.barriers"]


def test_codings_go_to_the_part_that_is_named(project: Project) -> None:
    parts = [builders.theme("funding.cost", "Cost"), builders.theme("funding.will", "Will")]
    with pytest.raises(BadInputError, match="is not one of the parts"):
        project.codebook.split("funding.barriers", parts, heir="funding.other")
    project.codebook.split("funding.barriers", parts, heir="funding.cost")
    assert themes_of(project) == ["funding.cost"]


def test_retiring_and_restoring_keep_the_codings(project: Project) -> None:
    assert project.codebook.retire("funding")["funding.barriers"].is_retired
    assert themes_of(project) == ["funding.barriers"]
    assert not project.codebook.restore("funding")["funding"].is_retired


def test_a_new_file_retires_what_it_lacks_but_keeps_emergent_themes(project: Project) -> None:
    project.codebook.add(builders.theme("mood", origin=ThemeOrigin.EMERGENT), why="kept coming up")
    book = project.codebook.load(builders.codebook("space", "access"))
    assert [theme.id for theme in book.active] == ["space", "access", "mood"]
    assert book["funding.barriers"].is_retired
    assert themes_of(project) == ["funding.barriers"]
    assert project.codebook.show() == book


def test_every_change_is_in_the_journal_with_its_reason(project: Project) -> None:
    project.codebook.rename("space", "Room", why="the analysts' word")
    project.codebook.move("space", "funding", why="belongs there")
    actions = [(entry.action, entry.why) for entry in project.log(theme="space")][:2]
    assert actions == [("move theme", "belongs there"), ("edit theme", "the analysts' word")]
    assert project.codebook.show()["space"].parent == "funding"


def test_a_frozen_framework_changes_only_with_a_reason(project: Project) -> None:
    project.codebook.rename("space", "Rooms")
    project.codebook.freeze()
    with pytest.raises(ReasonNeededError, match="to edit theme needs a reason"):
        project.codebook.rename("space", "Room", why=" ")
    assert project.codebook.show()["space"].label == "Rooms"


def test_a_frozen_version_never_changes(project: Project) -> None:
    frozen = project.codebook.show()
    assert project.codebook.freeze(why="pilot done") == 1
    project.codebook.rename("space", "Room", why="as informants say")
    assert project.codebook.freeze() == 2
    assert project.codebook.version(1) == frozen
    (change,) = project.codebook.diff(1)
    assert (change.kind, change.before, change.after) == (ChangeKind.RENAMED, "space", "Room")
    assert project.codebook.diff(1, 2) == [change]
    version = project.codebook.versions()[0]
    assert (version.frozen_by, version.reason) == ("HW", "pilot done")
    assert project.study().version == 2
    with pytest.raises(NotFoundError, match="numbered 1 to 2"):
        project.codebook.version(3)


def test_nothing_is_not_frozen(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.fwc", who="HW") as project:
        project.codebook.load(Codebook())
        with pytest.raises(BadInputError, match="no themes yet"):
            project.codebook.freeze()


def test_a_free_id_says_the_label_below_its_parent_and_is_not_taken(project: Project) -> None:
    assert project.codebook.free_id("Room rent: déals") == "room_rent_deals"
    taken = project.codebook.show().active[0]
    name = project.codebook.free_id(taken.id)
    assert name not in project.codebook.show()
    assert project.codebook.free_id("Rent", taken.id) == f"{taken.id}.rent"
