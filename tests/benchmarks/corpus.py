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

SUBJECTS = (
    "the clinic",
    "a nurse",
    "the partnership",
    "one patient",
    "the steering group",
    "a therapist",
    "the practice manager",
)
VERBS = ("reviewed", "described", "postponed", "welcomed", "questioned", "recorded", "discussed", "refused")
OBJECTS = (
    "the waiting list",
    "a small budget",
    "the room booking",
    "referrals from the surgery",
    "an audit of outcomes",
    "the course of six sessions",
    "patient records",
    "a letter from the trust",
    "training for staff",
    "acupuncture for back pain",
)
ENDINGS = ("in March", "after the meeting", "with some relief", "for the second year", "before the move")
PHRASES = (
    "lack of space",
    "informed consent",
    "cold chain",
    "community trust",
    "staff shortage",
    "referral pathway",
)


def sentence(random_: random.Random) -> str:
    """Return a sentence of eight to thirty words; one in eight holds a marked phrase."""
    columns = (SUBJECTS, VERBS, OBJECTS, ENDINGS)
    text = ", and ".join(" ".join(map(random_.choice, columns)) for _ in range(random_.randint(1, 3)))
    if random_.random() < 1 / 8:
        text += f", because of {random_.choice(PHRASES)}"
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
            document.add_paragraph(paragraph(random_, 5))
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
            f"<p>{paragraph(random_, 4)} <b>{sentence(random_)}</b> &amp; caf&eacute;</p>" for _ in range(5)
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
    speakers = (("Interviewer", 2), ("Participant", 5))
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
