"""What follows from the tables of an archive: statuses, states, and the rule for them in plain words."""

import csv
import io
from collections.abc import Iterable, Iterator

from framework_coder.model.formulas import guard
from framework_coder.model.matrix import Matrix

METHOD = """\
HOW STATUSES FOLLOW FROM THE TABLES
===================================

matrix/claims.csv and matrix/cells.csv say what the program showed when this
archive was written. They follow from the tables by the rules below, and are
not read back. Upper-case words below stand there in lower case.

Evidence
--------

Only live evidence counts: its coding is in the state "accepted" and stands
on the current revision of its source. S, Q and C are the items of a claim
whose stance is supports, qualifies and contradicts; "context" never counts.

The origins of a source are the informants, the named authors (where
"authors_are_origins" is true in the setting "design") and the root documents
of the source itself and of every source that it derives from, directly or
through others (the rows of derivations that are confirmed). A root document
derives from none; of sources that derive from each other in a circle, each
is a root. An item has the origins of its source, or only those that the
column "origins" of evidence names (people, or sources by their ref), where it
names any of them. Names are compared without regard to case and white space.

Two items are independent if they come from different sources and share no
origin. g is the size of the largest set of items of S that are pairwise
independent; t the same where, besides, their methods are planned ones and
all differ; k is the number of methods that are "planned" in the setting
"design".

Status of a claim: the first line that holds
--------------------------------------------

UNSUPPORTED       S, Q and C are empty
CONTRADICTED      S is empty, C is not
QUALIFIED_ONLY    S and C are empty, Q is not
CONTESTED         S and C are not empty, and no decision is live
RESOLVED          S and C are not empty, and a decision is live (the newest
                  row of adjudications with a reason, whose codings are
                  still those of S and C); "breadth" is the status that S
                  would have alone
SINGLE            one source in S, however many passages
REPEATED          two sources or more, g = 1
CORROBORATED      g is 2 or more, t = 1
TRIANGULATED      t is 2 or more, and less than k
TRIANGULATED_ALL  t = k

State of a cell (a site and a theme with all themes below it)
-------------------------------------------------------------

With claims, the worst status of its key claims (of all claims where none is
key), from worst to best: UNSUPPORTED, CONTRADICTED, CONTESTED,
QUALIFIED_ONLY, SINGLE, REPEATED, CORROBORATED, RESOLVED, TRIANGULATED,
TRIANGULATED_ALL. Without claims the first line that holds:

NOT_APPLICABLE    an analyst said so (table not_applicable)
NOT_COLLECTED     the site has no source
UNCHARTED         there are live codings
NOT_EXAMINED      not every source of the site was examined for the theme
                  (table coverage) since the framework version in which its
                  meaning last changed
SILENT            all were examined, and nothing was found
"""

CLAIMS = (
    "claim", "site", "theme", "status", "breadth", "g", "t", "k", "supports", "qualifies", "contradicts",
    "flags", "summary",
)  # fmt: skip
CELLS = ("site", "theme", "state", "claims", "codings", "sources", "examined", "reason")


def list_claims(matrix: Matrix) -> Iterator[tuple[object, ...]]:
    """Yield a row of `CLAIMS` for each claim; sides are numbers of codings."""
    codes = {site.id: site.code for site in matrix.study.sites}
    for claim in matrix.bearings.claims.values():
        found = matrix.assessments[claim.id]
        sides = (found.supports, found.qualifies, found.contradicts)
        yield (
            claim.id, codes[claim.site], claim.theme, found.status, found.breadth or "",
            found.independent, found.methods, found.planned,
            *(" ".join(str(item.coding) for item in side) for side in sides),
            " ".join(found.flags), guard(claim.summary),
        )  # fmt: skip


def list_cells(matrix: Matrix) -> Iterator[tuple[object, ...]]:
    """Yield a row of `CELLS` for each cell."""
    for site, cells in matrix.rows():
        for cell in cells:
            yield (
                site.code, cell.theme, cell.state, len(cell.claims), len(cell.codings), cell.sources,
                cell.examined, guard(cell.reason),
            )  # fmt: skip


def to_csv(names: Iterable[str], rows: Iterable[tuple[object, ...]]) -> bytes:
    """Return rows as the other CSV files of an archive are written."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + page.getvalue().encode()
