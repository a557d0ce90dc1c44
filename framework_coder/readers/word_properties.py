"""Read a Word document's core properties: title, authors, date, language, and the rest as it stands."""

from typing import Any

from framework_coder.model.sources import Metadata

_FIELDS = frozenset({"title", "creator", "created", "language"})


def read_properties(root: Any | None, language: str) -> Metadata:
    """Return the metadata; `language` is that of the document's styles, where the properties name none."""
    if root is None:
        return Metadata(language=language)
    found = {
        str(item.tag).rpartition("}")[2]: " ".join((item.text or "").split())
        for item in root
        if isinstance(item.tag, str)
    }
    authors = (name.strip() for name in found.get("creator", "").split(";"))
    return Metadata(
        title=found.get("title", ""),
        authors=tuple(name for name in authors if name),
        created=found.get("created", "")[:10],
        language=found.get("language", "") or language,
        other={name: text for name, text in found.items() if text and name not in _FIELDS},
    )
