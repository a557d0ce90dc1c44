"""What a study planned: its methods, document types, and the fields that describe sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Method:
    """A way in which sources are obtained.

    `letter` begins the references of its sources (`D07`). Only `planned` methods count for breadth (t and k
    of the triangulation rule); informant feedback, say, is not planned and counts for g only.
    """

    id: str
    label: str
    letter: str
    planned: bool = True


STANDARD_METHODS = (
    Method("questionnaire", "Questionnaire", "Q"),
    Method("document", "Document", "D"),
    Method("meeting", "Meeting", "M"),
    Method("informant_feedback", "Informant feedback", "F", planned=False),
)

STANDARD_DOCUMENT_TYPES = (
    "website",
    "report",
    "proposal",
    "minutes",
    "evaluation",
    "research_paper",
    "news_item",
    "advertisement",
    "patient_information",
    "other",
)


class Originator(StrEnum):
    """Who stands behind a source."""

    SERVICE = "service"
    PARENT_ORGANISATION = "parent_organisation"
    COMMISSIONER = "commissioner"
    REGULATOR = "regulator"
    PRESS = "press"
    PATIENT_GROUP = "patient_group"
    OTHER = "other"


class FieldKind(StrEnum):
    """What the values of a site attribute are."""

    CATEGORY = "category"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class SiteField:
    """An attribute that every site may have; `values` lists the categories where they are fixed.

    An identifying one (a place, say) is left out of anonymised exports for the sites that asked for it.
    """

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    values: tuple[str, ...] = ()
    is_identifying: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """The study as planned; `authors_are_origins` is the project's setting for named authors.

    `selection` tells in free form how the sites were chosen; it is kept and shown, not interpreted.
    """

    name: str = ""
    methods: tuple[Method, ...] = STANDARD_METHODS
    document_types: tuple[str, ...] = STANDARD_DOCUMENT_TYPES
    site_fields: tuple[SiteField, ...] = ()
    authors_are_origins: bool = True
    selection: Mapping[str, Any] = field(default_factory=dict)

    @property
    def planned_ids(self) -> frozenset[str]:
        """The ids of the planned methods."""
        return _ids_of_planned(self.methods)

    @property
    def planned_methods(self) -> tuple[Method, ...]:
        """The methods whose number is k."""
        return tuple(method for method in self.methods if method.planned)

    def method(self, method_id: str) -> Method | None:
        """Return the method of that id, or None."""
        return next((method for method in self.methods if method.id == method_id), None)


@lru_cache(maxsize=16)
def _ids_of_planned(methods: tuple[Method, ...]) -> frozenset[str]:
    """Return the ids of planned methods; asked for with every claim."""
    return frozenset(method.id for method in methods if method.planned)
