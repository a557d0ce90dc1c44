"""Take over claims that came back in an edited workbook: compared, then stored as one step or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.exchange.edited_workbook import TITLES, EditedWorkbook, read_workbook
from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.tables import split_list
from framework_coder.model.claims import Claim, ClaimKind, Evidence
from framework_coder.model.merging import Addition, ClaimChange, Comparison, compare, say
from framework_coder.reports.fitting import CUT_MARK
from framework_coder.store.claim_rows import insert_links
from framework_coder.store.claims import load_claims, load_evidence
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step, identify
from framework_coder.store.sources import load_sites
from framework_coder.workflows.charted import find_claim
from framework_coder.workflows.citing import (
    Link,
    UnresolvedCitationsError,
    code_blocks,
    resolve_paragraphs,
)
from framework_coder.workflows.claims import (
    change_claim,
    remove_unused_claim,
    revised,
    store_claims,
)


class Side(StrEnum):
    """Whose text of a conflict holds."""

    WORKBOOK = "workbook"
    PROJECT = "project"


class OtherProjectError(BadInputError):
    """A workbook of another project."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} was written from another project; nothing was changed.")


class UndecidedError(ConflictError):
    """Conflicts that nobody has decided."""

    def __init__(self, claims: Sequence[int]) -> None:
        named = ", ".join(map(str, claims))
        what = f"claim {named}" if len(claims) == 1 else f"claims {named}"
        super().__init__(
            f"The project changed {what} too, so nothing was changed; say for each whether the text of the "
            "workbook or of the project holds."
        )


class NoConflictError(BadInputError):
    """A decision on a claim that is in no conflict."""

    def __init__(self, claim: int) -> None:
        super().__init__(f"Claim {claim} is in no conflict; there is nothing to decide.")


def compare_workbook(engine: Engine, path: Path) -> Comparison:
    """Return what an edited workbook would change; raises FaultyFileError, OtherProjectError."""
    with reading(engine) as connection:
        return _compare(connection, path)


def apply_workbook(
    engine: Engine,
    path: Path,
    *,
    who: str,
    decided: Mapping[int, Side],
    rest: Side | None = None,
    why: str = "",
) -> Comparison:
    """Store what an edited workbook changes, as one step; return what it was.

    `decided` says of each claim in conflict whose text holds, `rest` of those it does not name. Raises
    UndecidedError, NoConflictError, ClaimInUseError or UnresolvedCitationsError, and then nothing is stored.
    """
    with Step(engine, who=who, action="take over workbook", why=why or f"from {path.name}") as step:
        comparison = _compare(step.connection, path)
        dropped = _decide(comparison, decided, rest)
        for edit in comparison.edits:
            if edit.claim not in dropped:
                _take_edit(step, edit)
        for deletion in comparison.deletions:
            if deletion.claim not in dropped:
                remove_unused_claim(step, deletion.claim)
        _Additions(step.connection, who).store(step, comparison.additions)
    return comparison


def _decide(comparison: Comparison, decided: Mapping[int, Side], rest: Side | None) -> set[int]:
    """Return the claims whose text in the project holds."""
    conflicts = {change.claim for change in comparison.conflicts}
    for claim in decided:
        if claim not in conflicts:
            raise NoConflictError(claim)
    choice = {claim: decided.get(claim, rest) for claim in conflicts}
    if open_ones := sorted(claim for claim, side in choice.items() if side is None):
        raise UndecidedError(open_ones)
    return {claim for claim, side in choice.items() if side is Side.PROJECT}


def _compare(connection: Connection, path: Path) -> Comparison:
    faults = Faults(path.name)
    codes = {site.id: site.code for site in load_sites(connection)}
    found = read_workbook(path, faults, load_codebook(connection), codes.values())
    if found.identity and found.identity != identify(connection):
        raise OtherProjectError(path)
    refuse([faults])
    now = _say_now(connection, codes)
    comparison = compare(_as_kept(found, now), found.rows, now)
    comparison = replace(comparison, passed_over=tuple(found.passed_over))
    _Additions(connection, "").check(comparison.additions, faults)
    refuse([faults])
    return comparison


def _say_now(connection: Connection, codes: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """Return every claim as text; `codes` are those of the sites."""
    links: dict[int, list[Evidence]] = defaultdict(list)
    for link in load_evidence(connection):
        links[link.claim].append(link)
    return {claim.id: say(claim, codes[claim.site], links[claim.id]) for claim in load_claims(connection)}


def _as_kept(found: EditedWorkbook, now: Mapping[int, Mapping[str, str]]) -> dict[int, dict[str, str]]:
    """Return the baseline, texts that did not fit a cell as the project has them where they are the same."""
    kept = {}
    for number, said in found.base.items():
        whole = now.get(number, {})
        kept[number] = {
            name: whole[name]
            if text.endswith(CUT_MARK) and whole.get(name, "").startswith(text.removesuffix(CUT_MARK))
            else text
            for name, text in said.items()
        }
    for place, row in enumerate(found.rows):
        if row.claim is not None:
            said = {n: kept[row.claim][n] if t.endswith(CUT_MARK) else t for n, t in row.said.items()}
            found.rows[place] = replace(row, said=said)
    return kept


class _Additions:
    """New claims of a workbook, with the passages that their citations lead to."""

    def __init__(self, connection: Connection, who: str) -> None:
        self._connection, self._who = connection, who
        self._sites = {site.code: site.id for site in load_sites(connection)}

    def check(self, additions: Iterable[Addition], faults: Faults) -> None:
        """Note what is wrong with citations and values."""
        for addition in additions:
            try:
                self.resolve(addition)
            except UnresolvedCitationsError as error:
                for fault in error.faults:
                    faults.add(addition.line, TITLES["cites"], str(fault))
            except BadInputError as error:
                faults.add(addition.line, "", str(error))

    def resolve(self, addition: Addition) -> tuple[Claim, Sequence[Link]]:
        """Return a new claim and what its citations lead to."""
        claim = self._claim(addition)
        if not addition.cites:
            return claim, ()
        found = resolve_paragraphs(self._connection, claim, f"- {addition.cites}", in_one=True)
        if found.paragraphs[0].summary.strip("- ;"):
            raise BadInputError(
                f"“{addition.cites}” holds words beside its citations; write citations only, as [D07 p4 ¶2]."
            )
        return claim, found.links[0]

    def _claim(self, addition: Addition) -> Claim:
        said = addition.said
        empty = Claim(
            0,
            self._sites[addition.site],
            said["theme"],
            said["summary"],
            ClaimKind(said["kind"]),
            said["key"] == "yes",
            author=self._who,
        )
        fields: dict[str, Any] = {"quotation": said["quotation"], "comment": said["comment"]}
        if said["values"]:
            fields["values"] = split_list(said["values"])
        return revised(self._connection, empty, fields)

    def store(self, step: Step, additions: Iterable[Addition]) -> None:
        """Store them, the last in their cells, in the order of the workbook."""
        made = [self.resolve(addition) for addition in additions]
        if not made:
            return
        numbers = store_claims(step, [claim for claim, _ in made], None)
        for number, (claim, links) in zip(numbers, made, strict=True):
            codings = code_blocks(step, claim, links, self._who)
            new = [(replace(n.evidence(number, codings[n.key]), place=None), n.source) for n in links]
            insert_links(step, replace(claim, id=number), new)


def _take_edit(step: Step, edit: ClaimChange) -> None:
    if edit.is_gone:
        raise ConflictError(
            f"Claim {edit.claim} was deleted in the project; write it as a new claim, with an empty number."
        )
    found = find_claim(step.connection, edit.claim)
    given = {change.name: change.given for change in edit.fields}
    fields: dict[str, Any] = {n: t for n, t in given.items() if n not in {"key", "values"}}
    if "key" in given:
        fields["is_key"] = given["key"] == "yes"
    if "values" in given:
        fields["values"] = split_list(given["values"])
    change_claim(step, found, fields)
