"""REFI-QDA projects written by hand, as other tools write them: a line an element."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.formats import recognise

SPACE = "urn:QDA-XML:project:1.0"
ANNA, BEN = 1, 2
CODE, OTHER = 101, 102
SOURCE = 201

Texts = Mapping[str, str | bytes]


def g(number: int) -> str:
    """Return the GUID of a number."""
    return f"{number:08X}-0000-4000-8000-00000000ABCD"


def element(tag: str, *children: str, **attributes: object) -> str:
    """Return an element; attributes that are None are left out, a trailing _ of a name falls."""
    given = "".join(
        f" {name.rstrip('_')}={quoteattr(str(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{given}>{''.join(children)}</{tag}>"


def users(*numbers: int) -> str:
    names = {ANNA: "Anna", BEN: "Ben"}
    return element("Users", *(element("User", guid=g(n), name=names.get(n, f"User {n}")) for n in numbers))


def code(number: int, name: str | None, *children: str, codable: str | None = "true", **more: Any) -> str:
    return element("Code", *children, guid=g(number), name=name, isCodable=codable, **more)


def codes(*children: str) -> str:
    if not children:
        children = (code(CODE, "Space"), code(OTHER, "Money"))
    return element("CodeBook", element("Codes", *children))


def coding(number: int, of: int = CODE, by: int | None = ANNA, *children: str, **more: Any) -> str:
    reference = element("CodeRef", targetGUID=g(of))
    who = None if by is None else g(by)
    return element("Coding", reference, *children, guid=g(number), creatingUser=who, **more)


def selection(number: int, start: object, end: object, *children: str, **more: Any) -> str:
    return element(
        "PlainTextSelection", *children, guid=g(number), startPosition=start, endPosition=end, **more
    )


def source(number: int, *children: str, name: str | None = "Interview", **more: Any) -> str:
    path = more.pop("path", f"internal://{g(number)}.txt")
    return element("TextSource", *children, guid=g(number), name=name, plainTextPath=path, **more)


def sources(*children: str) -> str:
    return element("Sources", *children)


def note(number: int, name: str, text: str, *children: str, by: int | None = ANNA, **more: Any) -> str:
    content = element("PlainTextContent", escape(text))
    who = None if by is None else g(by)
    return element("Note", content, *children, guid=g(number), name=name, creatingUser=who, **more)


def link(number: int, origin: int, target: int, name: str = "about") -> str:
    ends = {"originGUID": g(origin), "targetGUID": g(target)}
    return element("Link", guid=g(number), name=name, direction="OneWay", **ends)


def case(number: int, name: str | None, *children: str, of: Sequence[int] = ()) -> str:
    references = (element("SourceRef", targetGUID=g(n)) for n in of)
    return element("Case", *children, *references, guid=g(number), name=name)


def value(variable: int, tag: str, said: str) -> str:
    return element(
        "VariableValue", element("VariableRef", targetGUID=g(variable)), element(tag, escape(said))
    )


def project(*parts: str, space: str | None = SPACE, head: str = '<?xml version="1.0"?>', **more: Any) -> str:
    attributes = {"name": "A study", "origin": "Another tool", **more}
    given = "".join(f" {k}={quoteattr(str(v))}" for k, v in attributes.items() if v is not None)
    namespace = f' xmlns="{space}"' if space else ""
    return f"{head}<Project{namespace}{given}>{''.join(parts)}</Project>"


def pack(
    path: Path,
    xml: str | bytes,
    texts: Texts | None = None,
    *,
    inner: str = "project.qde",
    folder: str = "sources/",
) -> Path:
    """Write a container with texts by their names; those of sources are `<GUID>.txt`."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(inner, xml if isinstance(xml, bytes) else xml.encode())
        for name, text in (texts or {}).items():
            archive.writestr(folder + name, text if isinstance(text, bytes) else text.encode())
    return path


def text_of(number: int) -> str:
    return f"{g(number)}.txt"


def read(tmp_path: Path, *parts: str, texts: Texts | None = None, **options: Any) -> Bundle:
    """Return the bundle of a project of these parts."""
    path = pack(tmp_path / "study.qdpx", project(*parts), texts)
    return read_file(path, **options)


def read_file(path: Path, **options: Any) -> Bundle:
    bundle = recognise(path).read(path, options)
    for each in bundle.codings:
        loaded = next(s for s in bundle.sources if s.key == each.source).load().text
        assert loaded[each.start : each.end] == each.quote
        assert each.quote.strip()
    return bundle


def read_text(tmp_path: Path, text: str | bytes, *selections: str, **options: Any) -> Bundle:
    """Return the bundle of a project of one source with selections in its text."""
    parts = (users(ANNA, BEN), codes(), sources(source(SOURCE, *selections)))
    return read(tmp_path, *parts, texts={text_of(SOURCE): text}, **options)


def losses(bundle: Bundle) -> str:
    return "\n".join(f"{loss.kind}: {loss.count} {loss.sentence}" for loss in bundle.losses)


def told(bundle: Bundle) -> str:
    return "\n".join(bundle.choices)


def quotes(bundle: Bundle) -> list[str]:
    return [each.quote for each in bundle.codings]


TEXT = "Alpha beta gamma delta."
TEXTS = {text_of(SOURCE): TEXT}
MARKED = selection(300, 0, 5, coding(400))
BASE = (users(ANNA, BEN), codes())


def study(tmp_path: Path, *parts: str, on: tuple[str, ...] = (MARKED,), **options: Any) -> Bundle:
    """Return the bundle of one source, with parts before and after it in the order of the schema."""
    before = [part for part in parts if part.startswith(("<Variables", "<Cases"))]
    after = [part for part in parts if part not in before]
    return read(tmp_path, *BASE, *before, sources(source(SOURCE, *on)), *after, texts=TEXTS, **options)
