"""Presidio as its users know it: their YAML, their classes, a spaCy model — through `--rules`, masked, without a network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy

from auditor.detectors.detector import Detector
from auditor.errors import InputError
from auditor.model.asset import Asset
from auditor.model.content import Text
from auditor.model.match import Match
from auditor.rulecommands import check, load

REPO = Path(__file__).parents[2]
EXAMPLES = REPO / "examples/rules"

pytestmark = pytest.mark.e2e


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "presidio").mkdir(parents=True)
    return folder


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def found(folder: Path, text: str, path: str = "notes.txt") -> list[Match]:
    detector = Detector(load((folder,)), b"0123456789abcdef" * 2)
    asset = Asset(target="t", path=path)
    detection = detector.asset(asset)
    matches = [*detection.text(Text(asset=asset, text=text)), *detection.finish()]
    assert list(detection.gaps()) == []
    return [match for match in matches if not match.candidate]


def gate(folder: Path, place: Path, **more: str) -> tuple[int, list[dict[str, Any]], str]:
    matches = place.parent / "matches.jsonl"
    command = [sys.executable, "-m", "auditor", "gate", str(place), "--rules", str(folder), "--matches", str(matches)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPO), str(folder)]), **more}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    lines = [json.loads(line) for line in matches.read_text().splitlines()] if matches.exists() else []
    return done.returncode, lines, done.stdout + done.stderr


# --- YAML


def test_the_example_rules_work_on_text_and_tables(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.txt").write_text(
        "a loyalty card LC-1234-567890\nBluebird ships\nnino AA 12 34 56 B\n멤버십 LC-7777-000001\n"
    )
    (tmp_path / "d/b.csv").write_text("membership card,n\nLC-1111-222222,1\nLC-1111-222223,2\n")
    code, lines, said = gate(EXAMPLES, tmp_path / "d")
    assert code == 1, said
    assert sorted((line["entity"], line["path"][-5:], line["line"]) for line in lines) == [
        ("LOYALTY_CARD", "a.txt", 1), ("LOYALTY_CARD", "a.txt", 4), ("LOYALTY_CARD", "b.csv", 2), ("LOYALTY_CARD", "b.csv", 3),
        ("PROJECT_NAME", "a.txt", 2), ("UK_NINO", "a.txt", 3),
    ]  # fmt: skip
    assert "LC-1" not in said
    assert "567890" not in json.dumps(lines)


def test_the_docs_and_the_example_rules_are_sound() -> None:
    assert check((EXAMPLES,)).ok
    docs = (REPO / "docs/recognizers.md").read_text("utf-8")
    for path in EXAMPLES.rglob("*.yaml"):
        assert path.relative_to(REPO).as_posix() in docs


def test_a_weak_pattern_counts_with_a_context_word_only(own: Path) -> None:
    (own / "presidio/zip.yaml").write_text(
        "recognizers:\n- name: Zip\n  supported_language: en\n  supported_entity: ZIP\n  context: [zip]\n"
        "  patterns: [{name: zip, regex: '\\b\\d{5}\\b', score: 0.2}]\n"
    )
    assert [m.place.line for m in found(own, "order 12345\n" + "-" * 80 + "\nzip 54321\n")] == [3]


def test_an_entity_that_a_rule_knows_takes_its_mask_and_fingerprint(own: Path) -> None:
    (own / "presidio/mail.yaml").write_text(
        "recognizers:\n- {name: At, supported_entity: EMAIL_ADDRESS, patterns: [{name: at, regex: '[a-z]+ at [a-z]+ dot kr', score: 0.9}]}\n"
    )
    (match,) = found(own, "write to hong at mailbox dot kr\n")
    assert (match.entity, match.why) == ("EMAIL_ADDRESS", ("recognizer At",))
    assert "hong" not in match.mask
    rules = {rule.id: rule for rule in load((own,)).recognizers}
    assert rules["presidio-at"].normal_form == "email"


def test_a_switched_off_recogniser_and_presidios_own(own: Path) -> None:
    (own / "presidio/more.yaml").write_text(
        "recognizers:\n- {name: Off, enabled: false, supported_entity: OFF, deny_list: [off]}\n- {name: UkNinoRecognizer, type: predefined}\n"
    )
    assert {m.entity for m in found(own, "off\nnational insurance AA 12 34 56 B\n")} == {"UK_NINO"}


def test_a_long_line_is_seen_to_its_end(own: Path) -> None:
    (own / "presidio/x.yaml").write_text("recognizers:\n- {name: W, supported_entity: WORD, deny_list: [kingfisher]}\n")
    line = "lorem ipsum " * 3000
    assert len(found(own, f"{line}kingfisher {line}kingfisher\n")) == 2


# --- classes

MODULE = """
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

class Members(PatternRecognizer):
    def __init__(self):
        super().__init__(supported_entity="MEMBER_NO", patterns=[Pattern("m", r"\\bM\\d{8}\\b", 0.5)], context=["member"])
    def validate_result(self, pattern_text):
        return sum(map(int, pattern_text[1:])) % 10 == 0

class Failing(EntityRecognizer):
    def __init__(self):
        super().__init__(supported_entities=["MEMBER_NO"])
    def load(self): pass
    def analyze(self, text, entities, nlp_artifacts=None):
        if "boom" in text: raise ValueError("secret " + text)
        return [RecognizerResult("MEMBER_NO", 0, 4, 0.9)] if text.startswith("M123") else []

class Greedy(EntityRecognizer):
    def __init__(self, must): super().__init__(supported_entities=["MEMBER_NO"])
    def load(self): pass
    def analyze(self, text, entities, nlp_artifacts=None): return []

class NoRecogniser: pass
"""
RULE = """\
id: member-no
entity: MEMBER_NO
title: {{en: Member number, ko: 회원번호}}
sensitivity: contact
recognizer: "{name}"
normal_form: alphanumeric
mask: digits
joins: strong
examples:
  match:
    - {{text: "{match}"}}
  not_match:
    - {{text: "nothing"}}
"""


def with_class(own: Path, name: str, match: str = "M00000055 of a member") -> Path:
    (own / "recognizers").mkdir(exist_ok=True)
    (own / "recognizers/member.yaml").write_text(RULE.format(name=name, match=match))
    return own


def test_a_class_of_the_users_own_joins_in(own: Path, tmp_path: Path) -> None:
    (own / "bank_recognizers.py").write_text(MODULE)
    with_class(own, "bank_recognizers:Members")
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.log").write_text("M00000019 and M00000018\n")
    (tmp_path / "d/b.csv").write_text("a,b\nM00000028,x\nM00000029,y\n")
    code, lines, said = gate(own, tmp_path / "d")
    assert code == 0, said  # two people's contact data are no failure of the gate's profile
    assert sorted((line["path"][-5:], line["line"], line["mask"]) for line in lines) == [
        ("a.log", 1, "*********"), ("b.csv", 2, "*********"),
    ]  # fmt: skip
    assert "M000" not in said


def test_a_class_that_fails_becomes_a_gap_and_nothing_else_is_lost(own: Path, tmp_path: Path) -> None:
    (own / "bank_recognizers.py").write_text(MODULE)
    with_class(own, "bank_recognizers:Failing", match="M123")
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.log").write_text("boom\nphone 010-2345-6781\n")
    (tmp_path / "d/b.log").write_text("M123 4\n")
    code, lines, said = gate(own, tmp_path / "d")
    assert {(line["path"][-5:], line["entity"]) for line in lines} == {
        ("a.log", "PHONE_NUMBER"),
        ("b.log", "MEMBER_NO"),
    }
    assert "the recogniser of rule member-no stopped: ValueError" in said
    assert "secret" not in said
    assert code in (1, 3)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bank_recognizers:Nobody", "has no class Nobody"),
        ("bank_recognizers:NoRecogniser", "is not a Presidio recogniser"),
        ("bank_recognizers:Greedy", "cannot be made without arguments"),
        ("no_such_module:Members", "cannot be imported"),
        ("broken_recognizers:Members", "fails when it is imported"),
        ("Members", "does not name a class"),
        ("presidio_analyzer.predefined_recognizers:UkNinoRecognizer", "finds UK_NINO, not MEMBER_NO"),
    ],
)
def test_a_class_that_is_none_is_refused_with_its_line(
    own: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    (own / "bank_recognizers.py").write_text(MODULE)
    (own / "broken_recognizers.py").write_text("1 / 0\n")
    monkeypatch.syspath_prepend(str(own))
    with_class(own, name)
    with pytest.raises(InputError) as error:
        load((own,))
    (problem,) = error.value.problems
    assert said in problem.cause
    assert (problem.file.endswith("recognizers/member.yaml"), problem.line) == (True, 5)


def test_a_pattern_that_takes_too_long_becomes_a_gap(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import presidio_analyzer.pattern_recognizer as patterns

    monkeypatch.setattr(patterns, "REGEX_TIMEOUT_SECONDS", 0.2)
    (own / "presidio/slow.yaml").write_text(
        "recognizers:\n- {name: Slow, supported_entity: SLOW, patterns: [{name: slow, regex: '[ab]*[ab]*[ab]*[ab]*c[ab]*cy', score: 0.9}]}\n"
    )
    detector = Detector(load((own,)), b"0123456789abcdef" * 2)
    asset = Asset(target="t", path="a.txt")
    detection = detector.asset(asset)
    matches = [*detection.text(Text(asset=asset, text="ab" * 3000 + "c\n010-2345-6781\n")), *detection.finish()]
    assert [match.entity for match in matches] == ["PHONE_NUMBER"]
    (gap,) = detection.gaps()
    assert "presidio-slow stopped: a pattern took longer" in gap.detail
    assert list(detection.gaps()) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("recognizers: {name: x}\n", 1, "there is no list of recognizers"),
        ("recognisers: []\n", 1, "there is no list of recognizers"),
        ("recognizers:\n- name: x\n  deny_list: [a]\n", 2, '"supported_entity" is missing'),
        ("recognizers:\n- name: x\n  supported_entity: X\n", 2, "Presidio does not accept it"),
        ("recognizers:\n- name: x\n  supported_entity: X\n  deny_list: a\n", 4, "text stands where a list is expected"),
        ("recognizers:\n- name: x\n  supported_entity: X\n  context: [1]\n  deny_list: [a]\n", 4, "text is expected"),
        ("recognizers:\n- name: x\n  supported_entity: a-b\n  deny_list: [a]\n", 3, "cannot be an entity"),
        ("recognizers:\n- name: x\n  supported_entity: X\n  patterns:\n  - {name: a, regex: '(a+)+$', score: 0.5}\n", 5, "take for ever"),
        ("recognizers:\n- name: x\n  supported_entity: X\n  patterns:\n  - {name: a, regex: '(a', score: 0.5}\n", 2, "Invalid regex pattern"),
        ("recognizers:\n- name: x\n  supported_entity: X\n  patterns:\n  - {name: a, regex: 'a', score: 5}\n", 5, "from 0 to 1"),
        ("recognizers:\n- {name: NoSuchRecognizer, type: predefined}\n", 2, "Presidio does not accept it"),
        ("recognizers:\n- name: x\n   y: 1\n", 3, ""),
    ],
)  # fmt: skip
def test_bad_presidio_yaml_is_refused_with_its_line(own: Path, text: str, line: int, said: str) -> None:
    (own / "presidio/x.yaml").write_text(text)
    with pytest.raises(InputError) as error:
        load((own,))
    assert [problem.line for problem in error.value.problems] == [line], error.value
    assert said in error.value.problems[0].cause


# --- NER


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows three names: what a real model does, in a few kilobytes."""
    nlp = spacy.blank("xx")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PER", "pattern": "Eunha Kim"}, {"label": "PER", "pattern": "김은하"}, {"label": "LOC", "pattern": "Haeundae"}, {"label": "ORG", "pattern": "Example Labs"}]
    )  # fmt: skip
    path = tmp_path_factory.mktemp("model") / "names"
    nlp.to_disk(path)
    return path


def nlp_yaml(own: Path, model: str | Path) -> Path:
    (own / "presidio/nlp.yaml").write_text(
        f"nlp_engine_name: spacy\nmodels:\n  - lang_code: xx\n    model_name: {model}\nner_model_configuration:\n  labels_to_ignore: [ORG]\n"
    )
    return own


def test_names_and_places_of_free_text_join_in(own: Path, model: Path, tmp_path: Path, offline: None) -> None:
    text = "yesterday Eunha Kim moved to Haeundae with Example Labs\n\n어제 김은하 고객님이 방문하셨습니다\n"
    matches = found(nlp_yaml(own, model), text)
    assert [(m.place.line, m.entity, m.mask) for m in matches] == [(1, "PERSON", "E**"), (1, "LOCATION", "********"), (3, "PERSON", "김**")]  # fmt: skip
    assert {match.why for match in matches} == {("recognizer NER",)}
    assert found(own, text, path="app/main.py") == []  # a model takes code for names
    assert found(own, "Eunha Kim\n") == []  # no sentence


def test_the_command_finds_them_in_text_and_in_cells_of_text(own: Path, model: Path, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/mail.txt").write_text("yesterday Eunha Kim moved to Haeundae\n")
    (tmp_path / "d/notes.csv").write_text('note,n\n"yesterday Eunha Kim moved to Haeundae",1\nHaeundae,2\n')
    _, lines, said = gate(nlp_yaml(own, model), tmp_path / "d")
    assert sorted((line["path"].rpartition("/")[2], line["entity"], line["line"]) for line in lines) == [
        ("mail.txt", "LOCATION", 1), ("mail.txt", "PERSON", 1), ("notes.csv", "LOCATION", 2), ("notes.csv", "PERSON", 2),
    ]  # fmt: skip
    assert "Eunha" not in said + json.dumps(lines)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("nlp_engine_name: spacy\nmodels: [{lang_code: en, model_name: no_such_model_xx}]\n", 2, "no spaCy model"),
        ("nlp_engine_name: spacy\nmodels: [{lang_code: en, model_name: /tmp}]\n", 2, "holds no spaCy model"),
        ("nlp_engine_name: stanza\nmodels: [{lang_code: en, model_name: en}]\n", 1, "not supported"),
        ("nlp_engine_name: spacy\nmodels: en_core_web_sm\n", 2, "models must name one model"),
        ("nlp_engine_name: transformers\nmodels: [{lang_code: en, model_name: {spacy: a, transformers: b}}]\n", 1, "is not installed"),
        ("- 1\n", 1, "a mapping is expected"),
    ],
)  # fmt: skip
def test_a_model_that_is_not_there_is_refused_and_never_fetched(
    own: Path, offline: None, text: str, line: int, said: str
) -> None:
    (own / "presidio/nlp.yaml").write_text(text)
    with pytest.raises(InputError) as error:
        load((own,))
    assert [problem.line for problem in error.value.problems] == [line]
    assert said in error.value.problems[0].cause
    assert error.value.problems[0].cure or said == "a mapping is expected"


def test_a_pipeline_without_names_is_refused(own: Path, tmp_path: Path) -> None:
    spacy.blank("xx").to_disk(tmp_path / "empty")
    with pytest.raises(InputError, match="no NER component"):
        load((nlp_yaml(own, tmp_path / "empty"),))
