"""Rule folders: what they become, how folders add up, and every mistake told at once with line and column."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.errors import InputError, Problem
from auditor.model.rule import ColumnRule, Level, LevelStep, LookAlikes, Pattern, PolicyRule, Profile, RecognizerRule
from auditor.model.text import Bilingual
from auditor.ruleset.loader import inspect, load

VALIDATORS = frozenset({"luhn", "kr_rrn"})


def problems(rules) -> tuple[Problem, ...]:
    return inspect((rules.path,), validators=VALIDATORS).problems


def the_problem(rules) -> Problem:
    (problem,) = problems(rules)
    assert problem.line > 0
    assert problem.column > 0
    return problem


def test_a_recogniser_arrives_whole(rules) -> None:
    ruleset = load((rules.path,), validators=VALIDATORS, thorough=True)
    assert ruleset.recognizers == (
        RecognizerRule(
            id="example-member",
            entity="EXAMPLE_MEMBER",
            title=Bilingual(en="Member number", ko="회원번호"),
            sensitivity="contact",
            patterns=(
                Pattern(name="dashed", regex="M-[0-9]{6}", score=0.6, boundary="[A-Za-z0-9]"),
                Pattern(name="bare", regex="M[0-9]{6}", score=0.2, needs="context"),
            ),
            field_names=("member no", "회원번호"),
            context=("member", "회원"),
            validator="luhn",
            look_alikes=LookAlikes(values=("M-0{6}",)),
            column=ColumnRule(share=0.9, siblings=("EXAMPLE_MEMBER",)),
            normal_form="alphanumeric",
            joins="weak",
            matches=(
                {"text": "member M-123456", "count": 1},
                {
                    "table": {"columns": ["member_no", "n"], "rows": [["M-123456", "1"], ["M-654321", None]]},
                    "file": "members.csv",
                },
            ),
            not_matches=({"text": "nothing here"},),
            file="recognizers/kr/member.yaml",
        ),
    )


def test_a_policy_and_a_profile_arrive_whole(rules) -> None:
    ruleset = load((rules.path,))
    policy = PolicyRule(
        id="kept-too-long",
        title=Bilingual(en="Kept too long", ko="보유 기간 초과"),
        level=Level.HIGH,
        check="retention",
        description=Bilingual(en="It is still there.", ko="아직 남아 있습니다."),
        remediation=(Bilingual(en="Destroy it.", ko="파기하십시오."),),
        entities=("EXAMPLE_MEMBER",),
        params={"max_age": "contract.ends + 5d", "nothing": None},
        steps=(LevelStep(people=100, level=Level.CRITICAL),),
        maps_to=("kr-pipa-21",),
        fail_examples=({"age": "91d", "entities": {"EXAMPLE_MEMBER": 3}},),
        pass_examples=({"age": "91d", "entities": {"OTHER": 3}},),
        file="policies/kept.yaml",
    )
    profile = Profile(
        id="weekly",
        title=Bilingual(en="Weekly", ko="주간"),
        fail_on=Level.MEDIUM,
        policies=("kept-too-long",),
        file="profiles/weekly.yaml",
    )
    assert ruleset.policies == (policy,)
    assert ruleset.profiles == (profile,)
    assert ruleset.policies_of(profile) == (policy,)


def test_the_digest_is_that_of_all_bytes_in_name_order(rules) -> None:
    names = sorted(path.relative_to(rules.path).as_posix() for path in rules.path.rglob("*.yaml"))
    whole = b"".join((rules.path / name).read_bytes() for name in names)
    assert load((rules.path,)).digest == hashlib.sha256(whole).hexdigest()


def test_a_later_folder_adds_and_replaces_by_id(rules, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "policies/deep").mkdir(parents=True)
    text = (rules.path / "policies/kept.yaml").read_text("utf-8")
    (own / "policies/deep/mine.yml").write_text(text.replace("level: high", "level: low"), encoding="utf-8")
    (own / "policies/more.yaml").write_text(text.replace("id: kept-too-long", "id: more"), encoding="utf-8")
    ruleset = load((rules.path, own))
    assert [(policy.id, policy.level, policy.file) for policy in ruleset.policies] == [
        ("kept-too-long", Level.LOW, "policies/deep/mine.yml"),
        ("more", Level.HIGH, "policies/more.yaml"),
    ]
    assert [rule.id for rule in ruleset.recognizers] == ["example-member"]
    assert ruleset.digest != load((rules.path,)).digest


def test_a_replaced_file_is_still_checked(rules, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "profiles").mkdir(parents=True)
    (own / "profiles/weekly.yaml").write_text((rules.path / "profiles/weekly.yaml").read_text("utf-8"), "utf-8")
    rules.change("fail_on: medium", "fail_on: severe")
    with pytest.raises(InputError, match='"severe" is not a level'):
        load((rules.path, own))


def test_every_problem_of_every_file_is_told_at_once(rules) -> None:
    rules.change("sensitivity: contact", "sensitivity: secret")
    rules.change("regex: 'M-[0-9]{6}'", r"regex: 'M-\d{6}'")
    rules.change("check: retention", "chek: retention")
    rules.change("policies: [kept-too-long]", "policies: [kept-to-long]")
    rules.write("policies/broken.yaml", "id: [\n")
    told = [(Path(problem.file).name, problem.line, problem.column) for problem in problems(rules)]
    assert told == [
        ("broken.yaml", 2, 1),
        ("kept.yaml", 4, 1),
        ("weekly.yaml", 4, 12),
        ("member.yaml", 4, 14),
        ("member.yaml", 7, 12),
    ]
    with pytest.raises(InputError) as caught:
        load((rules.path,), validators=VALIDATORS)
    assert len(caught.value.problems) == 5


@pytest.mark.parametrize(
    ("old", "new", "cause", "cure"),
    [
        ("id: example-member\n", "", 'key "id" is missing', "such as: kr-ci"),
        ("id: example-member", "id: Example_Member", "cannot be an id", "kr-ci"),
        ("entity: EXAMPLE_MEMBER", "entity: member", "cannot be an entity", "KR_CI"),
        ("title: {en: Member number, ko: 회원번호}", "title: Member", "text stands where a mapping", "key: value"),
        ("ko: 회원번호}", "kr: 회원번호}", 'unknown key "kr"', "en, ko"),
        ("score: 0.6", "score: high", "text stands where a number", "number"),
        ("score: 0.6", "score: 6", "less than or equal to 1", ""),
        ("needs: context", "needs: contxt", "not one of the words", 'did you mean "context"?'),
        ("validator: luhn", "validatr: luhn", 'unknown key "validatr"', 'did you mean "validator"?'),
        ("mask: full", "mask: stars", "not one of the words", "allowed"),
        ("column: {share: 0.9,", "column: {shre: 0.9,", 'unknown key "shre"', 'did you mean "share"?'),
        ('{text: "nothing here"}', '{txt: "nothing here"}', 'unknown key "txt"', 'did you mean "text"?'),
        ('{text: "nothing here"}', "{count: 1}", "neither a text nor a table", "text"),
        ('    - {text: "nothing here"}', "    []", "nothing is listed", "not_match"),
        ("[M-123456, 1]", "[M-123456, 1.0]", "a number stands where text", "quotes"),
        ("[M-123456, 1]", "[M-123456]", "1 cells in a table of 2 columns", ""),
        ("level: high", "level: severe", "not a level", "critical, high"),
        ("level: high\n", "", 'key "level" is missing', "grave"),
        ("people: 100", "people: 0", "greater than or equal to 1", ""),
        ("  - {en: Destroy it., ko: 파기하십시오.}", "  []", "nothing is listed", "remediation"),
        ("{en: Destroy it., ko: 파기하십시오.}", "{en: Destroy it.}", 'key "ko" is missing', "Korean"),
        ("    - {age: 91d, entities: {OTHER: 3}}", "", '"pass" has no value', "passes"),
        ("policies: [kept-too-long]", "policies: []", "nothing is listed", "policies"),
    ],
)
def test_each_schema_mistake_has_cause_and_cure(rules, old: str, new: str, cause: str, cure: str) -> None:
    rules.change(old, new)
    found = [problem for problem in problems(rules) if cause in problem.cause]
    assert len(found) == 1, problems(rules)
    assert found[0].line > 0
    assert cure in found[0].cure


def test_two_rules_of_one_id_in_a_folder_are_a_problem(rules) -> None:
    rules.write("policies/other.yaml", (rules.path / "policies/kept.yaml").read_text("utf-8"))
    problem = the_problem(rules)
    assert problem.cause == 'a second policy with the id "kept-too-long" (the first is policies/kept.yaml)'
    assert Path(problem.file).name == "other.yaml"


def test_a_folder_without_rules_is_a_problem(rules, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (found,) = inspect((rules.path, tmp_path / "empty"), validators=VALIDATORS).problems
    assert "holds no rules" in found.cause
    (found,) = inspect((rules.path, tmp_path / "nowhere"), validators=VALIDATORS).problems
    assert "is no folder" in found.cause


def test_a_rule_file_in_a_wrong_place_is_not_passed_over(rules) -> None:
    rules.write("recognisers/kr/more.yaml", "id: more\n")
    (problem,) = problems(rules)
    assert problem.file.endswith("recognisers/kr/more.yaml")
    assert "recognizers/" in problem.cure


def test_schemas_and_other_folders_are_left_alone(rules) -> None:
    rules.write("schema/pipa.yaml", "id: x\n")
    rules.write("README.md", "words")
    assert problems(rules) == ()


def test_loading_the_projects_rules_imports_nothing_that_only_detection_needs() -> None:
    code = (
        "import sys; from auditor.ruleset.loader import inspect; inspect(thorough=False);"
        "print(sorted({'pyarrow', 'presidio_analyzer', 'numpy', 'boto3', 'paramiko'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
