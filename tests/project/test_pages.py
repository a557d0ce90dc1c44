"""Pages of a project's PDFs: pictures within bounds, words that keep to the stored text, clear refusals."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from readers.pdf_builders import PROSE, draw, lines, wrap
from sqlalchemy import text as sql

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.project import Project

SIZE = (1190, 1684)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Make a project with a PDF of two pages, a PDF as large as a poster, and a plain text."""
    (tmp_path / "report.pdf").write_bytes(draw(lines(wrap(PROSE)), lines(["A second page."])))
    (tmp_path / "poster.pdf").write_bytes(draw(lines(["A poster."]), size=(7000, 9000)))
    (tmp_path / "note.txt").write_text("A note.", encoding="utf-8")
    with Project.create(tmp_path / "study.fwc", who="HW") as made:
        made.sites.add("S01", "Northfield")
        made.sources.ingest([tmp_path / name for name in ("report.pdf", "poster.pdf", "note.txt")],
                            site="S01", method="document", workers=0)  # fmt: skip
        yield made


def ref_of(project: Project, name: str) -> str:
    return next(source.ref for source in project.sources.list() if name in source.path)


def test_a_page_is_drawn_at_the_scale_asked_for(project: Project) -> None:
    picture = Image.open(io.BytesIO(project.sources.page_image(ref_of(project, "report"), 2, 2.0)))
    assert (picture.format, abs(picture.size[0] - SIZE[0]) < 3, abs(picture.size[1] - SIZE[1]) < 3) == (
        "PNG", True, True,
    )  # fmt: skip


def test_a_poster_is_drawn_smaller_than_asked_for(project: Project) -> None:
    picture = Image.open(io.BytesIO(project.sources.page_image(ref_of(project, "poster"), 1, 4.0)))
    assert 15_000_000 < picture.size[0] * picture.size[1] <= 16_100_000


def test_words_are_those_of_the_text_and_asked_for_once(project: Project) -> None:
    ref = ref_of(project, "report")
    found, text = project.sources.page_words(ref), project.sources.text(ref).text
    words = [text[word.start : word.end] for page in found.pages for line in page.lines for word in line]
    assert words == text.split()
    assert project.sources.page_words(ref) is found


@pytest.mark.parametrize(
    ("name", "number", "scale", "told"),
    [
        ("report", 3, 1.0, "There is no page 3: the file has pages 1 to 2."),
        ("report", 0, 1.0, "There is no page 0: the file has pages 1 to 2."),
        ("report", -1, 1.0, "There is no page -1: the file has pages 1 to 2."),
        ("report", 1, 0.0, "A scale of 0 is out of range: give 0.1 to 6."),
        ("report", 1, float("nan"), "A scale of nan is out of range: give 0.1 to 6."),
        ("note", 1, 1.0, "is not a PDF, so it has no pages to show; read its text."),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    project: Project, name: str, number: int, scale: float, told: str
) -> None:
    with pytest.raises(BadInputError, match=told.replace(".", r"\.")):
        project.sources.page_image(ref_of(project, name), number, scale)


def test_what_is_no_pdf_has_no_words_on_pages(project: Project) -> None:
    with pytest.raises(BadInputError, match="is not a PDF"):
        project.sources.page_words(ref_of(project, "note"))
    with pytest.raises(NotFoundError):
        project.sources.page_words("Z99")


def test_a_damaged_original_is_refused_in_a_sentence(project: Project) -> None:
    ref = ref_of(project, "report")
    with project._session.engine.begin() as connection:
        connection.execute(sql("UPDATE files SET content = :junk"), {"junk": b"%PDF-1.7 junk"})
    with pytest.raises(BadInputError, match="damaged"):
        project.sources.page_image(ref, 1)
    with pytest.raises(BadInputError, match="damaged"):
        project.sources.page_words(ref)
