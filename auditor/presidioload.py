"""Makes the Presidio objects that a user's files name: recognisers in YAML, recogniser classes, NLP engines.

Presidio's own machinery builds them; what differs is the language (one pseudo-language, so that each runs once) and that
nothing is ever downloaded. `BadSourceError` says what is wrong with a file in a person's words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from auditor.model.text import printable

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer
    from presidio_analyzer.nlp_engine import NlpEngine

LANGUAGE: Final = "xx"
"""ISO 639's code for no particular language; spaCy's name for a pipeline of several."""
NER_ENTITIES: Final = ("PERSON", "LOCATION")
ENGINES: Final = ("spacy", "transformers")


class BadSourceError(ValueError):
    """What is wrong with a source, and what to do. `key` is where in its definition, if that is known."""

    def __init__(self, cause: str, cure: str = "", key: tuple[str | int, ...] = ()) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cure = cure
        self.key = key


def from_yaml(definition: Mapping[str, Any]) -> EntityRecognizer | None:
    """The recogniser of one entry of Presidio's `recognizers:` list; None where `enabled: false`."""
    import regex
    from presidio_analyzer.recognizer_registry.recognizers_loader_utils import RecognizerListLoader

    import_module("presidio_analyzer.predefined_recognizers")
    entry = {key: value for key, value in definition.items() if key != "entity"}
    context = list(entry.pop("context", None) or ())
    for language in entry.pop("supported_languages", None) or ():
        context += (language.get("context") or ()) if isinstance(language, Mapping) else ()
    entry.pop("supported_language", None)
    flags = entry.pop("global_regex_flags", None)
    flags = regex.DOTALL | regex.MULTILINE | regex.IGNORECASE if flags is None else flags
    entry["supported_languages"] = [{"language": LANGUAGE, "context": list(dict.fromkeys(context)) or None}]
    try:
        made = list(RecognizerListLoader.get([entry], [LANGUAGE], flags))  # type: ignore[arg-type]
    except Exception as error:  # whatever Presidio or a recogniser of its own makes of the entry
        raise BadSourceError(f"Presidio does not accept it: {_said(error)}", "see Presidio's docs on recognisers in YAML") from None  # fmt: skip
    if not made:
        return None
    recognizer: Any = made[0]
    patterns: list[Any] = getattr(recognizer, "patterns", None) or []
    for pattern in patterns:
        try:
            regex.compile(pattern.regex, flags=flags)
        except regex.error as error:
            raise BadSourceError(f"the pattern {printable(str(pattern.name))} is not a regular expression: {error}") from None  # fmt: skip
    return recognizer  # type: ignore[no-any-return]


def from_class(name: str, entity: str) -> EntityRecognizer:
    """An object of the class `package.module:ClassName`, which must find that entity."""
    from presidio_analyzer import EntityRecognizer

    module, colon, attribute = name.partition(":")
    if not colon or not all(part.isidentifier() for part in (*module.split("."), attribute)):
        raise BadSourceError(f"“{printable(name)}” does not name a class", 'write it as "package.module:ClassName"')
    try:
        loaded = import_module(module)
    except ImportError as error:
        cure = "install its package into the auditor's environment, or put its folder on PYTHONPATH"
        raise BadSourceError(f"the module {module} cannot be imported: {_said(error)}", cure) from None
    except Exception as error:  # the module's own code runs at import
        raise BadSourceError(f"the module {module} fails when it is imported: {_said(error)}") from None
    found = getattr(loaded, attribute, None)
    if found is None:
        names = [n for n, v in vars(loaded).items() if isinstance(v, type) and issubclass(v, EntityRecognizer)]
        cure = f"recognisers in it: {', '.join(sorted(names)[:8])}" if names else ""
        raise BadSourceError(f"the module {module} has no class {attribute}", cure)
    if not (isinstance(found, type) and issubclass(found, EntityRecognizer)):
        cure = "derive it from presidio_analyzer.EntityRecognizer or PatternRecognizer"
        raise BadSourceError(f"{attribute} is not a Presidio recogniser", cure)
    try:
        make: Any = found
        recognizer: EntityRecognizer = make()
    except Exception as error:  # the class's own code
        raise BadSourceError(f"{attribute} cannot be made without arguments: {_said(error)}", "give its arguments defaults") from None  # fmt: skip
    if entity not in recognizer.supported_entities:
        finds = ", ".join(map(str, recognizer.supported_entities))
        raise BadSourceError(f"{attribute} finds {printable(finds)}, not {entity}", "let the rule's entity be one of those")  # fmt: skip
    recognizer.supported_language = LANGUAGE
    return recognizer


def check_nlp(definition: Mapping[str, Any]) -> None:
    """Whether an NLP engine's models are installed, without loading them. Presidio itself would download."""
    engine = definition.get("nlp_engine_name")
    if engine not in ENGINES:
        raise BadSourceError(f"the NLP engine {printable(str(engine))!r} is not supported", f"one of: {', '.join(ENGINES)}", ("nlp_engine_name",))  # fmt: skip
    models = definition.get("models")
    if not isinstance(models, list) or len(models) != 1 or not isinstance(models[0], Mapping):
        cure = "models: [{lang_code: xx, model_name: xx_ent_wiki_sm}]; for several languages, one multilingual model"
        raise BadSourceError("models must name one model", cure, ("models",))
    name = models[0].get("model_name")
    if engine == "transformers":
        if not isinstance(name, Mapping) or not {"spacy", "transformers"} <= set(name):
            raise BadSourceError("model_name must name two models", "model_name: {spacy: …, transformers: …}", ("models", 0, "model_name"))  # fmt: skip
        if find_spec("transformers") is None or find_spec("spacy_huggingface_pipelines") is None:
            raise BadSourceError("transformers is not installed", "pip install 'presidio-analyzer[transformers]'", ("nlp_engine_name",))  # fmt: skip
        name = name["spacy"]
    if not isinstance(name, str) or not name:
        raise BadSourceError("model_name must be the name or folder of a spaCy model", "model_name: xx_ent_wiki_sm", ("models", 0, "model_name"))  # fmt: skip
    _check_spacy(name)


def _check_spacy(name: str) -> None:
    import spacy.util

    at = ("models", 0, "model_name")
    if spacy.util.is_package(name):
        return
    folder = Path(name)
    if not folder.exists():
        cure = f"python -m spacy download {name}; the auditor itself downloads nothing"
        raise BadSourceError(f"no spaCy model “{printable(name)}” is installed, nor is there such a folder", cure, at)
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        pipes = meta["pipeline"]
    except (OSError, ValueError, TypeError, KeyError):
        raise BadSourceError("this folder holds no spaCy model", "name the folder with config.cfg and meta.json", at) from None  # fmt: skip
    if not {"ner", "entity_ruler", "span_ruler", "beam_ner"} & set(pipes):
        cure = "choose a model with a component ner or entity_ruler"
        raise BadSourceError("this spaCy model does not recognise names: it has no NER component", cure, at)


def nlp_engine(definition: Mapping[str, Any]) -> NlpEngine:
    """The engine with its model loaded, from what is installed alone; loaded once."""
    check_nlp(definition)
    return _engine(json.dumps(definition, sort_keys=True))


@lru_cache(maxsize=2)
def _engine(written: str) -> NlpEngine:
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    definition = json.loads(written)
    models = [{**model, "lang_code": "en"} for model in definition["models"]]  # Presidio accepts real codes only
    before = {name: os.environ.get(name) for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")}
    os.environ.update(dict.fromkeys(before, "1"))
    try:
        engine: NlpEngine = NlpEngineProvider(nlp_configuration={**definition, "models": models}).create_engine()
    except Exception as error:  # Presidio, spaCy or transformers over a configuration and files that are a user's
        raise BadSourceError(f"the model cannot be loaded: {_said(error)}", "is it made for the installed version?") from None  # fmt: skip
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
    engine.nlp[LANGUAGE] = engine.nlp["en"]  # type: ignore[attr-defined]
    return engine


def _said(error: BaseException) -> str:
    first = str(error).strip().partition("\n")[0]
    return printable(f"{type(error).__name__}: {first}"[:300])
