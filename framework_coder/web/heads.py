"""Sites and themes as the heads of rows and columns."""

from framework_coder.model.codebook import Codebook
from framework_coder.model.study import Site
from framework_coder.web.payloads.matrix import SiteHead, ThemeHead


def head_site(site: Site) -> SiteHead:
    """Return a site as the head of a row."""
    return SiteHead(code=site.code, name=site.name, attributes=dict(site.attributes))


def head_theme(book: Codebook, theme: str) -> ThemeHead:
    """Return a theme as the head of a column, with the label of its topmost ancestor."""
    found, top = book[theme], (theme, *book.ancestors(theme))[-1]
    return ThemeHead(id=theme, label=found.label, group=book[top].label, definition=found.definition)
