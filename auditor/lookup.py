"""Fingerprints of values a bank asks about, and whether a run met them. Values come on standard input and go nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from auditor.errors import InputError, Problem
from auditor.fingerprint import fingerprinter, key_id, normalize
from auditor.model.noun import noun
from auditor.model.rule import NormalForm, Ruleset
from auditor.store.records import StoredMatch, StoredRun
from auditor.store.sqlite import Store

STORE_NAME = "audit.sqlite"
"""The store's name in a run's output folder."""


@noun
class Answer:
    """What a run says of the value on line `line` (from 1) of the input. `known` False: it was not met, and could not have been, as
    it is written as no value of the entity is: that it is absent says nothing.
    """

    line: int
    fingerprint: bytes
    places: tuple[StoredMatch, ...]
    known: bool = True


def normal_form_of(ruleset: Ruleset, entity: str) -> NormalForm:
    """The normal form of an entity's values; InputError for an entity no rule knows."""
    try:
        return ruleset.recognizer(entity).normal_form
    except KeyError:
        known = ", ".join(sorted({rule.entity for rule in ruleset.recognizers}))
        raise InputError(Problem(file="--entity", cause=f"no rule finds {entity!r}", cure=f"one of: {known}")) from None


def shape_of(ruleset: Ruleset, entity: str) -> Callable[[str], bool]:
    """Whether a value is written as one of the entity. Of free text (names, addresses, passwords) every value is."""
    from auditor import ours  # numpy: not for a fingerprint alone

    kind = ours.kinds(ruleset)[entity]
    plausible = kind.plausible
    if plausible is None or kind.form in ("text", "exact"):
        return lambda _: True
    return lambda value: plausible(value.strip()) or plausible(normalize(kind.form, value))


def fingerprints(values: Iterable[str], entity: str, form: NormalForm, key: bytes) -> Iterator[bytes]:
    """One fingerprint a non-empty line, in order."""
    made = fingerprinter(key, entity)
    for value in values:
        if value := value.rstrip("\r\n"):
            yield made(normalize(form, value))


def find_run(argument: str) -> tuple[Store, StoredRun]:
    """The store and run that RUN names: an output folder or a store file, and `@N` for another than the last run."""
    text, _, number = argument.partition("@") if argument.rpartition("@")[2].isdigit() else (argument, "", "")
    path = Path(text).expanduser()
    store = Store(path / STORE_NAME if path.is_dir() else path, read_only=True)
    runs = [run for run in store.runs() if not number or run.id == int(number)]
    if not runs:
        store.close()
        cause = f"there is no run {number}" if number else "the store holds no run"
        raise InputError(Problem(file=argument, cause=cause, cure="name a run as FOLDER or FOLDER@NUMBER"))
    return store, runs[0]


def look_up(
    store: Store,
    run: StoredRun,
    values: Iterable[str],
    entity: str,
    form: NormalForm,
    key: bytes,
    known: Callable[[str], bool],
) -> Iterator[Answer]:
    """An answer for each non-empty line. `known` says whether a value is written as one of the entity (`shape_of`).

    InputError where the run's fingerprints were made with another key.
    """
    check_key(run, key)
    fingerprint = fingerprinter(key, entity)
    for number, value in enumerate(values, 1):
        if value := value.rstrip("\r\n"):
            made = fingerprint(normalize(form, value))
            places = tuple(store.find(run.id, entity, made))
            yield Answer(line=number, fingerprint=made, places=places, known=bool(places) or known(value))


def check_key(run: StoredRun, key: bytes) -> None:
    """InputError where the run's fingerprints were made with another key than this."""
    if not run.key_id:
        raise InputError(
            Problem(
                file=f"run {run.id}",
                cause="this run was made with a one-time key, so no value can be looked up in it",
                cure="audit again with --key-file, or with key_file in the engagement",
            )
        )
    if run.key_id != key_id(key):
        raise InputError(
            Problem(
                file="--key-file",
                cause=f"this key ({key_id(key)}) is not the one the run was made with ({run.key_id})",
                cure="give the key file of that audit",
            )
        )


def match_line(match: StoredMatch) -> str:
    """One line of `--matches`: docs/fingerprints.md lists the keys."""
    line: dict[str, Any] = {
        "target": match.target,
        "path": match.path,
        "version": match.version,
        "entity": match.entity,
        "fingerprint": None if match.fingerprint is None else match.fingerprint.hex(),
        "count": match.count,
        "distinct": match.distinct,
        "mask": match.mask,
        "location": match.place,
        "line": match.line,
        "score": round(match.score, 3),
        "protection": match.protection,
        "why": match.why,
    }
    return json.dumps(line, ensure_ascii=False)
