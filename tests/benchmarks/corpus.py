"""An invented corpus of the size of a large study: 1,000 documents of twenty sites, 17 million characters.

The same scale gives the same bytes on every machine. Run as a script: `corpus.py FOLDER [SCALE]`.
"""

import html
import random
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

SITES = 20
NUMBERS = {"docx": 200, "pdf": 100, "html": 200, "txt": 500}

WORDS = (  # noqa: SIM905 - a word a line would be longer than the rest of the file
    "about above across after again all along also always among and another any around as at away "
    "back because been before began behind below between both brought but by call came can clear "
    "close come could day did does done down each early end enough even every far few find first for "
    "found four from full gave get give good group had half hand has have held help here high hour "
    "house how if in into it just keep kind known large last late left less letter light like line "
    "little long look made make many may mean might more morning most moved much must name near need "
    "never new next night no not now number of off often old on once one only open or order other our "
    "out over own page part past people place plan point put quite rather read record report room "
    "round said same second seem seen set several she short should side since small so some soon "
    "stand start still such table taken than that the their them then there these they thing think "
    "this those three through time to today together told too took turn two under until up upon use "
    "very visit walk wall want was water way week well went were what when where which while who why "
    "will with without word work would write year yet you young "
).split()
PHRASES = (
    "lack of space",
    "informed consent",
    "cold chain",
    "community trust",
    "staff shortage",
    "referral pathway",
)


def sentence(random_: random.Random) -> str:
    """Return a sentence of eight to twenty-four common words; one in eight holds a marked phrase."""
    words = random_.choices(WORDS, k=random_.randint(8, 24))
    if random_.random() < 1 / 8:
        words[random_.randrange(len(words))] = random_.choice(PHRASES)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def paragraph(random_: random.Random, sentences: int = 6) -> str:
    """Return so many sentences."""
    return " ".join(sentence(random_) for _ in range(sentences))


def write_docx(path: Path, random_: random.Random) -> None:
    """Write a report of ten sections with tables, about ten pages."""
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime(2024, 5, 1)  # noqa: DTZ001
    document.add_heading(f"Report {path.stem}", 0)
    for section in range(10):
        document.add_heading(f"Section {section + 1}", 1)
        for _ in range(5):
            document.add_paragraph(paragraph(random_, 7))
        if section % 4 == 0:
            table = document.add_table(rows=4, cols=3)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = sentence(random_)
    document.save(str(path))


def write_pdf(path: Path, random_: random.Random) -> None:
    """Write minutes of ten pages."""
    from reportlab import rl_config
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    rl_config.invariant = 1
    styles = getSampleStyleSheet()
    flow = []
    for page in range(10):
        flow.append(Paragraph(f"Minutes {path.stem}, page {page + 1}", styles["Heading2"]))
        for _ in range(5):
            flow += [Paragraph(html.escape(paragraph(random_, 6)), styles["BodyText"]), Spacer(1, 6)]
        flow.append(PageBreak())
    SimpleDocTemplate(str(path)).build(flow)


def write_html(path: Path, random_: random.Random) -> None:
    """Write a page with navigation, four parts, a table and a footer."""
    parts = "".join(
        f"<h2>Part {part}</h2>"
        + "".join(
            f"<p>{paragraph(random_, 6)} <b>{sentence(random_)}</b> &amp; caf&eacute;</p>" for _ in range(5)
        )
        for part in range(4)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{sentence(random_)}</td>" for _ in range(3)) + "</tr>" for _ in range(5)
    )
    head = f"<title>{path.stem}</title><meta charset=utf-8><script>var x;</script>"
    frame = "<nav><ul><li><a href=/>Home</a></li></ul></nav>", "<footer>Footer</footer>"
    body = f"{frame[0]}<main><h1>{path.stem}</h1>{parts}<table>{rows}</table></main>{frame[1]}"
    page = f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>"
    path.write_text(page, encoding="utf-8")


def write_txt(path: Path, random_: random.Random) -> None:
    """Write an interview of speaker turns; some in Windows-1252 with carriage returns, some with emoji."""
    speakers = (("Interviewer", 2), ("Participant", 7))
    turns = "".join(
        f"{name}: {paragraph(random_, length)}\n\n" for _ in range(12) for name, length in speakers
    )
    if random_.random() < 0.1:
        path.write_bytes(("Café visit.\n\n" + turns).replace("\n", "\r\n").encode("cp1252"))
    else:
        path.write_text("Note \U0001f600 opening.\n\n" + turns, encoding="utf-8")


WRITERS: dict[str, Callable[[Path, random.Random], None]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": write_html,
    "txt": write_txt,
}


def write_corpus(folder: Path, scale: float = 1.0) -> list[Path]:
    """Write the documents that are not there yet, a folder a site, and return all their paths."""
    return list(_write(folder, scale))


def _write(folder: Path, scale: float) -> Iterator[Path]:
    for kind, number in NUMBERS.items():
        for place in range(max(1, int(number * scale))):
            path = folder / f"S{place % SITES + 1:02}" / f"{kind}_{place:03}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                WRITERS[kind](path, random.Random(f"{kind}-{place}"))  # noqa: S311 - not for secrets
            yield path


if __name__ == "__main__":
    made = write_corpus(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
    print(len(made), "documents,", sum(path.stat().st_size for path in made) // 1_000_000, "MB")
