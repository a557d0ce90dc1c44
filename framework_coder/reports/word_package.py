"""The parts of a Word file beside its body, and the ZIP: the same bytes for the same report."""

from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from framework_coder.reports.word_styles import write_styles
from framework_coder.reports.word_writer import WordWriter, picture_id

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_SPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'

_PARTS = ("styles", "settings", "footnotes", "header", "footer")
"""What the body refers to; each is a part of the same name."""


def save_word(writer: WordWriter, path: Path, *, title: str, subject: str, made_on: datetime) -> None:
    """Write the file. Its properties name the study and the time, and nobody."""
    body = writer.finish()
    head = writer.paragraph(writer.run(title), style="Header")
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relate(
            ("rIdDocument", f"{_R}/officeDocument", "word/document.xml"),
            ("rIdCore", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rIdApp", f"{_R}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(writer, title, subject, made_on),
        "docProps/app.xml": _APP,
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relate(
            *((f"rId{part.title()}", f"{_R}/{part}", f"{part}.xml") for part in _PARTS),
            *(
                (picture_id(number), f"{_R}/image", f"media/picture{number}.png")
                for number in range(1, len(writer.pictures) + 1)
            ),
        ),
        "word/styles.xml": write_styles(),
        "word/settings.xml": _SETTINGS,
        "word/footnotes.xml": _footnotes(writer),
        "word/header.xml": f"<w:hdr {_SPACES}>{head}</w:hdr>",
        "word/footer.xml": f"<w:ftr {_SPACES}>{_page_numbers(writer)}</w:ftr>",
    }
    moment = (max(made_on.year, 1980), *made_on.timetuple()[1:6])
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
        for number, picture in enumerate(writer.pictures, start=1):
            package.writestr(ZipInfo(f"word/media/picture{number}.png", moment), picture)


def _content_types() -> str:
    main = f"{_OFFICE}.wordprocessingml"
    named = {"document": "document.main", **{part: part for part in _PARTS}}
    overrides = [(f"/word/{part}.xml", f"{main}.{kind}+xml") for part, kind in named.items()]
    overrides += [
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", f"{_OFFICE}.extended-properties+xml"),
    ]
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relate(*relations: tuple[str, str, str]) -> str:
    rows = (f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _core(writer: WordWriter, title: str, subject: str, made_on: datetime) -> str:
    when = made_on.strftime("%Y-%m-%dT%H:%M:%SZ")
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{writer.escape(title)}</dc:title><dc:subject>{writer.escape(subject)}</dc:subject>"
        "<dc:creator>Framework Coder</dc:creator><dc:language>en-GB</dc:language>"
        f"{stamps}</cp:coreProperties>"
    )


_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Framework Coder</Application></Properties>"
)

_SETTINGS = (
    f'<w:settings {_SPACES}><w:defaultTabStop w:val="567"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/></w:settings>'
)


def _footnotes(writer: WordWriter) -> str:
    lines = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0">'
        "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    notes = (
        f'<w:footnote w:id="{number}">'
        f"{writer.paragraph(mark, '<w:r><w:tab/></w:r>', content, style='FootnoteText')}</w:footnote>"
        for number, content in enumerate(writer.footnotes, start=1)
    )
    return f"<w:footnotes {_SPACES}>{lines}{''.join(notes)}</w:footnotes>"


def _page_numbers(writer: WordWriter) -> str:
    def field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} ">{writer.run("1")}</w:fldSimple>'

    return writer.paragraph(
        writer.run("Page "), field("PAGE"), writer.run(" of "), field("NUMPAGES"), style="Footer"
    )
