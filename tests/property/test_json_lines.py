"""Runs of JSON Lines read as columns say what the same lines say one by one."""

from __future__ import annotations

import io
import json

import pytest
from extracting import told
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.extractors import json_lines, json_runs
from auditor.extractors.json import JsonExtractor
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset
from auditor.model.content import Content, Source

NAMES = st.lists(
    st.sampled_from(["name", "phone", "", "a.b", "나이", "key", "1042", "a\\b", 'q"']), min_size=1, max_size=4
)
STRINGS = st.one_of(
    st.sampled_from(
        [
            "",
            "홍길동",
            "a, b",
            ": null, x",
            ": 30, x",
            '": 30, "',
            '{"a": 1}',
            " [1, 2]",
            "{broken",
            "\\",
            '"',
            '\\"',
            "\0",
            "\n",
            "\x1c",
            "\ud83d\ude00",
            "null",
            "\t",
        ]
    ),
    st.text(max_size=6),
)
NUMBERS = st.sampled_from(
    ["0", "-0", "1.50", "9.0e12", "1E+3", "12345678901234567890123", "007", "NaN", "-Infinity", "1."]
)
PLAIN = st.sampled_from(["null", "true", "false", "nul", "[]", "{}", '["x"]', '{"in": "x"}'])
TIGHT = ((",", ":"), (", ", ": "), (" , ", " : "))
VALUES = st.one_of(
    STRINGS.map(lambda text: json.dumps(text, ensure_ascii=False).replace("\ud83d\ude00", "\\ud83d\\ude00")),
    STRINGS.map(lambda text: json.dumps(text)),
    st.sampled_from(['"\\ud800"', '"a\tb"', '"\\/"', '"\\u12"', '"\\x"', '"cut']),
    NUMBERS,
    PLAIN,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines of the same names and kinds of values, with a few lines among them that are like no other."""
    names = [json.dumps(name, ensure_ascii=False) for name in draw(NAMES)]
    comma, colon = draw(st.sampled_from(TIGHT))
    kinds = draw(
        st.lists(st.sampled_from([STRINGS.map(json.dumps), NUMBERS, VALUES]), min_size=len(names), max_size=len(names))
    )
    rows = draw(st.lists(st.tuples(*kinds), min_size=1, max_size=6))
    lines = [
        "{" + comma.join(f"{name}{colon}{value}" for name, value in zip(names, row, strict=True)) + "}" for row in rows
    ]
    for _ in range(draw(st.integers(0, 2))):
        odd = draw(
            st.sampled_from(
                ["", "{}", "no JSON", "[1, 2]", lines[0] + lines[0], lines[0] + ",", " " + lines[0], "\r", '"s"']
            )
        )
        lines.insert(draw(st.integers(0, len(lines))), odd)
    return "\n".join(lines * draw(st.sampled_from([1, 3]))) + draw(st.sampled_from(["", "\n", "\r\n"]))


def read(text: str) -> list[Content]:
    data = text.encode("utf-8", "surrogatepass")
    source = Source(asset=Asset(target="t", path="x.jsonl"), head=data[:65_536], stream=io.BytesIO(data))
    return list(JsonExtractor(Budget(Limits())).extract(source))


@given(documents())
@example('{"a": "x\\\\", "b": null, "n": 1.50}\n{"a": "{\\"in\\": 1}", "b": "y", "n": -0}')
@example('{"a": "x"}\n{"a": ": null, x"}\n{"a": null}\n')
@example('{"a": "x", "b": "y"}\n{"a": "x"; "b": "y"}\n')
@example('{"a": "long enough"}\n{"a": "\0"}\n')
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_run_says_what_its_lines_say(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(json_runs, "LEAST", 1)
        patch.setattr(json_runs, "SHORTEST", 150)
        patch.setattr(json_runs, "FEW_LINES", 1)
        fast = told(read(text))
        patch.setattr(json_runs, "LEAST", 1 << 40)
        slow = told(read(text))
    assert fast == slow


@pytest.mark.parametrize("lines", [
    '{"a": "x", "n": 1}\n{"a": "y", "n": null}\n',
    '{"a":"\\u91d1","b":true}\n{"a":"\\"q\\\\","b":"c"}\n',
    '{"a": null}\n{"a": "z"}',
])  # fmt: skip
def test_the_usual_exports_are_runs(lines: str) -> None:
    columns = json_lines.flat_lines(lines, 10)
    assert columns is not None
    slow = [json.loads(line, parse_int=str) for line in lines.splitlines()]
    texts = [{name: {True: "true", False: "false"}.get(value, value) for name, value in row.items()} for row in slow]
    assert [
        dict(zip(columns, row, strict=True)) for row in zip(*(c.to_pylist() for c in columns.values()), strict=True)
    ] == texts
