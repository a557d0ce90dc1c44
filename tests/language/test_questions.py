"""Questions as people word them, and the themes of Box 1 that they ask about."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.exchange.codebooks import load_codebook
from framework_coder.language.questions import CLEAR_SCORE, match_questions, strip_numbering
from framework_coder.model.codebook import Codebook, Theme

BOX_1 = load_codebook(Path(__file__).parents[2] / "codebooks" / "box1.yaml")

CLEAR = [
    ("history.aims", "Aims: what was the service meant to achieve?"),
    ("history.origins", "Origins: how and when did it start?"),
    ("history.people", "Which people were instrumental at the start?"),
    ("service.context", "Please describe the local health service and population"),
    ("service.funding", "NHS funding and other income"),
    ("service.pathways", "Patient pathway: referral, waiting, discharge"),
    ("service.patients", "Numbers of patients and their characteristics"),
    ("service.practitioners", "Practitioners: how many, employed by whom?"),
    ("service.conditions", "Conditions treated"),
    ("integration.working_together", "Working together: contact between NHS and complementary staff"),
    ("integration.barriers", "Barriers to integration"),
    ("integration.facilitators", "What helped integration (facilitators)?"),
    ("integration.governance", "Accountability and regulation of practitioners"),
    ("integration.patient_input", "Patients' input into the service"),
    ("success.effectiveness", "Effectiveness and value for money"),
    ("success.satisfaction", "Patient satisfaction"),
    ("success.current", "How successful would you say the service is now?"),
    ("success.sustainability", "Sustainability and future plans"),
    ("success.cessation", "If the service closed or paused, please say when and why"),
    ("history.origins", "When did the service start, and is it still running?"),
    ("history.aims", "What were the aims of the service when it was set up, and have they changed since?"),
    ("history.origins", "How did the service begin? (pilots, earlier services, start-up money)"),
    ("history.people", "Who was instrumental in setting the service up?"),
    ("service.context", "What is the local NHS context of the service?"),
    (
        "service.provision",
        "Which therapies are provided, and how are they delivered (one to one, groups, packages)?",
    ),
    ("service.funding", "How is the service funded, and has the funding changed?"),
    ("service.courses", "What does a course of treatment consist of?"),
    ("service.pathways", "How do patients reach the service, and what happens from referral to discharge?"),
    ("service.gp_relationship", "What is the relationship with the patient's GP during and after treatment?"),
    ("service.patients", "How many patients use the service, and who are they?"),
    ("service.practitioners", "Who provides the therapies, and on what terms?"),
    ("service.payment", "Who pays for treatment, and how much?"),
    ("service.conditions", "Which patients and conditions are treated?"),
    ("integration.working_together", "How do conventional and complementary staff work together?"),
    ("integration.barriers", "What gets in the way of integration, now or in the past?"),
    ("integration.facilitators", "What has helped integration?"),
    ("integration.governance", "To whom are practitioners accountable, and by whom are they regulated?"),
    (
        "integration.patient_input",
        "Have patients had any input into the design or the success of the service?",
    ),
    ("success.effectiveness", "How effective and how cost-effective is the service?"),
    ("success.data", "Are outcomes routinely collected, and how?"),
    ("success.satisfaction", "How satisfied are patients?"),
    ("success.current", "How successful is the service at present?"),
    ("success.sustainability", "Is the service sustainable, and what does the future hold?"),
    (
        "success.cessation",
        "If the service has ceased or paused: when, why and how, and are there plans to revive it?",
    ),
]

RIGHT = [
    ("service.provision", "Therapies offered and how they are provided"),
    ("service.courses", "Course of treatment: number and length of sessions"),
    ("service.payment", "What do patients pay?"),
    ("success.data", "Outcome data and audit: what is collected?"),
]

NO_THEME = [
    "Is there anything else we should have asked?",
    "Name and role of the person answering",
    "Who is answering, and in what role?",
]


@pytest.mark.parametrize(("theme", "question"), CLEAR)
def test_a_clear_question_finds_its_theme(theme: str, question: str) -> None:
    (match,) = match_questions([question], BOX_1)
    assert (match.theme, match.is_clear) == (theme, True)
    assert match.score >= CLEAR_SCORE


@pytest.mark.parametrize(("theme", "question"), RIGHT)
def test_a_question_near_two_themes_finds_the_nearer_one(theme: str, question: str) -> None:
    (match,) = match_questions([question], BOX_1)
    assert match.theme == theme
    assert match.is_clear or "but also like" in match.reason


def test_a_doubtful_match_is_not_clear_and_names_what_else_is_near() -> None:
    codebook = Codebook((Theme("effects", "Outcomes for patients"), Theme("audit", "Outcomes collected")))
    (match,) = match_questions(["Which outcomes are there?"], codebook)
    assert not match.is_clear
    assert match.reason in {
        "like “Outcomes for patients”, but also like “Outcomes collected” (audit)",
        "like “Outcomes collected”, but also like “Outcomes for patients” (effects)",
    }


@pytest.mark.parametrize("question", [*NO_THEME, "", "   ", "?", "12"])
def test_a_question_about_something_else_has_no_theme(question: str) -> None:
    (match,) = match_questions([question], BOX_1)
    assert (match.theme, match.is_clear) == (None, False)


@pytest.mark.parametrize(
    "number", ["Q4. ", "4) ", "(b) ", "3.2. ", "Question 12: ", "q7 ", "iv. ", "Item 3a. ", "[5] "]
)
def test_numbering_does_not_change_a_match(number: str) -> None:
    question = "Who pays for treatment, and how much?"
    assert strip_numbering(number + question) == question
    assert match_questions([number + question], BOX_1) == match_questions([question], BOX_1)


@pytest.mark.parametrize(
    "question", ["A clinic is open to whom?", "I. need", "Quality of care?", "2004 was good?", "4."]
)
def test_words_are_not_taken_for_numbering(question: str) -> None:
    assert strip_numbering(question) in {question, question.removeprefix("I. ")}


def test_the_wording_of_the_codebook_itself_is_always_clear() -> None:
    themes = [theme for theme in BOX_1.leaves if theme.question]
    matches = match_questions([theme.question for theme in themes], BOX_1)
    assert [(match.theme, match.is_clear, match.score) for match in matches] == [
        (t.id, True, 100.0) for t in themes
    ]


def test_two_themes_that_ask_the_same_make_no_clear_match() -> None:
    codebook = Codebook((Theme("a", "Cost", aliases=("fees",)), Theme("b", "Price", aliases=("fees",))))
    (match,) = match_questions(["Fees?"], codebook)
    assert not match.is_clear


def test_retired_themes_are_not_matched() -> None:
    codebook = Codebook((Theme("a", "Fees", is_retired=True), Theme("b", "Premises and rooms")))
    (match,) = match_questions(["Fees?"], codebook)
    assert match.theme is None


def test_without_themes_or_questions_there_is_nothing_to_match() -> None:
    assert match_questions([], BOX_1) == []
    assert [match.theme for match in match_questions(["Fees?"], Codebook())] == [None]


@given(st.lists(st.text(), max_size=3))
def test_every_question_gets_one_match_with_a_score_in_range(questions: list[str]) -> None:
    matches = match_questions(questions, BOX_1)
    assert len(matches) == len(questions)
    assert all(0 <= match.score <= 100 for match in matches)
