"""Quirks 34 to 42: selections, cases, memos, media and what else stands in the XML."""

from pathlib import Path
from typing import Any

import pytest
from exchange.refi.qdpx import (
    ANNA,
    BASE,
    BEN,
    CODE,
    MARKED,
    OTHER,
    SOURCE,
    TEXT,
    TEXTS,
    case,
    code,
    codes,
    coding,
    element,
    g,
    link,
    losses,
    note,
    pack,
    project,
    quotes,
    read,
    read_file,
    read_text,
    selection,
    source,
    sources,
    study,
    text_of,
    told,
    users,
    value,
)

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange.bundle import BundledTarget


def test_quirk_34_many_codings_of_one_selection_and_many_selections_of_one_range_all_survive(
    tmp_path: Path,
) -> None:
    on = (
        selection(300, 0, 5, coding(400), coding(401, OTHER), coding(402, CODE, BEN)),
        selection(301, 0, 5, coding(403)),
        selection(302, 0, 5, coding(404, OTHER, BEN)),
        selection(303, 0, 5, coding(405)),
    )
    bundle = study(tmp_path, on=on)
    assert sorted((each.theme, each.coder) for each in bundle.codings) == [
        ("money", "Anna"),
        ("money", "Ben"),
        ("space", "Anna"),
        ("space", "Anna"),
        ("space", "Anna"),
        ("space", "Ben"),
    ]
    assert bundle.guids["selection", g(401)] == g(300)


def test_quirk_35_a_selection_without_coding_is_a_comment_however_it_was_made(tmp_path: Path) -> None:
    on = (
        selection(300, 0, 5, element("Description", "Said by description."), creatingUser=g(BEN)),
        selection(301, 6, 10, element("NoteRef", targetGUID=g(500))),
        selection(302, 11, 16),
        selection(303, 17, 22),
    )
    notes = element("Notes", note(500, "By reference", "N1"), note(501, "By link", "N2"))
    bundle = study(tmp_path, notes, element("Links", link(510, 501, 302)), on=on)
    assert bundle.codings == []
    comment = next(memo for memo in bundle.memos if memo.text.startswith("Said by description."))
    assert (comment.author, "“Alpha” (characters 0 to 5)" in comment.text) == ("Ben", True)
    by_title = {memo.title: memo for memo in bundle.memos}
    for title in ("By reference", "By link"):
        assert by_title[title].targets == [BundledTarget(source=g(SOURCE))]
    assert any("“delta”" in memo.text for memo in bundle.memos)


def test_quirk_36_a_coding_at_a_case_gives_the_range_to_the_site(tmp_path: Path) -> None:
    on = (
        selection(300, 0, 10, coding(400, 600)),
        selection(301, 11, 23, coding(401, 601)),
        selection(302, 0, 5, coding(402)),
        selection(303, 11, 16, coding(403)),
    )
    bundle = study(tmp_path, element("Cases", case(600, "North"), case(601, "South")), on=on)
    names = {site.key: site.name for site in bundle.sites}
    assert [(each.quote, names[each.site]) for each in bundle.codings] == [
        ("Alpha", "North"),
        ("gamma", "South"),
    ]
    assert [names[site] for site in bundle.sources[0].sites] == ["North", "South"]


def test_quirk_36_of_ranges_within_each_other_the_narrowest_gives_the_site(tmp_path: Path) -> None:
    ranges = (selection(300, 0, 23, coding(400, 601)), selection(301, 0, 10, coding(401, 600)))
    on = (*ranges, selection(302, 0, 5, coding(402)), selection(303, 11, 16, coding(403)))
    bundle = study(tmp_path, element("Cases", case(600, "North"), case(601, "South")), on=on)
    names = {site.key: site.name for site in bundle.sites}
    assert [(c.quote, names[c.site]) for c in bundle.codings] == [("Alpha", "North"), ("gamma", "South")]


def test_quirk_36_a_case_may_name_selections_too(tmp_path: Path) -> None:
    cases = element(
        "Cases",
        case(600, "North", of=[SOURCE]),
        element("Case", element("SelectionRef", targetGUID=g(300)), guid=g(601), name="South"),
    )
    bundle = study(tmp_path, cases, on=(MARKED, selection(301, 6, 10, coding(401))))
    names = {site.key: site.name for site in bundle.sites}
    assert [names[each.site] for each in bundle.codings] == ["South", "North"]


def test_quirk_37_text_codings_of_a_pdf_stand_in_its_representation(tmp_path: Path) -> None:
    text = element("Representation", MARKED, guid=g(202), plainTextPath="internal://a.txt")
    pdf = element("PDFSource", text, guid=g(SOURCE), name="Report", path="internal://a.pdf")
    bundle = read(tmp_path, *BASE, sources(pdf), texts={"a.txt": TEXT, "a.pdf": b"%PDF-"})
    assert quotes(bundle) == ["Alpha"]
    assert (bundle.sources[0].file_name, bundle.sources[0].original()) == ("Report.pdf", b"%PDF-")


def test_quirk_38_media_are_counted_and_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    audio = element("AudioSource", guid=g(210), name="talk")
    inside = element("VideoSelection", coding(410), guid=g(310), begin=0, end=5)
    video = element("VideoSource", inside, guid=g(211), name="film.m4a")
    picture = element("PictureSource", guid=g(212), name="map")
    one = source(SOURCE, MARKED, name="respondent 1")
    graph = element("Graphs", element("Graph", guid=g(800), name="Net"))
    bundle = read(tmp_path, *BASE, sources(audio, one, video, picture), graph, texts=TEXTS)
    assert [each.title for each in bundle.sources] == ["respondent 1"]
    said = losses(bundle)
    for line in (
        "audio recordings: 1 are not imported, only kept for a REFI-QDA export: talk",
        "videos: 1 are not imported, only kept for a REFI-QDA export: film.m4a",
        "pictures: 1 are not imported, only kept for a REFI-QDA export: map",
        "graphs: 1 are not imported, only kept for a REFI-QDA export: Net",
        "codings: 1 are on pictures or recordings",
    ):
        assert line in said


def test_quirk_39_sources_of_one_name_or_an_unusable_one_are_all_kept(tmp_path: Path) -> None:
    import builders

    names = ["Same", "Same", "../../etc/passwd", "C:\\x", "a/b", "ok.txt"]
    given = [source(210 + n, name=name) for n, name in enumerate(names)]
    texts = {text_of(210 + n): f"Text {n}" for n in range(len(names))}
    path = pack(tmp_path / "a.qdpx", project(*BASE, sources(*given)), texts)
    assert all("/" not in each.file_name for each in read_file(path).sources)
    with builders.project(tmp_path, sites=()) as opened:
        opened.exchange.import_(path)
        assert [each.title for each in opened.sources.list()] == names
        assert opened.check() == []


@pytest.mark.parametrize("origin", [None, "MAXQDA 24", "NVivo", "Framework Coder 0.1"])
def test_quirk_40_the_origin_proves_nothing(tmp_path: Path, origin: str | None) -> None:
    text = "a\r\nb \U0001f600 Gamma delta"
    start = len(text[: text.index("Gamma")].encode("utf-16-le")) // 2
    xml = project(
        *BASE, sources(source(SOURCE, selection(300, start, start + 5, coding(400)))), origin=origin
    )
    xml = xml if origin else xml.replace(' origin="None"', "")
    assert quotes(read_file(pack(tmp_path / "a.qdpx", xml, {text_of(SOURCE): text}))) == ["Gamma"]


def test_quirk_41_a_comment_on_a_coded_passage_is_kept_with_its_coding(tmp_path: Path) -> None:
    on = (selection(300, 0, 5, element("Description", "Why so?"), coding(400), coding(401, OTHER)),)
    groups = element(
        "Sets", element("Set", element("MemberCode", targetGUID=g(CODE)), guid=g(900), name="A::B")
    )
    bundle = study(tmp_path, groups, on=on)
    assert [each.memo for each in bundle.codings] == ["Why so?", ""]
    kept = next(memo for memo in bundle.memos if memo.kind == "set")
    assert (kept.title, kept.targets) == ("A::B", [BundledTarget(theme="space")])


def test_quirk_42_numeric_references_are_characters(tmp_path: Path) -> None:
    xml = project(codes(code(110, "Caf&#233; &#x1F600;"))).replace("&amp;#", "&#")
    bundle = read_file(pack(tmp_path / "a.qdpx", xml))
    assert bundle.codebook.themes[0].label == "Café \U0001f600"


def test_text_in_the_project_file_and_in_a_file_are_both_read_and_the_file_wins(tmp_path: Path) -> None:
    inline = element("PlainTextContent", "Inline words")
    only = element("TextSource", inline, selection(301, 0, 6, coding(401)), guid=g(202), name="B")
    both = source(SOURCE, inline, MARKED)
    bundle = read(tmp_path, *BASE, sources(both, only), texts=TEXTS)
    assert quotes(bundle) == ["Alpha", "Inline"]
    assert "1 texts that stand twice, of which the file was taken" in told(bundle)


def test_variables_are_read_from_case_unnamed_case_and_source_with_their_types(tmp_path: Path) -> None:
    variables = element(
        "Variables",
        *(
            element("Variable", guid=g(n), name=name, typeOfVariable=kind)
            for n, name, kind in (
                (700, "tier", "Text"),
                (701, "beds", "Integer"),
                (702, "speaker", "Text"),
                (703, "mood", "Text"),
            )
        ),
    )
    cases = element(
        "Cases",
        element(
            "Case",
            value(700, "TextValue", ""),
            element("VariableValue", element("VariableRef", targetGUID=g(703))),
            value(701, "IntegerValue", "12"),
            element("SourceRef", targetGUID=g(SOURCE)),
            element("SourceRef", targetGUID=g(202)),
            guid=g(600),
            name="North",
        ),
        element(
            "Case", value(702, "TextValue", "Anna"), element("SourceRef", targetGUID=g(SOURCE)), guid=g(601)
        ),
    )
    texts = {**TEXTS, text_of(202): "Other"}
    given = sources(source(SOURCE), source(202, value(703, "TextValue", "good")))
    bundle = read(tmp_path, *BASE, variables, cases, given, texts=texts)
    assert bundle.sites[0].attributes == {"tier": "", "beds": "12"}
    assert bundle.design
    assert {field.id: field.kind.value for field in bundle.design.site_fields} == {
        "tier": "text",
        "beds": "number",
    }
    memos = {memo.targets[0].source: memo.text for memo in bundle.memos}
    assert memos == {g(SOURCE): "speaker: Anna", g(202): "mood: good"}


def test_sets_and_variables_become_sites_on_request_only(tmp_path: Path) -> None:
    variables = element("Variables", element("Variable", guid=g(700), name="place", typeOfVariable="Text"))
    given = sources(source(SOURCE, value(700, "TextValue", "Hill"), MARKED), source(202))
    group = element("Set", element("MemberSource", targetGUID=g(202)), guid=g(900), name="Group: South")
    parts = (*BASE, variables, given, element("Sets", group))
    texts = {**TEXTS, text_of(202): "Other"}

    def names(**options: Any) -> list[tuple[str, list[str]]]:
        bundle = read(tmp_path, *parts, texts=texts, **options)
        return [(site.name, [s.key for s in bundle.sources if site.key in s.sites]) for site in bundle.sites]

    assert names() == [("Unassigned", [g(SOURCE), g(202)])]
    assert "1 sets of sources came in as memos (Group: South); --sites set:" in told(
        read(tmp_path, *parts, texts=texts)
    )
    assert names(sites="set:Group: ") == [("South", [g(202)]), ("Unassigned", [g(SOURCE)])]
    assert names(sites="variable:place") == [("Hill", [g(SOURCE)]), ("Unassigned", [g(202)])]
    for wrong in ("set:Nothing", "variable:Nothing", "group", "variable:"):
        with pytest.raises(FrameworkCoderError, match=f"--sites {wrong}"):
            names(sites=wrong)


def test_memos_by_reference_and_link_keep_text_author_date_and_target(tmp_path: Path) -> None:
    reference = {n: element("NoteRef", targetGUID=g(n)) for n in range(500, 507)}
    tree = codes(code(CODE, "Space", reference[501]), code(OTHER, "Money"))
    marked = selection(300, 0, 5, coding(400, CODE, ANNA, reference[504]), reference[503])
    notes = [
        note(n, f"Memo {n}", f"Words {n}", by=BEN, creationDateTime="2020-02-03T00:00:00Z")
        for n in range(500, 507)
    ]
    xml = project(
        users(ANNA, BEN),
        tree,
        element("Cases", case(600, "North", of=[SOURCE])),
        sources(source(SOURCE, marked, reference[502])),
        element("Notes", *notes),
        element("Links", link(510, 505, 600), link(511, 506, 505), link(512, CODE, OTHER, "causes")),
        reference[500],
    )
    bundle = read_file(pack(tmp_path / "a.qdpx", xml, TEXTS))
    memos = {memo.title: memo for memo in bundle.memos}
    targets = {title: list(memo.targets) for title, memo in memos.items()}
    assert targets == {
        "Memo 500": [],
        "Memo 501": [BundledTarget(theme="space")],
        "Memo 502": [BundledTarget(source=g(SOURCE))],
        "Memo 503": [BundledTarget(coding=g(400))],
        "Memo 504": [BundledTarget(coding=g(400))],
        "Memo 505": [BundledTarget(site=g(600))],
        "Memo 506": [],
        "causes": [BundledTarget(theme="space"), BundledTarget(theme="money")],
    }
    assert {(m.author, m.made_on) for t, m in memos.items() if t != "causes"} == {("Ben", "2020-02-03")}
    assert memos["Memo 506"].text == "Words 506\n\nAbout the memo “Memo 505”."


def test_a_memo_that_only_says_when_it_was_changed_has_that_day(tmp_path: Path) -> None:
    changed = note(500, "Idea", "Words", modifiedDateTime="2021-02-03T04:05:06Z")
    assert study(tmp_path, element("Notes", changed)).memos[0].made_on == "2021-02-03"


def test_a_reading_marks_what_a_source_of_several_sites_left_open(tmp_path: Path) -> None:
    cases = element("Cases", case(600, "North", of=[SOURCE]), case(601, "South", of=[SOURCE]))
    bundle = study(tmp_path, cases)
    assert bundle.codings[0].site == g(600)
    assert "codings: 1 stand in sources of several sites" in losses(bundle)


def test_paragraphs_of_the_given_text_are_its_blocks(tmp_path: Path) -> None:
    bundle = read_text(tmp_path, "First one.\r\n\r\n  Second one.  \rThird.")
    loaded = bundle.sources[0].load()
    assert loaded.text == "First one.\n\n  Second one.  \nThird."
    assert [loaded.text[b.start : b.end] for b in loaded.blocks] == ["First one.", "Second one.", "Third."]
    assert [b.locator.paragraph for b in loaded.blocks] == [1, 2, 3]
