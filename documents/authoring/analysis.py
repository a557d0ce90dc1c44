"""Turns the masters' marks and claims into the register and the recorded analysis as rows of CSV files."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from masters import ClaimMaster, EvidenceMaster, MasterError, SiteMaster, SourceMaster, plain

ANALYST = "HW"
STANCES = {"+": "supports", "~": "qualifies", "!": "contradicts", ".": "context"}
THEMES = {
    "history": ("aims", "origins", "people"),
    "service": (
        *("context", "provision", "funding", "courses", "pathways", "gp_relationship"),
        *("patients", "practitioners", "payment", "conditions"),
    ),
    "integration": ("working_together", "barriers", "facilitators", "governance", "patient_input"),
    "success": ("effectiveness", "data", "satisfaction", "current", "sustainability", "cessation"),
}
THEME_IDS = {name: f"{group}.{name}" for group, names in THEMES.items() for name in names} | {
    "space": "integration.barriers.space",
    "one_person": "success.one_person",
    "social_prescribing": "success.social_prescribing",
}
Rows = list[dict[str, str]]


def theme_id(name: str) -> str:
    """Return the whole id of a theme named shortly in a master; groups and `*` stand for themselves."""
    if name in THEMES or name == "*" or (name.split(".", maxsplit=1)[0] in THEMES and "." in name):
        return name
    return THEME_IDS[name]


def register(sites: list[SiteMaster]) -> Rows:
    """Return the rows of `sources.csv`."""
    rows = []
    for site in sites:
        keys = {source.key: source.ref for source in site.sources}
        for source in site.sources:
            derived = [
                keys[key.strip()] for key in source.fields.get("derived", "").split(";") if key.strip()
            ]
            rows.append(_registered(site, source, ";".join(derived)))
    return rows


def _registered(site: SiteMaster, source: SourceMaster, derived: str) -> dict[str, str]:
    fields, on = source.fields, source.fields.get("on", "")
    return {
        "ref": source.ref,
        "path": source.path,
        "site": ";".join(code for code in (site.code, fields.get("also", "")) if code),
        "method": source.method,
        "document_type": fields.get("type", ""),
        "title": fields["title"],
        "produced_on": on,
        "precision": {10: "day", 7: "month", 4: "year"}.get(len(on), "unknown"),
        "originator": fields["originator"],
        "informants": fields.get("informants", ""),
        "authors": fields.get("authors", ""),
        "derived_from": derived,
        "url": fields.get("url", ""),
    }


def whole_text(source: SourceMaster) -> str:
    """Return the authored text, paragraph by paragraph, as a reader of the file would give it."""
    return "\n".join(
        "\n".join(plain(cell) for cell in line.cells) if line.kind == "row" else plain(line.text)
        for line in source.lines
        if line.kind != "comment"
    )


class Recorder:
    """Gathers the analysis of all sites, one coding for each passage at each theme."""

    def __init__(self) -> None:
        self.codings: dict[tuple[str, str, str], dict[str, str]] = {}
        self.claims: Rows = []
        self.evidence: Rows = []
        self.coverage: Rows = []
        self.cells: Rows = []
        self.convergence: Rows = []
        self.checks: Rows = []
        self.revisions: Rows = []
        self.names: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._used: Counter[str] = Counter()

    def record(self, site: SiteMaster) -> None:
        """Add one site."""
        sources = site.sources_by_key()
        for number, claim in enumerate(site.claims, 1):
            self._claim(site, sources, f"{site.code}-{number:02d}", claim)
        for theme, item in site.uncharted:
            self._coding(site, sources[item.source], theme_id(theme), item)
        self._cover(site, sources)
        self.cells += [
            {"site": site.code, "theme": theme_id(theme), "reason": reason, "coder": ANALYST}
            for theme, reason in site.not_applicable
        ]
        self.revisions += [
            {"source": sources[made.key].ref, "path": made.path, "reason": made.reason}
            for made in site.revisions
        ]

    def _claim(
        self, site: SiteMaster, sources: dict[str, SourceMaster], name: str, claim: ClaimMaster
    ) -> None:
        theme = theme_id(claim.theme)
        self.names[site.code, claim.theme].append(name)
        for review in claim.reviews:
            (self.checks if review.is_check else self.convergence).append({"claim": name, **review.fields})
        quotes = []
        for item in claim.evidence:
            coding = self._coding(site, sources[item.source], theme, item)
            if item.sign == "+":
                quotes.append(coding["quote"])
            self.evidence.append(_evidence(name, coding["id"], item))
        decision = claim.decision or ("", "", "", "")
        self.claims.append(
            {
                "id": name,
                "site": site.code,
                "theme": theme,
                "kind": claim.kind,
                "key": "yes" if claim.is_key else "no",
                "summary": claim.summary,
                "quotation": quotes[0] if claim.kind == "view" and quotes else "",
                "comment": claim.comment,
                "values": claim.values,
                "author": ANALYST,
                "decision": decision[0],
                "decision_reason": decision[3],
                "decided_by": decision[1],
                "decided_on": decision[2],
            }
        )

    def _coding(
        self, site: SiteMaster, source: SourceMaster, theme: str, item: EvidenceMaster
    ) -> dict[str, str]:
        marks = source.marks()
        if item.mark not in marks:
            raise MasterError(f"{site.code} {source.key} has no passage “{item.mark}”")
        key = (source.ref, item.mark, theme)
        if key not in self.codings:
            name = f"{source.ref}.{item.mark}"
            self._used[name] += 1
            before, after = beside(whole_text(source), marks[item.mark], source, item.mark)
            self.codings[key] = {
                "id": name if self._used[name] == 1 else f"{name}.{self._used[name]}",
                "source": source.ref,
                "site": site.code,
                "theme": theme,
                "quote": marks[item.mark],
                "start": "",
                "before": before,
                "after": after,
                "coder": source.fields.get("coder", ANALYST),
                "made_on": source.fields["read"],
                "state": "accepted",
                "memo": "",
            }
        return self.codings[key]

    def _cover(self, site: SiteMaster, sources: dict[str, SourceMaster]) -> None:
        said = [(source.key, "examined", "*") for source in site.sources] + site.coverage
        for key, state, place in said:
            theme, _, version = place.partition("@")
            fields = sources[key].fields
            self.coverage.append(
                {
                    "source": sources[key].ref,
                    "theme": theme_id(theme),
                    "state": state,
                    "version": version,
                    "coder": fields.get("coder", ANALYST),
                    "made_on": fields["read"],
                }
            )


def _evidence(claim: str, coding: str, item: EvidenceMaster) -> dict[str, str]:
    return {
        "claim": claim,
        "coding": coding,
        "stance": STANCES[item.sign],
        "basis": "inferred" if item.is_inferred else "direct",
        "prominence": item.prominence,
        "origins": item.origins,
        "note": "",
        "linked_on": item.linked_on,
    }


def beside(text: str, quote: str, source: SourceMaster, mark: str) -> tuple[str, str]:
    """Return the words before and after a quote that stands more than once in its source, else empty."""
    if text.count(quote) == 1:
        return "", ""
    for context, after in _contexts(source, mark):
        if text.count(context + quote + after) == 1:
            return context.strip(), after.strip()
    raise MasterError(f"{source.ref}: the passage “{mark}” cannot be told from its double")


def _contexts(source: SourceMaster, mark: str) -> Iterator[tuple[str, str]]:
    for line in source.lines:
        before, opened, rest = line.text.partition(f"{{{mark}|")
        if opened:
            after = plain(rest.partition("}")[2])
            yield plain(before)[-40:], ""
            yield plain(before)[-40:], after[:40]
