"""Sites: which codes are taken."""

from pathlib import Path

import builders
import pytest

from framework_coder.exchange.rows import SiteRow
from framework_coder.workflows.sites import SiteCodeError


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((" ",), "has no letters"),
        (("",), "has no letters"),
        (("s01",), "“s01” is “S01” but for its case"),
        (("N1", "n1"), "“n1” is “N1” but for its case"),
    ],
)
def test_a_code_that_could_be_mistaken_is_refused(tmp_path: Path, codes: tuple[str, ...], words: str) -> None:
    with builders.project(tmp_path, sites=("S01",)) as project:
        with pytest.raises(SiteCodeError, match=words):
            project.sites.add_all([SiteRow(0, code, "A site", {}) for code in codes])
        assert [site.code for site in project.sites.list()] == ["S01"]


def test_any_other_code_is_only_a_name(tmp_path: Path) -> None:
    nasty = ["'; DROP TABLE sites; --", "../x", "😀", "x" * 10_000]
    with builders.project(tmp_path, sites=("S01",)) as project:
        project.sites.add_all([SiteRow(0, code, code, {}) for code in nasty])
        assert [site.code for site in project.sites.list()] == ["S01", *nasty]
        assert project.check() == []
