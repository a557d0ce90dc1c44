"""Counts across sites: frequencies, cross-tabulations, co-occurrence, negative cases, events, findings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builders import StudyBuilder

from framework_coder.model.claims import CodedValue, Stance
from framework_coder.model.cooccurrence import count_cooccurrences
from framework_coder.model.crosstabs import UnknownFacetError, cross, group_sites, list_facets
from framework_coder.model.design import Design, FieldKind, SiteField
from framework_coder.model.finding_counts import FindingAssessment, assess_findings
from framework_coder.model.findings import Finding, FindingLink, FindingRole
from framework_coder.model.frequencies import count_themes
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.negatives import Standing, find_negative_cases
from framework_coder.model.study import Study
from framework_coder.model.timeline import list_events
from framework_coder.model.triangulation import Status


def a_study() -> StudyBuilder:
    """Four sites: free, free but contested, paid, and one that is silent; the third claim has no support."""
    made = StudyBuilder()
    for tier in ("primary", "primary", "secondary", ""):
        made.site(tier=tier)
    sources = [made.source(f"D0{site}", site) for site in (1, 2, 3, 4)]
    codings = [made.code(source, "a.one") for source in sources[:3]]
    made.claim(1, "a.one", codings[0], values=(CodedValue("pay", "free"), CodedValue("begun", "2004-09")))
    made.claim(2, "a.one", codings[1], values=(CodedValue("pay", "free"),))
    against = made.code(made.source("Q02", 2), "a.one")
    made.link(2, against, Stance.CONTRADICTS)
    made.claim(3, "a.one", codings[2], values=(CodedValue("pay", "paid"), CodedValue("begun", "1999")))
    for source in (*sources, 5):
        made.examine(source, "a.one")
    return made


def matrix(made: StudyBuilder) -> Matrix:
    return build_matrix(made.build())


def test_a_frequency_says_its_denominators_and_what_is_behind_it() -> None:
    made = a_study()
    made.mark(4, "a.two")
    one, two, _ = count_themes(matrix(made))
    assert str(one) == "3 of 4 sites (3 of 4 examined)"
    assert [site.code for site in one.silent] == ["S04"]
    assert (one.claims, one.codings) == ((1, 2, 3), (1, 2, 4, 3))
    assert one.statuses == {Status.SINGLE: 2, Status.CONTESTED: 1}
    assert str(two) == "0 of 4 sites (0 of 0 examined; 1 not applicable)"


def test_every_site_stands_in_a_group_of_an_attribute_and_the_unrecorded_last() -> None:
    groups = group_sites(matrix(a_study()), "attribute:tier")
    assert [(group.label, group.sites) for group in groups] == [
        ("primary", {1, 2}),
        ("secondary", {3}),
        ("(not recorded)", {4}),
    ]


def test_a_crosstab_lists_the_sites_claims_and_passages_of_each_cell() -> None:
    table = cross(matrix(a_study()), "attribute:tier", "value:pay")
    assert table.columns == ("free", "paid", "(none claimed)")
    both = table.cells["primary", "free"]
    assert ([site.code for site in both.sites], both.claims) == (["S01", "S02"], (1, 2))
    assert table.cells["secondary", "free"].sites == ()
    assert [site.code for site in table.column_sites["(none claimed)"]] == ["S04"]


def test_sites_group_by_the_themes_below_a_theme_and_by_the_state_of_a_cell() -> None:
    found = matrix(a_study())
    by_theme = {group.label: (group.sites, dict(group.codings)) for group in group_sites(found, "theme:a")}
    assert by_theme == {"One": ({1, 2, 3}, {1: {1}, 2: {2, 4}, 3: {3}}), "(not coded)": ({4}, {})}
    by_state = {group.label: group.sites for group in group_sites(found, "state:a.one")}
    assert by_state == {"Single source": {1, 3}, "Contested": {2}, "Examined, silent": {4}}
    above = {group.label: group.sites for group in group_sites(found, "state:a")}
    assert above["Contested"] == {2}


def test_an_unknown_facet_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UnknownFacetError, match="did you mean attribute:tier"):
        group_sites(matrix(a_study()), "attribute:teir")


@given(data=st.data())
def test_a_crosstab_holds_no_site_twice_and_its_cells_are_where_row_and_column_meet(
    data: st.DataObject,
) -> None:
    found = matrix(a_study())
    rows, columns = (data.draw(st.sampled_from(list_facets(found))) for _ in range(2))
    table = cross(found, rows, columns)
    for (row, column), count in table.cells.items():
        expected = {s.id for s in table.row_sites[row]} & {s.id for s in table.column_sites[column]}
        assert [site.id for site in count.sites] == sorted(expected)
    everywhere = {site.id for sites in table.row_sites.values() for site in sites}
    assert everywhere == {site.id for site in table.shown}


def placed(made: StudyBuilder, *codings: tuple[int, str, int, int]) -> Study:
    """Return the study with codings at (source, theme, start, end)."""
    study = made.build()
    template = replace(study, codings=()), study.codings[0]
    spans = tuple(
        template[1]._replace(id=number, source=source, theme=theme, start=start, end=end)
        for number, (source, theme, start, end) in enumerate(codings, 1)
    )
    return replace(template[0], claims=(), evidence=(), codings=spans)


def test_stretches_that_two_themes_cover_count_once_however_often_they_are_coded() -> None:
    study = placed(
        a_study(),
        (1, "a.one", 0, 10),
        (1, "a.two", 5, 20),
        (1, "a.two", 6, 12),
        (1, "a.one", 15, 18),
        (1, "b.one", 20, 30),
    )
    (met,) = count_cooccurrences(build_matrix(study))
    assert (met.first, met.second) == ("a.one", "a.two")
    assert met.passages == [(1, 5, 10), (1, 15, 18)]
    assert met.codings == {1, 2, 3, 4}
    assert count_cooccurrences(build_matrix(study), ["b.one"]) == []


@given(
    spans=st.lists(
        st.tuples(
            st.integers(1, 2),
            st.sampled_from(["a.one", "a.two", "b.one"]),
            st.integers(0, 12),
            st.integers(1, 6),
        ),
        max_size=12,
    )
)
def test_cooccurrence_is_what_counting_letter_by_letter_finds(
    spans: list[tuple[int, str, int, int]],
) -> None:
    study = placed(a_study(), *((source, theme, start, start + size) for source, theme, start, size in spans))
    letters: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for source, theme, start, size in spans:
        for other, second, begin, length in spans:
            shared = set(range(start, start + size)) & set(range(begin, begin + length))
            if theme < second and source == other and shared:
                letters.setdefault((theme, second), set()).update((source, letter) for letter in shared)
    found = {
        (met.first, met.second): {(s, n) for s, start, end in met.passages for n in range(start, end)}
        for met in count_cooccurrences(build_matrix(study))
    }
    assert found == letters


def test_every_site_has_a_standing_to_a_value_and_the_contested_come_first() -> None:
    made = a_study()
    made.site()
    made.source("D05", 5)
    made.claim(5, "a.one", values=(CodedValue("pay", "free"),))
    cases = find_negative_cases(matrix(made), "pay", "free")
    assert [(case.site.code, case.standing) for case in cases] == [
        ("S02", Standing.CONTESTED),
        ("S03", Standing.OTHER),
        ("S05", Standing.AGAINST),
        ("S01", Standing.HAS),
        ("S04", Standing.SILENT),
    ]
    assert cases[1].others == ("paid",)


def test_events_come_from_supported_claims_and_else_from_the_list_of_sites() -> None:
    made = a_study()
    fields = (SiteField("begun", "Begun", FieldKind.DATE), SiteField("ended", "Ended", FieldKind.DATE))
    study = replace(made.build(), design=replace(Design(), site_fields=fields))
    sites = tuple(replace(s, attributes={"begun": "1980", "ended": "2010-05-01"}) for s in study.sites)
    events = list_events(build_matrix(replace(study, sites=sites)))
    told = [(e.site.code, e.name, str(e.date), e.claim) for e in events]
    assert told[:3] == [
        ("S01", "begun", "2004-09", 1),
        ("S01", "ended", "2010-05-01", None),
        ("S02", "begun", "1980", None),
    ]
    assert ("S03", "begun", "1999", 3) in told
    assert {e.name for e in list_events(build_matrix(replace(study, sites=sites)), ["ended"])} == {"ended"}


def test_a_number_of_four_digits_is_no_date_unless_its_like_are() -> None:
    made = StudyBuilder()
    made.site()
    coding = made.code(made.source("D01"), "a.one")
    made.claim(1, "a.one", coding, values=(CodedValue("patients", "1900"),))
    assert list_events(matrix(made)) == []


@pytest.mark.parametrize(
    ("texts", "declared", "dated"),
    [
        (["1948-07", "1750"], False, []),
        (["1948-07", "1850"], False, ["1850", "1948-07"]),
        (["1750"], True, ["1750"]),
        (["2014-13"], False, []),
    ],
)
def test_a_year_is_a_date_on_the_timeline_where_it_is_one_as_a_coded_value(
    texts: list[str], declared: bool, dated: list[str]
) -> None:
    made = StudyBuilder()
    made.site()
    coding = made.code(made.source("D01"), "a.one")
    for text in texts:
        made.claim(1, "a.one", coding, values=(CodedValue("begun", text),))
    fields = (SiteField("begun", "Begun", FieldKind.DATE),) if declared else ()
    study = replace(made.build(), design=replace(Design(), site_fields=fields))
    assert [str(event.date) for event in list_events(build_matrix(study))] == dated


def with_finding(made: StudyBuilder, **roles: FindingRole) -> FindingAssessment:
    links = tuple(FindingLink(1, int(claim[1:]), role) for claim, role in roles.items())
    study = replace(made.build(), findings=(Finding(1, "It is free."),), finding_links=links)
    return assess_findings(build_matrix(study))[0]


def test_a_finding_counts_sites_with_its_denominators_and_lists_what_stands_against_it() -> None:
    supports, against, exception = FindingRole
    found = with_finding(a_study(), c1=supports, c2=supports, c3=exception)
    assert str(found) == "2 of 4 sites (2 of 3 with evidence; 3 of 4 examined); excepted: S03"
    assert [site.code for site in found.count.contested] == ["S02"]
    assert found.weak == (2,)
    assert [site.code for site in found.unplaced] == ["S04"]
    contrary = with_finding(a_study(), c1=against)
    assert (len(contrary.count.sites), [s.code for s in contrary.against]) == (0, ["S01"])


def test_a_claim_without_live_support_does_not_count_for_a_finding() -> None:
    made = a_study()
    empty = made.claim(4, "a.one")
    found = with_finding(made, **{f"c{empty}": FindingRole.SUPPORTS})
    assert found.count.sites == ()
    assert found.weak == (empty,)
