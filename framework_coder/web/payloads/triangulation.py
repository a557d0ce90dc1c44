"""Decisions and confirmations."""

from framework_coder.web.payloads.base import Payload


class Adjudication(Payload):
    """How a contested claim is settled, and why."""

    decision: str
    reason: str


class Confirmation(Payload):
    """What two methods come to on a claim; empty `confirmed` takes the suggestion."""

    claim: int
    first: str
    second: str
    confirmed: str = ""
    reason: str = ""
