"""Cells of the grid as HTML, written once here: for the page, and one by one for what changed."""

from functools import lru_cache

from markupsafe import escape

from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LAMP_WORDS, LEGEND, Lamp, State
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.triangulation import Status
from framework_coder.model.view import View
from framework_coder.model.wording import count as tell_count

ROOM, SHARE, DIGITS = 66, 15, 9
"""Pixels: beside the letter of a cell, of a share of its strip, and of each digit of its number."""

_TOLD = frozenset({Lamp.SUPPORTS, Lamp.CONTRADICTS, Lamp.CODED, Lamp.SILENT})
"""Lamps that a cell tells of aloud: what was read."""


def draw_cell(matrix: Matrix, cell: Cell, view: View) -> str:
    """Return a cell as an element."""
    return f"<td{draw_frame(cell, view)}>{draw_inside(matrix, cell)}</td>"


def draw_frame(cell: Cell, view: View) -> str:
    """Return the attributes of a cell's element: its look, and what it says aloud."""
    return f' class="{look_of(cell, view)}" aria-label="{_escape(say_cell(cell))}"'


@lru_cache(maxsize=20_000)
def _escape(words: str) -> str:
    """Escape words of which there are few different ones."""
    return str(escape(words))


def look_of(cell: Cell, view: View) -> str:
    """Return the classes of a cell's element."""
    if cell.is_left_out:
        return "out"
    lamps = _name_lamps(tuple((cell.lamps or {}).values()))
    lamps += " full" if len(cell.strip or ()) > 1 and (cell.proposed or cell.uncharted) else ""
    return f"is-{cell.state}{lamps}{' dim' if view.only and not view.fits(cell) else ''}"


@lru_cache(maxsize=2_000)
def _name_lamps(lamps: tuple[Lamp, ...]) -> str:
    """Return the classes that draw a cell's lamps: pictures, since elements would slow the grid down."""
    return "".join(f" m{place}-{lamp}" for place, lamp in enumerate(lamps))


def say_cell(cell: Cell) -> str:
    """Return what a cell says in words: `Contested, 3 claims, 2 passages not used`."""
    if cell.is_left_out:
        return "Left out by the filter"
    lamps = tuple((cell.lamps or {}).items())
    strip = tuple((cell.strip or {}).items())
    return _say(cell.state, len(cell.claims), strip, cell.uncharted, cell.proposed, lamps)


@lru_cache(maxsize=20_000)
def _say(
    state: State,
    claims: int,
    strip: tuple[tuple[Status, int], ...],
    unused: int,
    proposed: int,
    lamps: tuple[tuple[str, Lamp], ...],
) -> str:
    parts = [LEGEND[state].label]
    if claims:
        parts.append(tell_count(claims, "claim"))
    if len(strip) > 1:
        parts += [f"{number} {LEGEND[status].label.lower()}" for status, number in strip]
    parts += [f"{tell_count(unused, 'passage')} not used"] if unused else []
    parts += [f"{tell_count(proposed, 'proposal')}"] if proposed else []
    parts += [f"{method.replace('_', ' ')} {LAMP_WORDS[lamp]}" for method, lamp in lamps if lamp in _TOLD]
    return ", ".join(parts)


def draw_inside(matrix: Matrix, cell: Cell) -> str:
    """Return what stands in a cell."""
    if cell.is_left_out:
        return ""
    if matrix.layout.density is Density.TEXT:
        return _draw_text(matrix, cell)
    strip = tuple((cell.strip or {}).items())
    return _draw_status(cell.state, len(cell.claims), strip, cell.uncharted, cell.proposed)


@lru_cache(maxsize=20_000)
def _draw_status(
    state: State,
    claims: int,
    strip: tuple[tuple[Status, int], ...],
    unused: int,
    proposed: int,
) -> str:
    """Return a cell at status density; cells that are alike are drawn once."""
    count = str(claims) if claims else ""
    if len(strip) > 1:
        count = f'<span class="strip">{_draw_strip(strip)}</span>'
    waits = f'<em class="waits" title="proposals to decide">◇{proposed}</em>' if proposed else ""
    more = f'<em title="coded, not used">+{unused}</em>' if unused and claims else ""
    letter = escape(LEGEND[state].letter)
    return f"<b>{letter}</b>{count}{more}{waits}"


def _draw_strip(strip: tuple[tuple[Status, int], ...]) -> str:
    """Return as many shares as a cell has room for, the worst first."""
    drawn, left = [], ROOM
    for status, number in strip:
        left -= SHARE if number == 1 else SHARE + DIGITS * len(str(number))
        if left < 0:
            drawn.append("…")
            break
        drawn.append(_draw_share(status, number))
    return "".join(drawn)


def _draw_share(status: Status, number: int) -> str:
    look = LEGEND[status]
    several = f"·{number}" if number > 1 else ""
    return f'<b class="s-{status.value}" title="{number} {look.label.lower()}">{look.letter}{several}</b>'


def _draw_text(matrix: Matrix, cell: Cell) -> str:
    if not cell.claims:
        chip = f'<b class="chip s-{cell.state.value}">{escape(LEGEND[cell.state].letter)}</b>'
        return f'<div class="clamp empty">{chip} {escape(explain_empty(cell))}</div>'
    said = []
    for claim in cell.claims:
        status = matrix.assessments[claim.id].status
        key = '<span class="tag">key</span> ' if claim.is_key and len(cell.claims) > 1 else ""
        chip = f'<b class="chip s-{status.value}">{LEGEND[status].letter}</b>'
        said.append(f"<p>{chip} {key}{escape(claim.summary)}</p>")
    more = f'<p class="soft">+{cell.uncharted} coded, not used</p>' if cell.uncharted else ""
    return f'<div class="clamp">{"".join(said)}{more}</div>'
