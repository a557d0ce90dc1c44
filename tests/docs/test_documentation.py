"""The documentation leads where it says, shows commands that exist, and leaves none out."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from docs.conftest import Call
from docs.documents import PAGES, ROOT, blocks, commands, links, name

from framework_coder import Project
from framework_coder.cli.main import app

API = ROOT / "docs" / "python-api.md"
PROGRAM: Any = typer.main.get_command(app)
SHOWN = [(name(page), command) for page in PAGES for command in commands(page)]
LINKS = [(page, link) for page in PAGES for link in links(page) if not link.startswith(("http:", "https:"))]


def every_command(group: Any = PROGRAM, words: tuple[str, ...] = ()) -> Iterator[str]:
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, (*words, word))
        else:
            yield " ".join((*words, word))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("document", "link"), LINKS, ids=[f"{name(page)}->{link}" for page, link in LINKS])
def test_a_link_leads_somewhere(document: Path, link: str) -> None:
    place, _, anchor = link.partition("#")
    target = (document.parent / place).resolve() if place else document
    assert target.exists()
    assert not anchor or anchor in anchors(target)


def test_a_page_that_the_code_names_is_there() -> None:
    named = {
        match
        for path in (ROOT / "framework_coder").rglob("*.py")
        for match in re.findall(
            r"docs/[\w/-]+\.md|method\.md|\d{3}-[\w-]+\.md", path.read_text(encoding="utf-8")
        )
    }
    pages = {name(page) for page in PAGES}
    assert {
        page for page in named if not any(known.endswith(f"/{page}") or known == page for known in pages)
    } == set()


@pytest.mark.parametrize(
    ("document", "command"), SHOWN, ids=[f"{page}: {command}" for page, command in SHOWN]
)
def test_a_command_that_is_shown_exists_with_its_options(document: str, command: str) -> None:
    words = iter(shlex.split(command, comments=True)[1:])
    found: Any = PROGRAM
    options = {option for parameter in found.params for option in parameter.opts} | {"--help", "-h"}
    for word in words:
        if hasattr(found, "commands") and not word.startswith("-"):
            if "|" in word or "…" in word or word.isupper():
                return
            assert word in found.commands, f"{document}: there is no {word} in {command}"
            found = found.commands[word]
            options |= {option for parameter in found.params for option in parameter.opts}
        elif re.match(r"--?[a-z]", word):
            assert word.partition("=")[0] in options, f"{document}: {command} has no {word}"


@pytest.mark.parametrize("command", list(every_command()))
def test_every_command_is_documented(command: str) -> None:
    texts = (page.read_text(encoding="utf-8") for page in PAGES if page.is_relative_to(ROOT / "docs"))
    assert any(f"framework-coder {command}" in text for text in texts)


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_no_page_names_a_place_of_one_machine(document: Path) -> None:
    found = re.findall(
        r"(?<![\w.])/(?:home|work|root|tmp|Users|var|opt|mnt)\b\S*", document.read_text(encoding="utf-8")
    )
    assert found == []


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_a_page_is_reached_from_the_readme(document: Path) -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            targets = ((here.parent / link.partition("#")[0]).resolve() for link in links(here))
            waiting += [target for target in targets if target.suffix == ".md" and target.is_file()]
    assert document in reached


def test_the_readme_names_targets_that_make_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_layout_names_modules_that_exist() -> None:
    (layout,) = blocks(ROOT / "docs" / "architecture.md", "")
    package = ROOT / "framework_coder"
    modules = re.findall(r"[\w*]+\.py", layout.partition("\ncodebooks/")[0])
    assert [module for module in modules if not list(package.rglob(module))] == []
    assert {folder.name for folder in package.iterdir() if (folder / "__init__.py").exists()} == set(
        re.findall(r"^  (\w+)/", layout, re.MULTILINE)
    )


def test_the_pictures_are_light_enough_for_a_page() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


@pytest.mark.e2e
@pytest.mark.parametrize("document", [API, ROOT / "README.md"], ids=name)
@pytest.mark.usefixtures("beside_project")
def test_the_python_example_runs_from_top_to_bottom(document: Path) -> None:
    (example,) = blocks(document, "python")
    exec(compile(example, name(document), "exec"), {})  # noqa: S102 - our own document


@pytest.mark.e2e
@pytest.mark.usefixtures("beside_project")
def test_the_tour_of_the_readme_runs(call: Call) -> None:
    tour = next(block for block in blocks(ROOT / "README.md", "") if "cd demo" in block)
    after = tour.partition("cd demo\n")[2].splitlines()
    assert len(after) > 3
    for command in after:
        printed = call(command)
        assert printed
        assert not printed[0].startswith(("framework-coder:", "Usage:")), printed[0]


@pytest.mark.e2e
@pytest.mark.parametrize("part", ["sites", "sources", "codebook", "codings", "claims"])
def test_the_columns_of_a_frame_are_documented(part: str, beside_project: Path) -> None:
    with Project.open(beside_project / "study.fwc") as project:
        columns = list(getattr(project, part).frame().columns)
    row = next(
        line
        for line in API.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| `{part}.frame()`")
    )
    documented = re.findall(r"`(\w+)`", row.split("|")[2])
    assert documented == columns[: len(documented)]
    assert part == "sites" or len(documented) == len(columns)


@pytest.mark.e2e
def test_the_tables_of_a_matrix_are_documented(beside_project: Path) -> None:
    with Project.open(beside_project / "study.fwc") as project:
        tables = list(project.matrix().tables())
    section = API.read_text(encoding="utf-8").partition("gives any of the tables")[2].partition(";")[0]
    assert re.findall(r"`(\w+)`", section) == tables
