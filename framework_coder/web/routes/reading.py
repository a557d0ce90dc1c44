"""What is noted, examined, cited and decided while a source is read."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.model.examining import Examination, Standing
from framework_coder.model.memos import edition_of_memo
from framework_coder.model.study import Examined
from framework_coder.web.codings_shown import tell_coded
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.reader import Coded
from framework_coder.web.payloads.reading import (
    CitingClaim,
    CodingClaims,
    CoverageLine,
    CoverageMark,
    DriftedLine,
    DriftedPlace,
    MemoLine,
    Memos,
    MemoWords,
    Placing,
    SourceCoverage,
    StanceMark,
)

if TYPE_CHECKING:
    from framework_coder.model.codebook import Codebook
    from framework_coder.project import Project

router = APIRouter(prefix="/api")


@router.get("/sources/{ref}/coverage")
def tell_coverage(request: Request, ref: str) -> SourceCoverage:
    """Return how the source stands for every theme."""
    project: Project = request.app.state.project
    book = project.codebook.show()
    lines = [_coverage_line(each, book) for each in project.coverage.show(sources=[ref])]
    return SourceCoverage(entry=project.history.newest(), lines=lines)


@router.put("/sources/{ref}/coverage")
def mark_coverage(request: Request, ref: str, mark: CoverageMark) -> SourceCoverage:
    """Record that the source was examined for themes, or take that back."""
    project: Project = request.app.state.project
    if mark.state == Examined.NOT:
        project.coverage.withdraw([ref], mark.themes)
    else:
        project.coverage.set([ref], mark.themes, mark.state)
    return tell_coverage(request, ref)


@router.get("/sources/{ref}/memos")
def tell_memos(request: Request, ref: str) -> Memos:
    """Return the memos on a source and on its codings."""
    project: Project = request.app.state.project
    source = project.sources.get(ref)
    own = {coding.id for coding in project.codings.list(sources=[ref])}
    found = []
    for memo in project.memos.list():
        codings = [target.coding for target in memo.targets if target.coding in own]
        if codings or any(target.source == source.id for target in memo.targets):
            found.append(
                MemoLine(
                    id=memo.id, coding=codings[0] if codings else None, title=memo.title, text=memo.text,
                    author=memo.author, made_on=memo.made_on, edition=edition_of_memo(memo),
                )
            )  # fmt: skip
    return Memos(entry=project.history.newest(), memos=found)


@router.post("/sources/{ref}/memos", status_code=201)
def write_memo(request: Request, ref: str, new: MemoWords) -> Memos:
    """Write a memo on the source, or on one of its codings."""
    project: Project = request.app.state.project
    about = {"source": ref} if new.coding is None else {"coding": new.coding}
    project.memos.add(new.title, new.text, **about)
    return tell_memos(request, ref)


@router.put("/sources/{ref}/memos/{number}")
def rewrite_memo(request: Request, ref: str, number: int, words: MemoWords) -> Memos:
    """Change the words of a memo."""
    project: Project = request.app.state.project
    project.memos.edit(number, title=words.title, text=words.text, edition=words.edition)
    return tell_memos(request, ref)


@router.delete("/sources/{ref}/memos/{number}")
def remove_memo(request: Request, ref: str, number: int) -> Memos:
    """Take a memo away."""
    project: Project = request.app.state.project
    project.memos.remove(number)
    return tell_memos(request, ref)


@router.get("/sources/{ref}/drifted")
def tell_drifted(request: Request, ref: str) -> list[DriftedLine]:
    """Return the codings whose quote the current text lacks, with the passages that come nearest."""
    project: Project = request.app.state.project
    book = project.codebook.show()
    return [
        DriftedLine(
            coding=each.coding,
            theme=each.theme,
            label=book.path(each.theme),
            quote=each.quote,
            place=str(each.locator),
            is_sure=sum(c.score == each.candidates[0].score for c in each.candidates) == 1,
            candidates=[
                DriftedPlace(start=c.start, end=c.end, quote=c.quote, score=c.score) for c in each.candidates
            ],
        )
        for each in project.codings.drifted(sources=[ref])
    ]


@router.post("/codings/{number}/place")
def place_coding(request: Request, number: int, at: Placing) -> Coded:
    """Put a drifted coding on a passage of the current text."""
    project: Project = request.app.state.project
    project.codings.place(number, at.start, at.end, quote=at.quote)
    return tell_coded(project, project.codings.get(number))


@router.post("/codings/{number}/let-go")
def let_coding_go(request: Request, number: int) -> Done:
    """Set a drifted coding aside: the newer text does not say it any more."""
    project: Project = request.app.state.project
    project.codings.let_go(number)
    return Done(entry=project.history.newest(), told="Coding let go.")


@router.get("/codings/{number}/claims")
def tell_claims(request: Request, number: int) -> CodingClaims:
    """Return the claims of the cells that a coding is in: at its theme and those above."""
    project: Project = request.app.state.project
    coding = project.codings.get(number)
    book = project.codebook.show()
    site = next(each.code for each in project.sites.list() if each.id == coding.site)
    own = project.claims.in_cell(site, coding.theme)
    above = [c for theme in book.ancestors(coding.theme) for c in project.claims.in_cell(site, theme)]
    at = {coding.theme, *book.ancestors(coding.theme)}
    charted = {c.claim.id: c for c in (*own, *above) if c.claim.theme in at or c in own}
    return CodingClaims(
        entry=project.history.newest(),
        site=site,
        theme=coding.theme,
        label=book.path(coding.theme),
        claims=[
            CitingClaim(
                claim=claim.id,
                theme=claim.theme,
                label=book[claim.theme].label,
                summary=claim.summary,
                is_key=claim.is_key,
                stance=next((e.stance.value for e in each.evidence if e.coding == number), ""),
            )
            for each in charted.values()
            for claim in [each.claim]
        ],
    )


@router.put("/codings/{number}/claims/{claim}")
def set_stance(request: Request, number: int, claim: int, mark: StanceMark) -> CodingClaims:
    """Say what a coding says of a claim, or take it from the claim."""
    project: Project = request.app.state.project
    links = {link.coding: link for link in project.claims.get(claim).evidence}
    if not mark.stance:
        project.claims.unlink(claim, number)
    elif number in links:
        project.claims.relink(claim, number, stance=mark.stance)
    else:
        project.claims.link(claim, number, stance=mark.stance)
    return tell_claims(request, number)


def _coverage_line(each: Examination, book: "Codebook") -> CoverageLine:
    last = each.last
    told = f"by {last.coder}, {last.made_on}" if last and each.standing is not Standing.NOT else ""
    if each.standing is Standing.AGAIN:
        told = f"{told}; the theme has changed its meaning since"
    top = (each.theme.id, *book.ancestors(each.theme.id))[-1]
    return CoverageLine(
        theme=each.theme.id,
        label=each.theme.label,
        group=book[top].label,
        standing=each.standing.value,
        told=told,
    )
