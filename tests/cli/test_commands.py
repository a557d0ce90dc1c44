"""Each command in this process: what it prints, what it changes, how it ends."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.study_files import CODEBOOK, TABLES, CommandLine, write_sources, write_study

from framework_coder.cli.exits import Exit
from framework_coder.cli.options import program_as_typed
from framework_coder.project import Project

LISTINGS = [
    ["sites"], ["sources"], ["codebook", "show"], ["codebook", "versions"], ["codebook", "diff"],
    ["code", "list"], ["claim", "list"], ["audit"], ["counts"], ["search", "pays"], ["log"], ["check"],
    ["matrix", "--table", "claims"], ["matrix", "--table", "states"], ["matrix", "--table", "cells"],
]  # fmt: skip


def names(listing: list[str]) -> str:
    return " ".join(listing)


@pytest.mark.parametrize("listing", LISTINGS, ids=names)
def test_json_and_csv_of_a_listing_have_the_same_rows(
    command: CommandLine, project: Path, listing: list[str]
) -> None:
    as_json, as_csv = command(*listing, "--json", "-p", project), command(*listing, "--csv", "-p", project)
    assert (as_json.code, as_csv.code, as_json.err, as_csv.err) == (0, 0, "", "")
    rows = json.loads(as_json.out)
    read = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert len(rows) == len(read)
    for row, again in zip(rows, read, strict=True):
        assert {key: "" if value is None else str(value) for key, value in row.items()} == again


@pytest.mark.parametrize("listing", LISTINGS, ids=names)
def test_an_empty_listing_is_an_empty_list_or_a_header(
    command: CommandLine, tmp_path: Path, listing: list[str]
) -> None:
    if listing[:2] == ["codebook", "diff"]:
        return  # there is no version to compare with: see the exit codes
    Project.create(tmp_path / "empty.fwc", who="HW").close()
    as_json, as_csv, plain = command(*listing, "--json"), command(*listing, "--csv"), command(*listing)
    assert (as_json.code, as_csv.code, plain.code) == (0, 0, 0)
    if listing != ["log"]:
        assert as_json.out == "[]\n"
        assert len(as_csv.out.splitlines()) == 1
    assert plain.out.strip()


def test_listings_have_the_same_columns_empty_or_full(command: CommandLine, project: Path) -> None:
    Project.create("empty.fwc").close()
    for listing in ("sources", "code list", "codebook show", "search zzz", "log", "check", "counts"):
        full, empty = (
            command(*listing.split(), "--csv", "-p", place).out.splitlines()[0]
            for place in (project, "empty.fwc")
        )
        assert full == empty


def test_rows_are_those_of_the_facade(command: CommandLine, project: Path) -> None:
    with Project.open(project) as opened:
        rows: dict[str, list[dict[str, Any]]] = {
            "sites": opened.sites.rows(),
            "sources": opened.sources.rows(),
            "code list": opened.codings.rows(),
            "codebook show": opened.codebook.rows(),
            "matrix --table evidence": opened.matrix().table("evidence").records(),
        }
    for listing, expected in rows.items():
        assert json.loads(command(*listing.split(), "--json", "-p", project).out) == expected


def test_a_listing_that_is_not_on_a_terminal_keeps_every_letter(command: CommandLine, project: Path) -> None:
    quote = "A quiet year."
    memo = " ".join(["whole"] * 100)
    command("code", "add", "D01", "funding", "-q", quote, "--why", memo, "-p", project)
    printed = command("log", "-p", project).out
    assert memo in printed
    assert "…" not in printed
    assert not any(line.endswith(" ") for line in printed.splitlines())


def test_the_only_project_in_the_folder_is_found(command: CommandLine, project: Path) -> None:
    assert project.name in {path.name for path in Path().iterdir()}
    assert "Northfield" in command("sites").out


def test_a_project_is_named_by_the_environment(
    command: CommandLine, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRAMEWORK_CODER_PROJECT", str(made))
    assert "Northfield" in command("sites").out


def test_sites_are_added_and_changed_and_keep_what_is_not_given(command: CommandLine, project: Path) -> None:
    command("sites", "--add", "S04", "Newton", "--set", "tier=primary")
    command("sites", "--add", "S01", "Northfield Clinic", "--set", "funding=NHS")
    rows = {row["site"]: row for row in json.loads(command("sites", "--json", "-p", project).out)}
    assert rows["S04"]["tier"] == "primary"
    assert (rows["S01"]["name"], rows["S01"]["tier"], rows["S01"]["funding"]) == (
        "Northfield Clinic", "primary", "NHS",
    )  # fmt: skip


def test_a_codebook_lives_through_every_change(command: CommandLine, project: Path) -> None:
    steps: list[tuple[list[str], str]] = [
        (["add", "space", "Space", "--parent", "integration"], "Added “Space” [space]"),
        (["rename", "space", "Room"], "“space” is now called “Room”"),
        (["move", "space", "top", "--before", "funding"], "at the top"),
        (["move", "space", "funding"], "under “funding”"),
        (["split", "space", "room=Room to work", "time=Time"], "split into 2 themes"),
        (["merge", "room", "time"], "merged into “time”"),
        (["retire", "time"], "“time” is retired"),
        (["restore", "time"], "“time” is active again"),
        (["freeze"], "Frozen as version 2"),
        (["load", "codebook.yaml"], "themes in the codebook"),
    ]
    Path("codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    for words, told in steps:
        ended = command("codebook", *words, "-p", project, "--who", "JT", "--why", "on reflection")
        assert (ended.code, ended.err) == (0, ""), words
        assert told in ended.out
    kinds = {row["kind"] for row in json.loads(command("codebook", "diff", 1, 2, "--json").out)}
    assert kinds
    assert "(emergent)" in command("codebook", "show", "--version", 2).out
    assert {row["who"] for row in json.loads(command("log", "--who", "JT", "--json").out)} == {"JT"}


@pytest.mark.parametrize("name", ["book.yaml", "book.csv"])
def test_an_exported_codebook_is_loaded_again(command: CommandLine, project: Path, name: str) -> None:
    before = json.loads(command("codebook", "show", "--json", "-p", project).out)
    assert command("codebook", "export", name).code == 0
    assert command("init", "other", "--codebook", name).code == 0
    again = json.loads(command("codebook", "show", "--json", "-p", "other.fwc").out)
    assert again == before


def test_passages_are_coded_decided_on_and_removed(command: CommandLine, project: Path) -> None:
    made = command("code", "add", "D02", "integration.barriers", "-q", "The café closed.", "--who", "JT")
    number = made.out.split()[1].rstrip(":")
    assert "“The café closed.” [D02" in made.out
    assert f"Rejected: {number}." in command("code", "reject", number).out
    assert json.loads(command("code", "list", "--state", "rejected", "--json").out)[0]["coder"] == "JT"
    assert f"Accepted: {number}." in command("code", "accept", number).out
    assert f"Removed: {number}." in command("code", "remove", number).out
    assert number not in {row["coding"] for row in json.loads(command("code", "list", "--json").out)}
    assert project.exists()


def test_imported_codings_that_are_not_placed_are_listed(command: CommandLine, project: Path) -> None:
    Path("more.csv").write_text(
        "source,theme,quote\nD01,funding,A quiet year.\nD01,funding,Nowhere at all\n", encoding="utf-8"
    )
    ended = command("code", "import", "more.csv", "-p", project)
    assert ended.code == Exit.WITH_PROBLEMS
    assert "more.csv, line 3" in ended.out
    assert "1 coding imported, 1 not placed." in ended.out


def test_rules_propose_and_nothing_counts_until_accepted(command: CommandLine, project: Path) -> None:
    before = command("matrix", "--csv", "-p", project).out
    ended = command("suggest", "--theme", "funding", "--workers", 0)
    assert "1 coding proposed in 4 sources" in ended.out
    assert json.loads(command("code", "list", "--state", "proposed", "--json").out)
    assert command("matrix", "--csv").out == before
    again = command("suggest", "--workers", 0)
    assert again.out == "0 codings proposed in 4 sources.\n"


def test_the_matrix_is_shown_as_a_grid_with_its_legend(command: CommandLine, project: Path) -> None:
    printed = command("matrix", "-p", project).out
    for part in ("S02 Südmere", "1 Funding", "Contested", "Not collected"):
        assert part in printed


def test_the_matrix_is_written_in_every_format(command: CommandLine, project: Path) -> None:
    places = ["m.xlsx", "m.md", "m.csv", "m.json", "folder"]
    options = [word for place in places for word in ("--out", place)]
    ended = command("matrix", *options, "--table", "claims", "-p", project)
    assert ended.out.splitlines() == [f"Wrote {place}." for place in places]
    assert len(json.loads(Path("m.json").read_text(encoding="utf-8"))) == 2
    assert (Path("folder") / "evidence.csv").exists()


@pytest.mark.parametrize(
    ("filters", "sites"),
    [
        (["--where", "tier=secondary"], ["S02", "S03"]),
        (["--site", "S01", "--site", "S03"], ["S01", "S03"]),
        (["--state", "not_collected"], ["S03"]),
        (["--where", "tier=primary", "--site", "S02"], []),
    ],
)
def test_filters_choose_rows(
    command: CommandLine, project: Path, filters: list[str], sites: list[str]
) -> None:
    rows = json.loads(command("matrix", *filters, "--json", "-p", project).out)
    assert [row["site"] for row in rows] == sites


def test_a_matrix_without_rows_says_so(command: CommandLine, project: Path) -> None:
    printed = command("matrix", "-w", "tier=primary", "-s", "S02", "-p", project).out
    assert printed == "Nothing to show: no site or no theme fits.\n"


def test_attention_has_counts_and_denominators(command: CommandLine, project: Path) -> None:
    printed = command("audit", "-p", project).out
    assert "Contested claims: 1 of 2 claims" in printed
    rows = json.loads(command("audit", "--need", "contested", "--json").out)
    assert [row["site"] for row in rows] == ["S01"]


def test_counts_have_denominators_and_the_sites_behind(command: CommandLine, project: Path) -> None:
    rows = json.loads(command("counts", "payer", "--json", "-p", project).out)
    assert [(row["value"], row["sites"], row["of"], row["site_list"]) for row in rows] == [
        ("borough", 1, 3, "S01")
    ]
    assert "1 of 3 sites" in command("counts").out


def test_words_are_found_with_their_place(command: CommandLine, project: Path) -> None:
    printed = command("search", "cafe", "-p", project).out
    assert printed.startswith("[D02")
    assert "café closed" in printed
    assert command("search", "cafe", "--site", "S01").out == "Nothing found.\n"


def test_the_text_of_a_source_is_printed(command: CommandLine, project: Path) -> None:
    assert "Patients pay half." in command("sources", "--text", "M01", "-p", project).out
    assert "M01" not in command("sources", "--method", "document").out


def test_a_backup_opens_and_is_not_made_over_something(command: CommandLine, project: Path) -> None:
    assert "Copied and checked" in command("backup", "copy.fwc", "-p", project).out
    assert "whole" in command("check", "-p", "copy.fwc").out
    assert command("backup", "copy.fwc", "-p", project).code == Exit.CONFLICT
    assert command("backup", "copy.fwc", "--replace", "-p", project).code == Exit.DONE


def test_a_folder_is_imported_by_the_sites_its_folders_name(command: CommandLine, tmp_path: Path) -> None:
    write_sources(tmp_path / "files")
    (tmp_path / "files" / "S02" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    command("init", "mine")
    for code in ("S01", "S02"):
        command("sites", "--add", code, f"Site {code}")
    ended = command("ingest", "files", "--workers", 0)
    assert ended.code == Exit.WITH_PROBLEMS
    assert "scan.png" in ended.out
    assert "4 read" in ended.out
    assert "1 refused" in ended.out
    rows = json.loads(command("sources", "--json").out)
    assert sorted((row["sites"], row["method"]) for row in rows) == [
        ("S01", "document"), ("S01", "meeting"), ("S01", "questionnaire"), ("S02", "document"),
    ]  # fmt: skip


def test_a_project_without_an_ending_gets_one(command: CommandLine) -> None:
    assert "mine.fwc" in command("init", "mine").out
    assert Path("mine.fwc").exists()


def test_the_main_job_prints_what_it_made_and_what_is_next(command: CommandLine, tmp_path: Path) -> None:
    write_study(tmp_path / "study")
    ended = command("run", "study", "--out", "out", "--workers", 0)
    assert ended.code == 0
    for part in ("Read 4 sources of 3 sites", "3 sites × 2 themes", "Contested claims: 1 of 2", "Next:"):
        assert part in ended.out
    assert "Writing reports: 5 of 5" in ended.err


def test_a_run_with_something_left_out_says_so_with_its_exit_code(
    command: CommandLine, tmp_path: Path
) -> None:
    codings = TABLES["codings.csv"].replace("There is no room for us.", "Words that nobody wrote anywhere")
    write_study(tmp_path / "study", codings=codings)
    ended = command("run", "study", "--out", "out", "--workers", 0)
    assert ended.code == Exit.WITH_PROBLEMS
    assert "What was left out:" in ended.out
    assert "claim “k2” is without it" in ended.out


def test_a_demo_that_somebody_worked_on_is_not_replaced(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = write_study(tmp_path / "study")
    monkeypatch.setattr("framework_coder.project.find_example", lambda: study)
    assert command("demo", "--workers", 0).code == 0
    assert command("demo", "--workers", 0).code == 0
    command("sites", "--add", "S09", "Mine", "-p", "demo/study.fwc")
    assert command("demo", "--workers", 0).code == Exit.CONFLICT
    assert command("demo", "--workers", 0, "--replace").code == 0


def test_a_charting_is_imported_from_tables(command: CommandLine, project: Path) -> None:
    before = len(json.loads(command("matrix", "--json", "--table", "claims", "-p", project).out))
    made = command("code", "add", "D02", "integration.barriers", "-q", "The café closed.", "-p", project)
    number = made.out.split()[1].rstrip(":")
    site = next(row for row in json.loads(command("sources", "--json").out) if row["ref"] == "D02")["sites"]
    Path("more").mkdir()
    Path("more/claims.csv").write_text(
        f"id,site,theme,summary\nnew,{site},integration.barriers,The café closed.\n", encoding="utf-8"
    )
    Path("more/evidence.csv").write_text(f"claim,coding\nnew,{number}\n", encoding="utf-8")
    assert "1 claim, 1 link of evidence" in command("chart", "more").out
    assert len(json.loads(command("matrix", "--json", "--table", "claims").out)) == before + 1


def test_the_next_command_can_be_typed_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ".venv" / "bin" / "framework-coder"
    program.parent.mkdir(parents=True)
    program.write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(program)])
    monkeypatch.setenv("PATH", "")
    assert program_as_typed() == str(program.relative_to(tmp_path))
    monkeypatch.setattr(sys, "argv", ["framework-coder"])
    assert program_as_typed() == "framework-coder"
    monkeypatch.setattr(sys, "argv", ["anywhere/__main__.py"])
    assert program_as_typed().endswith(" -m framework_coder")
