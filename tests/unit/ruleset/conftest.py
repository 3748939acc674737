"""A folder of three small rules, and ways to change one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

RECOGNIZER = """\
id: example-member
entity: EXAMPLE_MEMBER
title: {en: Member number, ko: 회원번호}
sensitivity: contact
patterns:
  - name: dashed
    regex: 'M-[0-9]{6}'
    score: 0.6
    boundary: '[A-Za-z0-9]'
  - {name: bare, regex: 'M[0-9]{6}', score: 0.2, needs: context}
field_names: [member no, 회원번호]
context: [member, 회원]
validator: luhn
look_alikes:
  values: ['M-0{6}']
column: {share: 0.9, siblings: [EXAMPLE_MEMBER]}
normal_form: alphanumeric
mask: full
joins: weak
examples:
  match:
    - {text: "member M-123456", count: 1}
    - table:
        columns: [member_no, n]
        rows: [[M-123456, 1], [M-654321, ~]]
      file: members.csv
  not_match:
    - {text: "nothing here"}
"""
POLICY = """\
id: kept-too-long
title: {en: Kept too long, ko: 보유 기간 초과}
level: high
check: retention
description: {en: It is still there., ko: 아직 남아 있습니다.}
remediation:
  - {en: Destroy it., ko: 파기하십시오.}
entities: [EXAMPLE_MEMBER]
params: {max_age: contract.ends + 5d, nothing: null}
steps: [{people: 100, level: critical}]
maps_to: [kr-pipa-21]
examples:
  fail:
    - {age: 91d, entities: {EXAMPLE_MEMBER: 3}}
  pass:
    - {age: 91d, entities: {OTHER: 3}}
"""
PROFILE = """\
id: weekly
title: {en: Weekly, ko: 주간}
fail_on: medium
policies: [kept-too-long]
"""
FILES = {"recognizers/kr/member.yaml": RECOGNIZER, "policies/kept.yaml": POLICY, "profiles/weekly.yaml": PROFILE}


class RuleFolder:
    """Rule files below one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def change(self, old: str, new: str) -> None:
        """Replace a text that stands in exactly one of the files."""
        holders = [name for name in FILES if old in (self.path / name).read_text("utf-8")]
        assert len(holders) == 1, holders
        path = self.path / holders[0]
        path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> RuleFolder:
    return RuleFolder(tmp_path / "rules")
