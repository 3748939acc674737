"""A recogniser of a user's own that does something to its process when it meets a text, for tests of workers."""

from __future__ import annotations

from pathlib import Path

_CODE = """
import os, signal
from presidio_analyzer import EntityRecognizer, RecognizerResult

class Deadly(EntityRecognizer):
    def __init__(self, **kwargs):
        super().__init__(supported_entities=["DEADLY"], name="Deadly", supported_language="en")
    def load(self):
        pass
    def analyze(self, text, entities, nlp_artifacts=None):
        if {when}:
            {then}
        at = text.find("NINEWORDS")
        return [RecognizerResult("DEADLY", at, at + 9, 0.9)] if at >= 0 else []
"""
_RULE = """
id: deadly
entity: DEADLY
title: {{en: Deadly, ko: 치명적}}
sensitivity: profile
recognizer: {module}:Deadly
normal_form: text
mask: full
sources: [test]
examples: {{match: [{{text: 'a NINEWORDS b', count: 1}}], not_match: [{{text: 'x'}}]}}
"""


def write_recognizer(
    folder: Path, module: str = "deadly", *, when: str = '"abort now" in text', then: str = "os.kill(os.getpid(), signal.SIGABRT)",
) -> Path:  # fmt: skip
    """A rules folder for `--rules` and PYTHONPATH; `when` is an expression of `text`, `then` a statement."""
    (folder / "recognizers").mkdir(parents=True)
    (folder / f"{module}.py").write_text(_CODE.format(when=when, then=then))
    (folder / "recognizers/deadly.yaml").write_text(_RULE.format(module=module))
    return folder
