"""Change the codebook, each time with a reason, a date and a person; freeze versions of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, select

from framework_coder.errors import ConflictError
from framework_coder.model.codebook import Codebook, CodebookError, Theme, ThemeOrigin
from framework_coder.model.colours import propose_colours
from framework_coder.store.codebooks import current_version, load_codebook, note_coders, save_codebook
from framework_coder.store.journal import Step, now
from framework_coder.store.packing import pack_codebook
from framework_coder.store.tables import ClaimEntity, CodingEntity, FrameworkVersionEntity


class ReasonNeededError(CodebookError):
    """A change of a frozen framework without its reason."""

    def __init__(self, action: str) -> None:
        super().__init__(
            f"A framework version is frozen, so to {action} needs a reason; "
            "say why (--why on the command line)."
        )


class StaleThemeError(ConflictError):
    """A theme that someone changed meanwhile; `wanted` and `standing` are the two texts."""

    def __init__(self, theme: Theme, name: str, wanted: object) -> None:
        self.wanted, self.standing = str(wanted), str(getattr(theme, name))
        super().__init__(
            f"The {name} of the theme “{theme.label}” was changed meanwhile. It now says: “{self.standing}”. "
            f"You wrote: “{self.wanted}”. Look at both and save again."
        )


def change_codebook(
    engine: Engine, change: Callable[[Codebook], Codebook], *, who: str, action: str, why: str = ""
) -> Codebook:
    """Apply any change that keeps every theme, and return the codebook after it.

    Once a version is frozen a change needs its reason; raises ReasonNeededError.
    """
    with Step(engine, who=who, action=action, why=why) as step:
        changed = change(load_codebook(step.connection))
        if not why.strip() and current_version(step.connection):
            raise ReasonNeededError(action)
        save_codebook(step, changed)
    return changed


def load_into_project(engine: Engine, given: Codebook, *, who: str, why: str = "") -> Codebook:
    """Take over a codebook from a file: its themes in its order.

    A theme that the file does not have stays: an emergent one as it is, an a priori one retired, since
    codings may rest on it.
    """
    return change_codebook(
        engine, lambda old: _take_over(old, given), who=who, action="load codebook", why=why
    )


def _take_over(old: Codebook, given: Codebook) -> Codebook:
    taken = given
    for theme in old:
        if theme.id in given:
            continue
        emergent = theme.origin is ThemeOrigin.EMERGENT
        parent = theme.parent if theme.parent in taken else None
        kept = replace(theme, parent=parent, is_retired=theme.is_retired or not emergent)
        taken = Codebook((*taken.themes, kept), taken.name or old.name)
    return taken


def add_theme(
    engine: Engine, theme: Theme, *, who: str, why: str = "", before: str | None = None
) -> Codebook:
    """Add a theme, last among its siblings or just before one of them."""
    return change_codebook(engine, lambda book: book.add(theme, before), who=who, action="add theme", why=why)


def edit_theme(
    engine: Engine,
    theme_id: str,
    *,
    who: str,
    why: str = "",
    was: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Codebook:
    """Change the label, the definition or other wording of a theme.

    `was` gives what fields held when the writer began; raises StaleThemeError where one holds something else.
    """

    def change(book: Codebook) -> Codebook:
        for name, before in (was or {}).items():
            if getattr(book[theme_id], name) != before:
                raise StaleThemeError(book[theme_id], name, fields.get(name))
        return book.change(theme_id, **fields)

    return change_codebook(engine, change, who=who, action="edit theme", why=why)


def colour_themes(engine: Engine, *, who: str, why: str = "") -> Codebook:
    """Give every active theme a colour of its own, chosen to be told apart."""

    def change(book: Codebook) -> Codebook:
        for theme, colour in zip(book.active, propose_colours(len(book.active)), strict=True):
            book = book.change(theme.id, colour=colour)
        return book

    return change_codebook(engine, change, who=who, action="colour themes", why=why)


def move_theme(
    engine: Engine, theme_id: str, parent: str | None, *, who: str, why: str = "", before: str | None = None
) -> Codebook:
    """Move a theme, with all below it, under another parent (None: to the top)."""
    return change_codebook(
        engine, lambda book: book.move(theme_id, parent, before), who=who, action="move theme", why=why
    )


def retire_theme(engine: Engine, theme_id: str, *, who: str, why: str = "") -> Codebook:
    """Retire a theme and all below it; their codings stay."""
    return change_codebook(
        engine, lambda book: book.retire(theme_id), who=who, action="retire theme", why=why
    )


def restore_theme(engine: Engine, theme_id: str, *, who: str, why: str = "") -> Codebook:
    """Make a retired theme active again."""
    return change_codebook(
        engine, lambda book: book.restore(theme_id), who=who, action="restore theme", why=why
    )


def merge_theme(engine: Engine, theme_id: str, into: str, *, who: str, why: str = "") -> Codebook:
    """Retire a theme in favour of another, which takes over its codings and claims."""
    with Step(engine, who=who, action="merge theme", why=why) as step:
        merged = load_codebook(step.connection).merge(theme_id, into)
        save_codebook(step, merged)
        _hand_over(step, theme_id, into)
    return merged


def split_theme(
    engine: Engine, theme_id: str, parts: Sequence[Theme], *, who: str, why: str = "", heir: str | None = None
) -> Codebook:
    """Retire a theme in favour of parts beside it.

    Its codings and claims stay with it until someone decides passage by passage, or all go to `heir`, one of
    the parts.
    """
    if heir is not None and heir not in {part.id for part in parts}:
        raise CodebookError(f"“{heir}” is not one of the parts of “{theme_id}”; name a part, or none.")
    with Step(engine, who=who, action="split theme", why=why) as step:
        split = load_codebook(step.connection).split(theme_id, parts)
        save_codebook(step, split)
        if heir is not None:
            _hand_over(step, theme_id, heir)
    return split


def _hand_over(step: Step, theme: str, heir: str) -> None:
    for entity in (CodingEntity, ClaimEntity):
        keys = step.connection.execute(select(entity.id).where(entity.theme == theme)).scalars().all()
        step.update(entity, {key: {"theme": heir} for key in keys})


class NothingToFreezeError(CodebookError):
    """A version of nothing."""

    def __init__(self) -> None:
        super().__init__("The codebook has no themes yet; load or add some before you freeze a version.")


def freeze(engine: Engine, *, who: str, why: str = "") -> int:
    """Keep the codebook as it is now as a numbered version that never changes; return its number."""
    with Step(engine, who=who, action="freeze framework", why=why) as step:
        codebook = load_codebook(step.connection)
        if not len(codebook):
            raise NothingToFreezeError
        number = current_version(step.connection) + 1
        note_coders(step, [who])
        row = {"number": number, "frozen_at": now(), "frozen_by": who, "reason": why}
        step.insert(FrameworkVersionEntity, [{**row, "snapshot": pack_codebook(codebook)}])
    return number
