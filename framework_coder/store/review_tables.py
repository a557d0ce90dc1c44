"""The entities of review and of notes: convergence, member checks, findings, memos; names elsewhere."""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from framework_coder.store.columns import Base, Numbered


class ConvergenceEntity(Numbered, Base):
    """What an analyst made of two methods on a claim, beside what was suggested then."""

    __tablename__ = "convergences"
    __table_args__ = (UniqueConstraint("claim", "first_method", "second_method"), Numbered.OPTIONS)

    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    first_method: Mapped[str]
    second_method: Mapped[str]
    suggested: Mapped[str]
    confirmed: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    decided_on: Mapped[str]


class MemberCheckEntity(Numbered, Base):
    """What an informant answered when a claim was sent back; never evidence."""

    __tablename__ = "member_checks"

    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"), unique=True)
    state: Mapped[str]
    informant: Mapped[str] = mapped_column(default="")
    reply: Mapped[str] = mapped_column(default="")
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    made_on: Mapped[str]


class SeparationEntity(Numbered, Base):
    """That two sources look alike and were judged not to copy each other; `source` has the lower number."""

    __tablename__ = "separations"
    __table_args__ = (UniqueConstraint("source", "other"), Numbered.OPTIONS)

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    other: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    reason: Mapped[str]
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    made_on: Mapped[str]


class FindingEntity(Numbered, Base):
    """A statement across sites; `name` is its id in the file that it was imported from."""

    __tablename__ = "findings"

    statement: Mapped[str]
    comment: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(default="")


class FindingClaimEntity(Numbered, Base):
    """A claim that a finding rests on, that speaks against it, or that is an exception to it."""

    __tablename__ = "finding_claims"
    __table_args__ = (UniqueConstraint("finding", "claim"), Numbered.OPTIONS)

    finding: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    role: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class MemoEntity(Numbered, Base):
    """A free note; one without targets is about the project."""

    __tablename__ = "memos"

    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    made_on: Mapped[str]
    name: Mapped[str] = mapped_column(default="")


class MemoTargetEntity(Numbered, Base):
    """What a memo is about: a site, source, theme, coding, claim or finding; site and theme are a cell."""

    __tablename__ = "memo_targets"

    memo: Mapped[int] = mapped_column(ForeignKey("memos.id"), index=True)
    site: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    source: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    theme: Mapped[str | None] = mapped_column(ForeignKey("themes.id"))
    coding: Mapped[int | None] = mapped_column(ForeignKey("codings.id"))
    claim: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    finding: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))


class GuidEntity(Numbered, Base):
    """The GUID under which another tool knows a thing, to be written back as it came; `row` is its key.

    That of the selection of a coding stands behind the coding's own, after a space.
    """

    __tablename__ = "guids"
    __table_args__ = (UniqueConstraint("kind", "row"), Numbered.OPTIONS)

    kind: Mapped[str]
    row: Mapped[str]
    guid: Mapped[str] = mapped_column(index=True)
