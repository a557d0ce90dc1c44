"""What the rows of each table are called in sentences."""

from framework_coder.model import wording

NAMES = {
    "settings": ("setting", "settings"),
    "sites": ("site", "sites"),
    "planned_sources": ("planned number of sources", "planned numbers of sources"),
    "files": ("file", "files"),
    "sources": ("source", "sources"),
    "source_sites": ("link of a source to a site", "links of sources to sites"),
    "derivations": ("derivation", "derivations"),
    "revisions": ("text", "texts"),
    "blocks": ("text's blocks", "texts' blocks"),
    "themes": ("theme", "themes"),
    "framework_versions": ("framework version", "framework versions"),
    "coders": ("coder", "coders"),
    "codings": ("coding", "codings"),
    "claims": ("claim", "claims"),
    "claim_values": ("value of a claim", "values of claims"),
    "evidence": ("evidence link", "evidence links"),
    "adjudications": ("decision", "decisions"),
    "coverage": ("coverage entry", "coverage entries"),
    "not_applicable": ("mark as not applicable", "marks as not applicable"),
    "convergences": ("convergence of two methods", "convergences of two methods"),
    "member_checks": ("member check", "member checks"),
    "separations": ("pair of sources judged separate", "pairs of sources judged separate"),
    "findings": ("finding", "findings"),
    "finding_claims": ("link of a finding to a claim", "links of findings to claims"),
    "memos": ("memo", "memos"),
    "memo_targets": ("target of a memo", "targets of memos"),
    "guids": ("name in another tool", "names in other tools"),
}
"""One and many, by table."""


def count_of(table: str, count: int) -> str:
    """Return `12 codings`."""
    return wording.count(count, *NAMES.get(table, (table, table)))


def name_of_row(table: str, row: str) -> str:
    """Return `coding 7`, `theme space`."""
    return f"{NAMES.get(table, (table,))[0]} {row}"
