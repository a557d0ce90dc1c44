"""Reports and exports: what is wished for, and what was made."""

from pydantic import Field

from framework_coder.web.payloads.base import Payload


class ReportWish(Payload):
    """A kind of report, whether names of anonymous sites are replaced, and for which tool it is.

    `ticket` is any text by which the making can be stopped.
    """

    kind: str
    anonymous: bool = False
    dialect: str = ""
    ticket: str = Field("", max_length=64)


class ReportMade(Payload):
    """A report to fetch at `address`; `losses` are sentences on what it could not hold."""

    address: str
    name: str
    size: int
    losses: list[str]
