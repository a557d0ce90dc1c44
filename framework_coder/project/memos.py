"""The memos of a project."""

from typing import TYPE_CHECKING, Any

from framework_coder.model.memos import Memo, MemoTarget, TargetNames, edition_of_memo
from framework_coder.project.frames import columns_of, make_frame
from framework_coder.project.session import Session
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.reviews import load_memos
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows import memos as writing
from framework_coder.workflows.names import find_site, find_source

if TYPE_CHECKING:
    import builtins

    import pandas as pd


class ProjectMemos:
    """Free notes on the project or on anything in it.

    What a memo is about is named by `site` (its code), `source` (its ref), `theme` (its id), and `coding`,
    `claim`, `finding` (numbers). A site and a theme together are their cell; anything else that is named
    beside is one thing more that the memo hangs on. A memo on nothing is about the project.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, title: str, text: str = "", *, kind: str = "", why: str = "", **about: Any) -> Memo:
        """Write a memo; `kind` is one of the model's `KINDS` (`analytic` …) or a word of one's own.

        Raises MemoError, UnknownTargetError, UnknownSiteError, UnknownSourceError or UnknownThemeError.
        """
        number = writing.add_memo(
            self._session.engine, title, text,
            who=self._session.who, kind=kind, targets=self._targets(**about), why=why,
        )  # fmt: skip
        return self.get(number)

    def edit(
        self,
        number: int,
        *,
        title: str | None = None,
        text: str | None = None,
        kind: str | None = None,
        edition: str = "",
        why: str = "",
    ) -> Memo:
        """Change the words of a memo.

        `edition` is what `edition(number)` gave when the editor began; raises StaleMemoError, which has both
        texts, where the memo was changed meanwhile; nothing is overwritten then.
        """
        writing.edit_memo(
            self._session.engine, number,
            who=self._session.who, title=title, text=text, kind=kind, edition=edition, why=why,
        )  # fmt: skip
        return self.get(number)

    def remove(self, number: int, *, edition: str = "", why: str = "") -> None:
        """Take a memo away; what it was on stays."""
        writing.remove_memo(self._session.engine, number, who=self._session.who, edition=edition, why=why)

    def attach(self, number: int, *, why: str = "", **about: Any) -> Memo:
        """Hang a memo on more things."""
        targets = self._targets(**about)
        writing.attach_memo(self._session.engine, number, targets, who=self._session.who, why=why)
        return self.get(number)

    def detach(self, number: int, *, why: str = "", **about: Any) -> Memo:
        """Take a memo from things; raises MemoError where it does not hang on them."""
        targets = self._targets(**about)
        writing.detach_memo(self._session.engine, number, targets, who=self._session.who, why=why)
        return self.get(number)

    def get(self, number: int) -> Memo:
        """Return a memo; raises UnknownMemoError."""
        with self._session.reading() as connection:
            return writing.find_memo(connection, number)

    def edition(self, number: int) -> str:
        """Return the edition of a memo as it is now, for `edit` and `remove`."""
        return edition_of_memo(self.get(number))

    def list(self, *, text: str = "", kind: str = "", author: str = "", **about: Any) -> tuple[Memo, ...]:
        """Return memos, oldest first: of a kind, by an author, with words in title or text, on something.

        A site or a theme alone stands for its cells too. Several things named are alternatives.
        """
        with self._session.reading() as connection:
            memos = load_memos(connection)
        wanted = self._targets(**about)
        words = text.casefold().split()
        return tuple(
            memo
            for memo in memos
            if (not kind or memo.kind == kind.strip().lower())
            and (not author or memo.author == author)
            and all(word in f"{memo.title} {memo.text}".casefold() for word in words)
            and (not wanted or any(_is_on(target, want) for target in memo.targets for want in wanted))
        )

    def rows(self, **chosen: Any) -> "builtins.list[dict[str, Any]]":
        """Return one mapping a memo; takes what `list` takes.

        Keys: `memo` (number), `title`, `kind`, `about` (in words, `;` between), `text`, `author`, `made_on`,
        `edition`.
        """
        with self._session.reading() as connection:
            names = TargetNames(
                {site.id: site.code for site in load_sites(connection)},
                {source.id: source.ref for source in load_sources(connection)},
                {theme.id: theme.label for theme in load_codebook(connection)},
            )
        return [
            {
                "memo": memo.id,
                "about": names.name_all(memo),
                "edition": edition_of_memo(memo),
                **{name: getattr(memo, name) for name in ("title", "kind", "text", "author", "made_on")},
            }
            for memo in self.list(**chosen)
        ]

    def frame(self, **chosen: Any) -> "pd.DataFrame":
        """Return the rows as a DataFrame."""
        return make_frame("memos", self.rows(**chosen))

    def _targets(
        self,
        *,
        site: str = "",
        source: str = "",
        theme: str = "",
        coding: int | None = None,
        claim: int | None = None,
        finding: int | None = None,
    ) -> "builtins.list[MemoTarget]":
        with self._session.reading() as connection:
            sites = {known.code: known.id for known in load_sites(connection)} if site else {}
            sources = {known.ref: known.id for known in load_sources(connection)} if source else {}
            book = load_codebook(connection)
        found = []
        if site or theme:
            number = find_site(sites, site) if site else None
            found.append(MemoTarget(site=number, theme=book[theme].id if theme else None))
        if source:
            found.append(MemoTarget(source=find_source(sources, source)))
        numbered = (MemoTarget(coding=coding), MemoTarget(claim=claim), MemoTarget(finding=finding))
        return [*found, *(target for target in numbered if target != MemoTarget())]


COLUMNS = columns_of("memos")


def _is_on(target: MemoTarget, wanted: MemoTarget) -> bool:
    """Say whether a memo's target is what is asked for, or one of its cells."""
    if wanted.site is not None and wanted.theme is None:
        return target.site == wanted.site
    if wanted.theme is not None and wanted.site is None:
        return target.theme == wanted.theme
    return target == wanted
