"""The files of an import: what each is called, what is to become of it, how the page shows it."""

from dataclasses import dataclass, field
from os.path import commonprefix
from pathlib import PurePosixPath

from framework_coder.web.foreign import NEVER_SOURCES, suffix_of
from framework_coder.web.payloads.imports import ImportFile, Look
from framework_coder.web.payloads.sources import Option
from framework_coder.web.uploads import Upload

IMPORT, SKIP, REVISE, TAKE = "import", "skip", "revise", "take"
LOOKING, SENT, DROPPED, TAKING, READING = "looking", "sent", "left out", "taking over", "reading"


@dataclass
class Dropped:
    """One file of an import; `settings` say how it is taken over, `decided` whose text holds in conflicts.

    `asked` counts how often it was asked what `look` tells.
    """

    number: int
    name: str
    size: int
    site: str
    method: str
    state: str = "waiting"
    told: str = ""
    ref: str = ""
    action: str = IMPORT
    kinds: list[Option] = field(default_factory=list)
    upload: Upload | None = None
    settings: dict[str, str] = field(default_factory=dict)
    decided: dict[int, str] = field(default_factory=dict)
    look: Look | None = None
    asked: int = 0

    @property
    def kind(self) -> str:
        """As what it is taken over, empty where it is not."""
        verb, _, kind = self.action.partition(":")
        return kind if verb == TAKE else ""


def tell_apart(names: list[str]) -> list[str]:
    """Return the names, with a number at those that stand twice."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        path = PurePosixPath(name)
        found.append(name if seen[name] == 1 else str(path.with_stem(f"{path.stem} ({seen[name]})")))
    return found


def find_folders(names: list[str]) -> list[str]:
    """Return of each file the folder that tells it from the others, else the one it lies in."""
    parents = [PurePosixPath(name).parts[:-1] for name in names]
    shared = len(commonprefix(parents))  # noqa: RUF071 - of tuples it compares whole folders
    return [each[shared] if len(each) > shared else each[-1] if each else "" for each in parents]


def tell_file(file: Dropped) -> ImportFile:
    """Return a file as the page shows it."""
    is_source = suffix_of(file.name) not in NEVER_SOURCES
    actions = [Option(value=IMPORT, label="Import as a source")] if is_source else []
    if not file.action:
        actions.insert(0, Option(value="", label="Decide …"))
    if file.ref and file.state == "sent":
        actions.append(Option(value=REVISE, label=f"Replace the text of {file.ref}"))
    actions += [Option(value=f"{TAKE}:{kind.value}", label=kind.label) for kind in file.kinds]
    actions.append(Option(value=SKIP, label="Leave out"))
    return ImportFile(
        number=file.number,
        name=file.name,
        size=file.size,
        state=file.state,
        told=file.told,
        ref=file.ref,
        site=file.site,
        method=file.method,
        action=file.action,
        actions=actions,
        look=file.look,
    )
