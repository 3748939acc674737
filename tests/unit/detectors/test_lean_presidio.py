"""Presidio imported without its language models finds the same, and is imported whole where that cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

_FINDS = """
import json, sys
from auditor.detectors.detector import Detector
from auditor.detectors.scene import Scene
from auditor.rulecommands import load
from testbed.people import people
detector = Detector(load([], examples=False), b"k" * 32, lean=sys.argv[1] == "lean")
lines = [f"name={p.name} nick={p.nickname} phone={p.mobile} mail={p.email} ci={p.ci} di={p.di}" for p in people(5)]
found = [[(h.recognizer.rule.id, h.start, h.end, h.score, h.why) for h in detector.reference(Scene(text=line))] for line in lines]
models = sorted({"spacy", "thinc", "presidio_analyzer.predefined_recognizers"} & set(sys.modules))
import presidio_analyzer.predefined_recognizers as own
import spacy
print(json.dumps({"found": found, "models": models, "after": [own.EmailRecognizer.__module__, spacy.__file__ is not None]}))
"""

_IMPORTS = """
import sys
from auditor.detectors.lean import import_presidio
spared = import_presidio(["presidio_analyzer.entity_recognizer", "spacy"])
from presidio_analyzer import Pattern
print(spared, Pattern(name="a", regex="b", score=0.5).regex, "spacy" in sys.modules)
"""


def _python(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return {how: json.loads(_python(_FINDS, how)) for how in ("lean", "whole")}


def test_it_finds_the_same_without_the_models(answers: dict[str, Any]) -> None:
    assert answers["lean"]["found"] == answers["whole"]["found"]
    assert all(len(hits) >= 2 for hits in answers["lean"]["found"])


def test_the_models_are_not_imported(answers: dict[str, Any]) -> None:
    assert answers["lean"]["models"] == []
    assert "spacy" in answers["whole"]["models"]


def test_who_imports_them_later_gets_them(answers: dict[str, Any]) -> None:
    module, real = answers["lean"]["after"]
    assert module.startswith("presidio_analyzer.predefined_recognizers.")
    assert real


def test_all_is_imported_where_a_placeholder_does_not_do() -> None:
    assert _python(_IMPORTS).split() == ["False", "b", "True"]
