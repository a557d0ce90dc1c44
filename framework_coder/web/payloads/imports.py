"""An import of files that were dropped on the page: what each is, what becomes of it."""

from typing import Literal

from pydantic import Field

from framework_coder.web.payloads.base import Payload
from framework_coder.web.payloads.sources import Option


class NewFile(Payload):
    """A file that will be sent: its name with the folders it lay in, and its bytes."""

    name: str
    size: int


class NewImport(Payload):
    """Files that will be sent."""

    files: list[NewFile]


class Setting(Payload):
    """Something that can be said of how a file is taken over; `kind` is text, choice or flag (yes or "")."""

    name: str
    label: str
    told: str
    kind: str
    value: str
    options: list[Option]


class CountLine(Payload):
    """How many of a kind are new, and how many are here already."""

    kind: str
    new: int
    known: int


class LossLine(Payload):
    """Something that does not come in as it was: how many, and what becomes of it."""

    kind: str
    count: int
    sentence: str


class FieldDifference(Payload):
    """A field of a claim: as it went out, as the workbook has it, and as the project has it now."""

    name: str
    base: str
    given: str
    now: str


class Difference(Payload):
    """A claim that a workbook adds, edits or deletes; `claim` is 0 for a new one.

    Of a conflict somebody says whose text holds: `sides` are those there are, empty where there is none.
    """

    mark: Literal["added", "edited", "deleted"]
    claim: int
    place: str
    told: str
    fields: list[FieldDifference]
    sides: list[str]


class Look(Payload):
    """What taking a file over would bring, or brought; `faults` say why nothing can come in as it is."""

    kind: str
    told: str
    counts: list[CountLine]
    choices: list[str]
    losses: list[LossLine]
    faults: list[str]
    settings: list[Setting]
    differences: list[Difference]


class ImportFile(Payload):
    """A file of an import.

    `state` is waiting, looking, sent, refused, or what came of it. `action` is what is proposed: import,
    skip, revise or take (a file of another tool, which `look` tells of); `ref` the source that it is or would
    be a newer version of.
    """

    number: int
    name: str
    size: int
    state: str
    told: str
    ref: str
    site: str
    method: str
    action: str
    actions: list[Option]
    look: Look | None


class ImportJob(Payload):
    """An import; `state` is gathering, running, done, cancelled or failed; `told` sums up what came of it."""

    id: str
    state: str
    told: str
    done: int
    total: int
    files: list[ImportFile]
    sites: list[Option]
    methods: list[Option]


class FileLook(Payload):
    """As what a file is to be looked at, and how."""

    action: str
    settings: dict[str, str]


class FileChoice(Payload):
    """What is to be done with a file; `decided` says of claims in conflict whose text holds."""

    number: int
    action: str
    site: str
    method: str
    decided: dict[int, Literal["workbook", "project"]] = Field(default_factory=dict)


class StartImport(Payload):
    """What is to be done with the files that are left; sites that are not there yet are made."""

    files: list[FileChoice]
