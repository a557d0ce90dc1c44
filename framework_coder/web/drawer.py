"""The drawer of a cell: claims with why they stand as they do, evidence, passages that no claim cites."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from framework_coder.model.charting import ChartedClaim
from framework_coder.model.claims import Adjudication, Evidence, Stance
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.matrix import Cell, Matrix, build_cells
from framework_coder.model.memos import Memo, MemoTarget, edition_of_memo
from framework_coder.model.pairing import Pairing
from framework_coder.model.reviews import MemberCheck
from framework_coder.model.study import Site
from framework_coder.model.triangulation import Assessment, Status, is_stale, narrow
from framework_coder.model.values import write_value
from framework_coder.model.wording import cite
from framework_coder.project import ProjectMatrix
from framework_coder.web.heads import head_site, head_theme
from framework_coder.web.payloads.cells import (
    CellDrawer,
    CheckLine,
    ClaimCard,
    CoverageLine,
    DecisionLine,
    EvidenceLine,
    MemoLine,
    OriginLine,
    PairLine,
)


def open_drawer(built: ProjectMatrix, site: Site, theme: str, entry: int) -> CellDrawer:
    """Return all of a cell; a theme that is no column has its cell built for it."""
    if (site.id, theme) not in built.grid.cells:
        built = _with_column(built, site, theme)
    grid = built.grid
    cell = grid.cells[site.id, theme]
    charted = built.charted(site.code, theme)
    cited = {link.coding for each in charted for link in each.evidence}
    here = MemoTarget(site=site.id, theme=theme)
    return CellDrawer(
        entry=entry,
        site=head_site(site),
        theme=head_theme(grid.study.codebook, theme),
        state=cell.state.value,
        why=built.explain_cell(site.code, theme),
        reason=cell.reason,
        examined=cell.examined,
        sources=cell.sources,
        lamps=[lamp.value for lamp in (cell.lamps or {}).values()],
        claims=_cards(built, charted),
        uncharted=[_line(grid, coding, None) for coding in cell.codings if coding.id not in cited],
        proposals=[_line(grid, coding, None) for coding in _proposals(grid, cell)],
        coverage=_coverage(built, site, theme),
        memos=_memos(grid, lambda target: target == here),
    )


def _with_column(built: ProjectMatrix, site: Site, theme: str) -> ProjectMatrix:
    grid = built.grid
    themes = (grid.study.codebook[theme],)
    cells = build_cells(grid.bearings, [site], themes)
    return ProjectMatrix(replace(grid, sites=(site,), themes=themes, cells=cells))


def _proposals(grid: Matrix, cell: Cell) -> list[Coding]:
    below = set(grid.study.codebook.descendants(cell.theme))
    return [
        coding
        for coding in grid.bearings.codings.values()
        if coding.site == cell.site and coding.theme in below and coding.state is CodingState.PROPOSED
    ]


def _coverage(built: ProjectMatrix, site: Site, theme: str) -> list[CoverageLine]:
    """Return how each source stands for the theme: as for the theme below it that stands worst."""
    order = ("examined", "partly", "again", "not")
    found: dict[str, CoverageLine] = {}
    for each in built.examinations(site.code, theme):
        source = each.source
        line = CoverageLine(
            source=source.ref, title=source.title, method=source.method, standing=each.standing.value
        )
        known = found.get(source.ref)
        if known is None or order.index(line.standing) > order.index(known.standing):
            found[source.ref] = line
    return list(found.values())


def _memos(grid: Matrix, is_meant: Callable[[MemoTarget], bool]) -> list[MemoLine]:
    return [_memo(memo) for memo in grid.study.memos if any(map(is_meant, memo.targets))]


def _memo(memo: Memo) -> MemoLine:
    return MemoLine(
        id=memo.id,
        title=memo.title,
        text=memo.text,
        kind=memo.kind,
        author=memo.author,
        made_on=memo.made_on,
        edition=edition_of_memo(memo),
    )


def _cards(built: ProjectMatrix, charted: Iterable[ChartedClaim]) -> list[ClaimCard]:
    found = list(charted)
    study = built.grid.study
    pairs: dict[int, list[PairLine]] = {each.claim.id: [] for each in found}
    for pairing in built.pairings(pairs):
        pairs[pairing.claim].append(_pair(pairing))
    checks = {check.claim: check for check in study.member_checks if check.claim in pairs}
    return [_card(built, each, pairs[each.claim.id], checks.get(each.claim.id)) for each in found]


def _card(
    built: ProjectMatrix, charted: ChartedClaim, pairs: list[PairLine], check: MemberCheck | None
) -> ClaimCard:
    claim, grid = charted.claim, built.grid
    found = grid.assessments[claim.id]
    decision = grid.bearings.adjudications.get(claim.id)
    here = MemoTarget(claim=claim.id)
    return ClaimCard(
        id=claim.id,
        theme=claim.theme,
        theme_label=grid.study.codebook[claim.theme].label,
        summary=claim.summary,
        paragraph=charted.paragraph,
        edition=charted.edition,
        kind=claim.kind.value,
        is_key=claim.is_key,
        quotation=claim.quotation,
        comment=claim.comment,
        values=[write_value(value) for value in claim.values],
        author=claim.author,
        status=found.status.value,
        flags=list(map(str, found.flags)),
        why=str(built.explain(claim.id)),
        evidence=[_line(grid, grid.bearings.codings[link.coding], link) for link in charted.evidence],
        can_be_decided=found.status in {Status.CONTESTED, Status.RESOLVED},
        decision=_decision(decision, found) if decision else None,
        pairs=pairs,
        check=_check(check) if check else None,
        memos=_memos(grid, lambda target: target == here),
    )


def _decision(made: Adjudication, found: Assessment) -> DecisionLine:
    return DecisionLine(
        decision=made.decision.value,
        reason=made.reason,
        decided_by=made.decided_by,
        decided_on=made.decided_on,
        is_stale=is_stale(made, found.supports, found.contradicts),
    )


def _pair(pairing: Pairing) -> PairLine:
    return PairLine(
        first=pairing.first,
        second=pairing.second,
        suggested=pairing.suggested.value,
        stands=pairing.stands.value,
        state=pairing.state.value,
        awaits=pairing.awaits,
        reason=pairing.decision.reason if pairing.decision else "",
        coder=pairing.decision.coder if pairing.decision else "",
    )


def _check(check: MemberCheck) -> CheckLine:
    return CheckLine(
        state=check.state.value,
        informant=check.informant,
        reply=check.reply,
        coder=check.coder,
        made_on=check.made_on,
    )


def _line(grid: Matrix, coding: Coding, link: Evidence | None) -> EvidenceLine:
    bearings = grid.bearings
    source = bearings.sources[coding.source]
    return EvidenceLine(
        coding=coding.id,
        stance=link.stance.value if link else "",
        is_inferred=bool(link and link.is_inferred),
        counts=coding.is_live and link is not None and link.stance is not Stance.CONTEXT,
        quote=coding.quote,
        cite=cite(source, coding),
        source=source.ref,
        source_title=source.title,
        method=source.method,
        theme=coding.theme,
        note=link.note if link else "",
        start=coding.start,
        end=coding.end,
        prominence=(link.prominence or 0) if link else 0,
        is_narrowed=bool(link and link.origins is not None),
        origins=_origins(grid, source.id, link) if link else [],
        coder=coding.coder,
        reason=coding.reason,
    )


def _origins(grid: Matrix, source: int, link: Evidence) -> list[OriginLine]:
    """Return who may speak in a passage, people before documents."""
    bearings = grid.bearings
    kept = narrow(bearings.origins[source], link.origins)
    return [
        OriginLine(name=bearings.origin_names[origin], is_kept=origin in kept)
        for origin in sorted(bearings.origins[source])
        if origin in bearings.origin_names
    ]
