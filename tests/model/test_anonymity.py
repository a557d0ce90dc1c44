"""Anonymised studies: no known name is left, and every status is as it was."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from study_builders import StudyBuilder

from framework_coder.model.anonymity import anonymise
from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Adjudication, CodedValue, Decision, Stance
from framework_coder.model.design import Design, FieldKind, SiteField
from framework_coder.model.findings import Finding, FindingLink
from framework_coder.model.matrix import build_matrix
from framework_coder.model.memos import Memo, MemoTarget
from framework_coder.model.study import NotApplicable, PlannedSource, Study
from framework_coder.model.triangulation import Assessment
from framework_coder.reports.contents import list_evidence
from framework_coder.reports.guide import explain
from framework_coder.reports.register import list_sources

DESIGN = Design(
    site_fields=(
        SiteField("location", "Place", FieldKind.TEXT, is_identifying=True),
        SiteField("tier", "Tier", FieldKind.CATEGORY),
    )
)


def a_study() -> Study:
    """Build an anonymous site and an open one, with a person who speaks for both."""
    study = StudyBuilder(design=DESIGN)
    study.site("Gorse Bank Clinic", anonymous="yes", location="Fennick", tier="primary")
    study.site("Birch House", anonymous="no", location="Fennick")
    study.source("Q01", informants=("Ann Lee",), path="gorse.xlsx", url="http://gorse")
    study.source("M01", informants=("ann  lee", "Bo Day"))
    study.source("D02", 2, authors=("Ann Lee",), title="Birch report")
    quote = "Ann Lee said that GORSE  Bank clinic moved to Fennick."
    claim = study.claim(1, "a.one", study.code(1, "a.one", quote), comment="Ask ann lee.")
    study.link(claim, study.code(2, "a.one"), note="Bo Day nodded.", origins=frozenset({"Bo Day"}))
    study.claim(2, "a.one", study.code(3, "a.one", "Ann Lee wrote of Gorse Bank Clinic."))
    return study.build()


def test_no_name_that_the_project_knows_is_left_at_an_anonymous_site() -> None:
    hidden = anonymise(a_study())
    matrix = build_matrix(hidden)
    own = [row for row in list_evidence(matrix).rows if "S01" in row]
    sources = list_sources(matrix).rows[:2]
    shown = f"{hidden.sites[0]} {own} {hidden.claims[0]} {hidden.evidence[:2]} {sources}".lower()
    for name in ("gorse", "fennick", "ann lee", "bo day"):
        assert name not in shown
    assert hidden.codings[0].quote == "[Person 1] said that [S01] moved to [S01]."


def test_a_person_has_one_pseudonym_everywhere() -> None:
    hidden = anonymise(a_study())
    assert hidden.sources[0].informants == ("Person 1",)
    assert hidden.sources[1].informants == ("Person 1", "Person 2")
    assert hidden.sources[2].authors == ("Person 1",)
    assert hidden.evidence[1].origins == {"Person 2"}


def test_open_sites_keep_their_own_names_and_words() -> None:
    study = a_study()
    hidden = anonymise(study)
    assert hidden.sites[1] == study.sites[1]
    assert hidden.sources[2].title == "Birch report"


def test_an_anonymous_site_is_not_named_in_what_is_said_of_an_open_one() -> None:
    study = StudyBuilder(design=DESIGN)
    study.site("Gorse Bank", anonymous="yes")
    study.site("Birch House")
    study.source("Q01", informants=("Ann Lee",))
    named = "Ann Lee of Gorse Bank"
    url = "http://birch.example/gorse-bank"
    study.source("D02", 2, title=named, url=url, path="about gorse_bank.pdf")
    value = CodedValue("partner", "Gorse Bank")
    claim = study.claim(2, "a.one", quotation=named, comment=named, values=(value,))
    study.link(claim, study.code(2, "a.one", named), note=named)
    made = study.build()
    whole = replace(
        made,
        claims=(replace(made.claims[0], summary=named),),
        adjudications=(Adjudication(claim, Decision.LEFT_OPEN, named, "HW", "2020"),),
        not_applicable=(NotApplicable(2, "a.two", named),),
        plan=(PlannedSource(2, "document", 2, named),),
        findings=(Finding(1, named, named),),
        finding_links=(FindingLink(1, claim, note=named),),
        memos=(Memo(1, named, named, targets=(MemoTarget(site=2),)),),
    )
    hidden = anonymise(whole)
    parts = (
        *(hidden.sources[1:], hidden.codings, hidden.claims, hidden.evidence, hidden.adjudications),
        *(hidden.not_applicable, hidden.plan, hidden.findings, hidden.finding_links, hidden.memos),
    )
    for part in parts:
        assert part
        assert "gorse" not in str(part).lower()
        assert "ann lee" not in str(part).lower()
    assert hidden.claims[0].summary == "[Person 1] of [S01]"


def test_attributes_that_do_not_identify_stay() -> None:
    attributes = anonymise(a_study()).sites[0].attributes
    assert (attributes["tier"], attributes["location"]) == ("primary", "")


def test_a_study_without_anonymous_sites_is_left_alone() -> None:
    study = a_study()
    opened = replace(study, sites=study.sites[1:])
    assert anonymise(opened) is opened


def test_names_inside_longer_words_are_not_touched() -> None:
    study = StudyBuilder(design=DESIGN)
    study.site("Bank", anonymous="yes")
    study.source("D01")
    study.code(1, "a.one", "The Bankside trust and the bank.")
    assert anonymise(study.build()).codings[0].quote == "The Bankside trust and the [S01]."


def test_an_anonymised_export_says_so() -> None:
    assert any(
        term == "Anonymity" for _, rows in explain(build_matrix(anonymise(a_study()))) for term, _ in rows
    )


people = st.sampled_from(["Ann Lee", "ann lee", "Bo Day", "Cy Fox"])


some_people = st.lists(people, max_size=2)
narrowed = st.none() | st.sets(people, min_size=1)
sites_of_sources = st.sampled_from([(1,), (2,), (1, 2)])


@given(
    st.lists(st.tuples(st.sampled_from("QDM"), sites_of_sources, some_people, some_people), max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(list(Stance)), narrowed), max_size=6),
    st.sets(st.integers(1, 4)),
)
def test_an_anonymised_study_has_the_same_statuses_at_anonymous_and_at_open_sites(
    sources: list[tuple[str, tuple[int, ...], list[str], list[str]]],
    links: list[tuple[int, Stance, set[str] | None]],
    derived: set[int],
) -> None:
    study = StudyBuilder(design=DESIGN)
    study.site("Gorse Bank", anonymous="yes")
    study.site("Birch House", location="Gorse Bank")
    for number, (letter, sites, informants, authors) in enumerate(sources, start=1):
        roots = (number - 1,) if number in derived and number > 1 else ()
        said = {"informants": tuple(informants), "authors": tuple(authors)}
        study.source(f"{letter}{number:02}", *sites, **said, derived_from=roots)
    claims = {site: study.claim(site, "a.one") for site in (1, 2)}
    for place, stance, origins in links:
        if place < len(sources):
            narrowed_to = None if origins is None else frozenset(origins)
            for site in sources[place][1]:
                coding = study.code(place + 1, "a.one", "Ann Lee of Gorse Bank", site=site)
                study.link(claims[site], coding, stance, origins=narrowed_to)
    before, after = (Bearings(s).assessments for s in (study.build(), anonymise(study.build())))
    for claim in claims.values():
        assert _verdict(after[claim]) == _verdict(before[claim])


def _verdict(found: Assessment) -> tuple[object, ...]:
    return found.status, found.independent, found.methods, found.flags


def test_a_token_stays_behind_the_words_it_stood_behind() -> None:
    study = a_study()
    summary = "Ann Lee runs it, in Fennick."
    claims = (replace(study.claims[0], summary=summary), *study.claims[1:])
    evidence = (replace(study.evidence[0], place=summary.index(",")), *study.evidence[1:])
    hidden = anonymise(replace(study, claims=claims, evidence=evidence))
    assert hidden.claims[0].summary[: hidden.evidence[0].place] == "[Person 1] runs it"
    assert hidden.evidence[1].place is None
