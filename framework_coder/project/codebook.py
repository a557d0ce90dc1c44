"""The codebook of a project."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framework_coder.errors import NotFoundError
from framework_coder.model.codebook import Codebook, CodebookError, MatchingRules, Theme, ThemeOrigin
from framework_coder.model.codebook_diff import FrameworkVersion, ThemeChange, diff
from framework_coder.model.deciding import Moves, Undecided
from framework_coder.project.frames import columns_of, make_frame
from framework_coder.project.session import Session
from framework_coder.store.codebooks import load_codebook, load_versions
from framework_coder.workflows import codebook as changing
from framework_coder.workflows import deciding
from framework_coder.workflows.deciding import load_undecided
from framework_coder.workflows.suggesting import RuleTrial, try_rules

if TYPE_CHECKING:
    import pandas as pd


class UnknownVersionError(NotFoundError):
    """A framework version that was never frozen."""

    def __init__(self, number: int, newest: int) -> None:
        known = f"they are numbered 1 to {newest}" if newest else "none is frozen yet"
        super().__init__(f"There is no framework version {number}; {known}.")


class BadPartError(CodebookError):
    """A part of a split that is not written as id=Label."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"“{part}” is not a part; write an id and a label, as in integration.space=Room and space."
        )


class ProjectCodebook:
    """The tree of themes, how it changes, and its frozen versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, codebook: Codebook | str | Path, *, why: str = "") -> Codebook:
        """Take over a codebook, or a YAML, CSV, XLSX or DOCX file of one; no theme with codings is lost."""
        if not isinstance(codebook, Codebook):
            from framework_coder.exchange.codebooks import load_codebook as read_codebook

            path = Path(codebook)
            codebook, why = read_codebook(path), why or f"from {path.name}"
        return changing.load_into_project(self._session.engine, codebook, who=self._session.who, why=why)

    def show(self) -> Codebook:
        """Return the codebook as it is now, retired themes included."""
        with self._session.reading() as connection:
            return load_codebook(connection)

    def add(self, theme: Theme, *, why: str = "", who: str = "", before: str | None = None) -> Codebook:
        """Add a theme, last among its siblings or just before one."""
        return changing.add_theme(
            self._session.engine, theme, who=who or self._session.who, why=why, before=before
        )

    def edit(
        self,
        theme: str,
        *,
        why: str = "",
        who: str = "",
        was: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Codebook:
        """Change wording of a theme: `label`, `definition`, `include`, `exclude`, `rules`.

        `was` gives what fields held when the writer began; raises StaleThemeError where one does no longer.
        """
        by = who or self._session.who
        return changing.edit_theme(self._session.engine, theme, who=by, why=why, was=was, **fields)

    def recolour(self, *, why: str = "") -> Codebook:
        """Give every active theme a colour of its own, chosen to be told apart."""
        return changing.colour_themes(self._session.engine, who=self._session.who, why=why)

    def try_rules(self, theme: str, rules: MatchingRules, *, seconds: float = 2.0) -> RuleTrial:
        """Return what rules of a theme would propose, without storing anything; stops after some seconds."""
        return try_rules(self._session.engine, theme, rules, seconds=seconds)

    def rename(self, theme: str, label: str, *, why: str = "") -> Codebook:
        """Give a theme another label; its id stays."""
        return self.edit(theme, why=why, label=label)

    def move(self, theme: str, parent: str | None, *, why: str = "", before: str | None = None) -> Codebook:
        """Move a theme and all below it under another parent."""
        return changing.move_theme(
            self._session.engine, theme, parent, who=self._session.who, why=why, before=before
        )

    def merge(self, theme: str, into: str, *, why: str = "") -> Codebook:
        """Retire a theme in favour of another, which takes over its codings and claims."""
        return changing.merge_theme(self._session.engine, theme, into, who=self._session.who, why=why)

    def split(
        self, theme: str, parts: Sequence[Theme], *, why: str = "", heir: str | None = None
    ) -> Codebook:
        """Retire a theme in favour of parts; codings stay with it, or go to the part `heir`."""
        return changing.split_theme(
            self._session.engine, theme, parts, who=self._session.who, why=why, heir=heir
        )

    def retire(self, theme: str, *, why: str = "") -> Codebook:
        """Retire a theme and all below it; codings stay."""
        return changing.retire_theme(self._session.engine, theme, who=self._session.who, why=why)

    def restore(self, theme: str, *, why: str = "") -> Codebook:
        """Make a retired theme active again."""
        return changing.restore_theme(self._session.engine, theme, who=self._session.who, why=why)

    def freeze(self, *, why: str = "") -> int:
        """Keep the codebook as a numbered version that never changes; return its number."""
        return changing.freeze(self._session.engine, who=self._session.who, why=why)

    def versions(self) -> list[FrameworkVersion]:
        """Return the frozen versions, oldest first."""
        with self._session.reading() as connection:
            return load_versions(connection)

    def version(self, number: int) -> Codebook:
        """Return the codebook as frozen under a number; raises UnknownVersionError."""
        versions = self.versions()
        for version in versions:
            if version.number == number:
                return version.codebook
        raise UnknownVersionError(number, len(versions))

    def diff(self, old: int, new: int | None = None) -> list[ThemeChange]:
        """Return what turned a version into another, or into the codebook as it is now."""
        return diff(self.version(old), self.show() if new is None else self.version(new))

    def add_emergent(
        self, theme: str, label: str, *, parent: str | None = None, definition: str = "", why: str = ""
    ) -> Codebook:
        """Add a theme that came out of the reading."""
        return self.add(Theme(theme, label, parent, definition, origin=ThemeOrigin.EMERGENT), why=why)

    def free_id(self, label: str, parent: str | None = None) -> str:
        """Return an id for a theme of that label, below a parent, that no theme has yet."""
        from framework_coder.exchange.naming import make_theme_id

        return make_theme_id(label, parent, {theme.id for theme in self.show()})

    def split_into(
        self, theme: str, parts: Sequence[str], *, heir: str | None = None, why: str = ""
    ) -> Codebook:
        """Split a theme into parts written as `id=Label`; raises BadPartError where one is not."""
        pairs = [part.partition("=") for part in parts]
        for part, (name, equals, label) in zip(parts, pairs, strict=True):
            if not (name.strip() and equals and label.strip()):
                raise BadPartError(part)
        origin = self.show()[theme].origin
        made = [Theme(name.strip(), label.strip(), origin=origin) for name, _, label in pairs]
        return self.split(theme, made, heir=heir, why=why)

    def undecided(self) -> list[Undecided]:
        """Return the passages and claims still at themes that were split or taken over, with the choices."""
        with self._session.reading() as connection:
            return load_undecided(connection)

    def decide(
        self, theme: str, *, codings: Collection[int] = (), claims: Collection[int] = (), why: str = ""
    ) -> Moves:
        """Move passages and claims to a part, as one step; return all that moved, for evidence follows.

        With a claim go its passages at the same theme that no other claim there cites; with passages goes a
        claim that then has none left at the theme.
        """
        return deciding.recode(
            self._session.engine, theme, codings=codings, claims=claims, who=self._session.who, why=why
        )

    def leave(self, *, codings: Collection[int] = (), claims: Collection[int] = (), why: str = "") -> None:
        """Leave passages and claims at their retired theme, as history; they are not asked about again."""
        deciding.leave(self._session.engine, codings=codings, claims=claims, who=self._session.who, why=why)

    def export(self, path: str | Path, *, version: int | None = None) -> None:
        """Write the codebook, or a frozen version, to a .yaml, .csv, .xlsx or .docx file."""
        from framework_coder.exchange.codebook_writing import write_codebook

        write_codebook(self.show() if version is None else self.version(version), Path(path))

    def rows(self, book: Codebook | None = None) -> list[dict[str, Any]]:
        """Return one mapping a theme, of the codebook as it is or of another version.

        Keys: `theme`, `parent`, `label`, `path` (labels from the top), `definition`, `include`, `exclude`,
        `example`, `question`, `aliases`, `origin`, `is_retired`, `merged_into`.
        """
        book = self.show() if book is None else book
        return [_row(theme, book) for theme in book]

    def frame(self) -> "pd.DataFrame":
        """Return the rows as a DataFrame."""
        return make_frame("codebook", self.rows())


_WORDS = ("definition", "include", "exclude", "example", "question")
COLUMNS = columns_of("codebook")


def _row(theme: Theme, book: Codebook) -> dict[str, Any]:
    return {
        "theme": theme.id,
        "parent": theme.parent or "",
        "label": theme.label,
        "path": book.path(theme.id),
        **{name: getattr(theme, name) for name in _WORDS},
        "aliases": "; ".join(theme.aliases),
        "origin": theme.origin.value,
        "is_retired": theme.is_retired,
        "merged_into": theme.merged_into or "",
    }
