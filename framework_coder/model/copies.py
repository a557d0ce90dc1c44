"""Which of two sources that are alike probably copies the other, and which pairs are still to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from framework_coder.model.resemblance import Resemblance
from framework_coder.model.study import Source, Study
from framework_coder.model.triangulation import find_origins

_ROOTS = {"report", "proposal", "minutes", "evaluation", "research_paper"}
_COPIES = {"website", "news_item", "advertisement", "patient_information"}


@dataclass(frozen=True, slots=True)
class CopyProposal:
    """That `copy` may derive from `root` (ids), and why this way round, for an analyst to decide."""

    copy: int
    root: int
    why: str
    resemblance: Resemblance


def propose_copies(study: Study, found: Iterable[Resemblance]) -> list[CopyProposal]:
    """Return what is still to be decided: pairs neither of one root already nor kept apart."""
    sources = {source.id: source for source in study.sources}
    origins = find_origins(study.sources, study.design)
    roots = {
        source: {name for name in names if name.startswith("source:")} for source, names in origins.items()
    }
    apart = {(each.source, each.other) for each in study.separations}
    return [
        propose_direction(sources[pair.first], sources[pair.second], pair)
        for pair in found
        if (pair.first, pair.second) not in apart and not roots[pair.first] & roots[pair.second]
    ]


def propose_direction(first: Source, second: Source, pair: Resemblance) -> CopyProposal:
    """Return which of two sources the other probably copies; first rule that tells them apart.

    The earlier one is the root; else a report of what a website says; else the one that is shared less (an
    extract is wholly in what it was taken from); else the one registered first.
    """
    early, late = first.produced_on.text, second.produced_on.text
    length = min(len(early), len(late))
    if length and early[:length] != late[:length]:
        why = f"{min(early, late)} is before {max(early, late)}"
        return _proposal(pair, why, is_first_root=early < late)
    for root, copy, is_first_root in ((first, second, True), (second, first, False)):
        if root.document_type in _ROOTS and copy.document_type in _COPIES:
            kinds = f"a {copy.document_type} copies a {root.document_type}".replace("_", " ")
            return _proposal(pair, f"{kinds} more often than the reverse", is_first_root=is_first_root)
    one, two = round(pair.share_of_first, 2), round(pair.share_of_second, 2)
    if one != two:
        return _proposal(pair, "more of the one is in the other than the reverse", is_first_root=one < two)
    return _proposal(pair, "it was registered first", is_first_root=True)


def _proposal(pair: Resemblance, why: str, *, is_first_root: bool) -> CopyProposal:
    copy, root = (pair.second, pair.first) if is_first_root else (pair.first, pair.second)
    return CopyProposal(copy, root, why, pair)
