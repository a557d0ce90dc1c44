"""The study folder: what is read, and what is refused with file, line and field."""
# ruff: noqa: E501 - a table of faults reads best with a row a fault

from pathlib import Path

import pytest

from framework_coder.exchange.faults import FaultyFileError
from framework_coder.exchange.rows import (
    ConvergenceRow,
    FindingRow,
    MemberCheckRow,
    Reviewing,
    RevisionRow,
    Rewording,
    SeparationRow,
)
from framework_coder.exchange.study_folder import NoStudyFolderError, read_study_folder
from framework_coder.model.claims import CodedValue, Decision, Stance
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.study import Examined

FILES = {
    "study.yaml": (
        "name: Small study\ncodebook: book.yaml\ncoder: HW\n"
        "site_fields:\n  - {id: tier, kind: category, values: [primary, secondary]}\n  - {id: started, kind: date}\n"
        "plan:\n  - {where: {tier: primary}, document: 2, meeting: 1}\n"
        "gaps:\n  - {site: S01, method: meeting, reason: Nobody was free.}\n"
        "selection: {identified: 4, primary: {invited: 2, until: 2012-05-01}}\n"
    ),
    "book.yaml": "themes:\n  - {id: a, label: A, children: [{id: a.b, label: B}]}\n",
    "sites.csv": "site,name,tier,started\nS01,Alder,primary,2009-04\nS02,Birch,secondary,\n",
    "sources.csv": (
        "ref,path,site,method,document_type,produced_on,originator,informants,derived_from\n"
        "D01,one.txt,S01,document,report,2012,service,Ann; Bo,\n"
        "M01,two.txt,S01; S02,meeting,,2013-05,,Ann,D01\n"
    ),
    "one.txt": "Text.",
    "two.txt": "Text.",
    "codings.csv": "id,source,site,theme,quote\nC1,D01,,a.b,Text.\nC2,M01,S01,a,Text.\n",
    "claims.csv": (
        "id,site,theme,summary,key,values,decision,decision_reason\n"
        "K1,S01,a.b,It was so.,yes,aim=access; fee=12!most important,left_open,No way to tell.\n"
    ),
    "evidence.csv": (
        "claim,coding,stance,basis,prominence,origins\nK1,C1,supports,inferred,2,Ann\nK1,C2,contradicts,,,\n"
    ),
    "coverage.csv": "source,theme,state\nD01,*,examined\nM01,a,partly\n",
    "cells.csv": "site,theme,reason\nS02,a,No such service.\n",
    "findings.csv": "id,statement,supports,contradicts,exceptions\nF1,It holds.,K1,,\n",
    "memos.csv": "title,text,made_on,site,theme,finding\nOn it,Note.,2013-05,S01,a,\nOn that,Note.,,,,F1\n",
    "convergence.csv": "claim,first_method,second_method,confirmed,reason\nK1,meeting,document,partial,As said.\n",
    "member-checks.csv": "claim,state,informant\nK1,sent,Ann\n",
    "kept-apart.csv": "source,other,reason\nM01,D01,Two hands.\n",
    "revisions.csv": "source,path,reason\nD01,two.txt,Newer.\n",
}


def make(folder: Path, **changes: str) -> Path:
    """Write the files, with some replaced; a name stands for name.csv, `study` for study.yaml."""
    named = {
        f"{name}.yaml" if name in {"study", "book"} else f"{name}.csv": text for name, text in changes.items()
    }
    for name, text in (FILES | named).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_whole_folder_is_read(tmp_path: Path) -> None:
    study = read_study_folder(make(tmp_path))
    assert study.sites[0].attributes == {"tier": "primary", "started": "2009-04"}
    assert study.sources[1].sites == ("S01", "S02")
    assert study.sources[1].derived_from == ("D01",)
    assert (study.codings[0].site, study.codings[0].coder) == ("S01", "HW")
    assert study.claims[0].values == (CodedValue("aim", "access"), CodedValue("fee", "12", "most important"))
    assert study.claims[0].decision is Decision.LEFT_OPEN
    assert study.evidence[0].origins == {"Ann"}
    assert study.evidence[1].stance is Stance.CONTRADICTS
    assert study.coverage[1].state is Examined.PARTLY
    assert [(row.site, row.method, row.count, row.reason) for row in study.plan] == [
        ("S01", "document", 2, ""),
        ("S01", "meeting", 1, "Nobody was free."),
    ]
    assert study.marks[0].reason == "No such service."
    assert study.design.selection == {"identified": 4, "primary": {"invited": 2, "until": "2012-05-01"}}
    assert type(study.design.selection["primary"]) is dict


def test_what_was_written_and_decided_on_claims_is_read(tmp_path: Path) -> None:
    study = read_study_folder(make(tmp_path))
    found = study.reviewing
    assert found.findings == (FindingRow(2, "F1", "It holds.", ("K1",), author="HW"),)
    assert [(memo.site, memo.theme, memo.finding, memo.made_on) for memo in found.memos] == [
        ("S01", "a", "", "2013-05"),
        ("", "", "F1", ""),
    ]
    pair = ConvergenceRow(2, "K1", "document", "meeting", Convergence.PARTIAL, "As said.", "HW")
    assert found.convergences == (pair,)
    assert found.member_checks == (MemberCheckRow(2, "K1", MemberCheckState.SENT, "Ann", coder="HW"),)
    assert found.separations == (SeparationRow(2, "M01", "D01", "Two hands.", "HW"),)
    assert study.revisions == (RevisionRow(2, "D01", "two.txt", "Newer."),)


def test_dates_of_links_and_versions_of_coverage_are_read(tmp_path: Path) -> None:
    evidence = "claim,coding,linked_on\nK1,C1,2013-06-01\n"
    coverage = "source,theme,version\nD01,*,1\nD01,a,\n"
    study = read_study_folder(make(tmp_path, evidence=evidence, coverage=coverage))
    assert study.evidence[0].linked_on == "2013-06-01"
    assert [row.version for row in study.coverage] == [1, None]


REWORDED = (
    "themes:\n  - {id: a.c, parent: a, label: C}\nreworded:\n  - {id: a.b, include: More., reason: Why}\n"
)


def test_themes_can_be_reworded_with_those_that_came_out_of_the_reading(tmp_path: Path) -> None:
    make(tmp_path, study=FILES["study.yaml"] + "emergent: more.yaml\n")
    (tmp_path / "more.yaml").write_text(REWORDED, encoding="utf-8")
    study = read_study_folder(tmp_path)
    assert study.rewordings == (Rewording(4, "a.b", {"include": "More."}, "Why"),)


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ("{id: z, include: x}", "more.yaml, line 2, id: there is no theme “z”"),
        ("{id: a, colour: x}", "more.yaml, line 2, colour: the key is not known for a theme reworded"),
        ("a", "more.yaml, reworded: “a” is not a theme"),
    ],
)
def test_a_reworded_theme_that_cannot_be_is_a_fault(tmp_path: Path, node: str, message: str) -> None:
    make(tmp_path, study=FILES["study.yaml"] + "emergent: more.yaml\n")
    (tmp_path / "more.yaml").write_text(f"reworded:\n  - {node}\nthemes: []\n", encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        read_study_folder(tmp_path)
    assert message in str(caught.value)


def test_a_precision_column_cuts_the_date(tmp_path: Path) -> None:
    sites = "site,name,started,started_precision\nS01,Alder,2009-04-01,year\nS02,B,,\n"
    study = read_study_folder(make(tmp_path, sites=sites))
    assert study.sites[0].attributes == {"started": "2009"}


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("sites", "site,name\n", "sites.csv: there are no sites"),
        ("sites", "site,name\nS01,A\nS01,B\n", "sites.csv, line 3, site: the code “S01” stands twice"),
        ("sites", "site,name,tier\nS01,A,third\nS02,B,\n", "sites.csv, line 2, tier: “third” is not one of primary"),
        ("sites", "site,name,started\nS01,A,spring\nS02,B,\n", "sites.csv, line 2, started: “spring” is not a date"),
        ("sources", "path,site,method\nno.txt,S01,document\n", "sources.csv, line 2, path: there is no file"),
        ("sources", "path,site,method\n../x.txt,S01,document\n", "line 2, path: “../x.txt” lies outside"),
        ("sources", "path,site,method\none.txt,S09,document\n", "line 2, site: there is no site “S09”"),
        ("sources", "path,site,method\none.txt,S01,paper\n", "line 2, method: “paper” is not a method"),
        ("sources", "path,site,method,originator\none.txt,S01,document,me\n", "originator: “me” is not one of"),
        ("sources", "path,site,method,produced_on,precision\none.txt,S01,document,2012,day\n", "not given to the day"),
        ("sources", "ref,path,site,method,derived_from\nD1,one.txt,S01,document,D1\n", "not the ref of another"),
        ("codings", "source,theme,quote\nD01,a.bb,x\n", "line 2, theme: there is no theme “a.bb”; did you mean “a.b”"),
        ("codings", "source,theme,quote\nD01,a.b,\n", "line 2, quote: the quote is empty"),
        ("codings", "source,theme,quote\nM01,a.b,x\n", "line 2, site: source “M01” has several sites"),
        ("codings", "source,theme,quote,start\nD01,a.b,x,-4\n", "start: “-4” is not a whole number"),
        ("claims", "id,site,theme,summary\nK1,S01,a,\n", "line 2, summary: the summary is empty"),
        ("claims", "id,site,theme,summary,decision\nK1,S01,a,x,left_open\n", "a decision needs its reason"),
        ("claims", "id,site,theme,summary,values\nK1,S01,a,x,aim\n", "“aim” is not of the form name=value"),
        ("claims", "id,site,theme,summary,kind\nK1,S01,a,x,guess\n", "“guess” is not one of fact, view, judgement"),
        ("evidence", "claim,coding\nK1,C9\n", "evidence.csv, line 2, coding: there is no coding “C9”"),
        ("evidence", "claim,coding\nK1,C1\nK1,C1\n", "line 3, coding: “K1 with C1” stands twice"),
        ("evidence", "claim,coding,prominence\nK1,C1,7\n", "7 must be 1 (passing)"),
        ("coverage", "source,theme\nD09,*\n", "coverage.csv, line 2, source: there is no source “D09”"),
        ("cells", "site,theme,reason\nS02,a,\n", "cells.csv, line 2, reason: a cell that does not apply needs"),
        ("evidence", "claim,coding,linked_on\nK1,C1,soon\n", "evidence.csv, line 2, linked_on: “soon” is not a date"),
        ("coverage", "source,theme,version\nD01,*,2\n", "line 2, version: there is no framework version 2; they are numbered 1 to 1"),
        ("coverage", "source,theme,version\nD01,*,0\n", "line 2, version: there is no framework version 0"),
        ("findings", "id,statement\nF1,\n", "findings.csv, line 2, statement: the statement is empty"),
        ("findings", "id,statement,supports\nF1,x,K9\n", "findings.csv, line 2, claim: there is no claim “K9”"),
        ("findings", "id,statement,supports,exceptions\nF1,x,K1,K1\n", "line 2, exceptions: “K1” stands twice"),
        ("findings", "id,statement\nF1,x\nF1,y\n", "findings.csv, line 3, id: “F1” stands twice"),
        ("memos", "title,text\n,x\n", "memos.csv, line 2, title: a memo needs a title"),
        ("memos", "title,text,site,claim\nA,x,S01,K1\n", "memos.csv, line 2, claim: a memo is on one thing"),
        ("memos", "title,text,finding\nA,x,F9\n", "memos.csv, line 2, finding: there is no finding “F9”"),
        ("memos", "title,text,made_on\nA,x,soon\n", "memos.csv, line 2, made_on: “soon” is not a date"),
        ("convergence", "claim,first_method,second_method\nK9,meeting,document\n", "line 2, claim: there is no claim “K9”"),
        ("convergence", "claim,first_method,second_method\nK1,meeting,talk\n", "line 2, second_method: there is no second_method “talk”"),
        ("convergence", "claim,first_method,second_method\nK1,meeting,meeting\n", "a method does not converge with itself"),
        ("convergence", "claim,first_method,second_method\nK1,meeting,document\nK1,document,meeting\n", "line 3, claim: “K1 with document and meeting” stands twice"),
        ("convergence", "claim,first_method,second_method,confirmed\nK1,meeting,document,yes\n", "“yes” is not one of not_assessable"),
        ("member-checks", "claim,state\nK1,\n", "member-checks.csv, line 2, state: “” is not one of not_sent"),
        ("member-checks", "claim,state\nK1,sent\nK1,sent\n", "member-checks.csv, line 3, claim: “K1” stands twice"),
        ("kept-apart", "source,other,reason\nD01,D01,x\n", "line 2, other: a source is not kept apart from itself"),
        ("kept-apart", "source,other,reason\nD01,M01,\n", "line 2, reason: sources are kept apart for a reason"),
        ("kept-apart", "source,other,reason\nD01,D09,x\n", "line 2, source: there is no source “D09”"),
        ("revisions", "source,path\nD09,two.txt\n", "revisions.csv, line 2, source: there is no source “D09”"),
        ("revisions", "source,path\nD01,no.txt\n", "revisions.csv, line 2, path: there is no file “no.txt”"),
        ("study", "name: x\ncodebook: no.yaml\n", "study.yaml, line 2, codebook: there is no file no.yaml"),
        ("study", "name: x\n", "name the codebook file"),
        ("study", "codebook: book.yaml\nmethod: x\n", "line 2, method: the key is not known"),
        ("study", "codebook: book.yaml\nplan:\n  - {document: many}\n", "“many” is not a number of sources"),
        ("study", "codebook: book.yaml\nplan: 3\n", "line 2, plan: this must be a list"),
        ("study", "codebook: book.yaml\nselection: by chance\n", "line 2, selection: this must be names and values"),
        ("study", "codebook: book.yaml\nmethods:\n  - {id: a, letter: A}\n  - {id: b, letter: A}\n", "letter of its own"),
        ("study", "codebook: book.yaml\nsite_fields:\n  - {id: x, kind: odd}\n", "“odd” is not a kind"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_line_and_field(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    with pytest.raises(FaultyFileError) as caught:
        read_study_folder(make(tmp_path, **{file: text}))
    assert message in str(caught.value)


def test_evidence_links_a_claim_to_codings_of_its_own_site_only(tmp_path: Path) -> None:
    claims = "id,site,theme,summary\nK1,S02,a,It was so.\n"
    with pytest.raises(FaultyFileError, match="“C1” is of site S01, the claim of another"):
        read_study_folder(make(tmp_path, claims=claims))


def test_a_folder_without_the_three_files_is_no_study_folder(tmp_path: Path) -> None:
    with pytest.raises(NoStudyFolderError, match=r"study.yaml, sites.csv, sources.csv not found"):
        read_study_folder(tmp_path)


def test_the_recorded_analysis_may_be_left_out(tmp_path: Path) -> None:
    make(tmp_path)
    needed = {"sites.csv", "sources.csv"}
    for path in tmp_path.glob("*.csv"):
        if path.name not in needed:
            path.unlink()
    study = read_study_folder(tmp_path)
    assert study.claims == ()
    assert study.reviewing == Reviewing()
