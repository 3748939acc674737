"""Every customer written into a register is found however a vendor writes the value, and strangers are not."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import ours
from auditor.fingerprint import fingerprint, fingerprinter, fingerprints_of, normalize
from auditor.register.build import build
from auditor.register.customer_file import CustomerFile
from auditor.register.mapping import parse
from auditor.register.reader import Register
from auditor.rulecommands import load

KEY = b"a key of a bank, made up for this test"
KINDS = ours.kinds(load())
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")

CI = st.binary(min_size=64, max_size=64).map(lambda raw: base64.b64encode(raw).decode())
NUMBER = st.integers(min_value=20_000_000, max_value=99_999_999)
RRN = st.tuples(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(1, 4), st.integers(0, 999_999)).map(
    lambda p: f"{p[0]:02}{p[1]:02}{p[2]:02}-{p[3]}{p[4]:06}"
)  # fmt: skip

CI_FORMS = st.sampled_from(
    [
        lambda v: v,
        lambda v: quote(v, safe=""),
        lambda v: v.replace("/", "\\/"),
        lambda v: v.rstrip("="),
        lambda v: v.replace("+", "-").replace("/", "_"),
        lambda v: f" {v} ",
    ]
)
PHONE_FORMS = st.sampled_from(
    [
        lambda n: f"010{n}",
        lambda n: f"010-{n // 10000}-{n % 10000:04}",
        lambda n: f"010 {n // 10000} {n % 10000:04}",
        lambda n: f"+82 10-{n // 10000}-{n % 10000:04}",
        lambda n: f"+82 010 {n // 10000} {n % 10000:04}",
        lambda n: f"0082 10 {n}",
        lambda n: f"10{n}",
        lambda n: f"010{n}".translate(FULL_WIDTH),
    ]
)
RRN_FORMS = st.sampled_from(
    [
        lambda v: v,
        lambda v: v.replace("-", ""),
        lambda v: v.replace("-", " "),
        lambda v: v.replace("-", "–"),
        lambda v: v.translate(FULL_WIDTH),
    ]
)
CUSTOMER = st.tuples(CI, NUMBER, RRN)


def registered(customers, data, folder: Path) -> Register:  # type: ignore[no-untyped-def]
    lines = ["ci\t전화\t주민번호"]
    for ci, number, rrn in customers:
        cells = (data.draw(CI_FORMS)(ci), data.draw(PHONE_FORMS)(number), data.draw(RRN_FORMS)(rrn))
        lines.append("\t".join(cell.strip() for cell in cells))
    file = folder / "c.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    with CustomerFile(file) as source:
        build(source, parse(["ci=ci", "phone=전화", "rrn=주민번호"], KINDS), KINDS, KEY, folder / "r", any_shape=True)
    return Register(folder / "r", KEY)


def asked(entity: str, value: str) -> bytes:
    return fingerprint(KEY, entity, normalize(KINDS[entity].form, value))


@settings(max_examples=40)
@given(st.lists(CUSTOMER, min_size=1, max_size=8), st.lists(CUSTOMER, max_size=8), st.data())
def test_customers_are_found_and_strangers_are_not(customers, strangers, data) -> None:  # type: ignore[no-untyped-def]
    with (
        tempfile.TemporaryDirectory() as folder,
        registered(customers, data, Path(folder)) as register,
    ):
        forms = {"KR_CI": CI_FORMS, "PHONE_NUMBER": PHONE_FORMS, "KR_RRN": RRN_FORMS}
        for position, (entity, form) in enumerate(forms.items()):
            ours_values = {customer[position] for customer in customers}
            for number, customer in enumerate(customers):
                (holders,) = register.find(entity, [asked(entity, data.draw(form)(customer[position]))])
                assert holders is not None
                assert number in holders
            for stranger in strangers:
                if stranger[position] not in ours_values:
                    assert not register.holds(entity, asked(entity, data.draw(form)(stranger[position])))


@given(st.binary(min_size=16, max_size=200), st.sampled_from(["KR_CI", "PERSON"]), st.lists(st.text(), min_size=1))
def test_the_fast_way_to_a_fingerprint_is_the_documented_one(key: bytes, entity: str, values: list[str]) -> None:
    made = fingerprinter(key, entity)
    assert [made(value) for value in values] == [fingerprint(key, entity, value) for value in values]
    assert [row.tobytes() for row in fingerprints_of(key, entity, values)] == [made(value) for value in values]
