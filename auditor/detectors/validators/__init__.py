"""Checks of a value's own digits, by the names rule files use. Pure functions; the facts are in facts/identifiers.md.

Each takes the folded text of a hit (ASCII digits, ASCII dashes) and answers VALID (the check digit holds, or the
shape is as good as one), DOUBTFUL (possible, but nothing in the value itself confirms it) or INVALID (it cannot be).
"""

from __future__ import annotations

from typing import Final

from auditor.detectors.validators.contact import birth_date, cn_phone, email, kr_phone, person_name, public_ip, th_phone
from auditor.detectors.validators.payment import (
    bitcoin,
    credit_card,
    crypto_address,
    ethereum,
    iban,
    kr_account,
    unionpay,
)
from auditor.detectors.validators.people import (
    cn_resident_id,
    kr_brn_individual,
    kr_driver_license,
    kr_frn,
    kr_rrn,
    th_tnin,
)
from auditor.detectors.validators.secrets import (
    assigned_secret,
    base64_varied,
    ci,
    credential,
    database_url,
    password,
    secret,
    token,
    typed_password,
)
from auditor.detectors.validators.validity import Validator, Validity

__all__ = ["VALIDATORS", "Validator", "Validity"]

VALIDATORS: Final[dict[str, Validator]] = {
    validator.__name__: validator
    for validator in (
        assigned_secret, base64_varied, birth_date, bitcoin, ci, cn_phone, cn_resident_id, credential, credit_card, crypto_address, database_url, email, ethereum, iban,
        kr_account, kr_brn_individual, kr_driver_license, kr_frn, kr_phone, kr_rrn, password, person_name, public_ip, secret, th_phone,
        th_tnin, token, typed_password, unionpay,
    )
}  # fmt: skip
"""What a rule's `validator` may name."""
