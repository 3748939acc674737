"""`auditor rules new`: what it writes passes `rules check` but for what the author fills in, and then works."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import rulecommands
from auditor.errors import InputError

RECOGNIZER = {
    "  en:                        # what people": "  en: Member number #",
    "  ko:                        # the same": "  ko: 회원번호 #",
    "    regex:": "    regex: 'M-[0-9]{8}'",
    "field_names: []": "field_names: [member no]",
    "    - text:                  # a line in which it must be found": "    - text: 'memberNo=M-12345678'",
    "    - text:                  # a line with a look-alike": "    - text: 'part M-12345678' #",
}
POLICY = {
    "  en:                        # Personal": "  en: Data in slides #",
    "  ko:                        # 발표": "  ko: 발표 자료의 개인정보 #",
    "  en:                        # what is wrong": "  en: It travels. #",
    "description:\n  en: It travels. #, and why it matters\n  ko:": "description:\n  en: It travels.\n  ko: 널리 퍼집니다.",
    "  - en:                      # what to do, step by step\n    ko:": "  - en: Remove it.\n    ko: 삭제하십시오.",
}


@pytest.mark.parametrize(("kind", "filled"), [("recognizer", RECOGNIZER), ("policy", POLICY)])
def test_what_is_left_is_told_line_by_line_and_once_filled_in_it_works(
    tmp_path: Path, kind: str, filled: dict[str, str]
) -> None:
    rulecommands.new((kind, "bank-own"), (tmp_path,))
    (path,) = tmp_path.rglob("*.yaml")
    text = path.read_text("utf-8")
    empty = {
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line.partition("#")[0].rstrip().endswith(("en:", "ko:", "text:", "regex:"))
    }
    answer = rulecommands.check((tmp_path,))
    told = {int(line.split(":")[1]) for line in answer.lines if line.startswith(str(path))}
    assert told
    assert told <= empty | {line for line in told if "context" in text.splitlines()[line - 1]}
    for old, new in filled.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    assert rulecommands.check((tmp_path,)).ok, rulecommands.check((tmp_path,)).lines
    assert rulecommands.test((tmp_path,), frozenset({"bank-own"})).ok


def test_nothing_is_overwritten_and_mistakes_are_told(tmp_path: Path) -> None:
    rulecommands.new(("policy", "bank-own"), (tmp_path,))
    before = (tmp_path / "policies/bank-own.yaml").read_bytes()
    for words, folders, cause in (
        (("policy", "bank-own"), (tmp_path,), "is there already"),
        (("profile", "x"), (tmp_path,), "no kind of rule"),
        (("policy", "../x"), (tmp_path,), "cannot be an id"),
        (("policy",), (tmp_path,), "say what to make"),
        (("policy", "x"), (), "which folder"),
    ):
        with pytest.raises(InputError, match=cause) as caught:
            rulecommands.new(words, folders)
        assert all(problem.cure for problem in caught.value.problems)
    assert (tmp_path / "policies/bank-own.yaml").read_bytes() == before
