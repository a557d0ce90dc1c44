"""A study without the names of the sites that asked to stay anonymous, for exports.

Names that the project knows are replaced wherever they stand, at other sites too: of the site, of what its
identifying attributes say, and of people. Who is the same person, and so every status, stays as it was. The
codebook, and the names and attributes of open sites, stay as they are. Other words of a passage can still
give a site away; only a reader can tell.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from framework_coder.model.claims import Claim
from framework_coder.model.study import Site, Source, Study

ATTRIBUTE = "anonymous"
"""The site attribute that says `yes` where a site is to stay anonymous."""

SHORTEST_NAME = 4
"""Letters below which an attribute's value is too short to be looked for in passages."""

Rewrite = Callable[[str], str]


def anonymise(study: Study) -> Study:
    """Return the study with every anonymous site's names replaced; equal where no site is anonymous."""
    hidden = hidden_sites(study)
    if not hidden:
        return study
    people = _name_people(study, hidden)
    identifying = {field.id for field in study.design.site_fields if field.is_identifying}
    rewrite = rewriter(study)
    touched = {source.id for source in study.sources if hidden.intersection(source.sites)}
    return replace(
        study,
        is_anonymised=True,
        sites=tuple(_hide_site(s, identifying) if s.id in hidden else s for s in study.sites),
        sources=tuple(
            _hide_source(s, people, study, rewrite, is_hidden=s.id in touched) for s in study.sources
        ),
        codings=tuple(
            c._replace(quote=rewrite(c.quote), reason=rewrite(c.reason) if c.reason else "")
            for c in study.codings
        ),
        **_hide_charting(study, rewrite, people),
        **_hide_notes(study, rewrite, people),
    )


def _hide_charting(study: Study, rewrite: Rewrite, people: Mapping[str, str]) -> dict[str, Any]:
    """Return what was charted and decided, rewritten throughout: a claim on one site can name another."""
    about = {claim.id: claim.summary for claim in study.claims}
    return {
        "claims": tuple(_hide_claim(claim, rewrite) for claim in study.claims),
        "evidence": tuple(
            replace(
                e,
                origins=None if e.origins is None else frozenset(_rename(o, people) for o in e.origins),
                note=rewrite(e.note),
                place=_move(e.place, about[e.claim], rewrite),
            )
            for e in study.evidence
        ),
        "adjudications": tuple(replace(a, reason=rewrite(a.reason)) for a in study.adjudications),
        "not_applicable": tuple(replace(n, reason=rewrite(n.reason)) for n in study.not_applicable),
        "plan": tuple(replace(p, reason=rewrite(p.reason)) for p in study.plan),
    }


def _hide_claim(claim: Claim, rewrite: Rewrite) -> Claim:
    return replace(
        claim,
        summary=rewrite(claim.summary),
        quotation=rewrite(claim.quotation),
        comment=rewrite(claim.comment),
        values=tuple(replace(value, text=rewrite(value.text)) for value in claim.values),
    )


def _move(place: int | None, summary: str, rewrite: Rewrite) -> int | None:
    """Return where a token stands once the names before it in its claim are replaced."""
    return None if place is None else len(rewrite(summary[:place]))


def _hide_notes(study: Study, rewrite: Rewrite, people: Mapping[str, str]) -> dict[str, Any]:
    """Return what was written across sites or about them, rewritten throughout: a memo can name any site."""
    return {
        "findings": tuple(
            replace(f, statement=rewrite(f.statement), comment=rewrite(f.comment)) for f in study.findings
        ),
        "finding_links": tuple(replace(link, note=rewrite(link.note)) for link in study.finding_links),
        "memos": tuple(replace(m, title=rewrite(m.title), text=rewrite(m.text)) for m in study.memos),
        "convergences": tuple(replace(c, reason=rewrite(c.reason)) for c in study.convergences),
        "member_checks": tuple(
            replace(c, informant=_rename(c.informant, people), reply=rewrite(c.reply))
            for c in study.member_checks
        ),
        "separations": tuple(replace(s, reason=rewrite(s.reason)) for s in study.separations),
    }


def hidden_sites(study: Study) -> set[int]:
    """Return the ids of the sites that are to stay anonymous."""
    return {site.id for site in study.sites if site.attributes.get(ATTRIBUTE, "").lower() == "yes"}


def rewriter(study: Study) -> Rewrite:
    """Return what replaces the known names of a study's anonymous sites and their people in any text."""
    hidden = hidden_sites(study)
    identifying = {field.id for field in study.design.site_fields if field.is_identifying}
    names = _names(study, hidden, identifying)
    return _rewriter(names, _name_people(study, hidden)) if names else lambda text: text


def _hide_site(site: Site, identifying: set[str]) -> Site:
    kept = {name: "" if name in identifying else value for name, value in site.attributes.items()}
    return replace(site, name=f"Anonymous site {site.code}", attributes=kept)


def _hide_source(
    source: Source, people: Mapping[str, str], study: Study, rewrite: Rewrite, *, is_hidden: bool
) -> Source:
    named = replace(
        source,
        informants=tuple(_rename(name, people) for name in source.informants),
        authors=tuple(_rename(name, people) for name in source.authors),
    )
    if not is_hidden:
        url, path = _hide_place(source.url, rewrite), _hide_place(source.path, rewrite)
        return replace(named, title=rewrite(source.title), url=url, path=path)
    method = study.design.method(source.method)
    return replace(named, title=f"{method.label if method else source.method} {source.ref}", url="", path="")


def _hide_place(address: str, rewrite: Rewrite) -> str:
    """Return an address or a file's name, or nothing where a known name stands in it, hyphened or not."""
    words = re.sub(r"[-_.%+/\\]+", " ", address)
    return address if rewrite(words) == words else ""


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _name_people(study: Study, hidden: set[int]) -> dict[str, str]:
    """Return a pseudonym for everyone who speaks or writes for an anonymous site, the same one everywhere."""
    names = (
        _key(name)
        for source in study.sources
        if hidden.intersection(source.sites)
        for name in (*source.informants, *source.authors)
    )
    return {name: f"Person {number}" for number, name in enumerate(dict.fromkeys(names), start=1)}


def _rename(name: str, people: Mapping[str, str]) -> str:
    return people.get(_key(name), name)


def _names(study: Study, hidden: set[int], identifying: set[str]) -> dict[str, str]:
    """Return what stands for each name of a place: the site's own, and what identifies it."""
    found: dict[str, str] = {}
    for site in study.sites:
        if site.id in hidden:
            values = (site.attributes.get(name, "") for name in identifying)
            words = (value for value in values if sum(map(str.isalpha, value)) >= SHORTEST_NAME)
            found |= {_key(word): f"[{site.code}]" for word in (site.name, *words)}
    return found


def _rewriter(names: Mapping[str, str], people: Mapping[str, str]) -> Rewrite:
    """Return a function that replaces whole names in a text, longest first, in any case and spacing."""
    known = {**names, **{name: f"[{alias}]" for name, alias in people.items()}}
    ordered = sorted(known, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: known.get(_key(match.group()), "[name]"), text)
