"""Lines of one kind are judged like the first of them only where Presidio's engine would say the same of each."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from detecting import detector, rules

from auditor.detectors.folding import fold
from auditor.detectors.hit import Hit
from auditor.detectors.scene import Scene, file_kind
from testbed.people import people

Told = tuple[object, ...]
SEEDS = range(3)


def told(hit: Hit) -> Told:
    shown = (hit.start, hit.end, hit.score, hit.status, hit.validity, hit.why, hit.named, hit.strong, hit.unkeyed)
    return (hit.recognizer.rule.id, *shown, hit.protection, hit.by_name, hit.value)


def log_lines(chance: random.Random) -> Iterator[str]:
    """What a few statements of a program write about many people."""
    (same,) = people(1)
    for person in people(300, chance.randrange(10**6)):
        stamp = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T{chance.randrange(24):02}:00:00Z"
        number = chance.randrange(10**7, 10**8)
        yield chance.choice(
            [
                f"{stamp} joined ci={person.ci} result=ok",
                f"{stamp} [worker-{chance.randrange(64)}] 휴대폰 {person.dashed_mobile} 인증",
                f'{stamp} {{"userId": {number}, "phone": "{person.dashed_mobile}", "ci": "{person.ci}"}}',
                f"{stamp} trace={chance.randrange(16**16):016x} GET /member?tel={person.dashed_mobile}&page={chance.randrange(9)}",
                f"{stamp} account 110-{number // 1000:06}-{number % 100000:05} sha256={chance.randrange(16**64):064x}",
                f"sha{chance.choice([256, 257, 512, 513])}-{same.ci} 연계정보, {number}",
                f"TEST{chance.randrange(30)}_MOBILE_NO={person.dashed_mobile} <tel{chance.randrange(9)}>{person.dashed_mobile}</tel2>",
                f"insert into t (id{chance.randrange(9)}, phone{chance.randrange(9)}) values (1, '{person.dashed_mobile}')",  # noqa: S608 - a log line
                f"{person.dashed_mobile}",
                "휴대폰",
                f"주민등록번호 {chance.randrange(40, 99)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}-{chance.randrange(1, 5)}{chance.randrange(10**6):06}",
                f"생년월일 {chance.choice([19, 30])}{chance.randrange(40, 99)}-0{chance.randrange(1, 9)}-1{chance.randrange(9)} order {number} card 4{chance.randrange(10**15):015}",
            ]
        )


def values_behind_values(chance: random.Random) -> Iterator[str]:
    """A word, a field's value, and a bare value behind it: what the word says depends on what the first value is."""
    values: dict[str, list[str]] = {}
    for rule in rules().recognizers:
        for example in rule.matches:
            values.setdefault(rule.id, []).extend(re.findall("[0-9][0-9A-Za-z-]{6,22}", str(example.get("text") or "")))
    words = [(values[rule.id], word) for rule in rules().recognizers if values.get(rule.id) for word in rule.context]
    frames = ["{0} ref={1} {2} ok", "{0} to={1} {2}", "<t>{0}</t> n={1} {2}", "{0} ref={1} [{2}]", "{0}:{1};{2}"]
    for _ in range(300):
        (own, word), frame = chance.choice(words), chance.choice(frames)
        value = chance.choice(own)
        for _ in range(3):
            other = re.sub("[0-9]", lambda _: chance.choice("0123456789"), value)
            yield frame.format(word, chance.choice([value, other]), value)


def examples(chance: random.Random) -> Iterator[str]:
    """The rules' own examples, with other digits: mostly of the same kind, and seldom valid."""
    texts = [
        line
        for rule in rules().recognizers
        for example in (*rule.matches, *rule.not_matches)
        if example.get("text")
        for line in str(example["text"]).split("\n")
    ]
    for text in texts:
        yield text
        for _ in range(3):
            yield re.sub("[0-9]", lambda _: chance.choice("0123456789"), text)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("made", [log_lines, values_behind_values, examples])
@pytest.mark.parametrize("file", ["app.log", "notes.md"])
def test_a_kind_of_lines_is_judged_as_each_of_them(made, seed: int, file: str) -> None:
    chance = random.Random(seed)
    lines = detector().lines()
    gates = detector().gates
    before = detector().asked
    lead, number = "", 0
    for text in made(chance):
        concerned = gates.rules_for(fold(text))
        scene = Scene(text=text, lead=lead[-80:], file=file_kind(file))
        if concerned:
            number += 1
            said = sorted(map(told, lines.hits(scene, concerned)), key=repr)
            alone = Scene(text=text, lead=lead[-80:], file=file_kind(file))
            assert said == sorted(map(told, detector().analyzer.analyze(alone, concerned)), key=repr), text
        lead = text
    assert detector().asked - before < number  # some were taken from what was said before
