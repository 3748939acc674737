"""Labels are true: every planted value stands in its file, once decoded, as it is said to be written."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from benchmarks.detection.corpus import corpus, write_corpus
from benchmarks.detection.decoys import FILES
from benchmarks.detection.labels import ANY, Label, Leftover, read_labels
from benchmarks.detection.tools import texts, unpack

SEED = 11


@pytest.fixture(scope="module")
def files() -> list[Leftover]:
    return list(corpus(SEED))


@pytest.fixture(scope="module")
def labels(files) -> list[Label]:
    return [label for file in files for label in file.labels]


def test_every_written_form_stands_in_its_file(files, labels):
    text = dict(texts(files))
    assert len(text) > 150
    missing = [
        (label.path, label.entity, label.form)
        for label in labels
        if label.value != ANY and label.written not in text[label.path]
    ]
    assert not missing


def test_labels_name_files_that_exist_archive_members_included(files, labels):
    paths = {path for file in files for path, _ in unpack(file.path, file.data)}
    assert {label.path for label in labels} <= paths
    assert any(path.count("!/") == 2 for path in paths)


def test_every_entity_country_and_kind_is_planted_often(labels):
    planted = Counter(label.entity for label in labels if label.entity and label.required)
    assert len(planted) == 25
    assert min(planted.values()) > 100
    kinds = {label.kind.split(" (")[0] for label in labels}
    assert {
        "csv",
        "mysqldump",
        "pg_dump copy",
        "json nested",
        "json in log",
        "access log",
        "toString log",
        "headerless",
        "chat",
        "xml",
        "env",
    } <= kinds
    assert {f"decoy: {kind}" for kind in FILES} >= {kind for kind in kinds if kind.startswith("decoy")}
    assert {"csv (cp949)", "csv (utf-16)"} & {label.kind for label in labels} or any(
        "cp949" in label.kind for label in labels
    )


def test_decoy_files_hold_nothing_required_but_what_is_planted_beside_salts(labels):
    required = {
        (label.kind, label.entity)
        for label in labels
        if label.kind.startswith("decoy") and label.entity and label.required
    }
    assert required <= {("decoy: salted users", "PHONE_NUMBER")}


def test_no_value_is_two_entities_in_one_file(labels):
    entities: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label in labels:
        if label.value != ANY and label.entity and len(label.value) > 8:
            entities[label.path, label.value].add(label.entity)
    assert not {key for key, names in entities.items() if len(names) > 1}


def test_a_seed_is_the_same_corpus_again_and_another_seed_another(files):
    assert [(f.path, f.data) for f in corpus(SEED)] == [(f.path, f.data) for f in files]
    assert {f.data for f in corpus(SEED + 1)}.isdisjoint(
        f.data for f in files if f.labels and "decoy" not in f.labels[0].kind
    )


def test_writing_replaces_an_older_corpus(tmp_path):
    stale = tmp_path / "files" / "kr" / "stale.csv"
    stale.parent.mkdir(parents=True)
    stale.write_text("left from an older generator")
    count, required = write_corpus(tmp_path, SEED)
    assert not stale.exists()
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == count
    assert (
        sum(1 for label in read_labels(tmp_path / "labels.jsonl") if label.entity and label.required)
        == required
        > 20_000
    )
