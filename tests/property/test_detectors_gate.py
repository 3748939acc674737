"""The fast path loses nothing that the reference finds: gates and rule choice against every recogniser on every line."""

from __future__ import annotations

import pytest
from detecting import detector, in_text, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detectors.folding import fold
from auditor.detectors.gate import least_digits
from auditor.detectors.hit import Hit
from auditor.detectors.scene import Scene

_LINES = {
    rule.id: [line for example in rule.matches for line in (example.get("text") or "").split("\n") if line]
    for rule in rules().recognizers
}
_GLUE = st.text(alphabet="가나ก่中aZ09 =:\"'&;,.-_/\\<>(){}|%+@\t*", max_size=12)


def _reference(line: str) -> list[Hit]:
    own = detector()
    found = []
    for recognizer in own.recognizers:
        found += [hit for hit in recognizer.hits(Scene(text=line)) if hit.status in ("accepted", "credential")]
    return found


@pytest.mark.parametrize("rule", sorted(_LINES))
def test_what_a_recogniser_finds_passes_the_gates(rule: str) -> None:
    names = [*detector().by_id[rule].rule.field_names][:60] or ["x"]
    lines = _LINES[rule] or [f"{name}: x" for name in names]

    @settings(max_examples=60)
    @given(
        st.sampled_from(lines),
        _GLUE,
        _GLUE,
        st.sampled_from(names),
        st.sampled_from(["", "=", ": ", '": "', "=>", "|"]),
    )
    def check(line: str, before: str, after: str, name: str, joint: str) -> None:
        line = before + (name + joint if joint else "") + line + after
        found = {(hit.recognizer.rule.id, hit.start, hit.end) for hit in _reference(line)}
        own = detector()
        if found:
            assert [index for index, _ in own.gates.lines("first\n" + line + "\nlast")].count(1) == 1
        chosen = set(own.gates.rules_for(fold(line)))
        assert {id for id, _, _ in found} <= chosen
        (several,) = own.gates.rules_for_each([fold(line)])
        assert set(several) == chosen

    check()


@given(
    st.lists(st.sampled_from([line for lines in _LINES.values() for line in lines] + ["", "nothing here"]), max_size=8)
)
@settings(max_examples=60)
def test_many_lines_at_once_give_what_each_gives_alone(lines: list[str]) -> None:
    own = detector()
    folded = [fold(line) for line in lines]
    together = own.gates.rules_for_each(folded)
    assert all(set(several) >= set(own.gates.rules_for(line)) for several, line in zip(together, folded, strict=True))


@given(st.text(max_size=300))
def test_any_text_is_scanned(text: str) -> None:
    in_text(text)


@given(st.from_regex(r"[0-9]{2,4}-?[0-9]{3}(?:a|[0-9]{2})", fullmatch=True))
def test_the_least_digits_of_a_regex_are_a_lower_bound(value: str) -> None:
    assert sum(character.isascii() and character.isdigit() for character in value) >= least_digits(
        r"[0-9]{2,4}-?[0-9]{3}(?:a|[0-9]{2})"
    )
