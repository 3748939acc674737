"""What is told of a whole block at once is what is told of it line by line, byte by byte."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from auditor.extractors import decoding
from auditor.extractors._encodings import choice, legacy
from auditor.extractors._encodings.plausibility import UNIT, USUAL, beyond_costs, cost, unit_costs

WORDS = st.sampled_from(
    [
        "홍길동",
        "김 서연",
        "010-1234-5678",
        "a",
        "ㅋㅋ",
        "똠방각하",
        "aสมชาย",
        "ชาิ่ย",
        "張三",
        "é",
        "\ufffd",
        ",",
        " ",
        "\n",
        "\n\n",
        "서울에 사는 김서연은 대전에 가서 이름을 적었다 " * 4,
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map("".join)
BYTES = st.lists(
    st.one_of(
        TEXTS.map(lambda text: text.encode("cp949", "replace")),
        TEXTS.map(lambda text: text.encode("utf-8")),
        st.binary(max_size=4),
        st.lists(st.sampled_from(b"\x39\x40\x41\x7e\x7f\x80\xff"), max_size=6).map(bytes),
    ),
    max_size=8,
).map(b"".join)
ENCODINGS = st.sampled_from(["cp949", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp874", "cp1252", "utf-8"])


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


@given(BYTES, ENCODINGS)
def test_odd_lines_are_those_that_are_odd_alone(data: bytes, encoding: str) -> None:
    text = data.decode(encoding, "replace")
    odd: list[int] = []
    beyond: list[int] = []
    read, spent = unit_costs(text, encoding)
    at = 0
    for number, line in enumerate(_lines(text)):
        size = len(line.encode("utf-16-le", "surrogatepass")) // 2
        high = read[at : at + size] >= 0x80
        count, bits = int(high.sum()), int(spent[at : at + size][high].sum())
        if count:
            beyond.append(number)
        if "\ufffd" in line or bits > (count * USUAL[encoding] + legacy._LEEWAY) * UNIT:
            odd.append(number)
        at += size + 1
    found = legacy._odd_lines(text or "\n", encoding)
    assert [list(part) for part in found] == [odd, beyond]


@given(BYTES)
def test_utf8_lines_are_those_that_decode_alone(data: bytes) -> None:
    def is_utf8(line: bytes) -> bool:
        try:
            return not line.decode().isascii()
        except UnicodeDecodeError:
            return False

    lines = data.split(b"\n")
    expected = [number for number, line in enumerate(lines) if is_utf8(line)]
    assert legacy._utf8_lines(data).tolist() == expected if data else True


@given(BYTES, st.sampled_from(sorted(choice.TWO_BYTES)))
def test_the_gate_of_stray_bytes_loses_none(data: bytes, encoding: str) -> None:
    if legacy._STRAY.search(data):
        assert legacy._may_hold_strays(data)


OLD_RUN = re.compile(rb"[\x00-\x7f]?(?:[\x80-\xff]+[\x00-\x7f]{0,2}){1,2048}")


@given(BYTES.map(lambda data: data * 40))
def test_a_sample_holds_each_run_with_the_byte_before_it(data: bytes) -> None:
    for start, enough in ((0, 20_000), (1, 20_000), (7, 100)):
        found = choice._parts(data, start, len(data), enough)
        runs = [run[0] for run in OLD_RUN.finditer(data, start)]
        assert found == runs[: len(found)]
        assert len(found) == len(runs) or sum(map(len, found)) > enough


@given(BYTES)
@example("가나\n".encode() + "다라".encode("cp949"))
@example(b"\xc2")
def test_lines_of_utf8_are_those_that_decode(data: bytes) -> None:
    lines = data.split(b"\n")
    beyond = [number for number, line in enumerate(lines) if not line.isascii()]
    assert legacy._utf8_lines(data).tolist() == [n for n in beyond if legacy._strictly_utf8(lines[n]) is not None]


@given(BYTES, st.sampled_from([b"", b"\t", b"\r\n", b"\0", b"\x07", b"\x1f", b"\x7f"]))
def test_a_block_without_controls_does_not_look_binary(data: bytes, more: bytes) -> None:
    text = data.translate(None, bytes([*range(9), *range(11, 32), 0x7F])) + more
    plain = not set(text) & {*range(9), 11, 12, *range(14, 32), 0x7F}
    assert decoding._holds_no_controls(text) == plain
    assert not plain or not decoding.looks_binary(text)


@given(TEXTS, ENCODINGS)
@example("aสมชาย", "cp874")
def test_costs_beyond_ascii_are_those_of_the_whole_text(text: str, encoding: str) -> None:
    read, places, costs = beyond_costs(text, encoding)
    whole, spent = unit_costs(text, encoding)
    assert read.tolist() == whole.tolist()
    assert costs.tolist() == spent[whole >= 0x80].tolist() == spent[places].tolist()
    assert cost(text, encoding) == spent.sum()
