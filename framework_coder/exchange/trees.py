"""YAML read safely, with the line of every key, so that a message can name it."""

from pathlib import Path
from typing import Any

import yaml

from framework_coder.exchange.faults import Faults

SIZE_LIMIT = 10_000_000
"""Bytes above which a YAML file is refused."""


class Tree(dict[str, Any]):
    """A YAML mapping that knows its `line` and the line of each key (`lines`)."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class _Loader(yaml.SafeLoader):
    """Keeps lines; refuses keys given twice and aliases (a few of which can stand for gigabytes)."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(None, None, "aliases (*name) are not allowed", mark)
        return super().compose_node(parent, index)


def _construct_tree(loader: _Loader, node: yaml.MappingNode) -> Tree:
    tree = Tree(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in tree:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key “{key}” stands twice", key_node.start_mark
            )
        tree[key] = loader.construct_object(value_node, deep=True)
        tree.lines[key] = key_node.start_mark.line + 1
    return tree


def _construct_word(loader: _Loader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_tree)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _construct_word)


def read_tree(path: Path, faults: Faults) -> Tree:
    """Return the mapping at the top of a YAML file; an empty one where there is a fault."""
    try:
        content = path.read_bytes()
        if len(content) > SIZE_LIMIT:
            faults.add(0, "", f"the file is over {SIZE_LIMIT // 1_000_000} MB")
            return Tree(1)
        found = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        faults.add(0, "", f"the file cannot be read ({error.strerror}); check its name and place")
    except UnicodeDecodeError:
        faults.add(0, "", "the file is not UTF-8; save it again as UTF-8")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        faults.add(line, "", f"{error.problem}; check the indentation and the punctuation there")
    except (yaml.YAMLError, RecursionError) as error:
        faults.add(0, "", f"the file is not YAML ({error}); check its first lines")
    else:
        if isinstance(found, Tree):
            return found
        faults.add(1, "", "the file must be a mapping of names to values at its top")
    return Tree(1)
