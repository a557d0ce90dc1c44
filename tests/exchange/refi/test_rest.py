"""What has no place here is kept, and goes back to other tools as it came."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import builders
import pytest
from exchange.refi.qdpx import (
    ANNA,
    CODE,
    SOURCE,
    case,
    code,
    codes,
    coding,
    element,
    g,
    link,
    note,
    pack,
    project,
    selection,
    source,
    sources,
    text_of,
    users,
)
from lxml import etree
from store.stores import new_database

from framework_coder.exchange.bundling import bundle_project
from framework_coder.exchange.refi.project import write
from framework_coder.exchange.refi.xml import PROJECT, find_violations
from framework_coder.model.codebook import Codebook
from framework_coder.project import Project

TEXT = "Alpha beta gamma."
PICTURE, VIDEO, BARE, PDF, AREA, GRAPH, LINK, SET, NOTE = 210, 211, 212, 213, 310, 800, 701, 602, 500


@pytest.fixture(params=["sqlite", "postgresql"])
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """Return an empty project; what it holds at the end of a test must be whole."""
    place = tmp_path / "study.fwc" if request.param == "sqlite" else new_database()
    with Project.create(place, who=builders.WHO) as opened:
        yield opened
        assert opened.check() == []


def a_file(tmp_path: Path) -> Path:
    """Return a project with one of each kind that has no place here."""
    area = element(
        "PDFSelection", coding(412), guid=g(AREA), page=0, firstX=1, firstY=1, secondX=9, secondY=9
    )
    text = element("Representation", guid=g(214), plainTextPath=f"internal://{text_of(214)}")
    in_film = element("VideoSelection", coding(411), guid=g(311), begin=0, end=5)
    told = element("Vertex", guid=g(801), representedGUID=g(CODE), firstX=1, firstY=2)
    members = ("MemberCode", CODE), ("MemberSource", SOURCE), ("MemberSource", PICTURE), ("MemberNote", NOTE)
    listed = (element(tag, targetGUID=g(number)) for tag, number in members)
    parts = (
        users(ANNA),
        codes(code(CODE, "Space")),
        element("Cases", case(600, "North", of=(SOURCE, PICTURE, PDF))),
        sources(
            source(SOURCE, selection(301, 0, 5, coding(401))),
            element(
                "PictureSource", guid=g(PICTURE), name="map", path="internal://Map.png", currentPath="C:\\x"
            ),
            element("VideoSource", in_film, guid=g(VIDEO), name="film", path="relative:///film.mp4"),
            element("PDFSource", guid=g(BARE), name="scan", path="internal://scan.pdf"),
            element("PDFSource", area, text, guid=g(PDF), name="report", path="internal://r.pdf"),
        ),
        element("Notes", note(NOTE, "Idea", "Words")),
        element("Links", link(LINK, CODE, SOURCE, "leads to")),
        element("Sets", element("Set", *listed, guid=g(SET), name="Early")),
        element("Graphs", element("Graph", told, guid=g(GRAPH), name="Net")),
    )
    texts = {
        text_of(SOURCE): TEXT,
        text_of(214): "Page one.",
        "Map.png": b"\x89PNG map",
        "scan.pdf": b"%PDF- scan",
        "r.pdf": b"%PDF- report",
    }
    return pack(tmp_path / "other.qdpx", project(*parts), texts)


def export(study: Project, place: Path) -> tuple[etree._Element, ZipFile]:
    """Return the tree that is exported, without its namespace, and the container."""
    study.exchange.export(place)
    archive = ZipFile(place)
    root = etree.fromstring(archive.read("project.qde"))
    assert not list(find_violations(root, PROJECT))
    for each in root.iter():
        each.tag = etree.QName(each).localname
    return root, archive


def by_guid(root: etree._Element, number: int) -> etree._Element:
    (found,) = (each for each in root.iter() if each.get("guid") == g(number))
    return found


def has(root: etree._Element, number: int) -> bool:
    return any(each.get("guid") == g(number) for each in root.iter())


def test_what_has_no_place_here_goes_back_as_it_came(study: Project, tmp_path: Path) -> None:
    done = study.exchange.import_(a_file(tmp_path))
    assert done.new["part kept for export"] == 7
    root, archive = export(study, tmp_path / "back.qdpx")
    picture, film, graph = by_guid(root, PICTURE), by_guid(root, VIDEO), by_guid(root, GRAPH)
    assert picture.get("path") == f"internal://{g(PICTURE)}.png"
    assert picture.get("currentPath") is None
    assert archive.read(f"sources/{g(PICTURE)}.png") == b"\x89PNG map"
    assert archive.read(f"sources/{g(BARE)}.pdf") == b"%PDF- scan"
    assert film.find("VideoSelection/Coding/CodeRef").get("targetGUID") == g(CODE)
    assert graph[0].get("representedGUID") == g(CODE)
    area, link_ = by_guid(root, AREA), by_guid(root, LINK)
    assert area.getparent().get("guid") == g(PDF)
    assert (link_.get("name"), link_.tag) == ("leads to", "Link")


def test_cases_and_sets_hold_again_what_they_held(study: Project, tmp_path: Path) -> None:
    study.exchange.import_(a_file(tmp_path))
    root, _ = export(study, tmp_path / "back.qdpx")
    site, group = by_guid(root, 600), by_guid(root, SET)
    assert {ref.get("targetGUID") for ref in site.iterfind("SourceRef")} == {g(SOURCE), g(PICTURE), g(PDF)}
    members = [(member.tag, member.get("targetGUID")) for member in group if member.get("targetGUID")]
    assert sorted(members) == sorted(
        [
            ("MemberCode", g(CODE)),
            ("MemberSource", g(SOURCE)),
            ("MemberSource", g(PICTURE)),
            ("MemberNote", g(NOTE)),
        ]
    )


def test_a_memo_that_tells_of_a_link_is_a_note_only_once_it_says_more(study: Project, tmp_path: Path) -> None:
    study.exchange.import_(a_file(tmp_path))
    root, _ = export(study, tmp_path / "one.qdpx")
    names = [note.get("name") for note in root.iter("Note")]
    assert "[Link] leads to" not in names
    memo = next(memo for memo in study.memos.list() if memo.kind == "link")
    study.memos.edit(memo.id, text=f"{memo.text} And more.")
    root, _ = export(study, tmp_path / "two.qdpx")
    assert "[Link] leads to" in [note.get("name") for note in root.iter("Note")]
    assert has(root, LINK)


def test_importing_it_again_keeps_nothing_twice_and_undo_lets_go_of_it(
    study: Project, tmp_path: Path
) -> None:
    given = a_file(tmp_path)
    study.exchange.import_(given)
    again = study.exchange.import_(given)
    assert (again.new, again.known["part kept for export"]) == ({}, 7)
    study.history.undo()
    root, archive = export(study, tmp_path / "empty.qdpx")
    assert not has(root, PICTURE)
    assert not has(root, GRAPH)
    assert not any(name.endswith((".png", ".pdf")) for name in archive.namelist())


def test_what_names_a_thing_that_is_gone_stays_behind_and_is_told(study: Project, tmp_path: Path) -> None:
    study.exchange.import_(a_file(tmp_path))
    bundle = bundle_project(study._session.engine)
    bundle.codebook, bundle.codings = Codebook(()), []
    bundle.memos = [replace(memo, targets=()) for memo in bundle.memos if memo.kind != "set"]
    back = tmp_path / "back.qdpx"
    write(bundle, back, {})
    told = {(loss.kind, loss.count) for loss in bundle.losses}
    assert {("links", 1), ("codings", 2)} <= told
    root = etree.fromstring(ZipFile(back).read("project.qde"))
    assert not list(find_violations(root, PROJECT))


def test_a_part_that_breaks_the_schema_is_not_kept(study: Project, tmp_path: Path) -> None:
    graph = element("Graphs", element("Graph", element("Unheard"), guid=g(GRAPH), name="Net"))
    parts = (users(ANNA), codes(), sources(source(SOURCE)), graph)
    done = study.exchange.import_(pack(tmp_path / "bad.qdpx", project(*parts), {text_of(SOURCE): TEXT}))
    assert "part kept for export" not in done.new
    assert ("graphs", 1) in {(loss.kind, loss.count) for loss in done.losses if "not kept" in loss.sentence}
    root, _ = export(study, tmp_path / "back.qdpx")
    assert not has(root, GRAPH)
