"""The whole study as values, for every analysis: a fixed dozen of selects, however large it is."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from framework_coder.model.study import Study
from framework_coder.store.claims import (
    load_adjudications,
    load_claims,
    load_coverage,
    load_evidence,
    load_marks,
)
from framework_coder.store.codebooks import current_version, load_codebook, load_design
from framework_coder.store.codings import load_codings
from framework_coder.store.sources import load_plan, load_sites, load_sources


def load_study(connection: Connection, *, with_text: bool = True) -> Study:
    """Return the study; without text, codings have an empty `quote`, `reason` and `locator`."""
    with _no_collection():
        return Study(
            design=load_design(connection),
            codebook=load_codebook(connection),
            version=current_version(connection),
            sites=load_sites(connection),
            sources=load_sources(connection),
            codings=load_codings(connection, with_text=with_text),
            claims=load_claims(connection),
            evidence=load_evidence(connection),
            adjudications=load_adjudications(connection),
            coverage=load_coverage(connection),
            not_applicable=load_marks(connection),
            plan=load_plan(connection),
        )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector off: going through what is only growing doubles the time of a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
