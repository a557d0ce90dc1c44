"""The matrix: what its scripts know of the grid that the page came with, and what changes in it."""

from framework_coder.web.payloads.base import Payload


class StateLook(Payload):
    """How a cell state is shown: its letter and label; colours come from `/look.css`."""

    id: str
    letter: str
    label: str
    definition: str


class MethodLook(Payload):
    """A method with the letter of its lamp."""

    id: str
    label: str
    letter: str


class SiteHead(Payload):
    """A site."""

    code: str
    name: str
    attributes: dict[str, str]


class ThemeHead(Payload):
    """A theme; `group` is the label of its topmost ancestor."""

    id: str
    label: str
    group: str
    definition: str


class MatrixPage(Payload):
    """The grid of a page: its sites and themes in order, whichever of them are its rows.

    `entry` is the journal's newest when it was drawn; `shape` tells grids with the same rows and columns.
    """

    entry: int
    shape: str
    is_turned: bool
    sites: list[SiteHead]
    themes: list[ThemeHead]
    methods: list[MethodLook]
    states: list[StateLook]


class CellPatch(Payload):
    """A cell as it is now: its place among the grid's, its class, what it says aloud, and its HTML."""

    row: int
    column: int
    look: str
    said: str
    inside: str


class MatrixChanges(Payload):
    """What changed in a grid since an entry; `is_whole`: so much that it is to be drawn anew."""

    entry: int
    is_whole: bool
    cells: list[CellPatch]
    counts: dict[str, int]
