"""The terminal summary says the first screen's facts in at most 25 plain lines."""

from __future__ import annotations

import pytest
from sample_run import GATE_CLEAN, GATE_FOUND, GATE_INCOMPLETE, INCIDENT, VERIFIED

from auditor.reporters.summary import summary


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("run", [INCIDENT, GATE_CLEAN, GATE_INCOMPLETE, GATE_FOUND, VERIFIED])
def test_short_and_plain(run, language) -> None:
    text = summary(run, language)
    assert 0 < text.count("\n") <= 25
    assert all(line.isprintable() for line in text.splitlines())


def test_incident() -> None:
    text = summary(INCIDENT, "en")
    for said in (
        "DESTRUCTION CERTIFICATE CONTRADICTED", "17,551 people", "Connecting information (CI)", "dev-server", "596 days overdue",
        "2 October 2024", "57,328 of 57,333 files and objects examined", "2 items, The audit account may not read it",
        "1 policy could not be checked", "Freeze the accounts", "Close the gaps",
    ):  # fmt: skip
        assert said in text, said
    assert "파기확인서 내용과 다름" in summary(INCIDENT, "ko")
    assert "17,551명" in summary(INCIDENT, "ko")


def test_incomplete_never_sounds_clean() -> None:
    text = summary(GATE_INCOMPLETE, "en")
    assert text.startswith("INCOMPLETE: NO CONCLUSION\n")
    assert "Everything in scope was examined" not in text
    assert "Everything in scope was examined" in summary(GATE_CLEAN, "en")


def test_at_least() -> None:
    assert "at least 500 people" in summary(GATE_FOUND, "en")
