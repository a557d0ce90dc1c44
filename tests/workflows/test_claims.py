"""Claims written, edited, ordered, deleted and linked; what is refused, and with which words."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from workflows.charting_builders import a_project

from framework_coder.errors import FrameworkCoderError
from framework_coder.model.claims import ClaimKind, CodedValue, Stance
from framework_coder.model.finding_counts import assess_findings
from framework_coder.project import Project
from framework_coder.workflows.charted import StaleClaimError, UnknownClaimError
from framework_coder.workflows.claim_evidence import AlreadyLinkedError, NotAnOriginError

BOROUGH, ROOMS, POOR, ANN, BEN, ELSEWHERE = range(1, 7)


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    with a_project(tmp_path, request.param) as made:
        yield made
        assert made.check() == []


def add(project: Project, summary: str = "The borough pays.", **fields: Any) -> int:
    return project.claims.add("S01", "funding", summary, **fields).claim.id


def order(project: Project) -> list[str]:
    return [charted.claim.summary for charted in project.claims.in_cell("S01", "funding")]


def test_a_claim_keeps_all_that_was_said(project: Project) -> None:
    made = project.claims.add(
        "S01", "funding", " The borough pays. ", kind="view", is_key=True, quotation="pays", comment="?",
        values=["payer=borough!main", CodedValue("since", "2014-03")], why="first reading",
    )  # fmt: skip
    claim = project.claims.get(made.claim.id).claim
    assert (claim.summary, claim.kind, claim.is_key, claim.author) == (
        "The borough pays.", ClaimKind.VIEW, True, "HW",
    )  # fmt: skip
    assert claim.values == (CodedValue("payer", "borough", "main"), CodedValue("since", "2014-03"))
    assert (claim.quotation, claim.comment) == ("pays", "?")
    assert (project.log(limit=1)[0].action, project.log(limit=1)[0].why) == ("add claim", "first reading")


def test_an_edit_changes_what_it_names_and_nothing_else(project: Project) -> None:
    number = add(project, values=["payer=borough", "since=2014"], comment="?")
    other = project.claims.get(add(project, "Another."))
    project.claims.link(number, BOROUGH)
    edited = project.claims.edit(number, summary="They pay.", values=["payer=NHS"], is_key=True)
    claim = edited.claim
    assert (claim.summary, claim.values, claim.is_key, claim.comment) == (
        "They pay.", (CodedValue("payer", "NHS"),), True, "?",
    )  # fmt: skip
    assert [link.coding for link in edited.evidence] == [BOROUGH]
    assert project.claims.get(other.claim.id) == other
    assert project.claims.edit(number, values=["a=1", "b=2", "c=3"]).claim.values[2] == CodedValue("c", "3")
    before = len(project.log())
    project.claims.edit(number, summary="They pay.")
    assert len(project.log()) == before


def test_tokens_stay_with_their_words_when_the_summary_is_edited(project: Project) -> None:
    (made,) = project.claims.chart("S01", "funding", "Paid by us [D01 ¶1], poorly [D01 ¶3].")
    edited = project.claims.edit(made.claim.id, summary="Now paid by us, poorly.")
    assert edited.paragraph == "Now paid by us [D01 ¶1], poorly [D01 ¶3]."


def test_claims_keep_the_order_that_is_given_to_them(project: Project) -> None:
    first, second, third = (add(project, name) for name in "abc")
    add(project, "d", after=first)
    assert order(project) == ["a", "d", "b", "c"]
    project.claims.move(third, before=first)
    assert order(project) == ["c", "a", "d", "b"]
    project.claims.move(third, after=second)
    assert order(project) == ["a", "d", "b", "c"]


def test_at_another_theme_a_claim_comes_last(project: Project) -> None:
    number = add(project, "a")
    project.claims.add("S01", "space", "b")
    project.claims.edit(number, theme="space")
    assert order(project) == []
    assert [c.claim.summary for c in project.claims.in_cell("S01", "space")] == ["b", "a"]


def test_a_deleted_claim_goes_with_its_evidence_and_stays_in_the_journal(project: Project) -> None:
    number = add(project, values=["payer=borough"])
    project.claims.link(number, BOROUGH)
    project.claims.delete(number, why="wrong")
    assert project.study().evidence == ()
    with pytest.raises(UnknownClaimError, match=rf"no claim {number} any more; HW deleted it on"):
        project.claims.get(number)
    last = project.claims.history(number)[-1]
    assert (last.why, last.after) == ("wrong", None)
    assert last.before is not None
    assert [link.coding for link in last.before.evidence] == [BOROUGH]


def test_a_link_keeps_what_is_said_of_it_until_it_is_changed(project: Project) -> None:
    number = add(project)
    (link,) = project.claims.link(
        number, ANN, stance="qualifies", is_inferred=True, prominence=2, origins=["ann"], note="n", place=3
    ).evidence
    assert (link.stance, link.is_inferred, link.prominence, link.origins, link.note, link.place) == (
        Stance.QUALIFIES, True, 2, {"Ann"}, "n", 3,
    )  # fmt: skip
    (link,) = project.claims.relink(number, ANN, stance="contradicts", prominence=0, origins=[]).evidence
    assert (link.stance, link.is_inferred, link.prominence, link.origins, link.note) == (
        Stance.CONTRADICTS, True, None, None, "n",
    )  # fmt: skip
    assert project.claims.unlink(number, ANN).evidence == ()


def test_a_root_document_can_be_an_origin_by_its_ref(project: Project) -> None:
    number = add(project)
    (link,) = project.claims.link(number, BOROUGH, origins=["d01", "cara dee"]).evidence
    assert link.origins == {"D01", "Cara Dee"}


REFUSED: list[tuple[Callable[[Project, int], object], str]] = [
    (lambda p, _: p.claims.add("S9", "funding", "x"), "There is no site “S9”."),
    (lambda p, _: p.claims.add("S01", "fundin", "x"), "There is no theme “fundin” in the codebook."),
    (lambda p, _: p.claims.add("S01", "funding", " "), "A claim needs a summary;"),
    (lambda p, _: p.claims.add("S01", "funding", "x", kind="fct"), "There is no kind of claim “fct”;"),
    (lambda p, _: p.claims.add("S01", "funding", "x", values=["payer"]), "The value “payer” is not of"),
    (lambda p, _: p.claims.add("S01", "funding", "x", values=["a=2014-13"]), "The value “a=2014-13” is no"),
    (lambda p, _: p.claims.add("S01", "funding", "x", values=["a=b", "a=b!c"]), "The value “a=b!c” stands"),
    (lambda p, _: p.claims.add("S01", "funding", "x", after=99), "There is no claim 99; `claim list`"),
    (lambda p, n: p.claims.add("S01", "space", "x", after=n), "Claim 1 stands in another cell;"),
    (lambda p, n: p.claims.edit(n, summary=""), "A claim needs a summary;"),
    (lambda p, n: p.claims.edit(n, theme="x"), "There is no theme “x” in the codebook."),
    (lambda p, n: p.claims.move(n), "Say before or after which claim"),
    (lambda p, n: p.claims.move(n, after=n), "Claim 1 cannot stand before or after itself;"),
    (lambda p, _: p.claims.edit(99, summary="x"), "There is no claim 99;"),
    (lambda p, _: p.claims.history(99), "There is no claim 99;"),
    (lambda p, n: p.claims.link(n, 99), "There is no coding 99;"),
    (lambda p, n: p.claims.link(n, ELSEWHERE), "Coding 6 is about site S02, claim 1 about S01;"),
    (lambda p, n: p.claims.link(n, BOROUGH), "Coding 1 is evidence of claim 1 already (supports);"),
    (lambda p, n: p.claims.link(n, ANN, stance="suports"), "There is no stance “suports”; did you"),
    (lambda p, n: p.claims.link(n, ANN, prominence=4), "A prominence of 4 means nothing;"),
    (lambda p, n: p.claims.link(n, ANN, place=99), "There is no place 99 in claim 1;"),
    (lambda p, n: p.claims.link(n, ANN, origins=["Cara Dee"]), "“Cara Dee” is no origin of M01;"),
    (lambda p, n: p.claims.relink(n, ANN), "Coding 4 is no evidence of claim 1; its codings are 1."),
    (lambda p, n: p.claims.unlink(n, ANN), "Coding 4 is no evidence of claim 1;"),
]  # fmt: skip


def test_what_cannot_be_is_refused_in_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        number = add(project)
        project.claims.link(number, BOROUGH)
        before = project.log(limit=1)
        for attempt, sentence in REFUSED:
            with pytest.raises(FrameworkCoderError) as refused:
                attempt(project, number)
            assert str(refused.value).startswith(sentence), str(refused.value)
            assert "\n" not in str(refused.value)
        assert project.log(limit=1) == before


@pytest.mark.parametrize(
    ("decide", "sentence"),
    [("reject", "Coding 4 was rejected;"), ("propose", "Coding 4 is only proposed; accept it first")],
)
def test_what_nobody_accepted_is_no_evidence(tmp_path: Path, decide: str, sentence: str) -> None:
    from framework_coder.model.codings import CodingState
    from framework_coder.workflows.coding import set_state

    with a_project(tmp_path) as project:
        state = CodingState.REJECTED if decide == "reject" else CodingState.PROPOSED
        set_state(project._session.engine, [ANN], state, who="HW")
        with pytest.raises(FrameworkCoderError) as refused:
            project.claims.link(add(project), ANN)
        assert str(refused.value).startswith(sentence)


def test_a_claim_at_a_retired_theme_is_refused(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        project.codebook.merge("space", "funding")
        with pytest.raises(FrameworkCoderError, match="Theme “space” is retired, now “funding”;"):
            project.claims.add("S01", "space", "x")


def test_the_second_of_two_editors_is_told_and_sees_both_texts(project: Project) -> None:
    number = add(project)
    with Project.open(place_of(project), who="AB") as second:
        opened, theirs = project.claims.get(number), second.claims.get(number)
        second.claims.edit(number, summary="The county pays.", edition=theirs.edition)
        with pytest.raises(StaleClaimError) as told:
            project.claims.edit(number, summary="Nobody pays.", edition=opened.edition)
    error = told.value
    assert (error.changed_by, error.wanted) == ("AB", "Nobody pays.")
    assert error.standing is not None
    assert error.standing.claim.summary == "The county pays."
    assert "it now says “The county pays.”; yours says “Nobody pays.”" in str(error)
    assert project.claims.get(number).claim.summary == "The county pays."


def place_of(project: Project) -> str:
    """Return where a project is, with a password if it has one."""
    return project._session.engine.url.render_as_string(hide_password=False).removeprefix("sqlite:///").replace(
        "postgresql+psycopg", "postgresql"
    )  # fmt: skip


STALE: list[Callable[[Project, int, str], object]] = [
    lambda p, n, e: p.claims.edit(n, is_key=True, edition=e),
    lambda p, n, e: p.claims.delete(n, edition=e),
    lambda p, n, e: p.claims.rewrite(n, "x", edition=e),
    lambda p, n, e: p.claims.split(n, 4, edition=e),
    lambda p, n, e: p.claims.merge(n, 2, edition=e),
    lambda p, n, e: p.claims.merge(2, n, other_edition=e),
    lambda p, n, e: p.claims.link(n, ANN, edition=e),
    lambda p, n, e: p.claims.relink(n, BOROUGH, edition=e),
    lambda p, n, e: p.claims.unlink(n, BOROUGH, edition=e),
]


@pytest.mark.parametrize("attempt", STALE)
@pytest.mark.parametrize("meanwhile", ["edited", "deleted"])
def test_no_change_goes_over_what_somebody_else_wrote(
    tmp_path: Path, attempt: Callable[[Project, int, str], object], meanwhile: str
) -> None:
    with a_project(tmp_path) as project:
        number = add(project)
        add(project, "Another.")
        edition = project.claims.link(number, BOROUGH).edition
        if meanwhile == "edited":
            project.claims.edit(number, comment="!")
        else:
            project.claims.delete(number)
        before = project.log(limit=1)
        with pytest.raises(StaleClaimError):
            attempt(project, number, edition)
        assert project.log(limit=1) == before


def test_evidence_linked_meanwhile_is_not_lost_by_a_rewrite(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        number = add(project)
        edition = project.claims.get(number).edition
        project.claims.link(number, BOROUGH)
        with pytest.raises(StaleClaimError, match=r"now says “The borough pays. \[D01 ¶1\]”"):
            project.claims.rewrite(number, "They pay.", edition=edition)
        assert project.claims.edit(number, summary="They pay.", edition=edition).claim.summary == "They pay."


def test_the_history_of_a_claim_tells_every_step_with_both_sides(project: Project) -> None:
    number = add(project, values=["payer=borough"])
    add(project, "Another.")
    project.claims.edit(number, summary="They pay.", why="shorter")
    project.claims.link(number, BOROUGH, note="n")
    project.claims.edit(number, values=[])
    project.claims.unlink(number, BOROUGH)
    steps = project.claims.history(number)
    assert [step.action for step in steps] == [
        "add claim", "edit claim", "link evidence", "edit claim", "unlink evidence",
    ]  # fmt: skip
    assert steps[0].before is None
    afters = [step.after for step in steps if step.after]
    assert [(c.claim.summary, len(c.claim.values), len(c.evidence)) for c in afters] == [
        ("The borough pays.", 1, 0), ("They pay.", 1, 0), ("They pay.", 1, 1), ("They pay.", 0, 1),
        ("They pay.", 0, 0),
    ]  # fmt: skip
    assert (steps[1].who, steps[1].why) == ("HW", "shorter")
    assert all(step.before == earlier.after for earlier, step in pairwise(steps))


def test_a_mark_needs_a_reason_and_an_empty_cell_and_can_be_taken_back(project: Project) -> None:
    for attempt, sentence in (
        (
            lambda: project.cells.mark_not_applicable("S01", "space", " "),
            "is only not applicable for a reason",
        ),
        (lambda: project.cells.withdraw("S01", "space"), "is not marked as not applicable"),
    ):
        with pytest.raises(FrameworkCoderError, match=sentence):
            attempt()
    project.cells.mark_not_applicable("S01", "space", "It has no rooms.")
    project.cells.mark_not_applicable("S01", "space", "It never had rooms.")
    (mark,) = project.cells.marks()
    assert (mark.reason, mark.coder) == ("It never had rooms.", "HW")
    assert project.matrix().frame("states").loc["S01", "space"] == "not_applicable"
    project.cells.withdraw("S01", "space")
    assert project.cells.marks() == ()
    add(project)
    with pytest.raises(FrameworkCoderError, match="holds a claim, so the theme applies there"):
        project.cells.mark_not_applicable("S01", "funding", "No.")


def test_errors_carry_what_a_screen_needs(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        number = add(project)
        project.claims.link(number, ANN)
        with pytest.raises(NotAnOriginError) as refused:
            project.claims.relink(number, ANN, origins=["Zoe"])
        assert refused.value.possible == ("Ann", "Ben", "M01")
        with pytest.raises(AlreadyLinkedError):
            project.claims.link(number, ANN)


def test_a_claim_that_findings_or_memos_name_is_not_deleted(project: Project) -> None:
    number = add(project)
    finding = project.findings.add("Boroughs pay.", claims=[number])
    memo = project.memos.add("Who pays?", claim=number).id
    with pytest.raises(
        FrameworkCoderError,
        match=f"^Claim 1 is named by finding {finding} and memo {memo}; take it from them",
    ):
        project.claims.delete(number)
    project.findings.unlink(finding, [number])
    with pytest.raises(FrameworkCoderError, match=f"named by memo {memo}; take it from it first"):
        project.claims.delete(number)


def unlink_everywhere(project: Project, coding: int) -> None:
    for claim in project.claims.list():
        project.claims.unlink(claim.id, coding)


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda project, coding: project.codings.reject([coding]),
        unlink_everywhere,
    ],
    ids=["rejected", "unlinked"],
)
def test_evidence_withdrawn_is_withdrawn_from_every_claim_and_finding_that_cited_it(
    project: Project, withdraw: Callable[[Project, int], None]
) -> None:
    claims = [add(project, name) for name in "ab"]
    for claim in claims:
        project.claims.link(claim, BOROUGH)
    project.findings.add("Boroughs pay.", claims=claims)
    assert stand(project) == ({"single"}, "single", ["S01"])
    withdraw(project, BOROUGH)
    assert stand(project) == ({"unsupported"}, "unsupported", [])
    project.history.undo()


def stand(project: Project) -> tuple[set[str], str, list[str]]:
    """Return the statuses of all claims, the state of their cell, and the sites of the finding."""
    grid = project.matrix().grid
    (finding,) = assess_findings(grid)
    statuses = {str(found.status) for found in grid.assessments.values()}
    return statuses, str(grid.cells[1, "funding"].state), [site.code for site in finding.count.sites]


def test_what_was_decided_on_a_claim_goes_with_it(project: Project) -> None:
    number = add(project)
    project.claims.link(number, BOROUGH)
    project.claims.link(number, ANN, stance="contradicts")
    project.reviews.adjudicate(number, "left_open", "both may be true")
    project.reviews.record_check(number, "confirmed", informant="Ann")
    project.claims.delete(number)
    study = project.study()
    assert (study.adjudications, study.member_checks, study.claims) == ((), (), ())


def test_findings_and_memos_pass_on_when_their_claim_is_merged(project: Project) -> None:
    one, two, three = (add(project, name) for name in "abc")
    finding = project.findings.add("Boroughs pay.", claims=[two])
    memo = project.memos.add("Who pays?", claim=two).id
    both = project.memos.add("Who else?", claim=one).id
    project.memos.attach(both, claim=two)
    project.claims.merge(one, two)
    study = project.study()
    assert [(link.finding, link.claim) for link in study.finding_links] == [(finding, one)]
    assert {m.id: [t.claim for t in m.targets] for m in study.memos} == {memo: [one], both: [one]}
    project.findings.link(finding, [three])
    with pytest.raises(FrameworkCoderError, match=f"finding {finding} rests on each;"):
        project.claims.merge(three, one)
