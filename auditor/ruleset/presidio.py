"""`presidio/` in a rules folder: recognisers in Presidio's own YAML, and `nlp.yaml`, an NLP engine's configuration.

Each recogniser gets a rule of its own, so that its entity has a title, a class and a mask: those of the rule that finds the
same entity, if there is one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from auditor.errors import InputError, Problem
from auditor.model.rule import PresidioSource, RecognizerRule
from auditor.model.text import Bilingual, printable
from auditor.presidioload import NER_ENTITIES, BadSourceError, check_nlp, from_class, from_yaml
from auditor.ruleset import expressions
from auditor.ruleset.rulefile import RuleFile
from auditor.yamlfile import Document, Location, read
from auditor.yamltypes import type_name

NLP_FILES: Final = frozenset({"nlp.yaml", "nlp.yml"})
_FILE_KEYS: Final = frozenset({"recognizers", "supported_languages", "global_regex_flags", "supported_countries"})
_ENTITY: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_LISTS: Final = ("patterns", "deny_list", "context", "supported_languages", "supported_entities")
_NER_TITLES: Final = {
    "PERSON": Bilingual(en="Person's name", ko="성명"),
    "LOCATION": Bilingual(en="Place named in text", ko="본문에 언급된 장소"),
}


@dataclass(slots=True, kw_only=True)
class PresidioFiles:
    """What the `presidio/` folders hold so far: sources, and the entity of each that is a recogniser."""

    sources: list[tuple[PresidioSource, str, str]] = field(default_factory=list)

    def read(self, directory: Path, name: str, problems: list[Problem], digest: Any) -> None:
        """Read one file: its recognisers, or the NLP engine."""
        try:
            document = read(directory / name)
        except InputError as error:
            problems += error.problems
            return
        digest.update(document.data)
        problems += document.problems
        if name.rpartition("/")[2] in NLP_FILES:
            problems += self._nlp(document)
            return
        found = list(_file_problems(document))
        problems += found
        entries = document.get("recognizers")
        for index, entry in enumerate(entries if isinstance(entries, list) and not found else ()):
            problems += self._entry(document, ("recognizers", index), entry)

    def _nlp(self, document: Document) -> Iterator[Problem]:
        tree = document.tree
        if not isinstance(tree, dict):
            yield document.problem((), f"{type_name(tree)} stands where a mapping is expected")
            return
        if any(source.kind == "nlp" for source, _, _ in self.sources):
            yield document.problem((), "a second NLP engine is configured here", "keep one nlp.yaml")
            return
        try:
            check_nlp(tree)
        except BadSourceError as error:
            yield document.problem(error.key, error.cause, error.cure)
            return
        line, column = document.values.get(("models",), (1, 1))
        source = PresidioSource(kind="nlp", definition=tree, file=document.file, line=line, column=column)
        self.sources.append((source, "", ""))

    def _entry(self, document: Document, at: Location, entry: Any) -> Iterator[Problem]:
        found = list(_entry_problems(document, at, entry))
        yield from found
        if found:
            return
        if isinstance(entry, str):  # Presidio's short form of a recogniser of its own
            entry = {"name": entry, "type": "predefined"}
        flags = document.get("global_regex_flags")
        definition = {**entry, **({"global_regex_flags": flags} if isinstance(flags, int) else {})}
        try:
            recognizer = from_yaml(definition)
        except BadSourceError as error:
            yield document.problem((*at, *error.key), error.cause, error.cure)
            return
        if recognizer is None:
            return
        entity = str(
            entry.get("supported_entity") or (entry.get("supported_entities") or recognizer.supported_entities)[0]
        )
        if not _ENTITY.fullmatch(entity):
            cause = f"“{printable(entity)}” cannot be an entity"
            yield document.problem(
                (*at, "supported_entity"), cause, "use capital letters, digits and underscores: KR_CI"
            )
            return
        line, column = document.values.get(at, (0, 0))
        source = PresidioSource(kind="yaml", definition={**definition, "entity": entity}, file=document.file, line=line, column=column)  # fmt: skip
        self.sources.append((source, entity, str(entry.get("name") or entity)))

    @property
    def entities(self) -> frozenset[str]:
        """The entities that they find."""
        nlp = any(source.kind == "nlp" for source, _, _ in self.sources)
        return frozenset(entity for _, entity, _ in self.sources if entity) | frozenset(NER_ENTITIES if nlp else ())

    def finish(self, files: Sequence[RuleFile]) -> tuple[list[PresidioSource], list[RecognizerRule]]:
        """The sources, each with its rule; classes that rule files name are among them."""
        known: dict[str, RecognizerRule] = {}
        sources: list[PresidioSource] = []
        for file in files:
            if file.kind == "recognizer" and file.rule is not None:
                known.setdefault(file.rule.entity, file.rule)
                if file.rule.recognizer is not None:
                    line, column = file.document.values.get(("recognizer",), (0, 0))
                    definition = {"class": file.rule.recognizer, "entity": file.rule.entity}
                    sources.append(PresidioSource(kind="class", rule=file.rule.id, definition=definition, file=file.document.file, line=line, column=column))  # fmt: skip
        taken = {file.id for file in files}
        rules: list[RecognizerRule] = []
        for source, entity, name in self.sources:
            if source.kind == "nlp":
                sources.append(source)
                rules += [_rule(f"ner-{entity.lower()}", entity, _NER_TITLES[entity], known, _within(source.file), ner=True) for entity in NER_ENTITIES]  # fmt: skip
                continue
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or entity.lower().replace("_", "-")
            id = f"presidio-{slug}"
            number = 2
            while id in taken:
                id, number = f"presidio-{slug}-{number}", number + 1
            taken.add(id)
            title = Bilingual(en=printable(name), ko=printable(name))
            rule = _rule(
                id, entity, title, known, _within(source.file), threshold=_threshold(source.definition, entity)
            )
            sources.append(dataclasses.replace(source, rule=id))
            rules.append(rule)
        return sources, rules


def class_problems(files: Sequence[RuleFile]) -> Iterator[Problem]:
    """What is wrong with the classes that rule files name."""
    for file in files:
        name, entity = file.document.get("recognizer"), file.document.get("entity")
        if file.kind == "recognizer" and isinstance(name, str) and isinstance(entity, str):
            try:
                from_class(name, entity)
            except BadSourceError as error:
                yield file.document.problem(("recognizer",), error.cause, error.cure)


def _rule(
    id: str, entity: str, title: Bilingual, known: Mapping[str, RecognizerRule], file: str, *,
    threshold: float | None = None, ner: bool = False,
) -> RecognizerRule:  # fmt: skip
    other = known.get(entity)
    if other is None:
        rule = RecognizerRule(id=id, entity=entity, title=title, sensitivity="profile" if ner else "contact", needs_company=ner, file=file)  # fmt: skip
    else:
        rule = RecognizerRule(
            id=id, entity=entity, title=other.title, sensitivity=other.sensitivity, normal_form=other.normal_form,
            mask=other.mask, joins=other.joins, threshold=other.threshold, needs_company=ner, file=file,
        )  # fmt: skip
    return rule if threshold is None else dataclasses.replace(rule, threshold=threshold)


def _within(file: str) -> str:
    """A file's path within its rules folder, as other rules show theirs."""
    return file[file.rfind("presidio/") :]


def _threshold(definition: Mapping[str, Any], entity: str) -> float | None:
    """Presidio's own `score_thresholds`."""
    thresholds = definition.get("score_thresholds")
    value = thresholds.get(entity, thresholds.get("default")) if isinstance(thresholds, Mapping) else thresholds
    return float(value) if isinstance(value, int | float) else None


def _file_problems(document: Document) -> Iterator[Problem]:
    tree = document.tree
    if not isinstance(tree, dict) or not isinstance(tree.get("recognizers"), list) or not tree["recognizers"]:
        cure = "write Presidio's format: recognizers: [{name: …, supported_entity: …, patterns: […]}]"
        yield document.problem(("recognizers",), "there is no list of recognizers", cure)
        return
    for key in tree.keys() - _FILE_KEYS:
        cure = f"keys known here: {', '.join(sorted(_FILE_KEYS))}"
        yield document.problem((key,), f'unknown key "{printable(key)}"', cure, at_key=True)


def _entry_problems(document: Document, at: Location, entry: Any) -> Iterator[Problem]:
    """The form of an entry, and expressions that can take for ever; Presidio tells the rest."""
    if isinstance(entry, str):
        return
    if not isinstance(entry, dict):
        yield document.problem(at, f"{type_name(entry)} stands where a mapping is expected")
        return
    if not isinstance(entry.get("name"), str):
        yield document.problem(at, 'the key "name" is missing', "give the recogniser a name")
    if entry.get("type", "custom") == "custom" and not (entry.get("supported_entity") or entry.get("supported_entities")):  # fmt: skip
        yield document.problem(
            at, 'the key "supported_entity" is missing', "say what it finds: supported_entity: ZIP_CODE"
        )
    for key in _LISTS:
        if entry.get(key) is not None and not isinstance(entry[key], list):
            cause = f"{key}: {type_name(entry[key])} stands where a list is expected"
            yield document.problem(
                (*at, key), cause, 'write "[one, two]", or one entry a line, each starting with "- "'
            )
    for key in ("context", "deny_list"):
        for index, word in enumerate(entry[key] if isinstance(entry.get(key), list) else ()):
            if not isinstance(word, str):
                cause = f"{key}: {type_name(word)} stands where text is expected"
                yield document.problem((*at, key, index), cause, "put it in quotes")
    for index, pattern in enumerate(entry["patterns"] if isinstance(entry.get("patterns"), list) else ()):
        place = (*at, "patterns", index)
        if not isinstance(pattern, dict) or not isinstance(pattern.get("regex"), str):
            yield document.problem(place, "a pattern needs a regex", "patterns: [{name: …, regex: '…', score: 0.5}]")
            continue
        score = pattern.get("score")
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
            yield document.problem((*place, "score"), "the score must be a number from 0 to 1", "score: 0.5")
        for fault in expressions.runaway(pattern["regex"]):
            yield document.problem((*place, "regex"), f"regex: {fault.cause}", fault.cure)
