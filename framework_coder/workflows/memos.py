"""Write memos on anything: add, edit, hang on more things, take away."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, null, select

from framework_coder.errors import BadInputError, ConflictError, NotFoundError
from framework_coder.model.memos import KINDS, Memo, MemoTarget, edition_of_memo
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step, Where, now
from framework_coder.store.review_tables import FindingEntity, MemoEntity, MemoTargetEntity
from framework_coder.store.reviews import load_memos
from framework_coder.store.tables import ClaimEntity, CodingEntity

MOST_LETTERS = 40
"""Letters of a kind at most: it is a word, not a sentence."""


class UnknownMemoError(NotFoundError):
    """A memo that the project does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no memo {number}; `memo list` shows them.")


class MemoError(BadInputError):
    """A memo, or what it should hang on, that cannot be."""


class UnknownTargetError(NotFoundError):
    """A coding, claim or finding that the project does not have."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(f"There is no {kind} {number}, so no memo can be on it.")


class StaleMemoError(ConflictError):
    """A memo that someone changed meanwhile: `standing`, as it is now; `given` is the text not saved."""

    def __init__(self, standing: Memo, given: str) -> None:
        self.standing, self.given = standing, given
        super().__init__(
            f"Memo {standing.id} was changed meanwhile, so nothing was saved. It now says: "
            f"“{standing.text}”. You wrote: “{given}”. Put the two together and save again."
        )


def add_memo(
    engine: Engine,
    title: str,
    text: str = "",
    *,
    who: str,
    kind: str = "",
    targets: Sequence[MemoTarget] = (),
    why: str = "",
) -> int:
    """Write a memo on some targets (none: on the project) and return its number.

    `kind` is one of `KINDS` or a word of one's own. Raises MemoError or UnknownTargetError.
    """
    row = {"title": _titled(title), "text": text, "kind": _kind(kind), "author": who, "made_on": now()[:10]}
    with Step(engine, who=who, action="write memo", why=why) as step:
        note_coders(step, [who])
        number = int(step.insert(MemoEntity, [row], about=[_about(step.connection, targets)])[0])
        _hang(step, number, targets)
    return number


def edit_memo(
    engine: Engine,
    number: int,
    *,
    who: str,
    title: str | None = None,
    text: str | None = None,
    kind: str | None = None,
    edition: str = "",
    why: str = "",
) -> None:
    """Change the words of a memo; `edition` is the one that the editor started from.

    Raises StaleMemoError where it is another one by now, MemoError or UnknownMemoError.
    """
    with Step(engine, who=who, action="edit memo", why=why) as step:
        memo = _open(step.connection, number, edition, memo_text=text)
        wanted = {
            "title": memo.title if title is None else _titled(title),
            "text": memo.text if text is None else text,
            "kind": memo.kind if kind is None else _kind(kind),
        }
        step.update(MemoEntity, {number: wanted})


def attach_memo(
    engine: Engine, number: int, targets: Sequence[MemoTarget], *, who: str, why: str = ""
) -> None:
    """Hang a memo on more things; on what it hangs on already it stays once."""
    with Step(engine, who=who, action="attach memo", why=why) as step:
        memo = find_memo(step.connection, number)
        _hang(step, number, [target for target in targets if target not in memo.targets])


def detach_memo(
    engine: Engine, number: int, targets: Sequence[MemoTarget], *, who: str, why: str = ""
) -> None:
    """Take a memo from things; without any left it is about the project. Raises MemoError."""
    with Step(engine, who=who, action="detach memo", why=why) as step:
        memo = find_memo(step.connection, number)
        if not set(targets) <= set(memo.targets):
            raise MemoError(f"Memo {number} does not hang on that; `memo show {number}` says on what.")
        _unhang(
            step, [key for key, of, target in _targets(step.connection) if of == number and target in targets]
        )


def remove_memo(engine: Engine, number: int, *, who: str, edition: str = "", why: str = "") -> None:
    """Take a memo away; what it was on stays. Raises UnknownMemoError or StaleMemoError."""
    with Step(engine, who=who, action="remove memo", why=why) as step:
        _open(step.connection, number, edition, memo_text=None)
        _unhang(step, [key for key, of, _ in _targets(step.connection) if of == number])
        step.delete(MemoEntity, [number])


def release_memos(step: Step, **gone: Collection[int | str]) -> list[int]:
    """Take memos from things that are about to be deleted, in the same step; return the memos' numbers.

    The memos stay, with all their words; one that hung on nothing else is about the project from then on.
    `gone` names the things: `release_memos(step, coding=[7, 9])`, `claim=`, `finding=`, `source=`, `site=`,
    `theme=`.
    """
    found: dict[int, int] = {}
    for name, keys in gone.items():
        column = getattr(MemoTargetEntity, name)
        rows = step.connection.execute(
            select(MemoTargetEntity.id, MemoTargetEntity.memo, column).where(column.is_not(None))
        )
        wanted = set(keys)
        found |= {row.id: row.memo for row in rows if row[2] in wanted}
    _unhang(step, list(found))
    return sorted(set(found.values()))


def find_memo(connection: Connection, number: int) -> Memo:
    """Return a memo; raises UnknownMemoError."""
    for memo in load_memos(connection):
        if memo.id == number:
            return memo
    raise UnknownMemoError(number)


def _open(connection: Connection, number: int, edition: str, *, memo_text: str | None) -> Memo:
    memo = find_memo(connection, number)
    if edition and edition != edition_of_memo(memo):
        raise StaleMemoError(memo, memo_text or "")
    return memo


def _titled(title: str) -> str:
    if not title.strip():
        raise MemoError("A memo needs a title: a few words by which you find it again.")
    return title.strip()


def _kind(kind: str) -> str:
    word = " ".join(kind.split()).lower()
    if len(word) > MOST_LETTERS:
        raise MemoError(f"“{kind[:MOST_LETTERS]}…” is no kind; give a word such as {', '.join(KINDS)}.")
    return word


def _targets(connection: Connection) -> list[tuple[int, int, MemoTarget]]:
    """Return the key, the memo and the target of each row."""
    row = MemoTargetEntity
    columns = (row.id, row.memo, row.site, row.source, row.theme, row.coding, row.claim, row.finding)
    found = connection.execute(select(*columns).order_by(row.id))
    return [(each.id, each.memo, MemoTarget(*each[2:])) for each in found]


def _hang(step: Step, memo: int, targets: Sequence[MemoTarget]) -> None:
    rows = [{"memo": memo, **asdict(target)} for target in dict.fromkeys(targets)]
    step.insert(MemoTargetEntity, rows, about=[_about(step.connection, [t]) for t in dict.fromkeys(targets)])


def _unhang(step: Step, keys: Sequence[int]) -> None:
    step.delete(MemoTargetEntity, keys)


def _about(connection: Connection, targets: Sequence[MemoTarget]) -> Where:
    """Return what the journal says a memo is about: what its one target is, or is at."""
    places = [_place(connection, target) for target in targets]
    return places[0] if len(places) == 1 else Where()


def _place(connection: Connection, target: MemoTarget) -> Where:
    """Return where a target is; raises UnknownTargetError."""
    ask: Any
    if target.coding is not None:
        coding = CodingEntity
        ask = select(coding.site, coding.source, coding.theme).where(coding.id == target.coding)
        return _found(connection.execute(ask).first(), "coding", target.coding)
    if target.claim is not None:
        claim = ClaimEntity
        ask = select(claim.site, null(), claim.theme).where(claim.id == target.claim)
        return _found(connection.execute(ask).first(), "claim", target.claim)
    if target.finding is not None:
        ask = select(null(), null(), null()).where(FindingEntity.id == target.finding)
        return _found(connection.execute(ask).first(), "finding", target.finding)
    return Where(target.site, target.source, target.theme)


def _found(row: Any, kind: str, number: int) -> Where:
    if row is None:
        raise UnknownTargetError(kind, number)
    return Where(*row)
