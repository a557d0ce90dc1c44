"""What people decided, and how the framework came to be, as tables."""

from dataclasses import replace

from study_builders import StudyBuilder, a_codebook

from framework_coder.model.claims import Decision, Stance
from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import FrameworkVersion
from framework_coder.model.matrix import build_matrix
from framework_coder.model.reviews import Convergence, ConvergenceDecision, Separation
from framework_coder.reports.decisions import list_decisions, list_versions


def a_study() -> StudyBuilder:
    made = StudyBuilder()
    made.site()
    for ref in ("D01", "Q02"):
        made.source(ref)
    claim = made.claim(1, "a.one", made.code(1, "a.one"))
    made.link(claim, made.code(2, "a.one"), Stance.CONTRADICTS)
    made.mark(1, "a.two")
    return made


def test_every_kind_of_decision_is_listed_with_its_reason() -> None:
    made = a_study()
    made.decide(1, Decision.LEFT_OPEN, {1}, {2})
    met = ConvergenceDecision(
        1,
        "document",
        "questionnaire",
        Convergence.DISSONANCE,
        Convergence.PARTIAL,
        "Not opposed.",
        "HW",
        "2020-02-02",
    )
    apart = Separation(1, 2, "Same form.", "HW", "2020-03-03")
    study = replace(made.build(), convergences=(met,), separations=(apart,))
    rows = [
        (row["kind"], row["claim"], row["sources"], row["decision"], row["reason"])
        for row in list_decisions(build_matrix(study)).records()
    ]
    assert rows == [
        ("adjudication", 1, "", "left_open", "Reason."),
        ("convergence", 1, "", "document and questionnaire: partial", "Not opposed."),
        ("not applicable", None, "", "", "No such thing here."),
        ("kept apart", None, "D01; Q02", "not copies", "Same form."),
    ]


def test_a_decision_that_went_stale_says_so() -> None:
    made = a_study()
    made.decide(1, Decision.LEFT_OPEN, {1}, {2})
    assert [row["note"] for row in list_decisions(build_matrix(made.build())).records()] == ["", ""]
    made.link(1, made.code(1, "a.one"), Stance.SUPPORTS)
    assert [row["note"] for row in list_decisions(build_matrix(made.build())).records()] == ["stale", ""]


def test_decisions_beside_what_is_shown_stay_out() -> None:
    made = a_study()
    made.decide(1, Decision.LEFT_OPEN, {1}, {2})
    assert list_decisions(build_matrix(made.build(), columns=["b.one"])).rows == ()


def test_each_framework_version_says_what_it_changed() -> None:
    book = a_codebook()
    versions = (
        FrameworkVersion(1, "2020-01-01", "HW", "first", Codebook(book.themes[:3])),
        FrameworkVersion(2, "2020-02-01", "JT", "more", book),
    )
    table = list_versions(build_matrix(replace(a_study().build(), versions=versions)))
    rows = [(row["version"], row["frozen_by"], row["themes"], row["changes"]) for row in table.records()]
    assert rows == [(1, "HW", 3, "added a; added a.one; added a.two"), (2, "JT", 5, "added b; added b.one")]
