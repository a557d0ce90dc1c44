"""Claims as paragraphs with citation tokens, each token the shortest that means its coding."""

from collections.abc import Callable, Iterable, Sequence

from framework_coder.model.charting import ChartedClaim
from framework_coder.model.citations import Written, write_paragraph, write_token
from framework_coder.model.claims import Evidence
from framework_coder.model.codebook import Codebook
from framework_coder.model.codings import Coding
from framework_coder.model.passages import Passages
from framework_coder.model.sources import Locator
from framework_coder.model.study import Source

_NOWHERE = Locator()


def paragraph_writer(
    book: Codebook, sources: Sequence[Source], codings: Iterable[Coding], refs: Sequence[str] = ()
) -> Callable[[ChartedClaim], Written]:
    """Return what writes the paragraph of a claim.

    `sources` are those that it cites, or more, with all codings on those that it cites; `refs` are the
    references of the whole register, where `sources` are fewer: words that look like one are no token.
    """
    known = list(codings)
    refs = refs or [source.ref for source in sources]
    cells: dict[tuple[int, str], Passages] = {}

    def write(charted: ChartedClaim) -> Written:
        claim = charted.claim
        cell = (claim.site, claim.theme)
        if cell not in cells:
            cells[cell] = Passages(claim.theme, book, sources, known, site=claim.site)
        tokens = [(link.place, _token(cells[cell], link)) for link in charted.evidence]
        return write_paragraph(claim.summary, tokens, refs)

    return write


def _token(passages: Passages, link: Evidence) -> str:
    token = passages.token_of(passages.codings[link.coding])
    return write_token(token, _NOWHERE, None, link.stance, is_inferred=link.is_inferred)
