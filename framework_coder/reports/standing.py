"""What a report says of a claim beside its summary: why it stands as it does, its flags, its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from framework_coder.model.claims import Claim, Evidence, Stance
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.explaining import explain_claim
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site, Source
from framework_coder.model.triangulation import Assessment


@dataclass(frozen=True, slots=True)
class Backing:
    """A link of evidence with what it leads to; `counts` is empty where it counts, else why it does not."""

    link: Evidence
    coding: Coding
    source: Source
    counts: str


_ORDER = {stance: place for place, stance in enumerate(Stance)}


def list_backing(matrix: Matrix, claim: int) -> Iterator[Backing]:
    """Yield the evidence of a claim: support first, then what qualifies, contradicts and surrounds it."""
    bearings = matrix.bearings
    for link in sorted(bearings.evidence.get(claim, ()), key=lambda link: _ORDER[link.stance]):
        coding = bearings.codings[link.coding]
        yield Backing(link, coding, bearings.sources[coding.source], _why_not(link, coding))


def _why_not(link: Evidence, coding: Coding) -> str:
    if coding.is_drifted:
        return "does not count: the passage no longer stands at its place"
    if coding.state is not CodingState.ACCEPTED:
        return f"does not count: the coding is {coding.state}"
    return "context never counts" if link.stance is Stance.CONTEXT else ""


def find_home(matrix: Matrix, claim: Claim) -> str:
    """Return the column that a claim is written under: its theme's, or the nearest one above."""
    columns = {theme.id for theme in matrix.themes}
    book = matrix.study.codebook
    return next(t for t in (claim.theme, *book.ancestors(claim.theme)) if t in columns)


def explain_status(matrix: Matrix, claim: Claim) -> str:
    """Return why a claim has its status, without the definition of the status itself."""
    return " ".join(explain_claim(matrix.bearings, claim).sentences[1:])


def list_attributes(matrix: Matrix, site: Site) -> list[tuple[str, str]]:
    """Return the attributes of a site that have a value, labels first, in the order of the design."""
    labels = {field.id: field.label for field in matrix.study.design.site_fields}
    names = [*labels, *(name for name in site.attributes if name not in labels)]
    return [(labels.get(name, name), value) for name in names if (value := site.attributes.get(name))]


def tell_flags(found: Assessment) -> list[str]:
    """Return the flags of a claim as a reader needs them: `coverage 3/5`, `drifted 2`, `internal only`."""
    numbers = {"coverage": f" {found.examined}/{found.sources}", "drifted": f" {found.drifted}"}
    return [flag.replace("_", " ") + numbers.get(flag, "") for flag in found.flags]
