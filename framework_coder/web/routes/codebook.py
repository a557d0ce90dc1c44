"""The codebook: the tree of themes and how it changes; each change answers with the whole tree."""

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.errors import BadInputError
from framework_coder.model.codebook import MatchingRules, Theme, ThemeOrigin
from framework_coder.model.colours import propose_colour
from framework_coder.web.pages import render
from framework_coder.web.payloads.codebook import (
    CodebookPage,
    MergeInto,
    NewTheme,
    RuleCount,
    RuleExample,
    RulesToTry,
    SplitInto,
    ThemeEdit,
    ThemePlace,
    WhyOnly,
)
from framework_coder.web.themes import list_themes

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
WORDING = ("label", "definition", "include", "exclude", "example", "question", "colour")
LISTS = ("aliases", "phrases")


class UnknownFieldError(BadInputError):
    """A field that a theme does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A theme has no field “{name}” that can be edited.")


class BadPatternsError(BadInputError):
    """Patterns that are not JSON of the right shape."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The patterns cannot be read ({why}). Write a JSON list of patterns, each a list of token "
            'conditions: [[{"LOWER": "waiting"}, {"LOWER": "list"}]].'
        )


@router.get("/codebook", include_in_schema=False)
def show_codebook(request: Request) -> HTMLResponse:
    """Show the tree; the page has it before its script runs."""
    page = tell_codebook(request)
    return render(request, "codebook/tree", "Codebook", section="tree", page=page.model_dump())


@router.get("/api/codebook")
def tell_codebook(request: Request) -> CodebookPage:
    """Return the codebook as it is now."""
    project: Project = request.app.state.project
    entry = project.history.newest()
    study = request.app.state.snapshots.matrix().grid.study
    undecided = len(project.codebook.undecided())
    return CodebookPage(entry=entry, version=study.version, themes=list_themes(study), undecided=undecided)


@router.post("/api/themes", status_code=201)
def add_theme(request: Request, new: NewTheme) -> CodebookPage:
    """Add a theme, with a colour that can be told from the others'."""
    project: Project = request.app.state.project
    book = project.codebook.show()
    theme = Theme(
        new.id or name_id(new.label, new.parent, {each.id for each in book}),
        new.label.strip(),
        new.parent or None,
        new.definition,
        colour=propose_colour(book.colour(each.id) for each in book.active),
        origin=ThemeOrigin.EMERGENT if new.is_emergent else ThemeOrigin.A_PRIORI,
    )
    project.codebook.add(theme, why=new.reason, before=new.before or None)
    return tell_codebook(request)


@router.patch("/api/themes/{theme}")
def edit_theme(request: Request, theme: str, edit: ThemeEdit) -> CodebookPage:
    """Change one field of a theme."""
    project: Project = request.app.state.project
    name, value, was = _read_edit(project.codebook.show()[theme], edit)
    project.codebook.edit(theme, why=edit.reason, was={name: was}, **{name: value})
    return tell_codebook(request)


@router.put("/api/themes/{theme}/place")
def move_theme(request: Request, theme: str, place: ThemePlace) -> CodebookPage:
    """Move a theme, with all below it."""
    project: Project = request.app.state.project
    project.codebook.move(theme, place.parent or None, why=place.reason, before=place.before or None)
    return tell_codebook(request)


@router.post("/api/themes/{theme}/merge")
def merge_theme(request: Request, theme: str, merge: MergeInto) -> CodebookPage:
    """Let another theme take over."""
    project: Project = request.app.state.project
    project.codebook.merge(theme, merge.into, why=merge.reason)
    return tell_codebook(request)


@router.post("/api/themes/{theme}/split")
def split_theme(request: Request, theme: str, split: SplitInto) -> CodebookPage:
    """Split a theme into parts."""
    project: Project = request.app.state.project
    book = project.codebook.show()
    parent, taken = book[theme].parent or "", {each.id for each in book}
    colours = [book.colour(each.id) for each in book.active]
    parts: list[Theme] = []
    for part in split.parts:
        made = part.id or name_id(part.label, parent, taken)
        colours.append(propose_colour(colours))
        parts.append(Theme(made, part.label.strip(), origin=book[theme].origin, colour=colours[-1]))
        taken.add(made)
    heir = next((part.id for part in parts if split.heir and part.label == split.heir.strip()), None)
    project.codebook.split(theme, parts, why=split.reason, heir=heir)
    return tell_codebook(request)


@router.post("/api/themes/{theme}/retire")
def retire_theme(request: Request, theme: str, why: WhyOnly) -> CodebookPage:
    """Retire a theme and all below it."""
    project: Project = request.app.state.project
    project.codebook.retire(theme, why=why.reason)
    return tell_codebook(request)


@router.post("/api/themes/{theme}/restore")
def restore_theme(request: Request, theme: str, why: WhyOnly) -> CodebookPage:
    """Make a retired theme active again."""
    project: Project = request.app.state.project
    project.codebook.restore(theme, why=why.reason)
    return tell_codebook(request)


@router.post("/api/themes/{theme}/try")
def try_rules(request: Request, theme: str, rules: RulesToTry) -> RuleCount:
    """Count what rules would propose; nothing is stored."""
    project: Project = request.app.state.project
    given = MatchingRules(tuple(filter(None, rules.phrases)), _read_patterns(rules.patterns))
    found = project.codebook.try_rules(theme, given)
    return RuleCount(
        passages=found.passages,
        sources=found.sources,
        looked_at=found.looked_at,
        is_whole=found.is_whole,
        examples=[RuleExample(ref=ref, start=start, quote=quote) for ref, start, _, quote in found.examples],
    )


@router.post("/api/codebook/colours")
def recolour(request: Request, why: WhyOnly) -> CodebookPage:
    """Give every theme a colour that can be told from the others'."""
    project: Project = request.app.state.project
    project.codebook.recolour(why=why.reason)
    return tell_codebook(request)


def name_id(label: str, parent: str, taken: set[str]) -> str:
    """Return an id made of a label, under the parent's id, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "theme"
    wanted = f"{parent}.{word}" if parent else word
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *numbered) if each not in taken)


def _read_edit(theme: Theme, edit: ThemeEdit) -> tuple[str, Any, Any]:
    """Return the field of the theme that changes, its value, and the value that the writer began with."""
    if edit.field in WORDING:
        return edit.field, edit.value.strip(), edit.was
    if edit.field == "aliases":
        return "aliases", _read_lines(edit.value), _read_lines(edit.was)
    if edit.field == "phrases":
        patterns = theme.rules.patterns
        new, old = (MatchingRules(_read_lines(text), patterns) for text in (edit.value, edit.was))
        return "rules", new, old
    if edit.field == "patterns":
        phrases = theme.rules.phrases
        new, old = (MatchingRules(phrases, _read_patterns(text)) for text in (edit.value, edit.was))
        return "rules", new, old
    raise UnknownFieldError(edit.field)


def _read_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read_patterns(text: str) -> tuple[tuple[dict[str, Any], ...], ...]:
    if not text.strip():
        return ()
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadPatternsError(str(error)) from error
    if not isinstance(found, list) or not all(
        isinstance(pattern, list) and all(isinstance(token, dict) for token in pattern) for pattern in found
    ):
        raise BadPatternsError("it is no list of lists of conditions")
    return tuple(tuple(pattern) for pattern in found)
