"""What the menus of the matrix offer, and what of it is chosen."""

from collections import Counter
from dataclasses import dataclass, field

from framework_coder.model.design import SiteField
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import USUAL_HEADS, Density, Matrix, choose_columns
from framework_coder.model.view import CODE, NAME, PROPOSALS, SOURCES, UNUSED, View, count_states
from framework_coder.web.viewing import address_of, toggle

MOST_VALUES = 24
"""Values of an attribute up to which each is offered as a filter."""

EXPORTS = (
    ("xlsx", "Excel workbook"),
    ("docx", "Word report"),
    ("html", "HTML audit pack"),
    ("md", "Markdown"),
    ("csv", "CSV table"),
)
"""The files that a view is saved as: ending and name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick: the value that the address has, its words, and how many there are."""

    value: str
    label: str
    is_chosen: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one attribute."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in its menu: columns can be ticked, groups folded and entered."""

    id: str
    label: str
    depth: int
    is_column: bool
    is_chosen: bool
    is_group: bool
    is_folded: bool
    enter: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A state with its number of cells; its address asks for it alone, or no longer."""

    state: str
    letter: str
    label: str
    definition: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Toolbar:
    """All menus of a view."""

    is_text: bool
    is_turned: bool
    turn: str
    status: str
    text: str
    everything: str
    rest: str
    sorts: list[Choice]
    heads: list[Choice]
    wheres: list[Group]
    collected: list[Choice]
    sites: list[Choice]
    methods: list[Choice]
    themes: list[ThemeLine]
    levels: list[Choice]
    only: list[Choice]
    legend: list[LegendLine]
    chosen: dict[str, int] = field(default_factory=dict)


def lay_out(whole: Matrix, shown: Matrix, view: View) -> Toolbar:
    """Return the menus; `whole` has all sites and columns, `shown` what the view leaves."""
    fields = whole.study.design.site_fields
    return Toolbar(
        is_text=view.layout.density is Density.TEXT,
        is_turned=view.layout.is_transposed,
        turn=_relaid(view, is_transposed=not view.layout.is_transposed),
        status=_relaid(view, density=Density.STATUS),
        text=_relaid(view, density=Density.TEXT),
        everything="/matrix",
        rest="dim" if view.is_dimmed else "hide",
        sorts=_sorts(view, fields),
        heads=_heads(view, fields),
        wheres=[group for each in fields if (group := _values(whole, view, each))],
        collected=_methods(whole, view.collected),
        sites=[Choice(s.code, s.name, not view.sites or s.code in view.sites) for s in whole.study.sites],
        methods=_methods(whole, view.methods),
        themes=_themes(whole, view),
        levels=_levels(whole, view),
        only=_only(view),
        legend=_legend(shown, view),
        chosen=_count_chosen(view),
    )


def _relaid(view: View, **changed: object) -> str:
    from dataclasses import replace

    return address_of(view, layout=replace(view.layout, **changed))  # type: ignore[arg-type]


def _count_chosen(view: View) -> dict[str, int]:
    """Return how many choices each menu holds beyond the usual."""
    rows = len(view.where) + bool(view.collected) + bool(view.sites) + bool(view.sort)
    themes = len(view.themes) + len(view.hidden) + len(view.folded) + bool(view.level)
    return {"rows": rows, "themes": themes, "methods": len(view.methods), "only": len(view.only)}


def _sorts(view: View, fields: tuple[SiteField, ...]) -> list[Choice]:
    names = [("", "Order of the study"), (NAME, "Name"), (CODE, "Code"), (SOURCES, "Number of sources")]
    names += [(each.id, each.label) for each in fields]
    found = []
    for name, label in names:
        found.append(Choice(name, label, view.sort == name))
        if name:
            found.append(Choice(f"-{name}", f"{label}, the other way round", view.sort == f"-{name}"))
    return found


def _heads(view: View, fields: tuple[SiteField, ...]) -> list[Choice]:
    chosen = view.layout.heads
    shown = [each.id for each in fields[:USUAL_HEADS]] if chosen is None else list(chosen)
    return [Choice(each.id, each.label, each.id in shown) for each in fields]


def _values(whole: Matrix, view: View, each: SiteField) -> Group | None:
    counts = Counter(site.attributes.get(each.id, "") for site in whole.study.sites)
    if not 1 < len(counts) <= MOST_VALUES:
        return None
    chosen = view.where.get(each.id, frozenset())
    return Group(
        each.label,
        [Choice(f"{each.id}:{v}", v or "(none)", v in chosen, counts[v]) for v in sorted(counts)],
    )


def _methods(whole: Matrix, chosen: frozenset[str]) -> list[Choice]:
    sources = Counter(source.method for source in whole.study.sources)
    methods = whole.study.design.methods
    return [Choice(m.id, m.label, m.id in chosen, sources[m.id]) for m in methods]


def _themes(whole: Matrix, view: View) -> list[ThemeLine]:
    book = whole.study.codebook
    columns = {theme.id for theme in choose_columns(whole.study)}
    hidden = {below for theme in view.hidden for below in book.descendants(theme)}
    within = {below for theme in view.themes for below in book.descendants(theme)}
    parents = {theme.parent for theme in book.active}
    return [
        ThemeLine(
            theme.id,
            theme.label,
            book.depth(theme.id),
            theme.id in columns,
            theme.id not in hidden and (not within or theme.id in within),
            theme.id in parents,
            theme.id in view.folded,
            address_of(view, themes=frozenset({theme.id}), folded=view.folded - {theme.id}, level=0),
        )
        for theme in book.active
    ]


def _levels(whole: Matrix, view: View) -> list[Choice]:
    book = whole.study.codebook
    deepest = max((book.depth(theme.id) for theme in book.active), default=0)
    named = ["The most detailed themes", "Top themes only"]
    named += [f"{number} levels" for number in range(2, deepest + 1)]
    return [Choice(str(number), label, view.level == number) for number, label in enumerate(named)]


def _only(view: View) -> list[Choice]:
    found = [Choice(state.value, look.label, state.value in view.only) for state, look in LEGEND.items()]
    found.append(Choice(PROPOSALS, "Have proposals to decide", PROPOSALS in view.only))
    found.append(Choice(UNUSED, "Have passages that no claim cites", UNUSED in view.only))
    return found


def _legend(shown: Matrix, view: View) -> list[LegendLine]:
    counts = count_states(shown.cells.values())
    return [
        LegendLine(
            state.value,
            look.letter,
            look.label,
            look.definition,
            counts.get(state.value, 0),
            state.value in view.only,
            address_of(view, only=toggle(view.only, state.value)),
        )
        for state, look in LEGEND.items()
        if state.value in counts or state.value in view.only
    ]
