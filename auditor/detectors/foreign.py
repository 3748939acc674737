"""Recognisers that a user brought, and NER, in Presidio's engine: no gate knows them, so they see every line and cell.

Lines go in windows of some kilobytes, as Presidio is made for documents; each hit is given back to its line. Context words work
as in Presidio (a score is raised by 0.35, to at least 0.4), read in a bounded window and in the column's header.
"""

# ruff: noqa: ARG002 - the signatures are Presidio's

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

import presidio_analyzer.pattern_recognizer as presidio_patterns
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from auditor.detectors.context import AFTER, BEFORE, word_pattern
from auditor.detectors.hit import Hit
from auditor.detectors.presidio import FieldNlpEngine
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.scene import FileKind
from auditor.detectors.validators import Validity
from auditor.errors import InputError, Problem
from auditor.model.rule import PresidioSource
from auditor.model.text import printable
from auditor.presidioload import LANGUAGE, NER_ENTITIES, BadSourceError, from_class, from_yaml, nlp_engine

WINDOW: Final = 8192
OVERLAP: Final = 256
PATTERN_SECONDS: Final = 10
"""How long one pattern of a user's may take over one window; Presidio's own default is 60."""
_BOOST: Final = 0.35
_LEAST_WITH_CONTEXT: Final = 0.4
_PROSE_WORDS: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LONGEST_NAME: Final = 60
_NER: Final = "NER"


class Foreign:
    """The engine over a ruleset's `presidio` sources. InputError where one cannot be made any more."""

    def __init__(self, sources: Sequence[PresidioSource], by_id: Mapping[str, Recognizer]) -> None:
        presidio_patterns.REGEX_TIMEOUT_SECONDS = min(presidio_patterns.REGEX_TIMEOUT_SECONDS, PATTERN_SECONDS)
        self._failed: dict[str, str] = {}
        self._rules: dict[tuple[str, str], Recognizer] = {}
        self._nlp: Any = None
        guarded: list[EntityRecognizer] = []
        for source in sources:
            if source.kind == "nlp":
                self._nlp = _made(source)
                ner = SpacyRecognizer(supported_language=LANGUAGE, supported_entities=list(NER_ENTITIES), name=_NER)
                guarded.append(_Guarded(ner, _NER, self._failed))
                self._rules |= {(guarded[-1].id, entity): by_id[f"ner-{entity.lower()}"] for entity in NER_ENTITIES if f"ner-{entity.lower()}" in by_id}  # fmt: skip
            elif source.rule in by_id:
                entity = str(source.definition["entity"])
                made = _made(source)
                if made is not None:
                    guarded.append(_Guarded(made, source.rule, self._failed))
                    self._rules[guarded[-1].id, entity] = by_id[source.rule]
        self.entities = sorted({entity for _, entity in self._rules})
        self._fields = FieldNlpEngine()
        self._engine = AnalyzerEngine(
            registry=RecognizerRegistry(recognizers=guarded, supported_languages=[LANGUAGE]), nlp_engine=self._nlp or self._fields,
            supported_languages=[LANGUAGE], context_aware_enhancer=NearbyContext(guarded), default_score_threshold=0,
        )  # fmt: skip
        if _TIMEOUTS not in _LOGGER.handlers:
            _LOGGER.addHandler(_TIMEOUTS)

    def failures(self) -> dict[str, str]:
        """Rule id → why its recogniser looked no further, since this was asked last. All are switched on again."""
        told = dict(self._failed)
        self._failed.clear()
        return told

    def lines(self, text: str, file: FileKind) -> dict[int, list[Hit]]:
        """Hits by the index of the line that they begin in; their offsets are within that line."""
        found: dict[int, list[Hit]] = {}
        lines = text.split("\n")
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        for start, end in _windows(lines, starts):
            window = text[start:end]
            if window.isspace() or not window:
                continue
            prose = not (file.code or file.labels)
            for hit in self._hits(window, prose, ()):
                at = start + hit.start
                if start and not hit.start and text[start - 1].isalnum():
                    continue  # the end of something that the window before has whole
                if start and hit.end == len(window) and end < len(text) and text[end] != "\n":
                    continue  # it may go on: the next window has it whole
                index = bisect_right(starts, at) - 1
                hit.start, hit.end = at - starts[index], start + hit.end - starts[index]
                if hit.recognizer.rule.id.startswith("ner-") and not _prose(lines[index]):
                    continue
                hit.end = min(hit.end, len(lines[index]))
                here = found.setdefault(index, [])
                if not any(h.start == hit.start and h.recognizer is hit.recognizer for h in here):
                    here.append(hit)
        return found

    def cell(self, value: str, header: str | None, file: FileKind) -> list[Hit]:
        """Hits within a cell, with the header as context."""
        found: dict[tuple[int, str], Hit] = {}
        prose = not (file.code or file.labels) and _prose(value)
        for start in range(0, max(len(value) - OVERLAP, 1), WINDOW - OVERLAP):
            for hit in self._hits(value[start : start + WINDOW], prose, (header,) if header else ()):
                if start and not hit.start and value[start - 1].isalnum():
                    continue
                hit.start, hit.end = hit.start + start, hit.end + start
                held = found.get((hit.start, hit.recognizer.rule.id))
                if held is None or held.end < hit.end:  # one that the window cut is whole in the next
                    found[hit.start, hit.recognizer.rule.id] = hit.of(value[hit.start : hit.end])
        return list(found.values())

    def _hits(self, text: str, prose: bool, context: tuple[str, ...]) -> Iterator[Hit]:
        if not self.entities:
            return
        artifacts = self._artifacts(text, prose)
        results = self._engine.analyze(
            text=text, language=LANGUAGE, entities=self.entities, nlp_artifacts=artifacts, context=list(context)
        )
        for result in results:
            identifier = result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY]
            recognizer = self._rules.get((identifier, result.entity_type))
            if recognizer is None or result.score < recognizer.rule.threshold:
                continue
            start, end = _trimmed(text, result.start, result.end)
            if start < end and not (recognizer.rule.id.startswith("ner-") and not _name(recognizer, text[start:end])):
                name = result.recognition_metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, recognizer.rule.id)
                yield Hit(
                    recognizer=recognizer, start=start, end=end, score=round(float(result.score), 2), status="accepted",
                    validity=Validity.VALID, why=(f"recognizer {printable(str(name))}",), unkeyed=True,
                )  # fmt: skip

    def _artifacts(self, text: str, prose: bool) -> NlpArtifacts:
        """What the model makes of a text; nothing where there is no model or no prose."""
        if self._nlp is not None and prose and _NER not in self._failed:
            try:
                artifacts: NlpArtifacts = self._nlp.process_text(text, LANGUAGE)
                return artifacts
            except Exception as error:  # a model is third-party code; its message may hold the text
                self._failed[_NER] = f"{type(error).__name__} in the model"
        return self._fields.process_text(text, LANGUAGE)


def _made(source: PresidioSource) -> Any:
    """A source's recogniser (None where it is switched off) or engine."""
    try:
        match source.kind:
            case "nlp":
                return nlp_engine(source.definition)
            case "class":
                return from_class(source.definition["class"], source.definition["entity"])
            case "yaml":
                return from_yaml(source.definition)
    except BadSourceError as error:
        raise InputError(
            Problem(file=source.file, line=source.line, column=source.column, cause=error.cause, cure=error.cure)
        ) from None


def _windows(lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of windows of whole lines; of a longer line, windows that overlap."""
    first = 0
    while first < len(lines):
        last = first
        while last + 1 < len(lines) and starts[last + 1] - starts[first] + len(lines[last + 1]) <= WINDOW:
            last += 1
        begin, end = starts[first], starts[last] + len(lines[last])
        for start in range(begin, max(end - OVERLAP, begin + 1), WINDOW - OVERLAP):
            yield start, min(start + WINDOW, end)
        first = last + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at its ends: Presidio's users bracket it into their patterns."""
    value = text[start:end]
    return start + len(value) - len(value.lstrip()), end - (len(value) - len(value.rstrip()))


def _prose(text: str) -> bool:
    """Whether a line or cell has enough words for a model to make sense of it."""
    return sum(1 for _ in zip(_WORD.finditer(text), range(_PROSE_WORDS), strict=False)) == _PROSE_WORDS


def _name(recognizer: Recognizer, value: str) -> bool:
    """Whether what a model took for a name or place may be one: models take log words, code and labels for names."""
    short = len(value) <= _LONGEST_NAME and "\n" not in value
    return short and not any(c.isdigit() or c in "=<>{}[]@/\\_" for c in value) and recognizer.values.plausible(value)


class _Guarded(EntityRecognizer):
    """A recogniser whose own failure costs its own hits and nothing else: it is switched off, and the failure is told."""

    def __init__(self, inner: EntityRecognizer, rule: str, failed: dict[str, str]) -> None:
        self._inner = inner
        self._rule = rule
        self._failures = failed
        own: Any = inner
        super().__init__(
            supported_entities=list(inner.supported_entities), supported_language=LANGUAGE, name=own.name,
            context=list(own.context or ()),
        )  # fmt: skip
        self._shown: str = own.name

    def load(self) -> None:
        """The inner one has loaded itself."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The inner one's results, under this one's identifier."""
        if self._rule in self._failures:
            return []
        before = _TIMEOUTS.count
        try:
            given = self._inner.analyze(text, entities, nlp_artifacts) or ()  # type: ignore[arg-type]
            results = [result for result in given if 0 <= int(result.start) < int(result.end) <= len(text)]
        except Exception as error:  # a user's code; its message may hold what it was given
            self._failures[self._rule] = f"{type(error).__name__} in its analyze()"
            return []
        if _TIMEOUTS.count != before:
            self._failures[self._rule] = f"a pattern took longer than {PATTERN_SECONDS} s"
        for result in results:
            result.recognition_metadata = {
                RecognizerResult.RECOGNIZER_NAME_KEY: self._shown, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            }  # fmt: skip
        return results

    def enhance_using_context(
        self, text: str, raw_recognizer_results: Any, other_raw_recognizer_results: Any, nlp_artifacts: Any, context: Any = None
    ) -> Any:  # fmt: skip
        """As the inner one does, if it has a way of its own."""
        try:
            return self._inner.enhance_using_context(
                text, raw_recognizer_results, other_raw_recognizer_results, nlp_artifacts, context
            )
        except Exception as error:  # as in `analyze`; the results stand as they were
            self._failures[self._rule] = f"{type(error).__name__} in its enhance_using_context()"
            return raw_recognizer_results


class NearbyContext(ContextAwareEnhancer):
    """Presidio's rule for context words without its cost: a bounded window before and after a hit, and the header."""

    def __init__(self, recognizers: Sequence[EntityRecognizer]) -> None:
        super().__init__(
            context_similarity_factor=_BOOST, min_score_with_context_similarity=_LEAST_WITH_CONTEXT, context_prefix_count=5, context_suffix_count=0
        )  # fmt: skip
        self._words = {r.id: word_pattern(tuple(r.context)) for r in recognizers if r.context}

    def enhance_using_context(
        self, text: str, raw_results: Any, nlp_artifacts: Any, recognizers: Any, context: Any = None
    ) -> Any:
        """The results, those with a context word near them raised."""
        header = " ".join(context or ())
        for result in raw_results:
            words = self._words.get(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
            if words is None:
                continue
            around = f"{header.replace('_', ' ')} {text[max(0, result.start - BEFORE) : result.start]}", text[result.end : result.end + AFTER]  # fmt: skip
            if any(words.search(part) for part in around):
                result.score = min(1.0, max(result.score + _BOOST, _LEAST_WITH_CONTEXT))
        return raw_results


class _Timeouts(logging.Handler):
    """Presidio skips a pattern that took too long with a warning alone; here it is counted, and other warnings are dropped."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a time-out."""
        self.count += "timed out" in str(record.msg)


_LOGGER: Final = logging.getLogger("presidio-analyzer")
_TIMEOUTS: Final = _Timeouts()
