"""The format REFI-QDA codebook (.qdc), as the table of formats knows it."""

import re
from pathlib import Path

_ROOT = re.compile(rb"<(?:[\w.-]+:)?CodeBook[\s>/]")


def recognise(path: Path) -> bool:
    """Say whether a file is XML whose root is a code book."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    is_xml = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return is_xml and _ROOT.search(head) is not None
