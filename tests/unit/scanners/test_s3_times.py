"""Times of S3's answers are read as botocore reads them, only sooner."""

from __future__ import annotations

import pytest
from botocore.utils import parse_timestamp

from auditor.scanners._s3_client import parsed_time


@pytest.mark.parametrize(
    "said",
    [
        "2024-05-01T00:00:00Z", "2024-05-01T23:59:59.000Z", "2024-05-01T23:59:59.123456Z", "2024-05-01T12:00:00.5Z", "2024-05-01T00:00:00+09:00",
        "Wed, 01 May 2024 00:00:00 GMT", "2024-02-29T00:00:00Z", "1714521600", 1714521600,
    ],
)  # fmt: skip
def test_a_time_is_what_botocore_makes_of_it(said: str | int) -> None:
    assert parsed_time(said) == parse_timestamp(said)


@pytest.mark.parametrize(
    "said", ["2024-13-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-05-01T24:00:01Z", "yesterday", ""]
)
def test_what_is_no_time_is_refused_as_botocore_does(said: str) -> None:
    with pytest.raises(ValueError, match="Invalid timestamp"):
        parse_timestamp(said)
    with pytest.raises(ValueError, match="Invalid timestamp"):
        parsed_time(said)
