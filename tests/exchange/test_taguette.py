"""Taguette and LibreQDA projects come in with every highlight where it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import builders
import pytest
from exchange.foreign_builders import Highlight, Paper, TaguetteFile
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.errors import BadInputError
from framework_coder.exchange import taguette
from framework_coder.exchange.taguette import SeveralProjectsError, UnknownProjectError
from framework_coder.exchange.taguette_text import read_document, text_of
from framework_coder.model.sources import BlockKind
from framework_coder.project import Project

FLAT = "Set-upThe clinic 👩‍⚕️ opened in 2004.Room & space were naïve.Who pays? 支払い"
HTML = (
    "<h1>Set-up</h1><p>The <b>clinic</b> 👩‍⚕️ opened in\n2004.</p>"
    "<ul><li>Room &amp; space were naïve.</li></ul><p>Who pays? 支払い</p>"
)
PAPER = Paper(
    HTML,
    FLAT.replace("opened in 2004", "opened in\n2004"),
    [
        Highlight("clinic 👩‍⚕️ opened", ["setting"]),
        Highlight("Room & space", ["setting.room", "cost"], coder="bo", on="2024-04-01 08:00:00"),
        Highlight("支払い", ["cost"]),
        Highlight("naïve"),
    ],
)
TAGS = {"setting": "Where it is", "setting.room": "", "cost": "Money", "Dr. Shah": ""}


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    return TaguetteFile([PAPER], TAGS).write(tmp_path / "study.sqlite3")


@pytest.fixture
def an_empty_project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "study.fwc", who="HW")


def test_every_highlight_is_a_coding_on_its_own_words(a_file: Path) -> None:
    bundle = taguette.read(a_file, {})
    text = bundle.sources[0].load().text
    assert text == "Set-up\nThe clinic 👩‍⚕️ opened in 2004.\nRoom & space were naïve.\nWho pays? 支払い\n"
    assert [(c.theme, c.quote, c.coder, c.made_on) for c in bundle.codings] == [
        ("setting", "clinic 👩‍⚕️ opened", "ada", "2024-03-05"),
        ("setting.room", "Room & space", "bo", "2024-04-01"),
        ("cost", "Room & space", "bo", "2024-04-01"),
        ("cost", "支払い", "ada", "2024-03-05"),
    ]
    assert all(text[c.start : c.end] == c.quote for c in bundle.codings)
    assert [(loss.kind, loss.count) for loss in bundle.losses] == [("highlights", 1)]


def test_paragraphs_headings_and_list_items_are_blocks(a_file: Path) -> None:
    source = taguette.read(a_file, {}).sources[0].load()
    kinds = [(block.kind, source.text[block.start : block.end][:6]) for block in source.blocks]
    assert kinds == [
        (BlockKind.HEADING, "Set-up"),
        (BlockKind.PARAGRAPH, "The cl"),
        (BlockKind.LIST_ITEM, "Room &"),
        (BlockKind.PARAGRAPH, "Who pa"),
    ]
    assert source.blocks[1].locator.headings == ("Set-up",)


def test_a_full_stop_makes_levels_where_the_group_is_a_tag_and_nowhere_else(a_file: Path) -> None:
    book = taguette.read(a_file, {}).codebook
    assert [(t.id, t.label, t.parent) for t in book] == [
        ("setting", "setting", None),
        ("setting.room", "room", "setting"),
        ("cost", "cost", None),
        ("dr_shah", "Dr. Shah", None),
    ]
    assert book["setting"].definition == "Where it is"
    assert "setting_room" in taguette.read(a_file, {"separator": "none"}).codebook


def test_the_parents_that_newer_files_name_make_the_tree(tmp_path: Path) -> None:
    made = TaguetteFile([], {"money": "", "fees": "", "a.b": ""}, parents={"fees": "money"})
    book = taguette.read(made.write(tmp_path / "new.sqlite3"), {}).codebook
    assert [(t.id, t.parent) for t in book] == [("money", None), ("money.fees", "money"), ("a_b", None)]


def test_white_space_before_the_text_is_counted_or_not_as_the_snippets_tell(tmp_path: Path) -> None:
    flat = "\n  \nThe clinic opened."
    paper = Paper("\n  \n<p>The clinic opened.</p>", flat, [Highlight("clinic", ["a"])])
    for lead in (0, 4):
        path = TaguetteFile([paper], {"a": ""}, lead=lead).write(tmp_path / "lead.sqlite3")
        assert [coding.quote for coding in taguette.read(path, {}).codings] == ["clinic"]


def test_scripts_are_counted_left_out_and_reported(tmp_path: Path) -> None:
    html = "<p>Before</p><script>alert('👾')</script><style>p {}</style><p>after it</p>"
    paper = Paper(html, "Beforealert('👾')p {}after it", [Highlight("after", ["a"])])
    bundle = taguette.read(TaguetteFile([paper], {"a": ""}).write(tmp_path / "s.sqlite3"), {})
    source = bundle.sources[0].load()
    assert source.text == "Before\nafter it\n"
    assert [coding.quote for coding in bundle.codings] == ["after"]
    assert [warning.count for warning in source.warnings] == [2]


def test_a_highlight_that_does_not_stand_where_it_says_is_told_with_its_document(a_file: Path) -> None:
    with closing(sqlite3.connect(a_file)) as db:
        db.execute("UPDATE highlights SET start_offset = start_offset + 3 WHERE id = 1")
        db.commit()
    bundle = taguette.read(a_file, {})
    assert len(bundle.codings) == 3
    assert ("highlights", 1, "of “Interview 1” do not stand where Taguette says, and were left out") in [
        (loss.kind, loss.count, loss.sentence) for loss in bundle.losses
    ]


def test_highlights_across_tags_cells_and_line_breaks_are_where_taguette_counts_them(tmp_path: Path) -> None:
    html = (
        "<h1>Set-up &amp; caf\u00e9</h1>\n<p>a <u>very <b>nes</b>ted</u> run 😀</p>\n stray "
        "<table><caption>Cap</caption>"
        "<tbody><tr><td>A1</td><td>B<br>1</td></tr></tbody></table>\n<pre>\n code\n   here</pre>"
        "<blockquote>quo<p>te &#128512; &lt;on&gt;</p> end</blockquote><p></p>"
    )
    flat = "Set-up & café\na very nested run 😀\n stray CapA1B1\n code\n   herequote 😀 <on> end"
    wanted = {
        "ested run 😀\n stray CapA1B": "ested run 😀\nstray\nCap\nA1\nB",
        "1\n code\n   herequo": "1\ncode\n   here\nquo",
        "te 😀 <on> e": "te 😀 <on>\ne",
        "é": "é",
    }
    paper = Paper(html, flat, [Highlight(quote, ["a"]) for quote in wanted] + [Highlight(" ", ["a"])])
    bundle = taguette.read(TaguetteFile([paper], {"a": ""}).write(tmp_path / "t.sqlite3"), {})
    lines = [[line.strip() for line in coding.quote.split("\n") if line.strip()] for coding in bundle.codings]
    assert lines == [[line.strip() for line in quote.split("\n")] for quote in wanted.values()]
    assert [(loss.count, loss.sentence) for loss in bundle.losses] == [
        (1, "hold only white space and were left out")
    ]


def test_one_of_several_projects_is_chosen_by_number_or_name(tmp_path: Path) -> None:
    path = TaguetteFile([PAPER], TAGS).write(
        tmp_path / "two.sqlite3", also=[TaguetteFile([], {"x": ""}, name="Other")]
    )
    with pytest.raises(SeveralProjectsError, match=r"1 \(Integration\), 2 \(Other\)"):
        taguette.read(path, {})
    assert [t.id for t in taguette.read(path, {"project": "Other"}).codebook] == ["x"]
    assert len(taguette.read(path, {"project": "1"}).codings) == 4
    with pytest.raises(UnknownProjectError, match="no project “3”"):
        taguette.read(path, {"project": 3})


def test_an_import_is_one_step_nothing_comes_twice_and_undo_takes_it_back(
    a_file: Path, an_empty_project: Project
) -> None:
    project = an_empty_project
    tried = project.exchange.import_(a_file, is_dry_run=True)
    assert not project.sources.list()
    done = project.exchange.import_(a_file)
    assert dict(done.new) == dict(tried.new)
    assert done.new["coding"] == 4
    again = project.exchange.import_(a_file)
    assert not again.new
    assert project.check() == []
    assert [s.name for s in project.sites.list()] == ["Interview 1"]
    project.history.undo()
    assert not project.codings.list()
    assert not project.sources.list()


def test_documents_can_share_one_site(a_file: Path, an_empty_project: Project) -> None:
    an_empty_project.exchange.import_(a_file, site="Riverside")
    assert [s.name for s in an_empty_project.sites.list()] == ["Riverside"]
    assert len(an_empty_project.codings.list()) == 4


WORDS = st.sampled_from(
    ["a", "word", "é", "漢字", "👩‍⚕️", "🇬🇧", "e\u0301", "\xa0", " ", "\xad", "<", "&", "ñ"]
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=8).map("".join), min_size=1, max_size=5), st.data())
def test_byte_offsets_of_any_text_give_its_code_points(paragraphs: list[str], data: st.DataObject) -> None:
    escaped = [part.replace("&", "&amp;").replace("<", "&lt;") for part in paragraphs]
    document = read_document(Path("x"), "".join(f"<p>{part}</p>" for part in escaped))
    flat = "".join(paragraphs)
    assert document.carried.raw == flat
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    before = len("".join(paragraphs[:number]))
    start, end = before, before + len(paragraphs[number])
    ours = document.carried.text[document.carried.start(start) : document.carried.end(end)]
    assert "\n" not in ours
    assert ours == text_of(ours) or "<" in ours or "&" in ours
    assert document.source_text().text == document.carried.text


def _truncated(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _without_highlights(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE highlights")
        db.commit()


def _with_a_view(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE tags")
        db.execute(
            "CREATE VIEW tags AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
        )
        db.commit()


def _deep(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE documents SET contents = ?", ("<div>" * 50_000,))
        db.commit()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"not a database"), "is not a Taguette project"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 500), "is damaged or not a Taguette"),
        (_truncated, "is damaged or not a Taguette"),
        (_without_highlights, "it has no table highlights"),
        (_with_a_view, "it has no table tags"),
        (_deep, "refused as unsafe"),
        (
            lambda path: path.with_name(f"{path.name}-wal").write_bytes(b"pending"),
            "is open or was not closed",
        ),
    ],
)
def test_a_broken_or_hostile_file_ends_in_a_sentence_and_an_unchanged_project(
    spoil: object, said: str, a_file: Path, an_empty_project: Project
) -> None:
    spoil(a_file)  # type: ignore[operator]
    before = len(an_empty_project.log())
    with pytest.raises(BadInputError, match=said):
        an_empty_project.exchange.import_(a_file, kind="taguette")
    assert len(an_empty_project.log()) == before


def test_a_database_over_the_limit_is_refused(a_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framework_coder.exchange.foreign_sqlite.MOST_BYTES", 100)
    with pytest.raises(BadInputError, match="the limit is 100"):
        taguette.read(a_file, {})


def test_triggers_do_not_run_and_nothing_is_written(a_file: Path) -> None:
    with closing(sqlite3.connect(a_file)) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON tags BEGIN DELETE FROM documents; END")
        db.commit()
    before = a_file.read_bytes()
    assert taguette.recognise(a_file)
    taguette.read(a_file, {})
    assert a_file.read_bytes() == before


def test_a_document_that_is_here_stays_at_its_site_and_themes_of_the_same_id_stay_apart(
    a_file: Path, tmp_path: Path
) -> None:
    project = builders.project(tmp_path, book=builders.codebook(builders.theme("cost", "Costing")))
    builders.read(project, taguette.read(a_file, {}).sources[0].load().text, sites=["S02"])
    done = project.exchange.import_(a_file)
    assert dict(done.new)["coding"] == 4
    assert "site" not in done.new
    assert len(project.codings.list(sites=["S02"])) == 4
    labels = {theme.id: theme.label for theme in project.codebook.show()}
    assert (labels["cost"], labels["cost_2"]) == ("Costing", "cost")
    assert project.check() == []
