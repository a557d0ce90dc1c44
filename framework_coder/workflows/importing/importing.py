"""Import a bundle as one step, or try it and leave no trace."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, select

from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.model.collecting import no_collection
from framework_coder.store.journal import Step, identify
from framework_coder.store.review_tables import GuidEntity
from framework_coder.store.tables import FrameworkVersionEntity
from framework_coder.workflows.importing.analysis import import_analysis
from framework_coder.workflows.importing.frame import import_frame, next_versions
from framework_coder.workflows.importing.rest import keep_rest
from framework_coder.workflows.importing.tally import Tally
from framework_coder.workflows.importing.texts import import_texts


@dataclass(frozen=True, slots=True)
class BundleImport:
    """What came in, by kind: what is new, what was here already; what was lost, and what the reader chose."""

    new: Mapping[str, int]
    known: Mapping[str, int]
    losses: tuple[Loss, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_lossy(self) -> bool:
        """Whether anything did not come in as it was."""
        return bool(self.losses)


class _TriedError(Exception):
    """A dry run is over: let go of everything."""


def import_bundle(
    engine: Engine, bundle: Bundle, *, who: str, why: str = "", is_dry_run: bool = False
) -> BundleImport:
    """Store what the project does not have yet, as one step; a dry run tells the same and stores nothing."""
    tallies: list[Tally] = []
    try:
        with no_collection(), Step(engine, who=who, action="import", why=why) as step:
            tally = Tally(step, bundle, who)
            tallies.append(tally)
            import_frame(tally)
            versions = next_versions(tally)
            import_texts(tally)
            import_analysis(tally)
            _keep_guids(tally)
            keep_rest(tally)
            _let_go(is_dry_run)
    except _TriedError:
        versions = []
    if versions:  # in a step of its own, since a frozen version stays when the import is undone
        with Step(engine, who=who, action="import framework versions", why=why) as step:
            step.insert(FrameworkVersionEntity, versions)
    done = tallies[0]
    losses = Bundle(losses=list(bundle.losses))
    for loss in done.losses:
        losses.lose(loss.kind, loss.sentence, loss.count)
    new = {kind: count for kind, count in done.new.items() if count}
    known = {kind: count for kind, count in done.known.items() if count}
    return BundleImport(new, known, tuple(losses.losses), tuple(bundle.choices))


def _let_go(is_dry_run: bool) -> None:
    if is_dry_run:
        raise _TriedError


_BY_NAME = {"coder", "variable"}
"""Kinds whose key in the bundle is what they are called here."""


_OF = {"selection": "coding"}
"""Kinds that have no row of their own, and whose row stands for them."""


def _keep_guids(tally: Tally) -> None:
    """Remember the names in the other tool of what came in, to write them back.

    A project that comes back into itself brings the names that it would be given anyhow. The GUID of the
    selection of a coding stands behind that of the coding, where it has one.
    """
    if tally.bundle.identity and tally.bundle.identity == identify(tally.step.connection):
        return
    given = tally.bundle.guids
    kept = tally.step.connection.execute(select(GuidEntity.kind, GuidEntity.row))
    there = {(kind, row) for kind, row in kept}
    rows = []
    for (kind, key), guid in given.items():
        if kind == "selection" and ("coding", key) in given:
            continue
        row = key if kind in _BY_NAME else tally.find(_OF.get(kind, kind), key)
        name = str(row)
        if row is None or (kind, name) in there:
            continue
        there.add((kind, name))
        selection = given.get(("selection", key)) if kind == "coding" else None
        rows.append({"kind": kind, "row": name, "guid": f"{guid} {selection}" if selection else guid})
    tally.step.insert(GuidEntity, rows)
