"""Planted identifiers are what they claim to be, as Presidio's validators and the standards' own vectors see it."""

from __future__ import annotations

import base64
import re
from datetime import date
from random import Random

import pytest
from presidio_analyzer import predefined_recognizers as ready

from benchmarks.detection import numbers, wallets

MANY = 300


@pytest.fixture
def chance() -> Random:
    return Random(20250331)


def test_a_ci_is_64_bytes_and_a_di_has_its_prefix(chance):
    for _ in range(MANY):
        assert re.fullmatch(r"[A-Za-z0-9+/]{85}[AQgw]==", numbers.ci(chance))
        assert re.fullmatch(r"MC0GCCqGSIb3DQIJAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=", numbers.di(chance))


def test_legacy_resident_numbers_pass_the_checksum_and_later_ones_do_not(chance):
    citizens, foreigners = ready.KrRrnRecognizer(), ready.KrFrnRecognizer()
    for _ in range(MANY):
        birth = numbers.birthday(chance)
        assert citizens.validate_result(numbers.rrn(chance, birth))
        assert foreigners.validate_result(numbers.rrn(chance, birth, foreigner=True))
        later = numbers.rrn(chance, birth, checked=False)
        assert numbers.resident_check(later[:12], 11) != later[12]
        assert later[:6] == f"{birth:%y%m%d}"
        assert later[6] in ("34" if birth.year >= 2000 else "12")
        assert numbers.rrn(chance, birth, checked=False, foreigner=True)[6] in ("78" if birth.year >= 2000 else "56")


def test_thai_ids_business_numbers_ibans_and_cards_pass_presidios_checks(chance):
    thai, business, iban, card = (
        ready.ThTninRecognizer(),
        ready.KrBrnRecognizer(),
        ready.IbanRecognizer(),
        ready.CreditCardRecognizer(),
    )
    for _ in range(MANY):
        number = numbers.tnin(chance)
        total = sum(w * int(d) for w, d in zip(range(13, 1, -1), number, strict=False))
        assert int(number[12]) == (11 - total % 11) % 10
        assert thai.validate_result(number) or number[1:3] < "10"  # Presidio also wants a province in the next digits
        assert business.validate_result(numbers.business_number(chance))
        assert iban.validate_result(numbers.iban(chance))
        assert card.validate_result(numbers.card(chance))
        assert card.validate_result(numbers.unionpay(chance))


def test_chinese_ids_follow_gb_11643(chance):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    seen = set()
    for _ in range(MANY):
        birth = date(1988, 2, 29)
        number = numbers.cn_resident(chance, birth)
        assert number[6:14] == "19880229"
        total = sum(w * int(d) for w, d in zip(weights, number[:17], strict=True))
        assert number[17] == "10X98765432"[total % 11]
        seen.add(number[17])
    assert "X" in seen


def test_decoys_are_what_they_claim_too(chance):
    for _ in range(MANY):
        code = numbers.ean13(chance)
        assert sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(code)) % 10 == 0
        corporate = numbers.corporate_number(chance).replace("-", "")
        assert sum(int(d) * (1, 2)[i % 2] for i, d in enumerate(corporate[:12])) % 10 == (10 - int(corporate[12])) % 10


def test_wallets_hold_to_their_standards(chance):
    assert wallets.keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    for address in (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    ):  # EIP-55's own
        assert wallets.eip55(address[2:]) == address
    bitcoin = ready.CryptoRecognizer()
    for _ in range(60):
        assert bitcoin.validate_result(wallets.base58check(chance, 0))
        assert bitcoin.validate_result(wallets.base58check(chance, 5))
        assert bitcoin.validate_result(wallets.bech32(chance))


def test_a_seed_gives_the_same_values_again():
    assert base64.b64decode(numbers.ci(Random(7))) == Random(7).randbytes(64)
