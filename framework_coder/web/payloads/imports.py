"""An import of files that were dropped on the page: what each is, what becomes of it."""

from framework_coder.web.payloads.base import Payload
from framework_coder.web.payloads.sources import Option


class NewFile(Payload):
    """A file that will be sent: its name with the folders it lay in, and its bytes."""

    name: str
    size: int


class NewImport(Payload):
    """Files that will be sent."""

    files: list[NewFile]


class ImportFile(Payload):
    """A file of an import.

    `state` is waiting, sent, refused, or what came of it. `action` is what is proposed: import, skip, revise
    or take (a file of another tool); `ref` the source that it is or would be a newer version of.
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


class FileChoice(Payload):
    """What is to be done with a file."""

    number: int
    action: str
    site: str
    method: str


class StartImport(Payload):
    """What is to be done with the files that are left; sites that are not there yet are made."""

    files: list[FileChoice]
