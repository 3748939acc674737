"""Nouns are to whoever uses them what frozen dataclasses with slots are, keyword by keyword."""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from auditor.model.noun import noun


class Customer:
    """Made below both ways."""

    name: str
    number: str = field(repr=False)
    tags: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False)
    city: str = "서울"


class Pair:
    """The same."""

    left: int
    right: int = 2


class Nothing:
    """The same."""


class Single:
    """The same."""

    only: tuple[int, ...] = ()


def both(plain: type[Any], **options: bool) -> tuple[Any, Any]:
    """The class as a dataclass and as a noun."""
    copies = [type(plain.__name__, (), dict(vars(plain))) for _ in range(2)]
    kw_only = options.get("kw_only", True)
    return dataclass(frozen=True, slots=True, kw_only=kw_only)(copies[0]), noun(kw_only=kw_only)(copies[1])


@noun
class Kept:
    """One that pickle finds."""

    name: str
    secret: str = field(default="", repr=False)


@noun
class Alone:
    """The same, with one field that is empty."""

    values: tuple[int, ...] = ()


@noun
class Named:
    """One with words of its own."""

    name: str

    def __repr__(self) -> str:
        return "a name"

    def __str__(self) -> str:
        return self.name


GIVEN = [
    (Customer, {"name": "kim", "number": "010"}),
    (Customer, {"name": "kim", "number": "010", "tags": ["a"], "seen": 3, "city": "부산"}),
    (Pair, {"left": 1}),
    (Nothing, {}),
    (Single, {"only": (1,)}),
]


@pytest.mark.parametrize(("plain", "given"), GIVEN)
def test_it_holds_shows_and_tells_its_fields_as_a_dataclass(plain: type[Any], given: dict[str, Any]) -> None:
    usual, ours = (kind(**given) for kind in both(plain))
    assert is_dataclass(ours) and repr(ours) == repr(usual) and asdict(ours) == asdict(usual)
    for there, here in zip(fields(usual), fields(ours), strict=True):
        assert (there.name, there.default, there.repr, there.compare) == (
            here.name,
            here.default,
            here.repr,
            here.compare,
        )
        assert getattr(usual, there.name) == getattr(ours, here.name)
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize("given", [{}, {"name": "a"}, {"name": "a", "number": "b", "more": 1}])
def test_what_it_cannot_be_made_of_is_said_in_the_same_words(given: dict[str, str]) -> None:
    usual, ours = both(Customer)
    with pytest.raises(TypeError) as theirs:
        usual(**given)
    for _ in range(2):  # the first object is made another way than the next
        with pytest.raises(TypeError) as found:
            ours(**given)
        assert str(found.value) == str(theirs.value)


def test_fields_are_given_by_name_unless_it_says_otherwise() -> None:
    _, named = both(Pair)
    _, placed = both(Pair, kw_only=False)
    with pytest.raises(TypeError, match="positional"):
        named(1)
    assert placed(1, 5) == placed(left=1, right=5) and placed(1).right == 2
    match placed(3, 4):
        case placed(left, right):
            assert (left, right) == (3, 4)


def test_it_shows_no_field_that_is_hidden() -> None:
    assert "900101" not in repr(Kept(name="kim", secret="900101-1234567"))


def test_it_is_equal_and_hashed_by_value() -> None:
    one, other = Kept(name="kim"), Kept(name="kim")
    assert one == other and hash(one) == hash(other) and len({one, other}) == 1
    assert one != Kept(name="lee") and one != Alone() and one != "kim"
    _, customer = both(Customer)
    assert customer(name="a", number="b", seen=1) == customer(name="a", number="b", seen=2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(customer(name="a", number="b"))


def test_each_object_gets_its_own_default() -> None:
    _, customer = both(Customer)
    assert customer(name="a", number="b").tags is not customer(name="a", number="b").tags


def test_it_cannot_be_changed() -> None:
    kept = Kept(name="kim")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        kept.name = "lee"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'other'"):
        kept.other = 1  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del kept.name
    assert replace(kept, name="lee") == Kept(name="lee") and kept.name == "kim"


@pytest.mark.parametrize("value", [Kept(name="kim", secret="x"), Alone(), Alone(values=(1,))])
def test_it_travels(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own
    assert copy.copy(value) == copy.deepcopy(value) == value


def test_a_state_of_another_length_is_refused() -> None:
    """A worker that reads hostile files may send any."""
    with pytest.raises(ValueError, match="zip"):
        Kept.__new__(Kept).__setstate__(("kim",))  # type: ignore[attr-defined]


def test_what_a_noun_says_of_itself_stays() -> None:
    assert repr(Named(name="kim")) == "a name" and str(Named(name="kim")) == "kim"


def test_what_a_noun_cannot_have_is_refused() -> None:
    class Checked:
        amount: int

        def __post_init__(self) -> None:
            """Would not be called."""

    class Given:
        amount: int = field(init=False)

    class Uncounted:
        amounts: list[int] = field(hash=False)

    class Inheriting(Named):
        amount: int

    for plain in (Checked, Given, Uncounted, Inheriting):
        with pytest.raises(TypeError, match="noun"):
            noun(plain)


def test_every_frozen_dataclass_of_the_auditor_is_a_noun() -> None:
    """A start pays for each one that is not (benchmarks/README.md, Start)."""
    package = Path(__file__).parents[2] / "auditor"
    frozen = re.compile(r"@(?:dataclasses\.)?dataclass\([^)]*frozen=True")
    others = [path.name for path in package.rglob("*.py") if frozen.search(path.read_text(encoding="utf-8"))]
    assert not others
