"""What a web page says of itself: title, authors, date, language, address."""

import re

from selectolax.lexbor import LexborHTMLParser

from framework_coder.model.sources import Metadata

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATES = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
    "pubdate",
)
_OTHER = ("description", "keywords", "og:site_name", "article:modified_time", "last-modified", "generator")


def read_head(tree: LexborHTMLParser, text: str) -> Metadata:
    """Return the page's metadata; `text` is the page as decoded, for the mark that browsers leave in it."""
    meta = _meta(tree)
    title = tree.css_first("head title")
    html = tree.css_first("html")
    authors = dict.fromkeys(name for key in _AUTHORS for name in meta.get(key, ()) if "://" not in name)
    return Metadata(
        title=_plain(title.text(deep=True) if title else "") or _first(meta, "og:title"),
        authors=tuple(authors),
        created=_created(tree, meta),
        language=(html.attributes.get("lang") or "") if html else "",
        url=_address(tree, meta, text),
        other={key: "; ".join(meta[key]) for key in _OTHER if key in meta},
    )


def _meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Return the contents of the meta elements by name, in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        content = _plain(attributes.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found


def _address(tree: LexborHTMLParser, meta: dict[str, list[str]], text: str) -> str:
    """Return the page's own address, or the one it was saved from."""
    link = tree.css_first('link[rel="canonical"]')
    canonical = (link.attributes.get("href") or "").strip() if link else ""
    saved = _SAVED_FROM.search(text[:5000])
    return canonical or _first(meta, "og:url") or (saved[1] if saved else "")


def _created(tree: LexborHTMLParser, meta: dict[str, list[str]]) -> str:
    """Return the date of publication: as the page declares it, else its only dated `time` element."""
    for key in _DATES:
        found = _DATE.match(_first(meta, key).replace("/", "-"))
        if found:
            return found[0]
    times = {node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")}
    found = _DATE.match(times.pop()) if len(times) == 1 else None
    return found[0] if found else ""


def _first(meta: dict[str, list[str]], key: str) -> str:
    """Return the first content of a name, or an empty string."""
    return meta.get(key, [""])[0]


def _plain(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())
