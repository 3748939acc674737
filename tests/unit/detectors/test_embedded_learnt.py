"""Layouts that nobody told the product of: learnt from the values that tell themselves, and only from those."""

from __future__ import annotations

import json

import pytest
from detecting import detector, entities, in_table, in_text

from auditor.detectors.embedded import EmbeddedTables
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

_PEOPLE = (
    ("백은하", "배고픈고래51", "010-9529-1291", "eunha.b@podo-made-up.kr", "1983-12-22"),
    ("현하별", "느긋한수달", "010-6919-4416", "star7@podo-made-up.kr", "1999-10-29"),
    ("남궁설", "졸린부엉이8", "010-2704-8163", "snow.ng@podo-made-up.kr", "1975-03-08"),
)
_LABELS = ("custNm", "nickNm", "mobileNo", "emailAddr", "birthYmd")
_FOUND = sorted(["PERSON", "NICKNAME", "PHONE_NUMBER", "EMAIL_ADDRESS", "DATE_OF_BIRTH"] * len(_PEOPLE))


def tables(text: str, path: str = "a.log") -> list[Table]:
    """The tables in a text."""
    return EmbeddedTables(detector().index).take(Text(asset=Asset(target="t", path=path), text=text))[0]


def records(text: str, path: str = "a.log") -> list[dict[str, str | None]]:
    """The rows of all its tables, by column."""
    return [
        dict(zip(table.columns, row, strict=True))
        for table in tables(text, path)
        for row in zip(*(array.to_pylist() for array in table.arrays), strict=True)
    ]


def filled(template: str) -> str:
    """The people, a field a time, in one way of writing: `{n}` counts the fields."""
    lines, n = [], 11
    for person in _PEOPLE:
        lines.append("begin of record")
        for label, value in zip(_LABELS, person, strict=True):
            lines.append(template.format(l=label, v=value, n=n))
            n += 7
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "template",
    [
        'when "{l}" then "{v}"',
        "put cell f:{l} at 16576{n}2000 holding {v}",
        "<put key={l} ttl={n}><![CDATA[{v}]]></put>",
        '  {l}:\n    kind: text\n    width: {n}\n    sample: "{v}"',
        "SETFIELD /members/{n}/{l} --as text -- '{v}'",
        "{n} :{l} CHARACTER({n}) [{v}]",
        "그리고 [{l}] 칸에 [{v}] 값을 넣는다",
        'sameAs("{v}", member->{l});',
        "0{n}|ST|{l}^T^L||{v}|||F",
    ],
)
def test_any_layout_is_learnt(template: str) -> None:
    text = filled(template)
    assert [tuple(record[label] for label in _LABELS) for record in records(text)] == list(_PEOPLE)
    assert entities(in_text(text)) == _FOUND


def test_what_one_text_taught_holds_for_the_next() -> None:
    asset = Asset(target="t", path="a.log")
    readers = EmbeddedTables(detector().index)
    readers.take(Text(asset=asset, text=filled('when "{l}" then "{v}"')))
    more = (
        'when "custNm" then "황보솔"\nwhen "mobileNo" then "010-5531-9924"\nmail a@b.example c@d.example e@f.example\n'
    )
    found, _, _ = readers.take(Text(asset=asset, text=more, first_line=40))
    assert [(table.columns, table.lines) for table in found] == [(("custNm", "mobileNo"), (40,))]


def test_lines_are_told() -> None:
    (table,) = tables(filled('when "{l}" then "{v}"'))
    assert table.lines == (2, 8, 14)


def test_values_that_do_not_look_like_their_labels_teach_nothing() -> None:
    text = filled('when "{l}" then "{v}"')
    for (_, _, phone, mail, born), other in zip(_PEOPLE, ("required", "optional", "hidden"), strict=True):
        text = text.replace(phone, other).replace(mail, other).replace(born, other)
    assert records(text + "\n".join(person[2] for person in _PEOPLE)) == []


def test_code_that_only_names_fields_is_none() -> None:
    text = (
        filled('form.bind("{l}", model.{l}, {n});') + "mail to: a@b.example, c@d.example, e@f.example, 010-9529-1291\n"
    )
    assert records(text, "a.ts") == []
    assert [entity for entity in entities(in_text(text, "a.ts")) if entity in ("PERSON", "NICKNAME")] == []


@pytest.mark.parametrize(
    "declared", ['table.addColumn("{l}", Text.class);', "@FIELD {l} TEXT", "  field {l} as text(200)", 'cols << "{l}"']
)
@pytest.mark.parametrize("row", ['table.addRow("{}");', "'{}'", 'insert(["{}"])'])
def test_columns_declared_above_rows(declared: str, row: str) -> None:
    between = "', '" if row.startswith("'") else '", "'
    lines = [*(declared.format(l=label) for label in _LABELS), "", *(row.format(between.join(p)) for p in _PEOPLE)]
    assert records("\n".join(lines)) == [dict(zip(_LABELS, person, strict=True)) for person in _PEOPLE]


def test_rows_of_another_width_or_form_are_none() -> None:
    declared = [f"@FIELD {label} TEXT" for label in _LABELS]
    short = [f"'{p[0]}', '{p[2]}', '{p[3]}'" for p in _PEOPLE]
    other = [f"'{p[2]}', '{p[3]}', '{p[4]}', '{p[0]}', '{p[1]}'" for p in _PEOPLE]
    assert records("\n".join([*declared, *short, *other])) == []


def test_labels_above_as_many_values() -> None:
    labels = ("성명", "별명", "휴대폰 번호", "이메일", "생년월일")
    page = "\n".join(
        [
            "가입 확인서",
            *labels,
            *_PEOPLE[0],
            "",
            "가입 확인서",
            *labels,
            *_PEOPLE[1],
            "",
            "가입 확인서",
            *labels,
            *_PEOPLE[2],
        ]
    )
    assert [tuple(record[label] for label in labels) for record in records(page, "a.txt")] == list(_PEOPLE)


def test_numbered_questions_and_answers() -> None:
    labels = ("성명", "별명", "휴대폰 번호", "이메일", "생년월일")
    asked = [f"{n}. {label}" for n, label in enumerate(labels, 1)]
    lines = []
    for person in _PEOPLE:
        first, *rest = (f"{n}. {value}" for n, value in enumerate(person, 1))
        lines += ["아래 항목을 순서대로 적어 주세요", *asked, f"고객 : {first}", *rest, "확인했습니다", ""]
    assert [tuple(record[label] for label in labels) for record in records("\n".join(lines))] == list(_PEOPLE)


@pytest.mark.parametrize(
    ("head", "line", "foot"),
    [
        ("{l}:", "  {v}", ""),
        ("map $id ${l} {{", '    {n} "{v}";', "}}"),
        (">>> df.iloc[:, {n}]", "{n}    {v}", "Name: {l}, dtype: object"),
    ],
)
def test_columns_one_below_another(head: str, line: str, foot: str) -> None:
    people = _PEOPLE * 2  # a column of five values or more tells itself
    parts = []
    for column, label in enumerate(_LABELS):
        parts += [head.format(l=label, n=column), *(line.format(v=p[column], n=n) for n, p in enumerate(people))]
        parts += [foot.format(l=label)] if foot else []
        parts.append("")
    assert [tuple(record[label] for label in _LABELS) for record in records("\n".join(parts))] == list(people)


@pytest.mark.parametrize("measure", [len, lambda text: len(text.encode("cp949")), lambda text: len(text.encode())])
def test_names_and_values_behind_their_lengths(measure) -> None:  # type: ignore[no-untyped-def]
    names = ("REQ_SEQ", "NAME", "MOBILE_NO", "BIRTHDATE")
    lines = []
    for seq, person in enumerate(_PEOPLE):
        values = (f"ABC{seq}00", person[0], person[2].replace("-", ""), person[4].replace("-", ""))
        lines.append(
            "plain : " + "".join(f"{measure(n)}:{n}{measure(v)}:{v}" for n, v in zip(names, values, strict=True))
        )
    assert [(record["NAME"], record["MOBILE_NO"]) for record in records("\n".join(lines))] == [
        (person[0], person[2].replace("-", "")) for person in _PEOPLE
    ]


def test_a_column_that_names_what_stands_beside_it() -> None:
    rows = [
        [str(n), label, person[at], _PEOPLE[n - 1][at]]
        for n, person in enumerate(_PEOPLE)
        for at, label in enumerate(_LABELS)
    ]
    found = entities(in_table(("seq", "chg_col", "before_chg", "after_chg"), rows))
    assert {entity: found.count(entity) for entity in found} == dict.fromkeys(_FOUND, 2 * len(_PEOPLE))


def test_a_way_to_be_reached_names_no_column() -> None:
    rows = [[("phone", "email")[n % 2], "010-9529-1291", "eunha.b@podo-made-up.kr"] for n in range(12)]
    assert set(entities(in_table(("preferred", "mobile", "mail"), rows))) == {"PHONE_NUMBER", "EMAIL_ADDRESS"}


def test_a_list_names_what_a_refused_field_held() -> None:
    from io import BytesIO

    from auditor.extractors.identify import extract
    from auditor.extractors.limits import Budget, Limits
    from auditor.model.content import Source

    refused = [
        {
            "detail": [
                {"loc": ["body", label], "msg": "too long", "input": value}
                for label, value in zip(_LABELS, person, strict=True)
            ]
        }
        for person in _PEOPLE
    ]
    data = "\n".join(json.dumps(one) for one in refused).encode()
    asset = Asset(target="t", path="errors.ndjson", size=len(data))
    detection = detector().asset(asset)
    found = []
    for content in extract(Source(asset=asset, head=data, stream=BytesIO(data)), Budget(Limits())):
        if isinstance(content, Table):
            found += list(detection.table(content))
    found += list(detection.finish())
    assert sorted(match.entity for match in found) == _FOUND


def test_the_row_below_a_ruler_names_fields() -> None:
    lines = []
    for person in _PEOPLE:
        lines += ["| 항목 | 타입 | 예시 |", "|---|---|---|", "| loginCnt | 숫자 | 4 |"]
        lines += [f"| {label} | 문자 | {value} |" for label, value in zip(_LABELS, person, strict=True)]
        lines.append("")
    assert entities(in_text("\n".join(lines), "api.md")) == _FOUND
