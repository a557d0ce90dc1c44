"""When things happened at sites, to the precision that is known, and which claim says so."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from framework_coder.model.claims import CodedValue
from framework_coder.model.counting import is_borne_out
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import FieldKind
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site
from framework_coder.model.values import ValueKind, kind_of


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated at a site; `claim` is the id of the claim that says so, or None: the list of sites."""

    site: Site
    name: str
    date: PartialDate
    claim: int | None = None


def list_events(matrix: Matrix, names: Collection[str] = ()) -> list[Event]:
    """Return the dated events of the sites shown, by site and date.

    Events are coded values that are dates, of claims that live evidence bears out, and the dates in the list
    of sites where no such claim gives that event. Without `names`, values count whose every text is a date,
    one of them at least to the month, or of whose name the list of sites has a date.
    """
    dated = set(names) or _dated_names(matrix)
    shown = {site.id: site for site in matrix.sites}
    events = [
        Event(shown[claim.site], value.name, PartialDate(value.text), claim.id)
        for claim in matrix.bearings.claims.values()
        if claim.site in shown and is_borne_out(claim, matrix.bearings)
        for value in claim.values
        if value.name in dated and _is_event(value, matrix)
    ]
    told = {(event.site.id, event.name) for event in events}
    for site in matrix.sites:
        for name in _date_fields(matrix):
            text = site.attributes.get(name, "")
            if (not names or name in dated) and (site.id, name) not in told and _is_dated(text):
                events.append(Event(site, name, PartialDate(text)))
    order = {site.id: place for place, site in enumerate(matrix.sites)}
    return sorted(events, key=lambda e: (order[e.site.id], e.date.text, e.name))


def _is_event(value: CodedValue, matrix: Matrix) -> bool:
    """Say whether a coded value is a date, and one that stands in the calendar."""
    return kind_of(value, matrix.study.design) is ValueKind.DATE and _is_dated(value.text)


def _is_dated(text: str) -> bool:
    try:
        return PartialDate(text).year is not None
    except ValueError:
        return False


def _date_fields(matrix: Matrix) -> list[str]:
    return [f.id for f in matrix.study.design.site_fields if f.kind is FieldKind.DATE]


def _dated_names(matrix: Matrix) -> set[str]:
    values: dict[str, set[CodedValue]] = defaultdict(set)
    for claim in matrix.bearings.claims.values():
        for value in claim.values:
            values[value.name].add(value)
    fields = _date_fields(matrix)
    return {
        name
        for name, found in values.items()
        if all(_is_event(value, matrix) for value in found)
        and (name in fields or any("-" in value.text for value in found))
    }
