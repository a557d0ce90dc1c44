"""Review: contested claims are decided for a reason, convergence is confirmed, informants answer."""

import pytest

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.claims import Decision
from framework_coder.model.legend import CellState
from framework_coder.model.pairing import PairingState
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.triangulation import Flag, Status
from framework_coder.project import Project
from framework_coder.project.selecting import UnknownChoiceError
from framework_coder.workflows.reviewing import (
    NoDecisionError,
    NothingToDecideError,
    ReviewReasonError,
    UnknownPairError,
)

QD = (1, "questionnaire", "document")


def status(project: Project, claim: int = 1) -> Status:
    return project.matrix().grid.assessments[claim].status


# --- adjudication -------------------------------------------------------------------------------------------


def test_a_contested_claim_is_resolved_by_a_decision_with_a_reason(charted: Project) -> None:
    assert status(charted) is Status.CONTESTED
    charted.reviews.adjudicate(1, "both_by_period", "Both are true, one after the other.")
    found = charted.matrix().grid.assessments[1]
    assert (found.status, found.breadth) == (Status.RESOLVED, Status.TRIANGULATED)
    (made,) = charted.reviews.decisions(1)
    assert (made.decision, made.decided_by) == (Decision.BOTH_BY_PERIOD, "HW")
    assert (made.supports, made.contradicts) == ({1, 2}, {3})
    assert (charted.log()[0].action, charted.log()[0].why) == (
        "adjudicate claim",
        "Both are true, one after the other.",
    )


def test_a_decision_goes_stale_when_a_side_changes_and_says_what_changed(charted: Project) -> None:
    charted.reviews.adjudicate(1, Decision.ACCEPT_SUPPORT, "The accounts show it.")
    charted.codings.reject([2])
    found = charted.matrix()
    assert found.grid.assessments[1].status is Status.CONTESTED
    assert Flag.STALE_ADJUDICATION in found.grid.assessments[1].flags
    assert "is gone from the supporting side" in str(found.explain(1))
    charted.reviews.adjudicate(1, Decision.LEFT_OPEN, "Not any more.")
    assert status(charted) is Status.RESOLVED
    assert [made.decision for made in charted.reviews.decisions(1)] == ["accept_support", "left_open"]


def test_a_decision_is_withdrawn_with_all_before_it_and_stays_in_the_journal(charted: Project) -> None:
    for decision in (Decision.ACCEPT_SUPPORT, Decision.LEFT_OPEN):
        charted.reviews.adjudicate(1, decision, "So.")
    charted.reviews.withdraw(1, why="too early")
    assert status(charted) is Status.CONTESTED
    assert charted.reviews.decisions(1) == ()
    assert charted.log()[0].changes == "2 decisions removed"
    with pytest.raises(NoDecisionError, match="Nobody has decided on claim 1"):
        charted.reviews.withdraw(1)


@pytest.mark.parametrize(
    ("claim", "decision", "reason", "error", "said"),
    [
        (2, "left_open", "So.", NothingToDecideError, "nothing that counts contradicts it"),
        (1, "left_open", "  ", ReviewReasonError, "needs a reason"),
        (1, "maybe", "So.", UnknownChoiceError, "“maybe” is none of accept_support, "),
        (9, "left_open", "So.", NotFoundError, "There is no claim 9"),
    ],
)
def test_a_decision_that_cannot_be_made_changes_nothing(
    charted: Project, claim: int, decision: str, reason: str, error: type[Exception], said: str
) -> None:
    before = len(charted.log())
    with pytest.raises(error, match=said):
        charted.reviews.adjudicate(claim, decision, reason)
    assert len(charted.log()) == before


# --- convergence --------------------------------------------------------------------------------------------


def suggested(project: Project, claim: int = 1) -> dict[tuple[str, str], Convergence]:
    return {(p.first, p.second): p.suggested for p in project.reviews.convergences() if p.claim == claim}


def test_each_pair_of_methods_has_its_suggestion(charted: Project) -> None:
    assert suggested(charted) == {
        ("document", "meeting"): Convergence.DISSONANCE,
        ("document", "questionnaire"): Convergence.AGREEMENT,
        ("meeting", "questionnaire"): Convergence.DISSONANCE,
    }
    assert suggested(charted, 2)["document", "meeting"] is Convergence.SILENCE
    assert len(charted.reviews.convergences(themes=["space"])) == 3


def test_a_suggestion_is_confirmed_by_someone_in_any_order_of_the_methods(charted: Project) -> None:
    charted.reviews.confirm([QD])
    (pairing,) = [p for p in charted.reviews.convergences() if p.decision]
    assert (pairing.first, pairing.second, pairing.state) == ("document", "questionnaire", "confirmed")
    assert (pairing.decision.coder, pairing.decision.confirmed) == ("HW", Convergence.AGREEMENT)  # type: ignore[union-attr]
    assert not pairing.awaits


def test_another_answer_than_the_suggestion_needs_a_reason(charted: Project) -> None:
    with pytest.raises(ReviewReasonError, match="Another convergence than “agreement” for claim 1"):
        charted.reviews.confirm([QD], "partial")
    charted.reviews.confirm([QD], "partial", reason="They mean different years.")
    (pairing,) = [p for p in charted.reviews.convergences() if p.decision]
    assert pairing.stands is Convergence.PARTIAL
    counts = charted.reviews.convergence_counts(themes=["funding"])
    assert counts["document", "questionnaire"][Convergence.PARTIAL] == 1
    assert sum(counts["document", "questionnaire"].values()) == 1


def test_a_confirmed_one_says_when_the_suggestion_is_another_now(charted: Project) -> None:
    charted.reviews.confirm(charted.reviews.convergences())
    charted.codings.reject([1])
    changed = {
        (p.claim, p.first, p.second)
        for p in charted.reviews.convergences()
        if p.state is PairingState.CHANGED
    }
    assert changed == {(1, "document", "questionnaire"), (1, "meeting", "questionnaire")}
    assert all(p.awaits for p in charted.reviews.convergences() if p.state is PairingState.CHANGED)
    charted.reviews.confirm([QD])
    again = [
        p.state
        for p in charted.reviews.convergences()
        if (p.first, p.second) == ("document", "questionnaire")
    ]
    assert again == [PairingState.CONFIRMED, PairingState.CONFIRMED]


def test_many_are_confirmed_in_one_step_and_reopened(charted: Project) -> None:
    charted.reviews.confirm(charted.reviews.convergences())
    assert charted.log()[0].changes == "6 convergences of two methods added"
    charted.reviews.reopen([QD])
    assert sum(p.decision is not None for p in charted.reviews.convergences()) == 5
    with pytest.raises(NoDecisionError, match="Nobody has confirmed document and questionnaire"):
        charted.reviews.reopen([QD])


def test_methods_that_are_no_pair_are_refused(charted: Project) -> None:
    for pair in (
        (1, "document", "letter"),
        (1, "document", "document"),
        (1, "document", "informant_feedback"),
    ):
        with pytest.raises(UnknownPairError, match="choose two of document, meeting, questionnaire"):
            charted.reviews.confirm([pair])


# --- member checks ------------------------------------------------------------------------------------------


def test_a_member_check_is_never_evidence(charted: Project) -> None:
    before = charted.matrix().grid.assessments
    charted.reviews.record_check([1, 2], "sent", informant="Anna")
    charted.reviews.record_check(1, MemberCheckState.DISPUTED, reply="We never said so.")
    assert charted.matrix().grid.assessments == before
    found = {check.claim: check for check in charted.reviews.checks()}
    assert (found[1].state, found[1].informant, found[1].reply) == ("disputed", "Anna", "We never said so.")
    assert [check.claim for check in charted.reviews.checks(states=["sent"])] == [2]
    counts = charted.reviews.check_counts()
    assert (counts[MemberCheckState.SENT], counts[MemberCheckState.DISPUTED]) == (1, 1)


def test_a_claim_that_was_not_sent_is_counted_so(charted: Project) -> None:
    assert charted.reviews.check_counts()[MemberCheckState.NOT_SENT] == 2
    with pytest.raises(NotFoundError, match="There is no claim 9"):
        charted.reviews.record_check(9, "sent")


# --- explanations -------------------------------------------------------------------------------------------


def test_the_matrix_explains_claims_and_cells(charted: Project) -> None:
    matrix = charted.matrix()
    assert str(matrix.explain(1)).startswith("Contested: some evidence supports the claim")
    assert "[Q01 ¶1] and [D01 ¶1] support it." in str(matrix.explain(1))
    assert "Claim 2 decides" in matrix.explain_cell("S01", "space")
    assert matrix.grid.cells[1, "funding.barriers"].state is not CellState.SILENT
    for ask in (lambda: matrix.explain(9), lambda: matrix.explain_cell("S09", "space")):
        with pytest.raises(NotFoundError):
            ask()


def test_reviews_are_undone_like_everything_else(charted: Project) -> None:
    charted.reviews.adjudicate(1, "left_open", "So.")
    charted.reviews.confirm([QD])
    charted.reviews.record_check(1, "sent")
    for _ in range(3):
        charted.history.undo()
    assert status(charted) is Status.CONTESTED
    assert not any(p.decision for p in charted.reviews.convergences())
    assert charted.reviews.checks() == ()


def test_bad_input_is_told_in_a_sentence(charted: Project) -> None:
    with pytest.raises(BadInputError, match="is none of not_assessable"):
        charted.reviews.confirm([QD], "excellent")
