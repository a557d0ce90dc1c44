"""The styles of the Word report: headings, claims, tables, and a badge for every state."""

from framework_coder.model.legend import LEGEND, State

_SANS, _SERIF = "Arial", "Georgia"
_ACCENT, _INK, _SOFT, _LINE = "1B5E63", "1D1C1A", "5F5A52", "D8D3CB"


def badge_style(state: State) -> str:
    """Return the id of the character style that shows a state."""
    return f"State{state.title().replace('_', '')}"


def write_styles() -> str:
    """Return `styles.xml`."""
    styles = [*_paragraphs(), *_characters(), *(_badge(state) for state in LEGEND), _TABLE]
    return f'<w:styles xmlns:w="{_NAMESPACE}">{_DEFAULTS}{"".join(styles)}</w:styles>'


_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


def _space(before: float = 0, after: float = 0, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{lines}/>'


_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(_SANS)}{_colour(_INK)}{_size(10)}"
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr>{_space(0, 6, 264)}</w:pPr></w:pPrDefault></w:docDefaults>"
)


def _style(
    kind: str, name: str, title: str, paragraph: str = "", run: str = "", based: str = "", then: str = ""
) -> str:
    default = ' w:default="1"' if name in {"Normal", "DefaultParagraphFont"} else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val="{title}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{then}"/>' if then else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _paragraphs() -> list[str]:
    def style(name: str, title: str, paragraph: str = "", run: str = "", then: str = "") -> str:
        based = "" if name == "Normal" else "Normal"
        return _style("paragraph", name, title, paragraph, run, based, then)

    def heading(level: int, points: float, before: float, after: float, breaks: str = "") -> str:
        return style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:keepLines/>{breaks}{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
            f"<w:b/>{_colour(_ACCENT if level < 3 else _INK)}{_size(points)}",  # noqa: PLR2004 - the lower ones
            "Normal",
        )

    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{_LINE}"/></w:pBdr>'
    hang = '<w:ind w:left="397" w:hanging="397"/>'
    return [
        style("Normal", "Normal"),
        style("Title", "Title", _space(120, 6), f"<w:b/>{_colour(_ACCENT)}{_size(28)}"),
        style("Subtitle", "Subtitle", _space(0, 24), f"{_colour(_SOFT)}{_size(14)}"),
        heading(1, 20, 0, 10, "<w:pageBreakBefore/>"),
        heading(2, 15, 14, 6),
        heading(3, 11.5, 12, 3),
        heading(4, 10.5, 8, 3),
        style("Claim", "Claim", f"<w:keepLines/>{_space(5, 2)}{hang}"),
        style(
            "ClaimNote", "Claim note", f'{_space(0, 2)}<w:ind w:left="397"/>', f"{_colour(_SOFT)}{_size(9)}"
        ),
        style("Intro", "Introduction", f"<w:keepNext/>{_space(0, 6)}", _colour(_SOFT)),
        style("TableHead", "Table head", _space(2, 2), f"<w:b/>{_colour('FFFFFF')}{_size(9)}"),
        style("TableTurned", "Table head, turned", _space(0, 0), f"<w:b/>{_colour('FFFFFF')}{_size(8)}"),
        style("TableText", "Table text", _space(1, 1, 250), _size(8.5)),
        style("TableQuote", "Table quote", _space(1, 1, 250), f"{_font(_SERIF)}{_size(8.5)}"),
        style("TableMark", "Table mark", f'{_space(1, 1)}<w:jc w:val="center"/>', _size(8.5)),
        style("AfterTable", "After table", _space(0, 0), _size(6)),
        style("FootnoteText", "footnote text", f"{_space(0, 1)}{hang}", _size(8.5)),
        style("Header", "header", rule, f"{_colour(_SOFT)}{_size(8.5)}"),
        style("Footer", "footer", '<w:jc w:val="center"/>', f"{_colour(_SOFT)}{_size(8.5)}"),
        style("ContentsHead", "Contents head", _space(0, 6), f"<w:b/>{_colour(_ACCENT)}{_size(20)}"),
        style("TOC1", "toc 1", f"<w:keepNext/>{_TOC_TAB}{_space(8, 2)}", "<w:b/>"),
        style("TOC2", "toc 2", f'{_TOC_TAB}{_space(0, 1)}<w:ind w:left="284"/>', _size(10)),
    ]


_TOC_TAB = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'


def _characters() -> list[str]:
    def style(name: str, title: str, run: str) -> str:
        return _style("character", name, title, run=run)

    return [
        style("DefaultParagraphFont", "Default Paragraph Font", ""),
        style("Strong", "Strong", "<w:b/>"),
        style("Status", "Status", f"<w:b/>{_colour(_SOFT)}{_size(8.5)}"),
        style("Soft", "Soft", _colour(_SOFT)),
        style("Quote", "Quotation", _font(_SERIF)),
        style("Hyperlink", "Hyperlink", f'{_colour(_ACCENT)}<w:u w:val="single"/>'),
        style("HeadLink", "Link in a table head", _colour("FFFFFF")),
        style("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ]


def _badge(state: State) -> str:
    look = LEGEND[state]
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.background[1:].upper()}"/>'
    if look.hatched:
        shade = f'<w:shd w:val="diagStripe" w:color="CFC9C0" w:fill="{look.background[1:].upper()}"/>'
    box = f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
    run = f"<w:b/>{_colour(look.foreground[1:].upper())}{box}{shade}"
    return _style("character", badge_style(state), f"State {look.label.lower()}", run=run)


_EDGE = f'w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"'
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Framework"><w:name w:val="Framework"/>'
    '<w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders><w:top {_EDGE}/><w:left {_EDGE}/><w:bottom {_EDGE}/><w:right {_EDGE}/>"
    f"<w:insideH {_EDGE}/><w:insideV {_EDGE}/></w:tblBorders></w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{_ACCENT}"/></w:tcPr></w:tblStylePr></w:style>'
)
