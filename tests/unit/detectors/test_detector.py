"""What a user relies on: CI look-alikes stay silent, the faults of Presidio's own recognisers are not ours."""

from __future__ import annotations

import base64
import random
import subprocess
import sys
from collections import Counter

import pytest
from detecting import KEY, detector, each, entities, in_table, in_text, rules

from auditor.detectors.detector import Detector
from auditor.detectors.scene import Scene
from auditor.model.match import Match, MatchBlock

_random = random.Random(7)


def b64(size: int) -> str:
    return base64.b64encode(_random.randbytes(size)).decode()


def ci() -> str:
    return b64(64)


def di() -> str:
    return base64.b64encode(base64.b64decode("MC0GCCqGSIb3DQIJAyEA") + _random.randbytes(32)).decode()


def rrn(body: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip((2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), body, strict=True))
    return f"{body[:6]}-{body[6:]}{(11 - total % 11) % 10}"


def thai_id(body: str) -> str:
    return body + str((11 - sum((13 - index) * int(digit) for index, digit in enumerate(body)) % 11) % 10)


def luhn(body: str) -> str:
    for last in "0123456789":
        digits = [int(digit) for digit in reversed(body + last)]
        if sum(d if not i % 2 else (2 * d - 9 if d > 4 else 2 * d) for i, d in enumerate(digits)) % 10 == 0:
            return body + last
    raise AssertionError


# --- the CI decision order of facts/identifiers.md


def test_words_that_chance_spells_in_a_value_say_nothing_of_the_next() -> None:
    by_chance = f"{ci()[:30]}/Ci+{ci()[34:]}"
    assert not any(match.entity == "KR_CI" and not match.candidate for match in in_text(f"{by_chance}\n{ci()}\n"))
    assert not any(match.entity == "KR_CI" and not match.candidate for match in in_text(f"{by_chance} {ci()}\n"))
    assert "KR_CI" in entities(in_text(f"GET /api/v1/customers/of/the/bank/members/and/others/by/ci {ci()}\n"))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("package-lock.json", '      "integrity": "sha512-{}",'),
        ("yarn.lock", "  integrity sha512-{}"),
        ("pnpm-lock.yaml", "    resolution: {{integrity: sha512-{}}}"),
        ("packages.lock.json", '        "contentHash": "{}",'),
        ("project.assets.json", '      "sha512": "{}",'),
        ("newtonsoft.json.13.0.3.nupkg.sha512", "{}"),
        ("latest.yml", "sha512: {}"),
        ("latest-mac.yml", "    sha512: {}"),
        ("index.html", '<script src="a.js" integrity="sha512-{}" crossorigin="anonymous"></script>'),
        ("appcast.xml", '<enclosure url="https://a.b/c.zip" sparkle:edSignature="{}" length="1"/>'),
        ("app.log", "POST /pay signature={} ok"),
    ],
)
def test_a_hash_is_no_ci_and_no_candidate(file: str, line: str) -> None:
    text = "\n".join(line.format(ci()) for _ in range(20))
    assert in_text(text, file) == []


def test_salt_and_hash_beside_a_nickname_are_credentials() -> None:
    rows = [[f"달빛여우{i}", ci(), ci()] for i in range(30)]
    found = Counter(match.entity for match in in_table(["nickname", "salt", "password_hash"], rows))
    assert found == {"NICKNAME": 30, "CREDENTIAL": 60}


def test_salt_and_hash_without_names_are_not_even_candidates() -> None:
    rows = [[f"010-2345-{i:04d}", ci(), ci()] for i in range(30)]
    assert "KR_CI" not in {match.entity for match in in_table(None, rows)}


def test_a_storage_account_key_is_a_credential() -> None:
    found = in_text(
        f"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={ci()};EndpointSuffix=core.windows.net"
    )
    assert {match.entity for match in found} == {"CREDENTIAL"}


def test_a_token_of_three_parts_is_no_ci() -> None:
    parts = [base64.urlsafe_b64encode(_random.randbytes(size)).decode().rstrip("=") for size in (40, 120, 64)]
    assert "KR_CI" not in {match.entity for match in in_text("Authorization: Bearer " + ".".join(parts))}
    assert "KR_CI" not in {match.entity for match in in_text("ci_token=" + ".".join(parts))}


@pytest.mark.parametrize(
    "text", ["ci: github-actions", "conn_info=host=db port=5432", "ci = 0.95", "CI=true", "$CI =& get_instance();"]
)
def test_a_name_without_the_shape_is_no_ci(text: str) -> None:
    assert "KR_CI" not in {match.entity for match in in_text(text)}


def test_one_persons_ci_has_one_fingerprint_however_it_is_written() -> None:
    from urllib.parse import quote

    value = base64.b64encode(b"\xfb\xef\xff" + _random.randbytes(61)).decode()
    written = [
        f"ci={value}",
        f"/cb?ci={quote(value, safe='')}&x=1",
        '{"ci":"' + value.replace("/", "\\/") + '"}',
        '{\\"ci\\":\\"' + value.replace("/", "\\/") + '\\"}',
        "ci=" + value.rstrip("="),
        "ci=" + value.replace("+", "-").replace("/", "_").rstrip("="),
        f"<connInfo>{value}</connInfo>",
        f"INSERT INTO t (no, ci) VALUES (1, '{value}')",  # noqa: S608 - nothing runs it
    ]
    found = [match for text in written for match in in_text(text) if match.entity == "KR_CI"]
    assert len(found) == len(written)
    assert len({match.fingerprint for match in found}) == 1


def test_an_unnamed_column_beside_a_phone_is_the_ci() -> None:
    rows = [[f"010-{2000 + i}-{i:04d}", ci()] for i in range(20)]
    assert Counter(entities(in_table(None, rows))) == {"PHONE_NUMBER": 20, "KR_CI": 20}


def test_an_unnamed_column_with_nobody_beside_is_a_candidate() -> None:
    found = [match for match in in_table(["a", "b"], [[str(i), ci()] for i in range(20)]) if match.entity == "KR_CI"]
    assert len(found) == 20
    assert all(match.candidate for match in found)


def test_a_di_in_the_row_confirms_the_ci() -> None:
    found = [match for match in in_table(["x", "y"], [[di(), ci()] for _ in range(3)]) if match.entity == "KR_CI"]
    assert [match.candidate for match in found] == [False] * 3
    assert "DI in the record" in found[0].why


def test_a_hashed_ci_is_protected() -> None:
    found = in_table(["nickname", "ci_hash"], [[f"고래{i}", _random.randbytes(32).hex()] for i in range(5)])
    assert [match.protection for match in found if match.entity == "KR_CI"] == ["hashed"] * 5


# --- the faults of Presidio's own recognisers (facts/speed.md)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("hong.gd@bankmail.co.kr입니다", "EMAIL_ADDRESS"),
        (f"เลขบัตรประชาชน{thai_id('110170020345')}ค่ะ", "TH_TNIN"),
        (f"카드{luhn('222300004841001')}입니다", "CREDIT_CARD"),
        (f"카드번호는 {luhn('531077029183746')}이고", "CREDIT_CARD"),
        (f"주민번호는 {rrn('850312104821')}입니다", "KR_RRN"),
        (f"주민번호 {rrn('850312104821').replace('-', ' ')}", "KR_RRN"),
        (f"주민번호 {rrn('850312104821').replace('-', '–')}", "KR_RRN"),
        ("주민번호 " + rrn("850312104821").translate({ord(str(d)): 0xFF10 + d for d in range(10)} | {ord("-"): "－"}), "KR_RRN"),
        (f"resident registration number {rrn('850312104821').replace('-', '')}", "KR_RRN"),
        (f"居民登录号码 {rrn('850312104821').replace('-', '')}", "KR_RRN"),
    ],
)  # fmt: skip
def test_what_presidio_misses_is_found(text: str, entity: str) -> None:
    assert entity in entities(in_text(text))


def test_dashed_thai_ids_are_found() -> None:
    digits = thai_id("110170020345")
    dashed = f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"
    assert entities(in_text(f"บัตร {dashed}")) == ["TH_TNIN"]


@pytest.mark.parametrize(
    "text",
    [
        "주민번호 900231-1234567",
        "주민번호 900101-1******",
        "at 202511121530 done",
        "ts=1731830400123",
        "created 1731830400123 and 1640995200000",
        "n 2208162517",
        f"citizen {thai_id('310170020345')[:-1]}",
        "바코드 8801234567893",
        "주문번호 9001011234561",
    ],
)
def test_what_presidio_reports_falsely_is_silent(text: str) -> None:
    assert in_text(text) == []


def test_epoch_milliseconds_and_order_numbers_in_a_column_are_silent() -> None:
    rows = [
        [
            str(1_640_995_200_000 + i * 7_919_137),
            f"8801{_random.randrange(10**9):09d}",
            str(_random.randrange(10**12, 10**13)),
        ]
        for i in range(300)
    ]
    assert in_table(["created", "goods_cd", "order_no"], rows) == []
    assert in_table(["a", "b", "c"], rows) == []


def test_a_long_line_takes_no_square_of_its_length() -> None:
    import time

    filler = '{"k":"v","n":12345,"name":"x y z","url":"https://a.b/c"},'
    text = filler * 4000 + f'"jumin":"{rrn("850312104821")}",' + filler * 4000
    start = time.process_time()
    found = in_text(text, "bundle.json")
    assert entities(found) == ["KR_RRN"]
    assert time.process_time() - start < 20


# --- text, tables, bad input


def test_windows_of_a_long_line_report_each_value_once_and_cut_none() -> None:
    from detecting import detector as shared

    from auditor.model.asset import Asset
    from auditor.model.content import Text

    text = "x" * 4990 + f' "jumin":"{rrn("850312104821")}" ' + "y" * 5000
    asset = Asset(target="t", path="a.log")
    detection = shared().asset(asset)
    found = []
    for offset in range(0, len(text), 4000):
        overlap = 1000 if offset else 0
        window = text[max(0, offset - overlap) : offset + 4000]
        found += detection.text(Text(asset=asset, text=window, offset=max(0, offset - overlap), overlap=overlap))
    assert entities(found) == ["KR_RRN"]


def test_lone_surrogates_and_nulls_are_no_obstacle() -> None:
    text = f"\udc80\ud800 nickname=달빛여우\x00\n\udcff jumin={rrn('850312104821')}"
    assert entities(in_text(text)) == ["KR_RRN", "NICKNAME"]


def test_cells_of_every_kind_are_seen() -> None:
    rows = [[None, "", "메모: 연락처 010-2841-9375, 메일 dalbit@naver.com"], ["달빛여우", "a", None]]
    assert entities(in_table(["nick_nm", "x", "memo"], rows)) == ["EMAIL_ADDRESS", "NICKNAME", "PHONE_NUMBER"]


def test_no_match_holds_a_clear_value() -> None:
    value = rrn("850312104821")
    text = f"jumin={value} nickname=달빛여우 phone=010-2841-9375 email=dalbit@naver.com"
    shown = repr(in_text(text))
    for clear in (value, "달빛여우", "2841", "dalbit", "naver"):
        assert clear not in shown


def test_a_clean_file_loads_neither_presidio_nor_arrow() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/unit/detectors')\n"
        "from auditor.detectors.detector import Detector\n"
        "from auditor.detectors.validators import VALIDATORS\n"
        "from auditor.ruleset.loader import load\n"
        "from auditor.model.asset import Asset\n"
        "from auditor.model.content import Text\n"
        "a = Asset(target='t', path='a.py')\n"
        "d = Detector(load(validators=frozenset(VALIDATORS)), b'k' * 32).asset(a)\n"
        "assert list(d.text(Text(asset=a, text='def add(a, b):\\n    return a + b\\n' * 100))) == []\n"
        "assert list(d.finish()) == []\n"
        "assert 'presidio_analyzer' not in sys.modules and 'pyarrow' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_presidio_alone_finds_the_same_in_every_example_line() -> None:
    """The reference: every recogniser through Presidio's engine on every line, no gates."""
    own = detector()
    everything = [recognizer.rule.id for recognizer in own.recognizers]
    for rule in rules().recognizers:
        for example in rule.matches:
            for line in (example.get("text") or "").split("\n"):
                found = own.analyze(Scene(text=line), own.gates.rules_for(Scene(text=line).folded))
                reference = own.analyze(Scene(text=line), everything)
                key = lambda hit: (hit.recognizer.rule.id, hit.start, hit.end, hit.status)  # noqa: E731
                assert sorted(map(key, found)) == sorted(map(key, reference)), line


def test_an_unknown_validator_is_refused() -> None:
    import dataclasses

    broken = dataclasses.replace(rules().recognizers[0], validator="no_such")
    with pytest.raises(ValueError, match="no_such"):
        Detector(dataclasses.replace(rules(), recognizers=(broken,)), KEY)


def test_a_list_of_ci_values_is_told_by_its_file_name() -> None:
    text = "\n".join(ci() for _ in range(5))
    assert entities(in_text(text, "export/ci_list.txt")) == ["KR_CI"] * 5
    assert all(match.candidate for match in in_text(text, "export/list.txt"))
    assert entities(in_table(None, [[ci()] for _ in range(8)], "연계정보_2024.csv")) == ["KR_CI"] * 8


def test_a_field_in_source_counts_only_beside_personal_data() -> None:
    alone = 'const a = {\n  nickname: "달빛여우",\n};\n'
    beside = f'const a = {{\n  nickname: "달빛여우",\n  ci: "{ci()}",\n}};\n'
    assert entities(in_text(alone, "a.ts")) == []
    assert entities(in_text(beside, "a.ts")) == ["KR_CI", "NICKNAME"]


def test_authors_addresses_are_nobodys_personal_data() -> None:
    text = "# Updated by Eunha Kim <eunha.kim@fastmail.fm> in 2019\nimport os\n"
    assert in_text(text, "tool.py") == []
    assert entities(in_text("2024-01-02 login eunha.kim@fastmail.fm ok", "app.log")) == ["EMAIL_ADDRESS"]


def test_a_long_table_in_batches_gives_what_one_batch_gives() -> None:
    import pyarrow as pa

    from auditor.model.asset import Asset
    from auditor.model.content import Table

    rows = [[f"010-{2000 + i % 7000}-{i:04d}", ci(), f"달빛{i}"] for i in range(2500)]

    def counts(size: int) -> Counter[tuple[str, int]]:
        asset = Asset(target="t", path="a.csv")
        detection = detector().asset(asset)
        found: list[Match | MatchBlock] = []
        for first in range(0, len(rows), size):
            part = rows[first : first + size]
            arrays = tuple(pa.array([row[index] for row in part], pa.string()) for index in range(3))
            found += detection.table(
                Table(asset=asset, columns=("c1", "c2", "c3"), header=False, arrays=arrays, first_row=first + 1)
            )
        found += detection.finish()
        return Counter((match.entity, match.record[1]) for match in each(found) if not match.candidate)

    whole = counts(len(rows))
    assert sum(whole.values()) == 5000
    assert counts(300) == whole


# --- numbers that lost something on their way through a program


def test_numbers_without_their_first_zeros() -> None:
    full = [rrn("030517312345"), rrn("001231412345"), rrn("000109312345"), rrn("850312152445")]
    for columns in (["no", "주민등록번호"], ["no", "rrn"]):
        rows = [[str(number), value.replace("-", "").lstrip("0")] for number, value in enumerate(full)]
        whole = in_table(columns, [[number, value] for (number, _), value in zip(rows, full, strict=True)])
        matches = in_table(columns, rows)
        assert entities(matches) == ["KR_RRN"] * 4
        assert [match.fingerprint for match in matches] == [match.fingerprint for match in whole]
    rows = [["51007", "010-9234-5678"], ["051007", "010-9234-5679"]]
    born = [match for match in in_table(["생년월일", "휴대폰번호"], rows) if match.entity == "DATE_OF_BIRTH"]
    assert len({match.fingerprint for match in born}) == 1
    assert entities(born) == ["DATE_OF_BIRTH"] * 2
    assert in_table(["no", "ean"], [["1", full[0].replace("-", "").lstrip("0")]]) == []
    days = in_table(["생년월일", "휴대폰번호"], [["51399", "010-9234-5678"], ["99999", "010-9234-5679"]])
    assert entities(days) == ["PHONE_NUMBER"] * 2


def test_whole_numbers_that_were_kept_as_floating_point() -> None:
    columns = ["no", "주민등록번호", "휴대폰번호", "생년월일", "계좌번호"]
    row = ["1", "8503121524451", "1092345678", "19850312", "110123456789"]
    matches = in_table(columns, [[f"{value}.0" for value in row]] * 2)
    whole = in_table(columns, [row] * 2)
    assert entities(matches) == entities(whole)
    assert {match.fingerprint for match in matches} == {match.fingerprint for match in whole}
    assert not any(".0" in match.mask for match in matches)
    line = in_text("row {'mobile': 1092345678.0, 'rrn': 8503121524451.0, 'birth': 19850312.0}\n")
    assert entities(line) == ["DATE_OF_BIRTH", "KR_RRN", "PHONE_NUMBER"]
    assert in_text("took 8503121524451.0 ns\nv1.01092345678.0\nratio=1731830400123.0\n") == []
