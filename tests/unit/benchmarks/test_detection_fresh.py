"""Judging seeds test what nobody was told: other names and sentences than developing seeds, for the same attributes."""

from __future__ import annotations

import pytest

from benchmarks.detection import fresh, headers, prose
from benchmarks.detection.corpus import corpus
from benchmarks.detection.labels import ANY, Label, Leftover
from benchmarks.detection.tools import texts

JUDGING, DEVELOPING = 201, 11


@pytest.fixture(scope="module")
def files() -> list[Leftover]:
    return list(corpus(JUDGING))


@pytest.fixture(scope="module")
def labels(files) -> list[Label]:
    return [label for file in files for label in file.labels]


def names(latin: dict[str, tuple[str, ...]], local: dict[str, dict[str, tuple[str, ...]]]) -> set[str]:
    words = [*latin.values(), *(each for country in local.values() for each in country.values())]
    return {word.replace(" ", "").lower() for each in words for word in each}


def test_the_same_attributes_by_wholly_other_names_and_sentences():
    assert fresh.LATIN.keys() == headers.LATIN.keys()
    assert all(fresh.LOCAL[country].keys() >= headers.LOCAL[country].keys() for country in headers.LOCAL)
    assert not names(fresh.LATIN, fresh.LOCAL) & names(headers.LATIN, headers.LOCAL)
    assert not {line for each in fresh.LINES.values() for line in each} & {
        line for each in prose.LINES.values() for line in each
    }


def test_one_local_name_means_one_attribute():
    for country in fresh.LOCAL.values():
        words = [word for each in country.values() for word in each]
        assert len(words) == len(set(words))


def test_every_written_form_stands_in_its_file(files, labels):
    text = dict(texts(files))
    assert not [label for label in labels if label.value != ANY and label.written not in text[label.path]]


def test_look_alikes_are_of_judging_seeds_only_and_nobodys(labels):
    alike = [label for label in labels if label.form.startswith("look-alike")]
    assert {label.entity for label in alike} == {""}
    assert 20 < len({(label.path, label.field) for label in alike}) < 100
    developing = [label for file in corpus(DEVELOPING) for label in file.labels]
    assert not any(label.form.startswith("look-alike") or label.kind == "log" for label in developing)


def test_every_entity_is_planted_often(labels):
    counts = {
        entity: sum(1 for label in labels if label.entity == entity and label.required)
        for entity in {label.entity for label in labels if label.entity and label.required}
    }
    assert len(counts) == 25
    assert min(counts.values()) > 100
