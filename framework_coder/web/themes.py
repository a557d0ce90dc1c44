"""Themes as the codebook screen shows them, with what rests on each."""

import json
from collections import Counter, defaultdict

from framework_coder.model.codebook import Theme
from framework_coder.model.study import Study
from framework_coder.web.payloads.codebook import ThemeNode
from framework_coder.web.styles import name_theme


def list_themes(study: Study) -> list[ThemeNode]:
    """Return every theme in order, retired ones included."""
    book = study.codebook
    codings = Counter(coding.theme for coding in study.codings if coding.is_live)
    claims = Counter(claim.theme for claim in study.claims)
    sites: dict[str, set[int]] = defaultdict(set)
    for coding in study.codings:
        if coding.is_live:
            for theme in (coding.theme, *book.ancestors(coding.theme)):
                sites[theme].add(coding.site)
    below = {theme.id: sum(codings[each] for each in book.descendants(theme.id)) for theme in book}
    return [
        _node(
            theme,
            depth=len(book.ancestors(theme.id)),
            codings=codings[theme.id],
            below=below[theme.id],
            claims=claims[theme.id],
            sites=len(sites[theme.id]),
        )
        for theme in book
    ]


def _node(theme: Theme, **counts: int) -> ThemeNode:
    return ThemeNode(
        id=theme.id,
        label=theme.label,
        parent=theme.parent or "",
        definition=theme.definition,
        include=theme.include,
        exclude=theme.exclude,
        example=theme.example,
        question=theme.question,
        aliases=list(theme.aliases),
        colour=theme.colour,
        look=name_theme(theme.id),
        phrases=list(theme.rules.phrases),
        patterns=json.dumps(theme.rules.patterns, ensure_ascii=False) if theme.rules.patterns else "",
        origin=theme.origin.value,
        is_retired=theme.is_retired,
        merged_into=theme.merged_into or "",
        split_from=theme.split_from or "",
        **counts,
    )
