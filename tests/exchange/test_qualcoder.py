"""QualCoder projects come in, whichever way their offsets count."""

from pathlib import Path

import builders
import pytest
from exchange.foreign_builders import NOW, QualCoderFolder
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.errors import BadInputError
from framework_coder.exchange import qualcoder
from framework_coder.exchange.qualcoder_text import CodedFile
from framework_coder.model.design import FieldKind
from framework_coder.project import Project

TEXT = "\ufeffInt: who pays?\r\n👩‍⚕️ Ann: the practice pays, e\u0301videmment.\r\nBob: 支払い is a worry 🇬🇧.\n"


def utf16(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def by_hand(text: str, quote: str) -> tuple[int, int]:
    """Return offsets as a text field gives them: UTF-16, CR LF once."""
    shown, sought = text.replace("\r\n", "\n"), quote.replace("\r\n", "\n")
    start = utf16(shown[: shown.index(sought)])
    return start, start + utf16(sought)


def by_code(text: str, quote: str) -> tuple[int, int]:
    """Return offsets in code points."""
    return text.index(quote), text.index(quote) + len(quote)


@pytest.fixture
def a_study(tmp_path: Path) -> QualCoderFolder:
    made = QualCoderFolder(tmp_path / "Integration.qda")
    made.add("code_cat", catid=1, name="Money", memo="All of it", owner="kim", date=NOW)
    made.add("code_cat", catid=2, name="Fees", memo="", supercatid=1)
    made.add("code_name", cid=1, name="Who pays", memo="The payer", catid=2, owner="kim", color="#FF8800")
    made.add("code_name", cid=2, name="Worry", memo="", color="red")
    made.add("code_name", cid=3, name="Deep worry", memo="", supercid=2)
    made.add("source", id=1, name="talk.txt", fulltext=TEXT, memo="Recorded in May", owner="lee", date=NOW)
    made.add("source", id=2, name="photo.jpg", mediapath="/images/photo.jpg", memo="")
    made.code(1, 1, *by_hand(TEXT, "practice pays"), "practice pays", memo="Check", important=1)
    made.code(1, 2, *by_code(TEXT, "worry 🇬🇧"), "worry 🇬🇧", owner="lee")
    made.code(1, 3, *by_hand(TEXT, "e\u0301videmment.\r\nBob"), "e\u0301videmment.\u2029Bob")
    return made


@pytest.fixture
def a_project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "study.fwc", who="HW")


def test_each_passage_is_found_whichever_way_it_was_counted(a_study: QualCoderFolder) -> None:
    bundle = qualcoder.read(a_study.folder, {})
    text = bundle.sources[0].load().text
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert [(c.theme, c.quote, c.coder, c.made_on, c.memo) for c in bundle.codings] == [
        ("money.fees.who_pays", "practice pays", "kim", "2024-05-06", "Check\nMarked as important."),
        ("worry", "worry 🇬🇧", "lee", "2024-05-06", ""),
        ("worry.deep_worry", "évidemment.\nBob", "kim", "2024-05-06", ""),
    ]
    assert all(text[c.start : c.end] == c.quote for c in bundle.codings)
    assert [(loss.kind, loss.count) for loss in bundle.losses] == [("sources", 1)]


def test_categories_codes_and_codes_below_codes_are_one_tree(a_study: QualCoderFolder) -> None:
    book = qualcoder.read(a_study.folder, {}).codebook
    assert [(t.id, t.label, t.definition) for t in book] == [
        ("money", "Money", "All of it"),
        ("money.fees", "Fees", ""),
        ("money.fees.who_pays", "Who pays", "The payer"),
        ("worry", "Worry", ""),
        ("worry.deep_worry", "Deep worry", ""),
    ]
    assert [t.colour for t in book] == ["", "", "#FF8800", "", ""]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 10, 15, 16, 17])
def test_a_database_of_any_version_gives_its_codes_codings_cases_and_memos(
    tmp_path: Path, a_project: Project, version: int
) -> None:
    made = QualCoderFolder(tmp_path / "Old.qda", version=version)
    made.add("code_cat", catid=1, name="Money")
    made.add("code_name", cid=1, name="Who pays", memo="The payer", catid=1)
    made.add("code_name", cid=2, name="Worry")
    made.add("source", id=1, name="talk.txt", fulltext=TEXT, memo="Recorded in May", owner="lee", date=NOW)
    for cid, words in ((1, "practice pays"), (2, "worry 🇬🇧"), (2, "Int")):
        made.code(1, cid, *by_hand(TEXT, words), words)
    made.add("cases", caseid=1, name="Ann")
    start, end = by_hand(TEXT, "the practice pays")
    made.add("case_text", caseid=1, fid=1, pos0=start, pos1=end)
    made.add("attribute_type", name="Age", caseOrFile="case", valuetype="numeric")
    made.add("attribute", name="Age", attr_type="case", value="44", id=1)
    made.add("annotation", anid=1, fid=1, pos0=start, pos1=end, memo="Which one?", owner="kim", date=NOW)
    made.add("journal", jid=1, name="Day one", jentry="Long.", owner="lee", date=NOW)
    done = a_project.exchange.import_(made.folder)
    assert (done.new["coding"], done.new["memo"], done.losses) == (3, 3, ())
    assert {(c.theme, c.quote) for c in a_project.codings.list()} == {
        ("money.who_pays", "practice pays"), ("worry", "worry 🇬🇧"), ("worry", "Int"),
    }  # fmt: skip
    names = {site.name: dict(site.attributes) for site in a_project.sites.list()}
    assert names == {"Ann": {"Age": "44"}, "Unassigned": {}}
    assert not a_project.exchange.import_(made.folder).new
    assert a_project.check() == []


def test_the_folder_and_the_database_in_it_are_the_same_project(a_study: QualCoderFolder) -> None:
    assert qualcoder.recognise(a_study.folder)
    assert qualcoder.recognise(a_study.database)
    assert (
        qualcoder.read(a_study.database, {}).name == qualcoder.read(a_study.folder, {}).name == "Integration"
    )


def test_cases_are_sites_with_their_attributes_and_passages_belong_to_theirs(
    a_study: QualCoderFolder,
) -> None:
    for number, name, part in (
        (1, "Ann", "👩‍⚕️ Ann: the practice pays, "),
        (2, "Bob", "Bob: 支払い is a worry 🇬🇧.\n"),
    ):
        start, end = by_hand(TEXT, part)
        a_study.add("cases", caseid=number, name=name, memo=f"About {name}", owner="kim", date=NOW)
        a_study.add("case_text", caseid=number, fid=1, pos0=start, pos1=end)
    a_study.add("attribute_type", name="Age", caseOrFile="case", valuetype="numeric")
    a_study.add("attribute", name="Age", attr_type="case", value="44", id=1)
    a_study.add("attribute", name="Age", attr_type="case", value="", id=2)
    a_study.add("attribute", name="Place", attr_type="file", value="Leeds", id=1)
    bundle = qualcoder.read(a_study.folder, {"site": "Interviewer"})
    assert [(s.name, dict(s.attributes)) for s in bundle.sites] == [("Ann", {"Age": "44"}), ("Bob", {})]
    assert [(c.site, c.quote) for c in bundle.codings] == [
        ("1", "practice pays"),
        ("2", "worry 🇬🇧"),
        ("2", "évidemment.\nBob"),
    ]
    assert bundle.design is not None
    assert [(f.id, f.kind) for f in bundle.design.site_fields] == [("Age", FieldKind.NUMBER)]
    assert {(m.title, m.text) for m in bundle.memos} >= {
        ("Case Ann", "About Ann"),
        ("Attributes of talk.txt", "Place: Leeds"),
    }


def test_a_passage_in_several_cases_is_coded_for_each_and_one_in_none_at_a_site_of_its_own(
    a_study: QualCoderFolder,
) -> None:
    start, end = by_hand(TEXT, "the practice pays")
    for number in (1, 2):
        a_study.add("cases", caseid=number, name=f"Case {number}")
        a_study.add("case_text", caseid=number, fid=1, pos0=start, pos1=end)
    bundle = qualcoder.read(a_study.folder, {})
    assert [c.site for c in bundle.codings] == ["1", "2", "no case", "no case"]
    assert bundle.sites[-1].name == "Unassigned"
    assert len(bundle.choices) == 2


def test_journals_annotations_and_memos_are_memos(a_study: QualCoderFolder) -> None:
    a_study.add("journal", jid=1, name="Day one", jentry="Long.", owner="lee", date=NOW)
    start, end = by_hand(TEXT, "practice")
    a_study.add("annotation", anid=1, fid=1, pos0=start, pos1=end, memo="Which one?", owner="kim", date=NOW)
    memos = {(m.title, m.text, m.author) for m in qualcoder.read(a_study.folder, {}).memos}
    assert memos == {
        ("talk.txt", "Recorded in May", "lee"),
        ("Annotation", "On “practice”:\nWhich one?", "kim"),
        ("Day one", "Long.", "lee"),
    }


def test_what_has_no_place_here_is_counted(a_study: QualCoderFolder) -> None:
    a_study.add("code_image", imid=1, id=2, x1=0, y1=0, width=5, height=5, cid=1)
    a_study.add("code_av", avid=1, id=2, pos0=0, pos1=5, cid=1)
    a_study.add("graph", grid=1, name="Map")
    a_study.code(2, 1, 0, 3, "jpg")
    a_study.code(1, 99, 0, 3, "Int")
    a_study.code(1, 1, 0, 9, "nowhere to be found at all")
    found = {
        (loss.kind, " ".join(loss.sentence.split()[:2]), loss.count)
        for loss in qualcoder.read(a_study.folder, {}).losses
    }
    assert found == {
        ("sources", "have no", 1), ("codings", "of areas", 1), ("codings", "of stretches", 1),
        ("graphs", "stayed behind", 1), ("codings", "stand on", 1), ("codings", "name a", 1),
        ("codings", "of “talk.txt”", 1),
    }  # fmt: skip


def test_a_wrong_offset_is_mended_by_its_quote_where_that_is_there_once(a_study: QualCoderFolder) -> None:
    a_study.code(1, 2, 3, 9, "支払い is")
    assert qualcoder.read(a_study.folder, {}).codings[-1].quote == "支払い is"


def test_the_imported_file_is_kept_as_the_original(a_study: QualCoderFolder) -> None:
    (a_study.folder / "documents").mkdir()
    (a_study.folder / "documents" / "talk.txt").write_bytes(b"as it was")
    source = qualcoder.read(a_study.folder, {}).sources[0]
    assert source.original() == b"as it was"
    assert source.load().sha256 != ""


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "sub/../../secret.txt"])
def test_no_file_outside_the_project_is_taken_as_an_original(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    made = QualCoderFolder(tmp_path / "X.qda")
    (made.folder / "documents").mkdir()
    made.add("source", id=1, name=name, fulltext="mine")
    assert qualcoder.read(made.folder, {}).sources[0].original() == b"mine"


def test_an_import_is_one_step_nothing_comes_twice_and_undo_takes_it_back(
    a_study: QualCoderFolder, a_project: Project
) -> None:
    tried = a_project.exchange.import_(a_study.folder, is_dry_run=True)
    done = a_project.exchange.import_(a_study.folder)
    assert dict(tried.new) == dict(done.new)
    assert (done.new["coding"], done.new["memo"], done.new["source"]) == (3, 1, 1)
    assert not a_project.exchange.import_(a_study.database).new
    assert a_project.check() == []
    a_project.history.undo()
    assert not a_project.codings.list()


PIECES = st.sampled_from(["a", "word ", "é", "e\u0301", "漢", "👩‍⚕️", "🇬🇧", "\r\n", "\n", "\t", "𝒳"])


@given(st.lists(PIECES, min_size=3, max_size=30), st.data())
def test_a_passage_counted_in_any_of_the_ways_is_the_same_passage(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first + 1, len(parts)))
    start, quote = len("".join(parts[:first])), "".join(parts[first:last])
    before = text[:start]
    ways = [
        (len(before), len(quote)),
        (utf16(before), utf16(quote)),
        (utf16(before.replace("\r\n", "\n")), utf16(quote.replace("\r\n", "\n"))),
    ]
    if not quote.strip():
        return
    for begin, length in ways:
        mark = (begin, begin + length, quote)
        file = CodedFile(text, [mark], [])
        span = file.place(mark)
        assert span is not None
        assert "".join(file.carried.text[slice(*span)].split()) == "".join(
            file.carried.text[file.carried.start(start) : file.carried.end(start + len(quote))].split()
        )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "holds no data.qda"),
        (b"not a database", "is not a QualCoder project"),
        (b"SQLite format 3\0" + b"\0" * 200, "is damaged or not a QualCoder"),
    ],
)
def test_a_broken_folder_ends_in_a_sentence_and_an_unchanged_project(
    content: bytes | None, said: str, tmp_path: Path, a_project: Project
) -> None:
    folder = tmp_path / "Broken.qda"
    folder.mkdir()
    if content is not None:
        (folder / "data.qda").write_bytes(content)
    before = len(a_project.log())
    with pytest.raises(BadInputError, match=said):
        a_project.exchange.import_(folder, kind="qualcoder")
    assert len(a_project.log()) == before


def test_a_file_that_is_here_stays_at_its_sites_and_joins_those_of_its_cases(
    a_study: QualCoderFolder, tmp_path: Path
) -> None:
    start, end = by_hand(TEXT, "the practice pays")
    a_study.add("cases", caseid=1, name="Ann")
    a_study.add("case_text", caseid=1, fid=1, pos0=start, pos1=end)
    project = builders.project(tmp_path)
    builders.read(project, qualcoder.read(a_study.folder, {}).sources[0].load().text, sites=["S02"])
    assert not project.exchange.import_(a_study.folder).new.get("source")
    names = {site.id: site.name for site in project.sites.list()}
    assert [names[site] for site in project.sources.list()[0].sites] == ["Site S02", "Ann"]
    assert [names[coding.site] for coding in project.codings.list()] == ["Ann", "Site S02", "Site S02"]
    again = project.exchange.import_(a_study.folder)
    assert not again.new
    assert len(again.losses) == 1
