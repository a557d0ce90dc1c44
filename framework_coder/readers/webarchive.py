"""Read a web page that a browser saved as one file (.mht, .mhtml): the page inside, nothing else."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from framework_coder.model.sources import SourceText
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.refusals import DamagedFileError
from framework_coder.readers.webpage import read_page

MEDIA_TYPE = "multipart/related"


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:  # noqa: ARG001 - one signature for all
    """Return the page that the archive was saved for; raises `UnreadableFileError`."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                declared = part.get_content_charset() or ""
                return read_page(path, content, page, declared=declared, media_type=MEDIA_TYPE)
    raise DamagedFileError(path, "there is no page in it")
