"""The entities of a project, declared once: settings, sites, sources, themes, codings, claims.

Text and originals never change once written; what replaces them is a new revision. Lists and free
attributes are canonical JSON. Nothing is stored that could be computed (a status, a count).
"""

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from framework_coder.store import review_tables  # noqa: F401 - so that its tables belong to the schema
from framework_coder.store.columns import Base, Json, Numbered


class SettingEntity(Base):
    """A setting of the project, by name: `design`, `codebook_name`."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class SiteEntity(Numbered, Base):
    """A site; `position` orders the rows of every chart."""

    __tablename__ = "sites"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    position: Mapped[int]
    attributes: Mapped[dict[str, str]] = mapped_column(Json)


class PlannedSourceEntity(Numbered, Base):
    """How many sources of a method were planned at a site, and why fewer were collected."""

    __tablename__ = "planned_sources"

    site: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    method: Mapped[str]
    count: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")


class FileEntity(Base):
    """An original, byte for byte."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"by_hash": True})
    size: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]


class SourceEntity(Numbered, Base):
    """What the register says of a source."""

    __tablename__ = "sources"

    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    method: Mapped[str]
    document_type: Mapped[str] = mapped_column(default="")
    produced_on: Mapped[str] = mapped_column(default="")
    originator: Mapped[str] = mapped_column(default="")
    informants: Mapped[list[str]] = mapped_column(Json)
    authors: Mapped[list[str]] = mapped_column(Json)
    url: Mapped[str] = mapped_column(default="")
    path: Mapped[str] = mapped_column(default="")


class SourceSiteEntity(Numbered, Base):
    """That a source belongs to a site."""

    __tablename__ = "source_sites"
    __table_args__ = (UniqueConstraint("source", "site"), Numbered.OPTIONS)

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    site: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)


class DerivationEntity(Numbered, Base):
    """That a source copies or summarises another; counts once an analyst confirmed it."""

    __tablename__ = "derivations"
    __table_args__ = (UniqueConstraint("source", "derived_from"), Numbered.OPTIONS)

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    derived_from: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    is_confirmed: Mapped[bool] = mapped_column(default=True)


class RevisionEntity(Numbered, Base):
    """The text of a source as one file gave it; the newest one is current."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("source", "number"),
        Index("ix_revisions_file", "file", "part"),
        Numbered.OPTIONS,
    )

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    number: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
    file: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    part: Mapped[str] = mapped_column(default="")
    reader: Mapped[str]
    reader_version: Mapped[str]
    text: Mapped[str] = mapped_column(Text, info={"by_hash": True})
    text_sha256: Mapped[str]
    blocks_sha256: Mapped[str]
    segments: Mapped[bytes] = mapped_column(LargeBinary, info={"by_hash": True})
    about_file: Mapped[dict[str, Any]] = mapped_column(Json)
    warnings: Mapped[list[Any]] = mapped_column(Json)
    comments: Mapped[list[Any]] = mapped_column(Json)
    pages: Mapped[list[Any]] = mapped_column(Json)
    made_on: Mapped[str]


class BlockEntity(Numbered, Base):
    """A block of a revision: `text[start:end]`; `locator` is JSON without its empty fields."""

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("revision", "ordinal"), Numbered.OPTIONS)

    revision: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    ordinal: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    level: Mapped[int]
    answers: Mapped[int | None]
    locator: Mapped[str]


class ThemeEntity(Base):
    """A theme as it is now; `position` puts parents before children."""

    __tablename__ = "themes"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    label: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("themes.id", deferrable=True, initially="DEFERRED"))
    definition: Mapped[str]
    include: Mapped[str]
    exclude: Mapped[str]
    example: Mapped[str]
    question: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(Json)
    colour: Mapped[str]
    rules: Mapped[dict[str, Any]] = mapped_column(Json)
    origin: Mapped[str]
    is_retired: Mapped[bool]
    merged_into: Mapped[str | None]
    split_from: Mapped[str | None]


class FrameworkVersionEntity(Numbered, Base):
    """An immutable snapshot of the codebook."""

    __tablename__ = "framework_versions"

    number: Mapped[int] = mapped_column(unique=True)
    frozen_at: Mapped[str]
    frozen_by: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    reason: Mapped[str]
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)


class CoderEntity(Base):
    """A person who codes, charts or decides."""

    __tablename__ = "coders"

    name: Mapped[str] = mapped_column(primary_key=True)


class CodingEntity(Numbered, Base):
    """A passage of a revision at a theme; `name` is its id in the file that it was imported from.

    `locator` is that of its first character: a revision never changes, so neither does it.
    """

    __tablename__ = "codings"
    __table_args__ = (Index("ix_codings_site_theme", "site", "theme"), Numbered.OPTIONS)

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    revision: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    site: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    theme: Mapped[str] = mapped_column(ForeignKey("themes.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str]
    suffix: Mapped[str]
    locator: Mapped[str]
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    origin: Mapped[str]
    state: Mapped[str]
    score: Mapped[float | None]
    reason: Mapped[str] = mapped_column(default="")
    made_on: Mapped[str]
    memo: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")


class ClaimEntity(Numbered, Base):
    """A statement in a cell; `name` is its id in the file that it was imported from."""

    __tablename__ = "claims"
    __table_args__ = (Index("ix_claims_site_theme", "site", "theme"), Numbered.OPTIONS)

    site: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    theme: Mapped[str] = mapped_column(ForeignKey("themes.id"))
    summary: Mapped[str]
    kind: Mapped[str]
    is_key: Mapped[bool]
    quotation: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(default="")


class ClaimValueEntity(Numbered, Base):
    """A value that a claim fixes."""

    __tablename__ = "claim_values"

    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    text: Mapped[str]
    rank: Mapped[str] = mapped_column(default="")


class EvidenceEntity(Numbered, Base):
    """A coding linked to a claim; `origins` is null where they are the source's own.

    `place` is the offset in the claim's summary after which its citation token stands; null: at the end.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("claim", "coding"), Numbered.OPTIONS)

    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    coding: Mapped[int] = mapped_column(ForeignKey("codings.id"), index=True)
    stance: Mapped[str]
    is_inferred: Mapped[bool]
    prominence: Mapped[int | None]
    origins: Mapped[list[str] | None] = mapped_column(Json)
    note: Mapped[str] = mapped_column(default="")
    place: Mapped[int | None]


class AdjudicationEntity(Numbered, Base):
    """A reasoned decision on a contested claim; the latest one of a claim holds."""

    __tablename__ = "adjudications"

    claim: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    decision: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    decided_on: Mapped[str]
    supports: Mapped[list[int]] = mapped_column(Json)
    contradicts: Mapped[list[int]] = mapped_column(Json)


class CoverageEntity(Numbered, Base):
    """That a coder examined a source for a theme at a framework version."""

    __tablename__ = "coverage"
    __table_args__ = (UniqueConstraint("source", "theme", "version", "coder"), Numbered.OPTIONS)

    source: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    theme: Mapped[str] = mapped_column(ForeignKey("themes.id"))
    version: Mapped[int]
    state: Mapped[str]
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))
    made_on: Mapped[str]


class NotApplicableEntity(Numbered, Base):
    """An analyst's word that a theme does not apply at a site."""

    __tablename__ = "not_applicable"
    __table_args__ = (UniqueConstraint("site", "theme"), Numbered.OPTIONS)

    site: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    theme: Mapped[str] = mapped_column(ForeignKey("themes.id"))
    reason: Mapped[str]
    coder: Mapped[str] = mapped_column(ForeignKey("coders.name"))


class ContentEntity(Base):
    """Heavy content that a row no longer holds (an original, a text), by its hash, so that it can come back.

    Not in the journal, which names content by the same hash.
    """

    __tablename__ = "contents"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class JournalEntryEntity(Numbered, Base):
    """One unit of work; `part_of` is the first entry of the same long work, where it has several.

    `undoes` is the first entry of the step that this one takes back.
    """

    __tablename__ = "journal_entries"

    who: Mapped[str]
    made_at: Mapped[str]
    action: Mapped[str]
    why: Mapped[str]
    part_of: Mapped[int | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]
    undoes: Mapped[int | None]


class JournalChangeEntity(Numbered, Base):
    """One row written by a unit of work: columns before and after, as canonical JSON."""

    __tablename__ = "journal_changes"
    __table_args__ = (Index("ix_journal_changes_row", "table", "row"), Numbered.OPTIONS)

    entry: Mapped[int] = mapped_column(
        ForeignKey("journal_entries.id", deferrable=True, initially="DEFERRED")
    )
    table: Mapped[str]
    row: Mapped[str]
    site: Mapped[int | None]
    source: Mapped[int | None]
    theme: Mapped[str | None]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
