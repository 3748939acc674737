"""The rules as Presidio recognisers, in an analyzer that needs no model and no network.

Presidio's engine runs every recogniser — ours, and what a user brings — on the lines and cells that a gate let through.
Its own faults (facts/speed.md) are answered here: context is read by the recognisers themselves in a bounded window, with
words of any length in any language; there is one pseudo-language, so each recogniser runs once; nothing is fetched.

A call of the engine costs as much as what our recognisers do in a line. So it is asked about several lines in one text, and each
recogniser looks at those that concern it, one by one. Results of different lines stand at different places of that text: neither
a score's threshold nor what is taken for a duplicate reaches from line to line.
"""

# ruff: noqa: ARG002 - the signatures are Presidio's

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from auditor.detectors.hit import Hit
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.scene import Scene

LANGUAGE: Final = "xx"
_HIT: Final = "auditor_hit"
_SCENE: Final = "auditor_scene"
_NO_TOKENS: Final[Any] = []  # Presidio says `Doc`, and takes any sequence


Asked = tuple[Scene, Collection[str]]
"""A scene, and the ids of the rules that may find something in it."""


class SceneArtifacts(NlpArtifacts):
    """What this engine's "language processing" yields: the text's scenes, one under the other. No tokens."""

    def __init__(self, asked: Sequence[Asked], engine: NlpEngine) -> None:
        super().__init__(
            entities=[], tokens=_NO_TOKENS, tokens_indices=[], lemmas=[], nlp_engine=engine, language=LANGUAGE
        )
        self.text = "\n".join([scene.text for scene, _ in asked])
        self.scenes: list[tuple[int, int, Scene, Collection[str]]] = []
        """(number, place in the text, scene, rules that it concerns) of each."""
        place = 0
        for number, (scene, rules) in enumerate(asked):
            self.scenes.append((number, place, scene, rules))
            place += len(scene.text) + 1


class FieldNlpEngine(NlpEngine):
    """Reads fields instead of grammar: no model, no download."""

    engine_name = "fields"
    is_available = True

    def __init__(self, rules: Collection[str] = ()) -> None:
        self._rules = rules

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> SceneArtifacts:
        """The scene of a text on its own, which concerns every rule."""
        return SceneArtifacts([(Scene(text=text), self._rules)], self)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Each text with its scene."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """No words are left out."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Whether it holds no letter or digit."""
        return not any(character.isalnum() for character in word)

    def get_supported_entities(self) -> list[str]:
        """None of its own."""
        return []

    def get_supported_languages(self) -> list[str]:
        """The one pseudo-language."""
        return [LANGUAGE]


class RuleRecognizer(EntityRecognizer):
    """One rule file as a Presidio recogniser. `id` is the rule's, the supported entity its own name."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer
        super().__init__(supported_entities=[recognizer.rule.id], supported_language=LANGUAGE, name=recognizer.rule.id)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Every hit of the rule, weighed by its surroundings; open ones with a score under the threshold."""
        rule = self.recognizer.rule.id
        if not isinstance(nlp_artifacts, SceneArtifacts):
            nlp_artifacts = SceneArtifacts([(Scene(text=text), (rule,))], FieldNlpEngine())
        return [
            RecognizerResult(
                entity_type=rule,
                start=place + hit.start,
                end=place + hit.end,
                score=hit.score if hit.status == "accepted" else min(hit.score, 0.3),
                recognition_metadata={RecognizerResult.RECOGNIZER_NAME_KEY: rule, _SCENE: number, _HIT: hit},
            )
            for number, place, scene, rules in nlp_artifacts.scenes
            if rule in rules
            for hit in self.recognizer.hits(scene)
        ]


class _NoEnhancer(ContextAwareEnhancer):
    """Presidio's own enhancer is quadratic in the text's length; the recognisers have read the context already."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=0.0,
            min_score_with_context_similarity=0.0,
            context_prefix_count=0,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self, text: str, raw_results: Any, nlp_artifacts: Any, recognizers: Any, context: Any = None
    ) -> Any:
        return raw_results


class Analyzer:
    """Presidio's engine over the rules. Entities are asked for by rule id, as several rules may share an entity."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        self._nlp = FieldNlpEngine([recognizer.rule.id for recognizer in recognizers])
        registry = RecognizerRegistry(
            recognizers=[RuleRecognizer(recognizer) for recognizer in recognizers], supported_languages=[LANGUAGE]
        )
        self.engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=self._nlp,
            supported_languages=[LANGUAGE],
            context_aware_enhancer=_NoEnhancer(),
            default_score_threshold=0,
        )

    def analyze(self, asked: Sequence[Asked]) -> list[list[Hit]]:
        """The hits in each of some scenes, by rule and place. Few at a time: the engine compares all results with all recognisers."""
        artifacts = SceneArtifacts(asked, self._nlp)
        results = self.engine.analyze(
            text=artifacts.text,
            language=LANGUAGE,
            entities=list({rule for _, rules in asked for rule in rules}),
            nlp_artifacts=artifacts,
        )
        found: list[list[Hit]] = [[] for _ in asked]
        for result in results:
            found[result.recognition_metadata[_SCENE]].append(result.recognition_metadata[_HIT])
        return found
