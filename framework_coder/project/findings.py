"""The findings of a project."""

from collections.abc import Collection, Mapping

from framework_coder.model.findings import Finding, FindingRole
from framework_coder.project.session import Session
from framework_coder.store.reviews import load_findings
from framework_coder.workflows import findings as writing

Roles = Mapping[int, FindingRole] | Collection[int]
"""Claims by number with their role; without roles, all support."""


class ProjectFindings:
    """Statements across sites, resting on claims; `matrix().explore.findings()` counts them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[Finding, ...]:
        """Return the findings in order."""
        with self._session.reading() as connection:
            return load_findings(connection)

    def get(self, finding: int) -> Finding:
        """Return one finding; raises UnknownFindingError."""
        for found in self.list():
            if found.id == finding:
                return found
        raise writing.UnknownFindingError(finding)

    def add(self, statement: str, *, claims: Roles = (), comment: str = "", why: str = "") -> int:
        """Write a finding and return its number; raises EmptyFindingError or UnknownClaimsError."""
        return writing.add_finding(
            self._session.engine,
            statement,
            who=self._session.who,
            comment=comment,
            claims=_roles(claims),
            why=why,
        )

    def edit(
        self,
        finding: int,
        *,
        statement: str | None = None,
        comment: str | None = None,
        was: str | None = None,
        why: str = "",
    ) -> None:
        """Reword a finding; raises StaleFindingError where its statement is no longer `was`."""
        writing.edit_finding(
            self._session.engine,
            finding,
            who=self._session.who,
            statement=statement,
            comment=comment,
            was=was,
            why=why,
        )

    def delete(self, finding: int, *, why: str = "") -> None:
        """Take a finding away; its claims stay."""
        writing.delete_finding(self._session.engine, finding, who=self._session.who, why=why)

    def link(self, finding: int, claims: Roles, *, note: str = "", why: str = "") -> None:
        """Rest a finding on claims; one that is linked already takes the new role."""
        writing.link_claims(
            self._session.engine, finding, _roles(claims), who=self._session.who, note=note, why=why
        )

    def unlink(self, finding: int, claims: Collection[int], *, why: str = "") -> None:
        """Take claims from a finding."""
        writing.unlink_claims(self._session.engine, finding, claims, who=self._session.who, why=why)

    def move(self, finding: int, place: int, *, why: str = "") -> None:
        """Put a finding at a place in their order, from 1."""
        writing.move_finding(self._session.engine, finding, place, who=self._session.who, why=why)


def _roles(claims: Roles) -> dict[int, FindingRole]:
    if isinstance(claims, Mapping):
        return {claim: FindingRole(role) for claim, role in claims.items()}
    return dict.fromkeys(claims, FindingRole.SUPPORTS)
