"""Codings go out as W3C Web Annotations and come back; files of others are placed by their quotes."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import project, read
from example_runs import copy_project
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.errors import BadInputError
from framework_coder.exchange.annotation_tree import FaultyAnnotationsError, list_annotations
from framework_coder.exchange.bundling import bundle_project
from framework_coder.project import Project
from framework_coder.workflows.importing import BundleImport, import_bundle

TEXT = "Flags 🇬🇧 and éclairs.\n\nThe rent rose. The rent fell.\n\nThe rent rose."


@pytest.fixture
def opened(tmp_path: Path) -> Project:
    made = project(tmp_path)
    read(made, TEXT, url="https://example.org/papers/rent%20report.html")
    return made


def write(folder: Path, tree: Any, name: str = "notes.jsonld") -> Path:
    path = folder / name
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    return path


def annotation(source: Any = "urn:x:text1.txt", tag: Any = "space", **fields: Any) -> dict[str, Any]:
    """Return an annotation as another tool writes it; fields of the target are its selector's."""
    selector = fields.pop("selector", {"type": "TextQuoteSelector", "exact": "The rent fell"})
    body = {"type": "TextualBody", "purpose": "tagging", "value": tag}
    target = {"source": source, "selector": selector}
    head = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "http://a.b/1"}
    return {**head, "body": body, "target": target, **fields}


def take(opened: Project, tree: Any, **options: Any) -> BundleImport:
    folder = Path(opened.name).parent
    return opened.exchange.import_(write(folder, tree), **options)


def lost(found: BundleImport) -> str:
    return "; ".join(loss.sentence for loss in found.losses)


# Our own


def test_our_own_annotations_come_back_equal_into_a_copy_without_codings(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = copy_project(tmp_path_factory.getbasetemp(), tmp_path / "study.fwc")
    same = (
        "source",
        "site",
        "theme",
        "start",
        "end",
        "quote",
        "coder",
        "origin",
        "state",
        "score",
        "made_on",
    )
    with Project.open(place, who="HW") as opened:
        before = [[row[name] for name in same] for row in opened.codings.rows() if not row["is_drifted"]]
        made = opened.exchange.export(tmp_path / "a.jsonld", states="all")
        assert {loss.kind for loss in made.losses} - {"codings"} == {
            "claims",
            "findings",
            "memos",
            "coverage",
        }
        assert not opened.exchange.import_(tmp_path / "a.jsonld").new, "nothing twice"
        bundle = bundle_project(opened._session.engine)
    bundle.codings, bundle.claims, bundle.memos, bundle.findings = [], [], [], []
    with Project.create(tmp_path / "bare.fwc", who="JP") as bare:
        import_bundle(bare._session.engine, bundle, who="JP")
        assert bare.exchange.import_(tmp_path / "a.jsonld").losses == ()
        after = [[row[name] for name in same] for row in bare.codings.rows()]
        assert sorted(map(str, after)) == sorted(map(str, before))
        assert bare.check() == []


def test_an_annotation_is_what_the_data_model_asks_for(opened: Project) -> None:
    coding = opened.codings.add("D01", "space", quote="éclairs", memo="Cakes.")
    path = Path(opened.name).with_name("a.jsonld")
    opened.exchange.export(path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    assert tree["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (tree["type"], tree["total"], tree["first"]["type"]) == (
        "AnnotationCollection",
        1,
        "AnnotationPage",
    )
    (found,) = tree["first"]["items"]
    assert found["type"] == "Annotation"
    assert found["id"].startswith("urn:uuid:")
    assert found["motivation"] == ["tagging", "classifying", "commenting"]
    assert found["creator"] == {"type": "Person", "name": "HW"}
    assert found["created"].endswith("T00:00:00Z")
    position, quote = found["target"]["selector"]
    text = opened.sources.text("D01").text
    assert position == {"type": "TextPositionSelector", "start": coding.start, "end": coding.end}
    assert text[position["start"] : position["end"]] == quote["exact"] == "éclairs"
    assert text.startswith(quote["prefix"])
    assert [body["purpose"] for body in found["body"]] == ["tagging", "classifying", "commenting"]
    opened.exchange.export(path.with_name("b.jsonld"))
    assert path.with_name("b.jsonld").read_bytes() == path.read_bytes()


def test_only_accepted_codings_go_out_unless_all_are_asked_for(opened: Project) -> None:
    opened.codings.reject([opened.codings.add("D01", "space", quote="éclairs").id])
    path = Path(opened.name).with_name("a.jsonld")
    assert "states=all" in lost(opened.exchange.export(path))  # type: ignore[arg-type]
    assert json.loads(path.read_text(encoding="utf-8"))["total"] == 0
    opened.exchange.export(path, states="all", replace=True)
    assert json.loads(path.read_text(encoding="utf-8"))["total"] == 1
    with pytest.raises(BadInputError, match="accepted"):
        opened.exchange.export(path, states="some", replace=True)


def test_annotations_of_one_project_come_into_another_with_the_same_text(
    opened: Project, tmp_path: Path
) -> None:
    opened.codings.add("D01", "space", quote="éclairs")
    opened.exchange.export(tmp_path / "a.jsonld")
    (tmp_path / "other").mkdir()
    other = project(tmp_path / "other", sites=["X9"])
    read(other, "Another text.", sites=["X9"])
    read(other, TEXT, sites=["X9"])
    assert other.exchange.import_(tmp_path / "a.jsonld").losses == ()
    assert [(c["source"], c["site"], c["quote"]) for c in other.codings.rows()] == [("D02", "X9", "éclairs")]


def test_of_two_sources_with_the_same_text_the_annotated_one_is_coded(opened: Project) -> None:
    read(opened, TEXT)
    take(opened, annotation("urn:x:text2.txt"))
    assert [c["source"] for c in opened.codings.rows()] == ["D02"]


def test_an_import_is_one_step_that_undo_takes_back_and_a_dry_run_stores_nothing(opened: Project) -> None:
    tree = [annotation(), annotation(tag="New thought"), annotation(body="Only a comment.")]
    tried = take(opened, tree, is_dry_run=True)
    assert opened.codings.list() == ()
    made = take(opened, tree)
    assert dict(made.new) == dict(tried.new) == {"theme": 1, "coding": 2, "memo": 1}
    assert not take(opened, tree).new
    opened.history.undo()
    assert (opened.codings.list(), opened.memos.list()) == ((), ())
    assert opened.check() == []


# Those of others

SOURCES = {
    "the name of its file": "file:///home/me/text1.txt",
    "its address": "https://example.org/papers/rent%20report.html",
    "its reference": {"id": "urn:uuid:0", "label": "D01"},
    "a fragment of a page": "https://tool.example/app#text1.txt",
}


@pytest.mark.parametrize("how", SOURCES)
def test_a_source_is_known_by(opened: Project, how: str) -> None:
    assert take(opened, annotation(SOURCES[how])).losses == ()
    assert [c.quote for c in opened.codings.list()] == ["The rent fell"]


def test_a_source_that_nobody_knows_is_reported_and_can_be_named(opened: Project) -> None:
    assert "--set source=D07" in lost(take(opened, annotation("https://elsewhere.example/")))
    assert take(opened, annotation("https://elsewhere.example/"), source="D01").new == {"coding": 1}


FALL = TEXT.index("The rent fell")
QUOTE = {"type": "TextQuoteSelector", "exact": "The rent rose"}
LAST = TEXT.rindex("The rent rose")
SELECTORS: dict[str, tuple[Any, str]] = {
    "a quote": ({"type": "TextQuoteSelector", "exact": "The rent fell"}, "The rent fell"),
    "a position": ({"type": "TextPositionSelector", "start": 0, "end": 5}, "Flags"),
    "a quote with what stands before it": (QUOTE | {"prefix": "rent fell.\n"}, "last"),
    "a quote and a position that agree": (
        [QUOTE, {"type": "TextPositionSelector", "start": LAST, "end": LAST + 13}], "last",
    ),
    "a quote, and a position in other units": (
        [QUOTE, {"type": "TextPositionSelector", "start": LAST + 2, "end": LAST + 15}], "last",
    ),
    "a quote within a part": (
        {"type": "FragmentSelector", "refinedBy": {"type": "TextQuoteSelector", "exact": "rent fell"}},
        "rent fell",
    ),
    "one of several ways": (
        {"type": "Choice", "items": [{"type": "TextQuoteSelector", "exact": "rent fell"}]}, "rent fell",
    ),
    "the older words": ({"@type": "oa:TextQuoteSelector", "exact": "rent fell"}, "rent fell"),
    "decomposed accents": ({"type": "TextQuoteSelector", "exact": "e\u0301clairs"}, "éclairs"),
    "another white space": ({"type": "TextQuoteSelector", "exact": "rent\r\n fell"}, "rent fell"),
    "slightly other words": (
        {"type": "TextQuoteSelector", "exact": "Flags 🇬🇧 und éclairs"}, "Flags 🇬🇧 and éclairs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", SELECTORS)
def test_a_passage_is_placed_by(opened: Project, how: str) -> None:
    selector, expected = SELECTORS[how]
    assert take(opened, annotation(selector=selector)).losses == ()
    (coding,) = opened.codings.list()
    if expected == "last":
        assert (coding.start, coding.quote) == (LAST, "The rent rose")
    else:
        assert coding.quote == expected
    assert opened.check() == []


def test_a_position_alone_behind_emoji_is_taken_in_code_points_and_told_to_be_looked_at(
    opened: Project,
) -> None:
    selector = {"type": "TextPositionSelector", "start": FALL, "end": FALL + 13}
    assert "which many tools count twice" in lost(take(opened, annotation(selector=selector)))
    assert [coding.quote for coding in opened.codings.list()] == ["The rent fell"]


UNPLACED: dict[str, tuple[Any, str]] = {
    "a quote that is nowhere": ({"type": "TextQuoteSelector", "exact": "Nothing of that"}, "does not stand"),
    "a quote that is in two places": (QUOTE, "several places"),
    "a position outside": ({"type": "TextPositionSelector", "start": 5, "end": 9999}, "outside"),
    "a position the wrong way round": ({"type": "TextPositionSelector", "start": 9, "end": 5}, "outside"),
    "a position that is no number": ({"type": "TextPositionSelector", "start": "5"}, "whole source"),
    "a position within a part": (
        {"type": "FragmentSelector", "refinedBy": {"type": "TextPositionSelector", "start": 1, "end": 5}},
        "whole source",
    ),
    "no selector": (None, "whole source"),
    "a picture": ({"type": "SvgSelector", "value": "<svg/>"}, "whole source"),
}  # fmt: skip


@pytest.mark.parametrize("how", UNPLACED)
def test_what_cannot_be_placed_is_reported(opened: Project, how: str) -> None:
    selector, sentence = UNPLACED[how]
    assert sentence in lost(take(opened, annotation(selector=selector)))
    assert opened.codings.list() == ()


WRAPPINGS: dict[str, Any] = {
    "alone": annotation(),
    "a list": [annotation()],
    "a page": {"type": "AnnotationPage", "items": [annotation()]},
    "a collection": {
        "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [annotation()]},
    },
    "two pages": {
        "type": "AnnotationCollection",
        "first": {
            "type": "AnnotationPage",
            "items": [],
            "next": {"type": "AnnotationPage", "items": [annotation()]},
        },
    },
    "a graph": {"@graph": [annotation() | {"type": None, "@type": ["oa:Annotation"]}]},
    "several targets": annotation() | {"target": [annotation()["target"], annotation()["target"]]},
    "several bodies": annotation() | {"body": [annotation()["body"], annotation()["body"]]},
    "a body as a word": annotation() | {"body": None, "bodyValue": "space", "motivation": "tagging"},
    "a body that chooses": annotation() | {"body": {"type": "Choice", "items": [annotation()["body"]]}},
    "a theme by its address": annotation()
    | {
        "body": {
            "type": "SpecificResource",
            "purpose": "oa:classifying",
            "source": "https://v.example/#space",
        }
    },
}


@pytest.mark.parametrize("how", WRAPPINGS)
def test_annotations_may_be_written_as(opened: Project, how: str) -> None:
    found = take(opened, WRAPPINGS[how])
    assert (dict(found.new), found.losses) == ({"coding": 1}, ())
    assert [c.theme for c in opened.codings.list()] == ["space"]


def test_who_when_and_the_comment_come_along(opened: Project) -> None:
    tree = annotation(creator={"name": "Ada"}, created="2020-05-06T07:08:09Z")
    tree["body"] = [tree["body"], {"type": "TextualBody", "value": "Look!", "purpose": "commenting"}]
    take(opened, tree)
    (coding,) = opened.codings.list()
    assert (coding.coder, coding.made_on) == ("Ada", "2020-05-06")
    path = Path(opened.name).with_name("out.jsonld")
    opened.exchange.export(path)
    assert "Look!" in path.read_text(encoding="utf-8")


def test_a_comment_without_a_tag_becomes_a_memo_on_its_source(opened: Project) -> None:
    take(opened, annotation(body={"type": "TextualBody", "value": "Who says so?"}, creator="Ada"))
    (memo,) = opened.memos.list()
    assert (memo.title, memo.author) == ("The rent fell", "Ada")
    assert memo.text == "Who says so?\n\n“The rent fell” (D01)"
    assert memo.targets[0].source == 1


def test_highlights_and_pages_elsewhere_are_reported(opened: Project) -> None:
    tree = {
        "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [annotation(body=[])], "next": "https://a.b/page2"},
    }
    assert "neither a tag nor a comment" in lost(take(opened, tree))
    assert "were not fetched" in lost(take(opened, tree))


HOSTILE = {
    "not JSON": '{"type": "Annotation", ',
    "deep": '{"type": "Annotation"}' + "[" * 200_000,
    "deep and closed": "[" * 100_000 + '"Annotation"' + "]" * 100_000,
    "not UTF-8": None,
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_broken_file_ends_in_one_sentence(opened: Project, how: str) -> None:
    path = Path(opened.name).with_name("bad.json")
    path.write_bytes((HOSTILE[how] or "").encode() or b'{"type": "Annotation\xff"}')
    with pytest.raises(FaultyAnnotationsError) as refused:
        opened.exchange.import_(path, kind="annotations")
    assert "\n" not in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["type", "@type", "id", "body", "target", "selector", "source", "items", "first", "next", "value",
             "exact", "refinedBy", "purpose", "motivation", "creator", "created", "@graph"]
        ),
        inner | st.sampled_from(["Annotation", "TextQuoteSelector", "tagging", "Choice", "AnnotationPage"]),
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(json_values)
def test_no_json_whatever_trips_the_reader(tree: Any) -> None:
    for found in list_annotations(tree):
        assert found is None or found.spots is not None
