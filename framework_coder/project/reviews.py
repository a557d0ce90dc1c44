"""The review of a project: contested claims, convergence, member checks, sources that are alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from framework_coder.exchange.rows import Reviewing
from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Adjudication, Decision
from framework_coder.model.pairing import Pair, Pairing, count_pairings, pair_up
from framework_coder.model.reviews import Convergence, MemberCheck, MemberCheckState, Separation
from framework_coder.model.study import Study
from framework_coder.project.selecting import Wish, choose, select
from framework_coder.project.session import Session
from framework_coder.store.claims import load_decisions
from framework_coder.store.reviews import load_member_checks, load_separations
from framework_coder.store.sources import load_sites
from framework_coder.store.study import load_study
from framework_coder.workflows import likeness, reviewing
from framework_coder.workflows.likeness import LikeSources
from framework_coder.workflows.names import find_site
from framework_coder.workflows.recorded_review import import_reviewing

__all__ = ["LikeSources", "ProjectReviews"]


class ProjectReviews:
    """What people decide about claims and sources once they are charted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def import_(self, given: Reviewing, *, codings: Mapping[str, int] | None = None, why: str = "") -> None:
        """Store recorded findings, memos and reviews, all or nothing; raises FaultyRowsError.

        Claims are named by the ids under which they were imported; `codings` gives coding numbers by id.
        """
        import_reviewing(self._session.engine, given, who=self._session.who, codings=codings, why=why)

    # --- contested claims ---

    def adjudicate(self, claim: int, decision: Decision | str, reason: str, *, why: str = "") -> None:
        """Decide on a contested claim, for a reason; it goes stale when the evidence on a side changes.

        Raises NothingToDecideError where the claim is not contested, ReviewReasonError without a reason.
        """
        reviewing.adjudicate(
            self._session.engine, claim, choose(Decision, decision), reason, who=self._session.who, why=why
        )

    def withdraw(self, claim: int, *, why: str = "") -> None:
        """Take back the decisions on a claim; the journal keeps them."""
        reviewing.withdraw_decision(self._session.engine, claim, who=self._session.who, why=why)

    def decisions(self, claim: int) -> tuple[Adjudication, ...]:
        """Return every decision on a claim, oldest first; the last one holds while its evidence stands."""
        with self._session.reading() as connection:
            return load_decisions(connection, claim)

    # --- convergence ---

    def convergences(self, **filters: Any) -> list[Pairing]:
        """Return how each pair of planned methods stands on each claim; takes `sites`, `where`, `themes`."""
        study = self._study()
        selection = select(study, Wish(**filters))
        bearings = Bearings(study, selection)
        below = {t for theme in selection.themes for t in study.codebook.descendants(theme)}
        shown = [
            claim
            for claim in study.claims
            if selection.shows_site(bearings.sites[claim.site]) and (not below or claim.theme in below)
        ]
        return list(pair_up(bearings, shown))

    def convergence_counts(self, **filters: Any) -> dict[Pair, dict[Convergence, int]]:
        """Return for each pair of methods how many claims stand in which way; same filters."""
        return count_pairings(self.convergences(**filters))

    def confirm(
        self,
        pairs: Sequence[tuple[int, str, str] | Pairing],
        confirmed: Convergence | str | None = None,
        *,
        reason: str = "",
        why: str = "",
    ) -> list[Pairing]:
        """Confirm how two methods stand on claims, each given as (claim, method, method), as one step.

        Each is confirmed as suggested, or as `confirmed`, which needs a reason where it differs. Raises
        UnknownPairError or ReviewReasonError.
        """
        return reviewing.confirm_convergence(
            self._session.engine,
            _spots(pairs),
            choose(Convergence, confirmed) if confirmed else None,
            who=self._session.who,
            reason=reason,
            why=why,
        )

    def reopen(self, pairs: Sequence[tuple[int, str, str] | Pairing], *, why: str = "") -> None:
        """Take back what was confirmed of pairs of methods."""
        reviewing.reopen_convergence(self._session.engine, _spots(pairs), who=self._session.who, why=why)

    # --- member checks ---

    def record_check(
        self,
        claims: int | Sequence[int],
        state: MemberCheckState | str,
        *,
        informant: str | None = None,
        reply: str | None = None,
        why: str = "",
    ) -> None:
        """Record where the member check of claims stands, and what was answered; it is never evidence."""
        reviewing.record_member_check(
            self._session.engine,
            [claims] if isinstance(claims, int) else claims,
            choose(MemberCheckState, state),
            who=self._session.who,
            informant=informant,
            reply=reply,
            why=why,
        )

    def checks(self, *, states: Collection[MemberCheckState | str] = ()) -> tuple[MemberCheck, ...]:
        """Return the member checks recorded, those in some states, or all."""
        with self._session.reading() as connection:
            return tuple(c for c in load_member_checks(connection) if not states or c.state in states)

    def check_counts(self) -> Mapping[MemberCheckState, int]:
        """Return how many claims are in each state; a claim without a record was not sent."""
        study = self._study()
        states = {check.claim: check.state for check in study.member_checks}
        counts = dict.fromkeys(MemberCheckState, 0)
        for claim in study.claims:
            counts[states.get(claim.id, MemberCheckState.NOT_SENT)] += 1
        return counts

    # --- sources that are alike ---

    def like_sources(self, *, sites: Collection[str] = ()) -> list[LikeSources]:
        """Return pairs of sources that share passages and were not decided on, the most alike first.

        `sites` are codes, which limit the search to their sources.
        """
        with self._session.reading() as connection:
            codes = {site.code: site.id for site in load_sites(connection)} if sites else {}
            return likeness.find_like_sources(connection, [find_site(codes, code) for code in sites])

    def derive(self, copy: str, root: str, *, why: str = "") -> None:
        """Confirm that a source (its ref) derives from another: they count as one origin."""
        likeness.derive(self._session.engine, copy, root, who=self._session.who, why=why)

    def underive(self, copy: str, root: str, *, why: str = "") -> None:
        """Take back that a source derives from another."""
        likeness.underive(self._session.engine, copy, root, who=self._session.who, why=why)

    def keep_apart(self, one: str, other: str, reason: str, *, why: str = "") -> None:
        """Record that two sources that are alike do not copy each other; they are not proposed again."""
        likeness.keep_apart(self._session.engine, one, other, reason, who=self._session.who, why=why)

    def separations(self) -> tuple[Separation, ...]:
        """Return the pairs of sources that were kept apart, with the reasons."""
        with self._session.reading() as connection:
            return load_separations(connection)

    def _study(self) -> Study:
        with self._session.reading() as connection:
            return load_study(connection, with_text=False)


def _spots(pairs: Sequence[tuple[int, str, str] | Pairing]) -> list[tuple[int, str, str]]:
    return [(p.claim, p.first, p.second) if isinstance(p, Pairing) else p for p in pairs]
