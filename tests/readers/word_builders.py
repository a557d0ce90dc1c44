"""Word files made in code: a body of WordprocessingML, with other parts and links where a test needs them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from framework_coder.model.sources import BlockKind, SourceText
from framework_coder.readers import read

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

Link = tuple[str, str, str]
"""The id, the kind (last word of its type) and the target of a link."""


def root(name: str, content: str) -> str:
    """Return an XML part: a root element with every namespace declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{name} {_DECLARED}>{content}</{name}>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs; a run that is not XML is plain text."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{''.join(map(run, runs))}</w:p>"


def run(text: str) -> str:
    """Return text as a run; XML stays as it is."""
    return text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: Sequence[str]) -> str:
    """Return a table; a cell that is not XML is one paragraph."""
    cells = "".join(
        "<w:tr>"
        + "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{_cell(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def _cell(text: str) -> str:
    """Return the content of a cell."""
    return text if text.startswith("<w:") else p(text)


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, links: Sequence[Link] = ()) -> bytes:
    """Return a Word file with this body, these other parts in `word/`, and these links of the document."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for name, kind, target in links
    )
    main = f'<Relationship Id="main" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELS}">{main}</Relationships>',
        "word/document.xml": root("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{relations}</Relationships>',
    }
    return zipped({**content, **{_place(name): part for name, part in (parts or {}).items()}})


def _place(name: str) -> str:
    """Return the name of a part in the container."""
    return name if "/" in name else f"word/{name}"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these parts."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return held.getvalue()


def read_content(folder: Path, content: bytes | str, name: str = "source.docx") -> SourceText:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path)


def texts(source: SourceText, kind: BlockKind | None = None) -> list[str]:
    """Return the texts of the blocks, of one kind if told."""
    return [source.text[b.start : b.end] for b in source.blocks if kind is None or b.kind is kind]


def codes(source: SourceText) -> dict[str, int]:
    """Return the warnings' codes and counts."""
    return {warning.code: warning.count for warning in source.warnings}
