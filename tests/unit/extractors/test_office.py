"""Documents in a zip: every part's text, with runs joined, tables with their columns, and what cannot be read as a gap."""

from __future__ import annotations

import io
import zipfile

import pytest
from damage import check_damage
from extracting import OneWay, everything, gaps, rows, tables, texts, walk
from libreoffice import ROWS, SLIDE_MARKS, TEXT_MARKS, written

from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode

CANARIES = [row[2] for row in ROWS]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def document(body: str) -> bytes:
    return package({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


@pytest.mark.parametrize(
    ("kind", "extension", "marks"),
    [("fodt", "docx", TEXT_MARKS), ("fodt", "odt", TEXT_MARKS), ("fodp", "pptx", SLIDE_MARKS), ("fodp", "odp", SLIDE_MARKS)],
)  # fmt: skip
def test_finds_every_part_of_what_libreoffice_writes(kind: str, extension: str, marks: list[str]) -> None:
    contents = list(walk(f"a.{extension}", written(kind, extension)))
    seen = everything(contents)
    assert [mark for mark in marks if mark not in seen] == []
    assert [row for row in rows(contents) if set(row) == {"이름", "주민번호", "ci"}] == [
        {"이름": name, "주민번호": rrn, "ci": ci} for name, rrn, ci in ROWS
    ]
    assert [gap for gap in gaps(contents) if gap.path == f"a.{extension}"] == []


def test_says_on_which_slide_and_in_which_part_a_text_stands() -> None:
    parts = {text.part: text.text for text in texts(list(walk("a.pptx", written("fodp", "pptx"))))}
    assert "900101-1234567" in parts["slide 1"]
    assert "HIDDENMARK" in parts["slide 2"]
    assert "NOTESMARK" in parts["notes page 1"]
    parts = {text.part: text.text for text in texts(list(walk("a.docx", written("fodt", "docx"))))}
    assert parts["header 1"].strip() == "HEADERMARK"
    assert "FOOTNOTEMARK" in parts["footnotes"]
    (table,) = tables(list(walk("a.pptx", written("fodp", "pptx"))))
    assert (table.name, table.part, table.first_row) == ("1", "slide 3", 2)


def test_slides_are_numbered_as_they_are_shown() -> None:
    data = package({
        "ppt/presentation.xml": '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="1" r:id="rId9"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": '<Relationships><Relationship Id="rId9" Target="slides/slide7.xml"/></Relationships>',
        "ppt/slides/slide7.xml": '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>here</a:t></a:p></p:sld>',
    })  # fmt: skip
    assert {text.part for text in texts(list(walk("a.pptx", data))) if "here" in text.text} == {"slide 1"}


def test_a_value_changed_by_a_tracked_edit_is_seen_before_and_after() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    data = document(
        f"<w:p>{run.format('900101-1')}<w:del><w:r><w:delText>234567</w:delText></w:r></w:del><w:ins>{run.format('765432')}</w:ins></w:p>"
    )
    assert everything(walk("a.docx", data)).splitlines()[-2:] == ["900101-1765432", "900101-1234567"]


def test_a_form_keeps_its_labels_beside_their_values() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>{}</w:tr>"
    body = row.format(cell.format("성명") + cell.format("홍길동")) + row.format(
        cell.format("주민번호") + cell.format("900101-1234567")
    )
    seen = everything(walk("a.docx", document(f"<w:tbl>{body}</w:tbl>")))
    assert "주민번호: 900101-1234567" in seen
    assert "성명: 홍길동" in seen


def test_fields_attributes_and_properties_are_searched() -> None:
    data = package({
        "word/document.xml": f'<w:document {W}><w:p><w:r><w:instrText>HYPERLINK "mailto:a@</w:instrText></w:r>'
        '<w:r><w:instrText>example.com"</w:instrText></w:r><w:docPr descr="사진 속 홍길동" id="1"/></w:p></w:document>',
        "customXml/item1.xml": "<data><rrn>9001011234567</rrn></data>",
        "docProps/custom.xml": '<Properties><property name="CI"><lpwstr>VALUE88</lpwstr></property></Properties>',
        "word/_rels/document.xml.rels": '<Relationships><Relationship Target="mailto:kim@example.com"/></Relationships>',
    })  # fmt: skip
    seen = everything(walk("a.docx", data))
    for mark in (
        '"mailto:a@example.com"',
        "사진 속 홍길동",
        "rrn: 9001011234567",
        "CI: VALUE88",
        "mailto:kim@example.com",
    ):
        assert mark in seen


def test_embedded_files_re_enter_the_walk() -> None:
    data = package(
        {"word/document.xml": "<d/>", "word/embeddings/book.xlsx": written("fods", "xlsx"), "word/a.csv": "ci\nX1"}
    )
    contents = list(walk("a.docx", data))
    assert [row for row in rows(contents) if row.get("ci") == "CELLCI0003"] != []
    assert {table.asset.path for table in tables(contents)} >= {"a.docx!/word/embeddings/book.xlsx"}


def test_what_is_no_xml_is_searched_and_reported() -> None:
    broken = document("<w:p><w:r><w:t>first</w:t></w:r></w:p></w:x><w:p><w:r><w:t>SECRET &amp; more</w:t></w:r></w:p>")
    contents = list(walk("a.docx", broken))
    assert "first" in everything(contents)
    assert "SECRET & more" in everything(contents)
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


def test_document_types_and_entities_are_refused() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(10))
        + "]><d>&a9; BEHIND</d>"
    )
    contents = list(walk("a.docx", package({"word/document.xml": bomb})))
    assert "BEHIND" in everything(contents)
    assert len(everything(contents)) < 10_000
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


@pytest.mark.parametrize(
    "xml",
    ["<a>" * 200_000, "".join(f"<n{n}/>" for n in range(100_000)), f'<a b="{"x" * 20_000_000}"/>', "<w:tbl><w:tr>" * 3000],
    ids=["deep", "many names", "long attribute", "tables in tables"],
)  # fmt: skip
def test_hostile_xml_costs_a_gap(xml: str) -> None:
    contents = list(walk("a.docx", package({"word/document.xml": f"<d xmlns:w='w'>{xml}"})))
    assert GapCode.MALFORMED_FILE in {gap.code for gap in gaps(contents)}


def test_encrypted_opendocument_is_a_gap() -> None:
    data = package({
        "META-INF/manifest.xml": '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>',
        "content.xml": bytes(range(256)),
    })  # fmt: skip
    contents = list(walk("a.odt", data))
    assert [gap.code for gap in gaps(contents)] == [GapCode.PASSWORD_PROTECTED]


def test_members_hidden_from_the_directory_and_appended_archives_are_noticed() -> None:
    data = document("<w:p><w:r><w:t>shown</w:t></w:r></w:p>")
    end = data.rindex(b"PK\x05\x06")
    at = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", at + 4)
    hidden = data[:second] + data[end : end + 8] + b"\1\0\1\0" + (second - at).to_bytes(4, "little") + data[end + 16 :]
    assert "shown" in everything(walk("a.docx", hidden))
    contents = list(walk("a.docx", data + document("<w:p/>")))
    assert GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES in {gap.code for gap in gaps(contents)}


def test_budgets_give_codes_and_keep_what_was_found() -> None:
    data = package({"word/document.xml": "<d>one</d>", "word/header1.xml": "<d>" + "x " * 3_000_000 + "</d>"})
    contents = list(walk("a.docx", data, limits=Limits(expanded_bytes=1 << 20)))
    assert "one" in everything(contents)
    assert GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT in {gap.code for gap in gaps(contents)}
    contents = list(walk("a.docx", data, limits=Limits(members=2)))
    assert [gap.code for gap in gaps(contents)] == [GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT]
    contents = list(walk("a.docx", data, limits=Limits(archive_depth=0)))
    assert [gap.code for gap in gaps(contents)] == [GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT]


def test_hwpx_sections_and_tables() -> None:
    hp = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    cell = "<hp:tc><hp:subList><hp:p><hp:run><hp:t>{}</hp:t></hp:run></hp:p></hp:subList></hp:tc>"
    body = "".join(
        "<hp:tr>" + cell.format(a) + cell.format(b) + "</hp:tr>"
        for a, b in [("이름", "ci"), ("홍길동", "X88A"), ("김철수", "X88B")]
    )
    section = f"<sec {hp}><hp:p><hp:run><hp:t>9001</hp:t></hp:run><hp:run><hp:t>01-1234567</hp:t><hp:tbl>{body}</hp:tbl></hp:run></hp:p></sec>"
    contents = list(walk("a.hwpx", package({"mimetype": "application/hwp+zip", "Contents/section0.xml": section})))
    assert "900101-1234567" in everything(contents)
    assert rows(contents) == [{"이름": "홍길동", "ci": "X88A"}, {"이름": "김철수", "ci": "X88B"}]
    assert "section 0" in {table.part for table in tables(contents)}


def test_small_reads_change_nothing() -> None:
    data = written("fodt", "docx")
    assert everything(walk("a.docx", OneWay(data, at_once=997))) == everything(walk("a.docx", data))


@pytest.mark.parametrize(("kind", "extension"), [("fodt", "docx"), ("fodt", "odt")])
def test_damage_never_loses_silently(kind: str, extension: str) -> None:
    check_damage(f"a.{extension}", written(kind, extension), CANARIES, 200, compressed=True)
