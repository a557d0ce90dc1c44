"""Writes saved web pages: main text amid navigation, cookie notice, aside, footer, scripts and styles."""

import re
from html import escape
from itertools import groupby
from pathlib import Path

from masters import FOOTNOTE, Line, SourceMaster, plain

ENCODINGS = {"windows": ("cp1252", "windows-1252"), "latin": ("iso-8859-1", "iso-8859-1")}
STYLE = "body{font:16px/1.5 Arial,sans-serif;margin:0}nav ul{list-style:none}table{border-collapse:collapse}"
SCRIPT = (
    "window.siteStats=window.siteStats||[];siteStats.push(['page',document.title]);"
    "document.addEventListener('click',function(e){if(e.target.id==='ok'){e.target.parentNode.hidden=true}});"
)


def write_page(path: Path, source: SourceMaster) -> None:
    """Write one page in the design its master names: `modern`, `divs` or `table` (an old table layout)."""
    encoding, label = ENCODINGS.get(source.fields.get("encoding", ""), ("utf-8", "utf-8"))
    design = {"divs": _divs, "table": _old_table}.get(source.fields.get("style", ""), _modern)
    page = f'<!DOCTYPE html>\n<html lang="en-GB">\n{_head(source, label)}\n{design(source)}\n</html>\n'
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))


def _head(source: SourceMaster, charset: str) -> str:
    fields = source.fields
    canonical = f'<link rel="canonical" href="{escape(fields["url"])}">\n' if fields.get("url") else ""
    return (
        f'<head>\n<meta charset="{charset}">\n<title>{escape(fields["title"])}</title>\n{canonical}'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n'
        f"<script>{SCRIPT}</script>\n</head>"
    )


def _modern(source: SourceMaster) -> str:
    fields = source.fields
    notice = f'{escape(fields.get("cookie", ""))} <button id="ok">OK</button>'
    cookie = f'<div id="cookie-notice" role="dialog">{notice}</div>' if fields.get("cookie") else ""
    aside = f"<aside>\n<p>{escape(fields['aside'])}</p>\n</aside>\n" if fields.get("aside") else ""
    return (
        f"<body>\n{cookie}\n<header>\n<p>{escape(fields.get('banner', ''))}</p>\n"
        f"<nav>\n{_links(source)}\n</nav>\n</header>\n"
        f"<main>\n<article>\n{_body(source)}\n</article>\n</main>\n{aside}"
        f"<footer>\n<p>{escape(fields.get('footer', ''))}</p>\n</footer>\n</body>"
    )


def _divs(source: SourceMaster) -> str:
    fields = source.fields
    return (
        f'<body>\n<div id="header"><a href="/">{escape(fields.get("banner", ""))}</a></div>\n'
        f'<div id="nav" class="menu">\n{_links(source)}\n</div>\n'
        f'<div id="content">\n{_body(source)}\n</div>\n'
        f'<div class="sidebar"><p>{escape(fields.get("aside", ""))}</p></div>\n'
        f'<div class="cookie-banner">{escape(fields.get("cookie", ""))}</div>\n'
        f'<div id="footer"><p>{escape(fields.get("footer", ""))}</p></div>\n'
        "<noscript>Please turn on JavaScript.</noscript>\n</body>"
    )


def _old_table(source: SourceMaster) -> str:
    fields = source.fields
    return (
        f'<body bgcolor="#ffffff">\n<table width="760" role="presentation">'
        '<tr><td colspan="2" class="banner">'
        f'{escape(fields.get("banner", ""))}</td></tr>\n<tr><td width="160" valign="top" class="nav">'
        f'{_links(source)}</td>\n<td valign="top">\n{_body(source)}\n</td></tr>\n'
        '<tr><td colspan="2" class="footer">'
        f'<font size="1">{escape(fields.get("footer", ""))}</font></td></tr></table>\n</body>'
    )


def _links(source: SourceMaster) -> str:
    names = [name.strip() for name in source.fields.get("nav", "Home; Contact").split(";")]
    items = "".join(
        f'<li><a href="/{re.sub(r"[^a-z]+", "-", n.lower())}">{escape(n)}</a></li>' for n in names
    )
    return f"<ul>{items}</ul>"


def _body(source: SourceMaster) -> str:
    parts = []
    for kind, group in groupby(source.lines, key=lambda line: line.kind):
        lines = list(group)
        if kind == "row":
            parts.append(_table(lines))
        elif kind == "item":
            parts.append("<ul>\n" + "\n".join(f"<li>{_inline(line.text)}</li>" for line in lines) + "\n</ul>")
        else:
            parts += [_block(line) for line in lines]
    return "\n".join(parts)


def _block(line: Line) -> str:
    if line.kind == "heading":
        return f"<h{line.level}>{_inline(line.text)}</h{line.level}>"
    return f"<p>{_inline(line.text)}</p>"


def _table(lines: list[Line]) -> str:
    rows = []
    for number, line in enumerate(lines):
        tag = "td" if number else "th"
        rows.append("<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in line.cells) + "</tr>")
    return '<table border="1">\n' + "\n".join(rows) + "\n</table>"


def _inline(text: str) -> str:
    """Return escaped text; `**bold**` stays bold and the marks of passages are unwrapped."""
    bold = re.sub(r"\*\*(.+?)\*\*", "\x01\\1\x02", FOOTNOTE.sub("", text))
    return escape(plain(bold), quote=False).replace("\x01", "<b>").replace("\x02", "</b>")
