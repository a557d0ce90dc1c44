"""Reports and exports: what is wished for, and what was made."""

from framework_coder.web.payloads.base import Payload


class ReportWish(Payload):
    """A kind of report, whether names of anonymous sites are replaced, and for which tool it is."""

    kind: str
    anonymous: bool = False
    dialect: str = ""


class ReportMade(Payload):
    """A report to fetch at `address`; `losses` are sentences on what it could not hold."""

    address: str
    name: str
    size: int
    losses: list[str]
