"""Any sequence of steps, undos and redos leaves a whole project, and what was undone is as if never done."""

# ruff: noqa: D102 - a rule's name is what it does
import tempfile
from pathlib import Path
from typing import Any

import builders
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from project.histories import snapshot
from store.stores import new_database

from framework_coder.errors import BadInputError, ConflictError, NotFoundError
from framework_coder.exchange.rows import ClaimRow, CodingRow, CoverageRow, EvidenceRow, MarkRow, SiteRow
from framework_coder.project import Project
from framework_coder.workflows.undoing import NothingToUndoError, UndoConflictError

TEXTS = [
    "The borough pays.\n\nThere is no space.\n\nPatients are happy.",
    "A new start.\n\nThe borough pays.\n\nThere is little space.",
    "Patients wait.\n\nThe borough pays, they say.\n\nThere is no space.\n\nThe end.",
]
QUOTES = ["The borough pays", "no space", "Patients", "new start"]
THEMES = ["funding", "funding.barriers", "space", "hope", "waiting"]
CODERS = ["HW", "JT"]

coders, themes = st.sampled_from(CODERS), st.sampled_from(THEMES)
texts, quotes = st.sampled_from(TEXTS), st.sampled_from(QUOTES)
picks = st.integers(0, 30)


class History(RuleBasedStateMachine):
    """A project on which two coders work; what cannot be done is refused and changes nothing."""

    place = staticmethod(lambda folder: str(folder / "study.fwc"))

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        place = self.place(self.path)
        with Project.create(place, design=builders.design(), who="HW") as made:
            made.sites.add_all([SiteRow(1, "S01", "North", {}), SiteRow(2, "S02", "South", {})])
            made.codebook.load(builders.codebook())
            builders.read(made, TEXTS[0])
        self.projects = {who: Project.open(place, who=who) for who in CODERS}
        self.names = iter(range(1, 10_000))

    def teardown(self) -> None:
        for project in getattr(self, "projects", {}).values():
            project.close()
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def attempt(self, who: str, work: Any) -> None:
        """Do something; where it is done, an undo gives the project back as it was, and a redo as it is."""
        project = self.projects[who]
        before, length = snapshot(project), len(project.log(limit=10_000))
        try:
            work(project)
        except (BadInputError, ConflictError, NotFoundError):
            assert snapshot(project) == before
            return
        if len(project.log(limit=10_000)) == length:
            return
        after = snapshot(project)
        try:
            project.history.undo()
        except NothingToUndoError:
            return  # a frozen version
        if project.log(limit=1)[0].action != f"undo: {project.log(limit=2)[1].action}":
            project.history.redo()
            return
        assert snapshot(project) == before
        project.history.redo()
        assert snapshot(project) == after

    @staticmethod
    def pick(rows: Any, number: int) -> int:
        return rows[number % len(rows)].id if rows else 1

    @rule(who=coders, quote=quotes, theme=themes)
    def code(self, who: str, quote: str, theme: str) -> None:
        self.attempt(who, lambda p: p.codings.add("D01", theme, quote=quote, site="S01"))

    @rule(who=coders, theme=themes)
    def import_codings(self, who: str, theme: str) -> None:
        rows = [CodingRow(n, f"c{next(self.names)}", "D01", theme, quote) for n, quote in enumerate(QUOTES)]
        self.attempt(who, lambda p: p.codings.import_(rows))

    @rule(who=coders, number=picks, verb=st.sampled_from(["accept", "reject", "remove"]))
    def decide(self, who: str, number: int, verb: str) -> None:
        self.attempt(who, lambda p: getattr(p.codings, verb)([self.pick(p.codings.list(), number)]))

    @rule(who=coders, theme=themes, number=picks)
    def chart(self, who: str, theme: str, number: int) -> None:
        claim = ClaimRow(1, f"k{next(self.names)}", "S01", theme, "It is so.")

        def work(project: Project) -> None:
            coding = self.pick(project.codings.list(sites=["S01"]), number)
            links = [EvidenceRow(1, claim.id, "c")] if project.codings.list(sites=["S01"]) else []
            marks = [MarkRow(1, "S02", theme, "too small")]
            project.claims.import_([claim], links, [CoverageRow(1, "D01", "*")], marks, codings={"c": coding})

        self.attempt(who, work)

    @rule(who=coders, text=texts)
    def read(self, who: str, text: str) -> None:
        (self.path / "files" / "S02").mkdir(parents=True, exist_ok=True)
        (self.path / "files" / "S02" / "text.txt").write_text(text)
        self.attempt(who, lambda p: p.sources.ingest(self.path / "files", workers=0))

    @rule(who=coders, text=texts)
    def revise(self, who: str, text: str) -> None:
        (self.path / "newer.txt").write_text(text)
        self.attempt(who, lambda p: p.sources.revise("D01", self.path / "newer.txt", workers=0))

    @rule(who=coders, number=picks, verb=st.sampled_from(["accept_candidate", "let_go"]))
    def decide_on_drifted(self, who: str, number: int, verb: str) -> None:
        self.attempt(who, lambda p: getattr(p.codings, verb)(self.pick(p.codings.list(), number)))

    @rule(who=coders, number=picks, text=texts)
    def write_memo(self, who: str, number: int, text: str) -> None:
        self.attempt(
            who, lambda p: p.memos.add("Note", text, site="S01", coding=self.pick(p.codings.list(), number))
        )

    @rule(who=coders, theme=themes, number=picks, verb=st.sampled_from(["delete", "edit", "move", "split"]))
    def change_claim(self, who: str, theme: str, number: int, verb: str) -> None:
        def work(project: Project) -> None:
            claim = self.pick(project.claims.list(), number)
            changes: dict[str, Any] = {
                "delete": lambda: project.claims.delete(claim),
                "edit": lambda: project.claims.edit(claim, summary="Other words.", theme=theme),
                "move": lambda: project.claims.move(claim, before=self.pick(project.claims.list(), 0)),
                "split": lambda: project.claims.split(claim, 3),
            }
            changes[verb]()

        self.attempt(who, work)

    @rule(who=coders, number=picks, other=picks)
    def merge_claims(self, who: str, number: int, other: int) -> None:
        def work(project: Project) -> None:
            claims = project.claims.list()
            project.claims.merge(self.pick(claims, number), self.pick(claims, other))

        self.attempt(who, work)

    @rule(who=coders, number=picks, coding=picks, verb=st.sampled_from(["link", "unlink"]))
    def link(self, who: str, number: int, coding: int, verb: str) -> None:
        def work(project: Project) -> None:
            claim = self.pick(project.claims.list(), number)
            getattr(project.claims, verb)(claim, self.pick(project.codings.list(), coding))

        self.attempt(who, work)

    @rule(who=coders, number=picks)
    def find(self, who: str, number: int) -> None:
        self.attempt(who, lambda p: p.findings.add("It holds.", claims=[self.pick(p.claims.list(), number)]))

    @rule(who=coders, number=picks)
    def forget_finding(self, who: str, number: int) -> None:
        self.attempt(who, lambda p: p.findings.delete(self.pick(p.findings.list(), number)))

    @rule(who=coders, theme=themes)
    def examine(self, who: str, theme: str) -> None:
        self.attempt(who, lambda p: p.coverage.set(["D01"], [theme]))

    @rule(who=coders, theme=themes, parent=st.none() | themes, before=st.none() | themes)
    def add_theme(self, who: str, theme: str, parent: str | None, before: str | None) -> None:
        new = builders.theme(theme, parent=parent)
        self.attempt(who, lambda p: p.codebook.add(new, why="seen", before=before))

    @rule(who=coders, theme=themes, other=themes)
    def merge(self, who: str, theme: str, other: str) -> None:
        self.attempt(who, lambda p: p.codebook.merge(theme, other, why="one thing"))

    @rule(who=coders, theme=themes, parent=st.none() | themes)
    def move(self, who: str, theme: str, parent: str | None) -> None:
        self.attempt(who, lambda p: p.codebook.move(theme, parent, why="better there"))

    @rule(who=coders, theme=themes)
    def split(self, who: str, theme: str) -> None:
        part = f"part{next(self.names)}"
        self.attempt(who, lambda p: p.codebook.split_into(theme, [f"{part}=Part"], heir=part, why="two"))

    @rule(who=coders)
    def freeze(self, who: str) -> None:
        self.projects[who].codebook.freeze(why="now")

    @rule(who=coders, code=st.sampled_from(["S01", "S03"]), name=st.sampled_from(["North", "Hill"]))
    def add_site(self, who: str, code: str, name: str) -> None:
        self.attempt(who, lambda p: p.sites.add(code, name, tier="primary"))

    @rule(who=coders)
    def undo(self, who: str) -> None:
        self.turn(self.projects[who].history.undo)

    @rule(who=coders)
    def redo(self, who: str) -> None:
        self.turn(self.projects[who].history.redo)

    @rule(who=coders, number=picks)
    def undo_by_number(self, who: str, number: int) -> None:
        self.turn(lambda: self.projects[who].history.undo(number))

    @rule(who=coders, number=picks)
    def redo_by_number(self, who: str, number: int) -> None:
        self.turn(lambda: self.projects[who].history.redo(number))

    def turn(self, work: Any) -> None:
        project = self.projects["HW"]
        before, refused = snapshot(project), ""
        try:
            work()
        except UndoConflictError as error:
            refused = str(error)
            in_the_way = error.entries
        except (ConflictError, NotFoundError) as error:
            refused, in_the_way = str(error), (0,)
        if refused:
            assert snapshot(project) == before
            assert in_the_way, refused
            assert "a later entry" not in refused

    @precondition(lambda self: hasattr(self, "projects"))
    @invariant()
    def project_is_whole(self) -> None:
        assert self.projects["HW"].check() == []
        self.projects["HW"].matrix()


class HistoryOnServer(History):
    """The same on PostgreSQL."""

    place = staticmethod(lambda _folder: new_database())


quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=8, stateful_step_count=15, deadline=None, suppress_health_check=quiet
)
TestHistoryOnServer = HistoryOnServer.TestCase
TestHistoryOnServer.settings = settings(
    max_examples=2, stateful_step_count=8, deadline=None, suppress_health_check=quiet
)
