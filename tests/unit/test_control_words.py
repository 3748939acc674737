"""No English sentence of ours is left in a Korean report: what the scanners say of controls."""

from __future__ import annotations

import re

import pytest

from auditor.model.control_words import korean


@pytest.mark.parametrize(
    "detail",
    [
        "The endpoint is http.",
        "The service says that the bucket's policy is not public.",
        "The access control list grants everyone: READ.",
        "Requests without credentials were refused, but: This account may not ask (s3:GetBucketAcl).",
        "The bucket has no default encryption. One object that was looked at is not encrypted by the service.",
        "A lifecycle rule deletes all old versions after 30 day(s).",
        "New objects are locked for 30 day(s) in GOVERNANCE mode, which privileged accounts may lift.",
        "Not determined: it is set otherwise for other accounts or addresses (Match).",
        "Without credentials: listing the container and reading a blob's headers succeeded.",
        "This token may not ask (AuthorizationFailure). It takes an account SAS with read on the service (srt=sco).",
        "The container has an immutability policy. For how many days: "
        "Only the account's management (Azure Resource Manager) tells it, which the audit does not reach.",
        "As sshd's configuration says for root from 127.0.0.1.",
        "Of 3 home directories others may list 2.",
        "12 s from this machine's clock; kept by no service that could be seen.",
        "/srv lies on no encrypted volume; what lies below the system cannot be seen from it.",
        "Others: app_ro. Nobody else but administrators.",
    ],
)
def test_a_control_s_detail_is_said_in_korean(detail: str) -> None:
    assert not re.search(r"[a-z]{3} [a-z]{2}", korean(detail)), korean(detail)


def test_what_is_not_known_stays_as_it_is() -> None:
    assert korean("A sentence of a scanner to come.") == "A sentence of a scanner to come."
