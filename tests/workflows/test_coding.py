"""Coding: a quote is at its span or nowhere; nothing is guessed."""

from pathlib import Path

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framework_coder.errors import BadInputError, FrameworkCoderError, NotFoundError
from framework_coder.exchange.rows import ClaimRow, CodingRow, EvidenceRow
from framework_coder.model.codings import CodingState
from framework_coder.project import Project

TEXT = "The borough pays.\n\nThere is a lack of space here.\n\nStill there is a lack of space upstairs."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, TEXT)
    builders.read(made, "Both sites share this.", sites=("S01", "S02"))
    return made


def test_a_coding_has_quote_context_place_and_journal_entry(project: Project) -> None:
    coding = project.codings.add("D01", "funding", quote="The borough pays.", why="first")
    assert (coding.start, coding.end, coding.quote) == (0, 17, "The borough pays.")
    assert (coding.coder, str(coding.locator), coding.is_live) == ("HW", "¶1", True)
    entry = project.log(source="D01", theme="funding")[0]
    assert (entry.action, entry.why, entry.changes) == ("code", "first", "1 coding added")
    assert project.check() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quote": "a lack of space"}, "stands 2 times in D01 (at "),
        ({"quote": "nothing like anything in there at all"}, "does not stand in D01"),
        ({"start": 0, "end": 9999}, "There is no passage 0:9999"),
        ({"start": 5, "end": 5}, "There is no passage 5:5"),
        ({"start": -3, "end": 5}, "There is no passage -3:5"),
        ({"start": 17, "end": 19}, "only white space"),
        ({"start": 0, "end": 3, "quote": "Not"}, "does not stand at 0:3"),
        ({}, "needs a start and an end, or a quote"),
        ({"quote": "The borough pays.", "site": "S02"}, "does not belong to site S02"),
        ({"quote": "The borough pays.", "site": "S9"}, "There is no site “S9”"),
    ],
)
def test_a_coding_that_cannot_be_is_explained_and_not_stored(
    project: Project, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(FrameworkCoderError) as refused:
        project.codings.add("D01", "funding", **fields)  # type: ignore[arg-type]
    assert words in str(refused.value)
    assert project.codings.list() == ()


def test_a_source_of_two_sites_needs_the_site_to_be_named(project: Project) -> None:
    with pytest.raises(BadInputError, match="belongs to S01, S02; say which"):
        project.codings.add("D02", "funding", quote="Both sites")
    assert project.codings.add("D02", "funding", quote="Both sites", site="S02").site == 2


def test_unknown_sources_and_themes_are_named(project: Project) -> None:
    with pytest.raises(NotFoundError, match=r"no source “D1”\. Did you mean “D01”"):
        project.codings.add("D1", "funding", quote="x")
    with pytest.raises(BadInputError, match="no theme “fundin”"):
        project.codings.add("D01", "fundin", quote="The borough")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, 40))
def test_the_quote_of_every_coding_is_the_text_at_its_span(project: Project, start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    if TEXT[start:end].strip():
        coding = project.codings.add("D01", "space", start=start, end=end)
        assert project.sources.text("D01").text[coding.start : coding.end] == coding.quote
    assert project.check() == []


def test_rows_are_placed_by_start_words_or_resemblance_and_else_listed(project: Project) -> None:
    lack = "a lack of space"
    rows = [
        CodingRow(2, "by-start", "D01", "space", lack, start=TEXT.rindex(lack)),
        CodingRow(3, "by-context", "D01", "space", lack, after=" here."),
        CodingRow(4, "alike", "D01", "funding", "The borrough pays", coder="JT", made_on="2020-02-03"),
        CodingRow(5, "ambiguous", "D01", "space", lack),
        CodingRow(6, "missing", "D01", "space", "entirely other words than these"),
        CodingRow(7, "no-source", "D09", "space", lack),
        CodingRow(8, "no-theme", "D01", "spade", lack),
        CodingRow(9, "proposed", "D02", "space", "Both", site="S01", state=CodingState.PROPOSED),
    ]
    result = project.codings.import_(rows)
    assert set(result.numbers) == {"by-start", "by-context", "alike", "proposed"}
    assert [problem.line for problem in result.problems] == [5, 6, 7, 8]
    assert [problem.name for problem in result.placed_by_resemblance] == ["alike"]
    codings = {
        name: next(c for c in project.codings.list() if c.id == n) for name, n in result.numbers.items()
    }
    assert codings["by-start"].start == TEXT.rindex(lack)
    assert codings["by-context"].start == TEXT.index(lack)
    assert codings["alike"].quote.startswith("The borough pays")
    assert (codings["alike"].coder, codings["alike"].made_on) == ("JT", "2020-02-03")
    assert codings["proposed"].state is CodingState.PROPOSED
    assert project.log()[0].changes == "1 coder added; 4 codings added"
    assert project.check() == []


def test_importing_the_same_rows_again_adds_nothing(project: Project) -> None:
    rows = [CodingRow(2, "c1", "D01", "funding", "The borough pays.")]
    first = project.codings.import_(rows)
    again = project.codings.import_(rows)
    assert again.numbers == first.numbers
    assert (again.already_there, len(project.codings.list())) == (1, 1)


def test_codings_are_accepted_rejected_and_removed_with_a_trace(project: Project) -> None:
    coding = project.codings.add("D01", "funding", quote="The borough pays.")
    project.codings.reject([coding.id], why="off topic")
    assert project.codings.list(states=[CodingState.REJECTED])[0].id == coding.id
    project.codings.accept([coding.id])
    project.codings.remove([coding.id])
    assert project.codings.list() == ()
    assert [entry.changes for entry in project.log(theme="funding")][:2] == [
        "1 coding removed",
        "1 coding changed",
    ]
    with pytest.raises(NotFoundError, match="no coding 1"):
        project.codings.accept([coding.id])


def test_a_coding_that_a_claim_rests_on_is_not_removed(project: Project) -> None:
    coding = project.codings.add("D01", "funding", quote="The borough pays.")
    claim = ClaimRow(2, "k1", "S01", "funding", "The borough pays.")
    project.claims.import_([claim], [EvidenceRow(2, "k1", "c")], codings={"c": coding.id})
    with pytest.raises(BadInputError, match="is evidence of a claim"):
        project.codings.remove([coding.id])
    assert len(project.codings.list()) == 1


def test_suggestions_are_proposed_with_their_rule_and_not_twice(tmp_path: Path) -> None:
    from framework_coder.model.codebook import MatchingRules

    book = builders.codebook(builders.theme("space", rules=MatchingRules(phrases=("lack of space",))))
    with builders.project(tmp_path, book=book) as project:
        builders.read(project, TEXT)
        assert project.codings.suggest(workers=0).proposed == 2
        codings = project.codings.list()
        assert {coding.state for coding in codings} == {CodingState.PROPOSED}
        assert all("lack of space" in coding.reason and "lack of space" in coding.quote for coding in codings)
        project.codings.reject([codings[0].id])
        assert project.codings.suggest(workers=1).proposed == 0
        assert project.check() == []
