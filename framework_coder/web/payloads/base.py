"""What all payloads share, and the answers that several screens get."""

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """A JSON object with exactly these fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Done(Payload):
    """What a change did, in words, and the journal's newest entry after it."""

    entry: int
    told: str


class Reason(Payload):
    """Why."""

    reason: str


class ShortcutLine(Payload):
    """A shortcut of the page."""

    keys: str
    action: str
    told: str
