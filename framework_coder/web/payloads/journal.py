"""The journal."""

from framework_coder.web.payloads.base import Payload


class JournalLine(Payload):
    """An entry of the journal in words."""

    id: int
    made_at: str
    who: str
    action: str
    why: str
    words: str
    is_undone: bool
    undoes: int | None


class News(Payload):
    """What happened since an entry: the newest entry, and the lines of others' and one's own changes."""

    entry: int
    lines: list[JournalLine]
