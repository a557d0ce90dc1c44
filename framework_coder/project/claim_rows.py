"""Claims, their evidence and their history as rows: what listings and DataFrames show."""

from collections.abc import Mapping
from typing import Any

from framework_coder.model.charting import ClaimEdit, describe_edit
from framework_coder.model.citations import write_token
from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.codings import Coding
from framework_coder.model.values import write_value
from framework_coder.project.frames import columns_of

COLUMNS = columns_of("claims")
EVIDENCE_COLUMNS = (
    "coding", "cite", "stance", "basis", "prominence", "origins", "note", "theme", "quote", "state",
    "is_drifted",
)  # fmt: skip
HISTORY_COLUMNS = ("entry", "made_at", "who", "action", "change", "why")


def row_of_claim(claim: Claim, codes: Mapping[int, str], evidence: int) -> dict[str, Any]:
    """Return the columns of a claim; `codes` are the sites' by number."""
    same = ("theme", "summary", "is_key", "quotation", "comment", "author")
    return {
        "claim": claim.id,
        "site": codes[claim.site],
        "kind": claim.kind.value,
        "values": "; ".join(write_value(value) for value in claim.values),
        "evidence": evidence,
        **{name: getattr(claim, name) for name in same},
    }


def row_of_link(link: Evidence, coding: Coding, refs: Mapping[int, str]) -> dict[str, Any]:
    """Return the columns of a link with those of its coding; `refs` are the sources' by number."""
    return {
        "coding": link.coding,
        "cite": f"[{write_token(refs[coding.source], coding.locator)}]",
        "stance": link.stance.value,
        "basis": "inferred" if link.is_inferred else "direct",
        "prominence": link.prominence,
        "origins": "; ".join(sorted(link.origins or ())),
        "note": link.note,
        "theme": coding.theme,
        "quote": coding.quote,
        "state": coding.state.value,
        "is_drifted": coding.is_drifted,
    }


def row_of_edit(edit: ClaimEdit) -> dict[str, Any]:
    """Return the columns of a step in a claim's history."""
    same = ("entry", "made_at", "who", "action", "why")
    return {"change": describe_edit(edit), **{name: getattr(edit, name) for name in same}}
