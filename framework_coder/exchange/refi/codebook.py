"""The format REFI-QDA codebook (.qdc), as the table of formats knows it."""

import re
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.formats import Options
from framework_coder.exchange.naming import guess_split

_ROOT = re.compile(rb"<(?:[\w.-]+:)?CodeBook[\s>/]")
_BEGINNING = 4096
_TAGS = "Taguette"
"""The tool that writes the levels of a code into its name."""


class EmptyCodebookError(BadInputError):
    """A codebook without themes, which the standard cannot hold."""

    def __init__(self) -> None:
        super().__init__("The codebook is empty, and a .qdc file needs a code; add a theme first.")


def recognise(path: Path) -> bool:
    """Say whether a file is XML whose root is a code book."""
    try:
        with path.open("rb") as file:
            head = file.read(_BEGINNING)
    except OSError:
        return False
    found = _ROOT.search(head)
    is_xml = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return is_xml and found is not None and b"<Project" not in head[: found.start()]


def read(path: Path, options: Options) -> Bundle:
    """Return the themes of a codebook; raises BadXmlError or InvalidFileError."""
    from framework_coder.exchange.refi.reading import judge
    from framework_coder.exchange.refi.reading_codes import read_codes
    from framework_coder.exchange.refi.study import Reading
    from framework_coder.exchange.refi.xml import CODEBOOK, read_xml

    document = read_xml(path.read_bytes(), path.name, CODEBOOK)
    bundle = Bundle(origin=document.root.get("origin") or "")
    judge(document, path.name, bundle, options)
    reading = Reading(None, document.root, options, bundle)
    codes = document.root.find("Codes")
    if codes is not None and bundle.origin.startswith(_TAGS):
        _nest_tags(bundle, codes)
    read_codes(reading, codes)
    _read_sets(reading)
    reading.tell_assumptions()
    return bundle


def _nest_tags(bundle: Bundle, top: Any) -> None:
    """Put each code below the one whose name begins its own, as in a project of that tool."""
    from lxml import etree

    codes = [(code, code.get("name") or "") for code in top.iterchildren("Code")]
    split, mark = guess_split([name for _, name in codes])
    if not mark:
        return
    bundle.choices.append(f"Tags are split into levels at “{mark}”, as in the project itself.")
    known: dict[tuple[str, ...], Any] = {(): top}
    for code, parts in sorted(((code, split(name)) for code, name in codes), key=lambda each: len(each[1])):
        for depth in range(1, len(parts)):
            if (place := tuple(parts[:depth])) not in known:
                group = {"name": parts[depth - 1], "isCodable": "true"}
                known[place] = etree.SubElement(known[place[:-1]], "Code", group)
        known[tuple(parts[:-1])].append(code)
        code.set("name", parts[-1])
        known.setdefault(tuple(parts), code)


def _read_sets(reading: Any) -> None:
    """Keep groups of codes as memos on their themes."""
    from framework_coder.exchange.bundle import BundledMemo
    from framework_coder.exchange.refi.wording import fold

    for number, each in enumerate(reading.root.iterfind("Sets/Set")):
        name = " ".join((each.get("name") or "").split()) or "Unnamed set"
        members = [fold(m.get("guid") or m.get("targetGUID") or "") for m in each.iterfind("MemberCode")]
        targets = [target for member in members for target in reading.targets(member)]
        text = each.findtext("Description") or f"{len(members)} members."
        reading.bundle.memos.append(BundledMemo(f"set {number}", name, text, "set", "", "", targets))


def write(bundle: Bundle, path: Path, options: Options) -> list[Loss]:  # noqa: ARG001 - one signature for all
    """Write the themes with their rules; memos on a theme are added to its description."""
    from lxml import etree

    from framework_coder import __version__
    from framework_coder.exchange.refi.wording import ORIGIN
    from framework_coder.exchange.refi.writing import seal
    from framework_coder.exchange.refi.writing_codes import CodeWriting
    from framework_coder.exchange.refi.xml import CODEBOOK

    if not len(bundle.codebook):
        raise EmptyCodebookError
    root = etree.Element("CodeBook", {"origin": f"{ORIGIN} {__version__}"})
    writing = CodeWriting.of(bundle)
    writing.write(etree.SubElement(root, "Codes"))
    writing.append_memos()
    writing.lose_matching()
    writing.write_sets(root)
    path.write_bytes(seal(root, CODEBOOK))
    return []
