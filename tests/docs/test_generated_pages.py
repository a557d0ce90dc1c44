"""The generated pages of the reference are those that the program would write now."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[Path, str] = load_generator().write_pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "run `make docs`"


def test_every_command_argument_and_option_is_explained() -> None:
    page = PAGES[ROOT / "docs" / "reference" / "command-line.md"]
    for command in ("run", "demo", "code import", "codebook restore", "ingest", "backup"):
        assert f"`framework-coder {command}`" in page
    for line in page.splitlines():
        if line.startswith("| `"):
            assert line.split(" | ")[1].strip(" |"), line
        assert "None" not in line
