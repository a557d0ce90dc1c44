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
    book: Codebook, sources: Sequence[Source], codings: Iterable[Coding]
) -> Callable[[ChartedClaim], Written]:
    """Return what writes the paragraph of a claim; `codings` has those of all sources that it cites."""
    known = list(codings)
    refs = [source.ref for source in sources]
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
