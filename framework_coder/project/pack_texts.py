"""The texts around the passages of an audit pack, as far as they may be shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from framework_coder.model.anonymity import hidden_sites, rewriter
from framework_coder.model.matrix import Matrix
from framework_coder.model.sources import SourceText
from framework_coder.model.study import Study
from framework_coder.project.session import Session
from framework_coder.store.sources import load_bodies


@dataclass(frozen=True, slots=True)
class PackTexts:
    """Texts by source id; `rewrite`, where there is one, takes the names of anonymous sites out of them."""

    texts: Mapping[int, SourceText] = field(default_factory=dict)
    rewrite: Callable[[str], str] | None = None


def load_pack_texts(session: Session, study: Study, grid: Matrix) -> PackTexts:
    """Return the texts of the sources that the cells shown rest on; `study` still has all its names.

    Of an anonymised matrix the sources of anonymous sites are left out: a paragraph says more than a passage
    that an analyst has chosen.
    """
    wanted = {coding.source for coding in grid.shown_codings()}
    if not grid.study.is_anonymised:
        with session.reading() as connection:
            return PackTexts(load_bodies(connection, sorted(wanted)))
    hidden = hidden_sites(study)
    wanted -= {source.id for source in study.sources if hidden.intersection(source.sites)}
    with session.reading() as connection:
        return PackTexts(load_bodies(connection, sorted(wanted)), rewriter(study))
