"""The matrix as the grid draws it."""

from framework_coder.web.payloads.base import Payload


class StateLook(Payload):
    """How a cell state is shown: its letter and label; colours come from `/look.css`."""

    id: str
    letter: str
    label: str
    definition: str


class MethodLook(Payload):
    """A planned method with the letter of its lamp."""

    id: str
    label: str
    letter: str


class SiteHead(Payload):
    """A row's head."""

    code: str
    name: str
    attributes: dict[str, str]


class ThemeHead(Payload):
    """A column's head; `group` is the label of its topmost ancestor."""

    id: str
    label: str
    group: str
    definition: str


class MatrixCell(Payload):
    """A cell at status density: `lamps` one a planned method, `strip` claims by state, worst first."""

    state: str
    claims: int
    uncharted: int
    proposed: int
    examined: int
    sources: int
    lamps: list[str]
    strip: list[tuple[str, int]]


class MatrixPage(Payload):
    """The matrix as the grid draws it; `cells` by row, then column; `entry` is the journal's newest."""

    entry: int
    sites: list[SiteHead]
    themes: list[ThemeHead]
    methods: list[MethodLook]
    states: list[StateLook]
    fields: list[tuple[str, str]]
    cells: list[list[MatrixCell]]
