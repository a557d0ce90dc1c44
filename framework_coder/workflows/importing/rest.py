"""What has no place here is kept for the way back, in the step of its import."""

from framework_coder.store.rest import keep_file, load_rest, save_rest
from framework_coder.workflows.importing.tally import Tally


def keep_rest(tally: Tally) -> None:
    """Keep the parts of the bundle that are not kept yet."""
    kept = load_rest(tally.step.connection)
    there = {(part["place"], part["guid"]) for part in kept}
    new = [part for part in tally.bundle.rest if (part.place, part.guid) not in there]
    tally.known["part kept for export"] += len(tally.bundle.rest) - len(new)
    tally.new["part kept for export"] += len(new)
    if not new:
        return
    kept += [
        {
            "guid": part.guid,
            "place": part.place,
            "xml": part.xml,
            "of": part.of,
            "members_of": list(part.members_of),
            "said": part.said,
            "files": {name: keep_file(tally.step, name, load()) for name, load in part.files.items()},
        }
        for part in new
    ]
    save_rest(tally.step, kept)
