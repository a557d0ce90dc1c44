"""Code the answers of a questionnaire at the themes that their questions ask about."""

from collections.abc import Sequence
from typing import Any

from framework_coder.model.anchors import make_anchor
from framework_coder.model.codebook import Codebook
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.store.journal import now
from framework_coder.workflows.reading import Prepared


class AnswerCoder:
    """Matches each distinct question to a theme once: the sites of a study answer the same ones."""

    def __init__(self, codebook: Codebook, coder: str) -> None:
        self._codebook, self._coder = codebook, coder
        self._matches: dict[str, Any] = {}

    def code(self, prepared: Prepared, sites: Sequence[int]) -> list[dict[str, Any]]:
        """Return coding rows, without source and revision: a clear match is accepted, else proposed."""
        answers = prepared.answers
        if not answers or not len(self._codebook):
            return []
        self._match([question for question, _ in answers])
        return [
            self._row(prepared, ordinal, site, self._matches[question])
            for question, ordinal in answers
            for site in sites
            if self._matches[question].theme is not None
        ]

    def _match(self, questions: Sequence[str]) -> None:
        from framework_coder.language.questions import match_questions

        new = [question for question in dict.fromkeys(questions) if question not in self._matches]
        if new:
            self._matches.update(zip(new, match_questions(new, self._codebook), strict=True))

    def _row(self, prepared: Prepared, ordinal: int, site: int, match: Any) -> dict[str, Any]:
        start, end, *_, locator = prepared.blocks[ordinal]
        anchor = make_anchor(prepared.text, start, end)
        return {
            "site": site,
            "theme": match.theme,
            "start": start,
            "end": end,
            "quote": anchor.quote,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "locator": locator,
            "coder": self._coder,
            "origin": CodingOrigin.STRUCTURE.value,
            "state": (CodingState.ACCEPTED if match.is_clear else CodingState.PROPOSED).value,
            "score": match.score,
            "reason": match.reason,
            "made_on": now()[:10],
        }
