"""Sources that are alike: proposed with their passages, one origin once confirmed, or kept apart for good."""

import pytest
from workflows.review_builders import PAGE, REPORT, WEBSITE

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.triangulation import Status
from framework_coder.project import Project
from framework_coder.store.journal import Step
from framework_coder.store.tables import DerivationEntity
from framework_coder.workflows.likeness import LikenessError, NoDerivationError


def repeat_on_the_website(project: Project) -> None:
    """Let D01 and its copy D02 alone support claim 2."""
    made = project.codings.add("D02", "space", quote="Welcome to us.")
    project.claims.link(2, made.id)


def test_a_copied_passage_is_proposed_with_both_texts_and_a_direction(charted: Project) -> None:
    (found,) = charted.reviews.like_sources()
    assert (found.copy.ref, found.root.ref) == ("D02", "D01")
    assert found.why == "a website copies a report more often than the reverse"
    (passage,) = found.passages
    assert passage.copy_quote == passage.root_quote == PAGE
    assert WEBSITE[passage.copy_start :].startswith(PAGE)
    assert REPORT[passage.root_start :].startswith(PAGE)
    assert found.share_of_copy > 0.9
    assert found.share_of_root < found.share_of_copy


def test_two_sources_are_one_origin_only_once_that_is_confirmed(charted: Project) -> None:
    repeat_on_the_website(charted)

    def status() -> Status:
        return charted.matrix().grid.assessments[2].status

    assert status() is Status.CORROBORATED
    assert charted.reviews.like_sources()
    assert status() is Status.CORROBORATED
    charted.reviews.derive("D02", "D01", why="the website says so")
    assert status() is Status.REPEATED
    assert "it shares an origin with D01 (D01)" in str(charted.matrix().explain(2))
    assert charted.reviews.like_sources() == []
    assert charted.log()[0].changes == "1 derivation added"
    charted.reviews.underive("D02", "D01")
    assert status() is Status.CORROBORATED


def test_a_derivation_that_nobody_confirmed_does_not_count(charted: Project) -> None:
    numbers = {source.ref: source.id for source in charted.sources.list()}
    row = {"source": numbers["D02"], "derived_from": numbers["D01"], "is_confirmed": False}
    with Step(charted._session.engine, who="HW", action="propose derivation") as step:
        step.insert(DerivationEntity, [row])
    assert charted.sources.get("D02").derived_from == ()
    assert len(charted.reviews.like_sources()) == 1
    charted.reviews.derive("D02", "D01")
    assert charted.sources.get("D02").derived_from == (numbers["D01"],)


def test_what_is_kept_apart_for_a_reason_is_never_proposed_again(charted: Project) -> None:
    charted.reviews.keep_apart("D02", "D01", "Both quote the parish history.")
    assert charted.reviews.like_sources() == []
    charted.reviews.keep_apart("D01", "D02", "Both quote the county history.")
    (apart,) = charted.reviews.separations()
    assert (apart.reason, apart.coder) == ("Both quote the county history.", "HW")
    charted.reviews.derive("D02", "D01")
    assert charted.reviews.separations() == ()


def test_what_cannot_be_is_refused_in_a_sentence(charted: Project) -> None:
    charted.reviews.derive("D02", "D01")
    refused: list[tuple[str, tuple[str, ...], type[Exception], str]] = [
        ("derive", ("D01", "D02"), LikenessError, "derives from D01 already"),
        ("derive", ("D01", "D01"), LikenessError, "one source; name two"),
        ("derive", ("D01", "D09"), NotFoundError, "There is no source “D09”"),
        ("underive", ("Q01", "D01"), NoDerivationError, "Q01 is not recorded as derived"),
        ("keep_apart", ("D02", "D01", "So."), LikenessError, "take that back first"),
        ("keep_apart", ("Q01", "D01", " "), BadInputError, "only kept apart for a reason"),
    ]
    before = len(charted.log())
    for verb, given, error, said in refused:
        with pytest.raises(error, match=said):
            getattr(charted.reviews, verb)(*given)
    assert len(charted.log()) == before


def test_the_search_for_copies_can_be_limited_to_the_sources_of_a_site(charted: Project) -> None:
    assert len(charted.reviews.like_sources(sites=["S01"])) == len(charted.reviews.like_sources())
    charted.sites.add("S09", "Elsewhere")
    assert charted.reviews.like_sources(sites=["S09"]) == []
    with pytest.raises(NotFoundError, match="no site “S77”"):
        charted.reviews.like_sources(sites=["S77"])
