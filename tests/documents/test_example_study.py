"""The example study is consistent, counts to the published figures, and shows every status."""

import re
import zipfile
from collections import Counter

import pytest
import yaml
from documents.example_tables import (
    AUTHORING,
    STUDY,
    keyed,
    listed,
    numbers,
    rows,
    sites_by_value,
    themes,
    whole_study,
)

from framework_coder.exchange.study_folder import read_study_folder
from framework_coder.model.dates import PartialDate, Precision
from framework_coder.model.matrix import build_matrix
from framework_coder.model.triangulation import Status

FOLDERS = ("questionnaires", "documents", "meetings")
TEXT_FILES = {".csv", ".html", ".txt", ".md", ".yaml"}


def have(name: str, *texts: str) -> set[str]:
    return set().union(*(sites_by_value().get((name, text), set()) for text in texts))


# The register and its files


def test_every_file_is_registered_and_every_registered_file_is_there() -> None:
    registered = {row["path"].partition("#")[0] for row in (*rows("sources"), *rows("revisions"))}
    found = {path.relative_to(STUDY).as_posix() for folder in FOLDERS for path in (STUDY / folder).iterdir()}
    assert found == registered
    assert 65 <= len(found) <= 75


def test_the_folder_has_every_type_of_file_that_a_user_has() -> None:
    suffixes = Counter(path.suffix for folder in FOLDERS for path in (STUDY / folder).iterdir())
    assert set(suffixes) == {".docx", ".pdf", ".html", ".xlsx", ".txt", ".md"}
    assert sum(path.stat().st_size for path in STUDY.parent.rglob("*") if path.is_file()) < 3_000_000


def test_text_files_come_in_the_encodings_of_old_editors() -> None:
    assert (STUDY / "meetings" / "stoke-averley-meeting.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    news = (STUDY / "documents" / "marlhaven-news-2014.txt").read_bytes()
    assert b"\x93" in news
    assert b"\r\n" in news
    with pytest.raises(UnicodeDecodeError):
        news.decode("utf-8")


@pytest.mark.parametrize(
    ("file", "member", "element"),
    [
        ("wexcombe-brochure", "word/footnotes.xml", "<w:footnoteRef"),
        ("wexcombe-brochure", "word/document.xml", "w14:checkbox"),
        ("wexcombe-brochure", "word/document.xml", "<w:tbl>"),
        ("corrin-vale-innovation-bid", "word/document.xml", "<w:del "),
        ("corrin-vale-innovation-bid", "word/document.xml", "<w:ins "),
        ("corrin-vale-innovation-bid", "word/comments.xml", "Forty is the figure"),
    ],
)
def test_word_files_hold_what_word_files_hold(file: str, member: str, element: str) -> None:
    with zipfile.ZipFile(STUDY / "documents" / f"{file}.docx") as archive:
        assert element in archive.read(member).decode("utf-8")


def test_each_site_has_the_planned_sources_or_a_reason() -> None:
    design = yaml.safe_load((STUDY / "study.yaml").read_text(encoding="utf-8"))
    reasons = {(gap["site"], gap["method"]) for gap in design["gaps"] if gap["reason"]}
    collected = Counter((row["site"], row["method"]) for row in rows("sources"))
    lacking = {
        (site["site"], method)
        for site in rows("sites")
        for plan in design["plan"]
        if plan["where"]["tier"] == site["tier"]
        for method in ("questionnaire", "document", "meeting")
        if collected[site["site"], method] < plan.get(method, 0)
    }
    assert lacking == reasons == {("S10", "document")}


def test_the_selection_is_the_published_one() -> None:
    selection = yaml.safe_load((STUDY / "study.yaml").read_text(encoding="utf-8"))["selection"]
    assert selection["identified"] == 38
    assert selection["primary"] == {"invited": 12, "declined": 1, "withdrew": 1, "included": 10}
    assert selection["secondary"] == {"invited": 12, "did_not_respond": 2, "included": 10}
    assert Counter(row["tier"] for row in rows("sites")) == {"primary": 10, "secondary": 10}


def test_the_study_folder_is_accepted_without_a_fault() -> None:
    folder = read_study_folder(STUDY)
    assert (len(folder.sites), len(folder.sources)) == (20, len(rows("sources")))


# Links between the files


@pytest.mark.parametrize(
    ("name", "key"), [("sites", "site"), ("sources", "ref"), ("codings", "id"), ("claims", "id")]
)
def test_no_id_stands_twice(name: str, key: str) -> None:
    assert len(keyed(name, key)) == len(rows(name))


@pytest.mark.parametrize(
    ("name", "column", "target", "key"),
    [
        ("sources", "site", "sites", "site"),
        ("sources", "derived_from", "sources", "ref"),
        ("codings", "source", "sources", "ref"),
        ("codings", "site", "sites", "site"),
        ("claims", "site", "sites", "site"),
        ("evidence", "claim", "claims", "id"),
        ("evidence", "coding", "codings", "id"),
        ("coverage", "source", "sources", "ref"),
        ("cells", "site", "sites", "site"),
        ("findings", "supports", "claims", "id"),
        ("findings", "contradicts", "claims", "id"),
        ("findings", "exceptions", "claims", "id"),
        ("memos", "finding", "findings", "id"),
        ("convergence", "claim", "claims", "id"),
        ("member-checks", "claim", "claims", "id"),
        ("revisions", "source", "sources", "ref"),
        ("kept-apart", "other", "sources", "ref"),
    ],
)
def test_every_reference_leads_to_a_row(name: str, column: str, target: str, key: str) -> None:
    known = keyed(target, key)
    assert [value for row in rows(name) for value in listed(row[column]) if value not in known] == []


@pytest.mark.parametrize("name", ["codings", "claims", "coverage", "cells"])
def test_every_theme_is_in_the_codebook(name: str) -> None:
    known = {theme.id for theme in themes()} | {"*"}
    assert {row["theme"] for row in rows(name)} <= known


def test_evidence_stays_in_the_cell_of_its_claim() -> None:
    claims, codings = keyed("claims", "id"), keyed("codings", "id")
    strayed = [
        row
        for row in rows("evidence")
        if (claims[row["claim"]]["site"], claims[row["claim"]]["theme"])
        != (codings[row["coding"]]["site"], codings[row["coding"]]["theme"])
    ]
    assert strayed == []


def test_narrowed_origins_are_informants_or_authors_of_the_source() -> None:
    codings, sources = keyed("codings", "id"), keyed("sources", "ref")
    for row in rows("evidence"):
        source = sources[codings[row["coding"]]["source"]]
        assert set(listed(row["origins"])) <= {*listed(source["informants"]), *listed(source["authors"])}


@pytest.mark.parametrize(
    ("name", "column", "precision"),
    [
        ("sites", "started", "started_precision"),
        ("sites", "stopped", "stopped_precision"),
        ("sources", "produced_on", "precision"),
        ("codings", "made_on", ""),
        ("coverage", "made_on", ""),
        ("claims", "decided_on", ""),
        ("evidence", "linked_on", ""),
        ("memos", "made_on", ""),
        ("convergence", "decided_on", ""),
        ("member-checks", "made_on", ""),
    ],
)
def test_every_date_is_one_of_the_calendar_and_as_exact_as_said(
    name: str, column: str, precision: str
) -> None:
    for row in rows(name):
        found = PartialDate.parse(row[column])
        assert found.precision == (row[precision] if row[column] and precision else found.precision)


def test_sources_are_dated_to_the_day_the_month_and_the_year() -> None:
    assert {row["precision"] for row in rows("sources")} >= {Precision.DAY, Precision.MONTH, Precision.YEAR}


# The figures


def test_the_recorded_analysis_counts_to_the_published_figures() -> None:
    expected = {(row["name"], row["value"]): int(row["sites"]) for row in rows("published-counts")}
    assert {key: len(sites_by_value()[key]) for key in expected} == expected


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("aim", [10, 4, 3, 3, 2]),
        ("origin", [5, 4, 3, 3, 3, 2, 2, 1]),
        ("person", [8, 3, 2, 2]),
        ("provision", [7, 5, 5, 3, 3, 3]),
        ("patient_input", [6]),
        ("governance", [7, 7]),
        ("nhs_funding", [6, 1, 1, 2, 2, 3, 3, 1]),
        ("fee", [5, 3]),
        ("data", [8, 6, 3, 8, 14]),
        ("facilitator", [9, 1, 8, 7, 6, 5, 4, 4, 3, 3]),
    ],
)
def test_the_table_of_counts_holds_the_published_figures_in_their_order(
    name: str, figures: list[int]
) -> None:
    assert [int(row["sites"]) for row in rows("published-counts") if row["name"] == name] == figures


def test_practitioners_number_from_one_to_forty_with_a_mean_of_eleven() -> None:
    count = numbers("practitioners")
    assert len(count) == 20
    assert (min(count.values()), max(count.values()), sum(count.values()) / 20) == (1, 40, 11)
    assert list(count.values()).count(1) == 3
    assert have("employment", "most or all NHS clinicians too") == {"S04", "S07", "S13", "S16"}


def test_one_to_fifteen_practices_refer() -> None:
    assert {min(numbers("referring_practices").values()), max(numbers("referring_practices").values())} == {
        1,
        15,
    }


def test_fees_run_from_twelve_to_thirty_five_pounds_where_they_are_subsidised() -> None:
    subsidised = have("fee", "subsidised or reduced")
    assert set(numbers("fee_low")) == set(numbers("fee_high")) == subsidised
    assert (min(numbers("fee_low").values()), max(numbers("fee_high").values())) == (12, 35)
    assert have("fee", "adjusted for income") < subsidised


def test_barriers_stand_in_the_published_order_with_their_ranks() -> None:
    order = (
        "funding or cost",
        "negative perceptions",
        "local NHS staff unwilling",
        "lack of space",
        "no access to NHS records",
        "lack of evidence",
    )
    counts = [len(have("barrier", barrier)) for barrier in order]
    assert counts == sorted(counts, reverse=True)
    assert counts[1] == 6
    assert len(have("barrier", "negative perceptions!main")) == 1
    assert len(have("barrier", "local NHS staff unwilling!main")) == 2
    only = have("barrier", "funding or cost!only")
    assert len(only) == 2
    assert not only & have("barrier", *order[1:])


def test_social_prescribing_has_a_positive_future_wherever_it_is_found() -> None:
    found = have("outcome", "social prescribing")
    assert len(found) == 3
    assert found <= have("outcome", "positive future")
    assert found == have("access", "referral to a broader service")


def test_four_sites_expand_and_three_of_them_offer_yoga() -> None:
    expanding = have("outcome", "expanding")
    assert (len(expanding), len(expanding & have("therapy", "yoga"))) == (4, 3)


def test_seven_sites_ceased_or_are_in_difficulty_and_five_of_them_offer_homeopathy_or_acupuncture() -> None:
    failing = have("outcome", "ceased", "serious difficulty")
    assert (len(failing), len(failing & have("therapy", "homeopathy or acupuncture"))) == (7, 5)


def test_no_site_where_patients_pay_had_ceased() -> None:
    paying = have("payment", "patient pays part", "patient pays all")
    assert len(paying) == 6
    assert not paying & have("outcome", "ceased")


def test_money_withdrawn_was_the_reason_at_five_sites_that_ceased() -> None:
    assert len(have("cessation_reason", "funding ended or withdrawn")) == 5
    assert have("cessation_reason", "funding ended or withdrawn") == have("outcome", "ceased")


def test_the_outcome_of_a_site_agrees_with_its_status() -> None:
    status = {row["site"]: row["status"] for row in rows("sites")}
    assert have("outcome", "ceased") == {site for site, state in status.items() if state == "ceased"}
    assert have("outcome", "paused and revived") == {s for s, state in status.items() if state == "revived"}
    in_difficulty = {site for site, state in status.items() if state == "in difficulty"}
    assert have("outcome", "serious difficulty") == in_difficulty


def test_the_finding_on_payment_rests_on_the_sites_where_patients_pay_and_excepts_the_one_that_paused() -> (
    None
):
    finding, claims = keyed("findings", "id")["paying"], keyed("claims", "id")
    paying = have("payment", "patient pays part", "patient pays all")
    assert {claims[name]["site"] for name in listed(finding["supports"])} == paying
    assert {claims[name]["site"] for name in listed(finding["exceptions"])} == have(
        "outcome", "paused and revived"
    )


def test_the_findings_on_social_prescribing_and_money_rest_on_the_sites_that_were_counted() -> None:
    findings, claims = keyed("findings", "id"), keyed("claims", "id")
    sites = {
        name: {claims[claim]["site"] for claim in listed(findings[name]["supports"])} for name in findings
    }
    assert sites["prescribing"] == have("outcome", "social prescribing")
    assert sites["money"] == have("outcome", "ceased")
    assert sites["yoga"] == have("outcome", "expanding") & have("therapy", "yoga")


def test_dates_of_claims_agree_with_the_list_of_sites_as_far_as_they_go() -> None:
    there = {row["site"]: row for row in rows("sites")}
    dated = [
        (row["site"], *value.split("="))
        for row in rows("claims")
        for value in listed(row["values"])
        if value.startswith(("started=", "stopped="))
    ]
    assert len(dated) > 20
    for site, name, text in dated:
        told = there[site][name]
        assert told.startswith(text) or text.startswith(told)


# What the analysis shows


def test_every_claim_status_occurs() -> None:
    found = Counter(item.status for item in build_matrix(whole_study()).assessments.values())
    assert set(found) == set(Status)
    assert found[Status.CONTESTED] >= 2


def test_every_cell_state_occurs_but_that_of_a_site_without_sources() -> None:
    found = {str(cell.state) for cell in build_matrix(whole_study()).cells.values()}
    empty = {"not_applicable", "uncharted", "not_examined", "silent"}
    assert found >= empty
    assert "not_collected" not in found


def test_evidence_takes_every_stance_and_some_of_it_is_inferred_rated_or_narrowed() -> None:
    stances = Counter(row["stance"] for row in rows("evidence"))
    assert set(stances) == {"supports", "qualifies", "contradicts", "context"}
    assert any(row["basis"] == "inferred" for row in rows("evidence"))
    assert {row["prominence"] for row in rows("evidence")} == {"", "1", "2", "3"}
    assert any(row["origins"] for row in rows("evidence"))


def test_an_informant_of_a_questionnaire_also_speaks_at_the_meeting() -> None:
    said = {
        method: {
            (row["site"], name)
            for row in rows("sources")
            if row["method"] == method
            for name in listed(row["informants"])
        }
        for method in ("questionnaire", "meeting")
    }
    assert len(said["questionnaire"] & said["meeting"]) >= 5


def test_one_source_belongs_to_two_sites_and_is_cited_at_both() -> None:
    (shared,) = (row for row in rows("sources") if len(listed(row["site"])) > 1)
    cited = {row["site"] for row in rows("codings") if row["source"] == shared["ref"]}
    assert cited == set(listed(shared["site"]))


def test_three_sites_are_anonymous() -> None:
    assert [row["site"] for row in rows("sites") if row["anonymous"] == "yes"] == ["S09", "S10", "S16"]


# The masters


def test_masters_are_short_enough_to_read() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in AUTHORING.rglob("*.*")}
    assert max(sizes.values()) < 400
    assert len([name for name in sizes if re.fullmatch(r"s\d\d\.txt", name)]) == 20
