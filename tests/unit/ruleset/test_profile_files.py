"""Profiles and scorecards as files: what they may say, and what is told about what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import InputError
from auditor.model.engagement import Budgets
from auditor.model.rule import Level, Profile, Sample, Terms
from auditor.resources import rules_dir
from auditor.ruleset import compiled
from auditor.ruleset.loader import load

HEAD = """\
id: own
title: {en: Own, ko: 자체}
fail_on: high
policies: [public-bucket]
"""


def own(tmp_path: Path, more: str, folder: str = "profiles") -> Profile:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "own.yaml").write_text(HEAD + more if folder == "profiles" else more, "utf-8")
    return load((rules_dir(), tmp_path)).profile("own")


def test_all_of_a_profile(tmp_path: Path) -> None:
    profile = own(
        tmp_path,
        "limits: {archive_depth: 8, expanded_bytes: 4GiB, people_bytes: 1GiB}\n"
        "sample: {per_folder: 20, bytes_per_target: 50GB}\n"
        "time_budget: 2h\nremediate_within: {critical: 3d, low: 2w}\nscorecard: due-diligence\n",
    )
    assert profile.limits == Budgets(archive_depth=8, expanded_bytes=4 << 30, people_bytes=1 << 30)
    assert profile.sample == Sample(per_folder=20, bytes_per_target=50 * 10**9)
    assert profile.time_budget == "2h"
    assert profile.remediate_within == Terms(critical="3d", low="2w")
    assert [profile.remediate_within.of(level) for level in Level] == [None, "2w", None, None, "3d"]
    assert profile.scorecard == "due-diligence"


def test_a_profile_needs_none_of_it(tmp_path: Path) -> None:
    profile = own(tmp_path, "")
    assert (profile.limits, profile.sample, profile.time_budget, profile.scorecard) == (Budgets(), None, None, None)
    assert profile.remediate_within == Terms()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sample: {per_folder: 0}", "per_folder"),
        ("sample: {per_folder: 2, bytes_per_target: much}", '"much" is no size'),
        ("sample: {per_file: 2}", 'unknown key "per_file"'),
        ("time_budget: soon", '"soon" is not a duration'),
        ("time_budget: 0h", "leaves no time"),
        ("remediate_within: {high: 12h}", '"12h" is no number of days'),
        ("remediate_within: {high: 1 month}", "months and years differ in length"),
        ("remediate_within: {grave: 1d}", 'unknown key "grave"'),
        ("limits: {expanded_bytes: 0}", "is no size"),
        ("limits: {members: 2.5}", "members"),
        ("scorecard: none-such", 'there is no scorecard "none-such"'),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        own(tmp_path, line + "\n")
    assert said in str(error.value)
    assert "own.yaml:5:" in str(error.value)


def test_a_scorecard_may_only_ask_policies_that_exist(tmp_path: Path) -> None:
    card = (
        "id: own\ntitle: {en: Own, ko: 자체}\nlead: {en: Lead, ko: 설명}\nquestions:\n"
        "  - {area: {en: A, ko: 가}, question: {en: Q, ko: 나}, ask: {en: X, ko: 다}, policies: [public-buket]}\n"
    )
    with pytest.raises(InputError) as error:
        own(tmp_path, card, "scorecards")
    assert 'there is no policy "public-buket"' in str(error.value)
    assert "public-bucket" in str(error.value)


def test_compiled_profiles_are_the_files() -> None:
    """What a start reads is what the YAML says: sizes, terms and samples too."""
    rules, fast = load(), compiled.load(rules_dir())
    assert fast is not None
    assert fast.profiles == rules.profiles
    assert fast.scorecards == rules.scorecards
    assert fast.profile("due-diligence").sample == Sample(
        per_folder=20, per_extension=1000, per_target=5000, bytes_per_target=50 * 10**9
    )
    assert {rule.id for rule in rules.policies if rule.remediate_within} == {"credentials-left-behind"}
