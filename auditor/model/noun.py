"""Makes a class a noun: a frozen dataclass with slots, its fields given by name.

A noun is what `dataclass(frozen=True, slots=True, kw_only=True)` makes, also for `fields`, `replace`, `asdict`, pickle and type
checkers. But that compiles six methods a class, close to a millisecond, and every start makes a hundred classes. Nouns share
what needs not be compiled, and `__init__` is compiled when the first object is made. What a noun cannot have is refused: `__post_init__`,
`InitVar`, fields with `init=False` or a `hash` of their own, and a dataclass or noun to inherit from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields, is_dataclass
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def noun(plain: type[T], /) -> type[T]: ...
@overload
def noun(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def noun(plain: type[Any] | None = None, /, *, kw_only: bool = True) -> Any:
    """The class as a noun; with `kw_only=False` its fields may be given by position too. What it defines itself stays."""
    if plain is None:
        return lambda plain: _noun(plain, kw_only=kw_only)
    return _noun(plain, kw_only=kw_only)


def _noun(plain: type[Any], *, kw_only: bool) -> Any:
    if hasattr(plain, "__post_init__") or any(map(is_dataclass, plain.__mro__[1:])):
        raise TypeError(f"{plain.__qualname__}: a noun has no __post_init__ and inherits from no dataclass")
    made: Any = dataclass(slots=True, kw_only=kw_only, init=False, repr=False, eq=False)(plain)
    all_fields = fields(made)
    if len(all_fields) < len(vars(made)["__dataclass_fields__"]) or any(
        not f.init or f.hash is not None for f in all_fields
    ):
        raise TypeError(
            f"{plain.__qualname__}: a noun's fields are all given, and count for its hash as they do for equality"
        )
    setters = [vars(made)[item.name].__set__ for item in all_fields]
    state = _getter([item.name for item in all_fields])
    compared = _getter([item.name for item in all_fields if item.compare])

    def first(self: object, *args: object, **values: object) -> None:
        made.__init__ = _initialiser(made, all_fields, setters, kw_only=kw_only)
        made.__init__(self, *args, **values)

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def set_state(self: object, state: Sequence[object]) -> None:
        for setter, value in zip(setters, state, strict=True):
            setter(self, value)

    methods: dict[str, Callable[..., Any]] = {
        "__init__": first, "__repr__": _shown, "__eq__": equal, "__hash__": lambda self: hash(compared(self)),
        "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete, "__getstate__": state, "__setstate__": set_state,
    }  # fmt: skip
    for name, method in methods.items():
        if name not in vars(plain):
            setattr(made, name, method)
    return made


def _getter(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """What gives an object's values as a tuple."""
    if len(names) > 1:
        values: Callable[[object], tuple[object, ...]] = attrgetter(*names)
        return lambda self: values(self)  # attrgetter itself is no method
    return lambda self: tuple(getattr(self, name) for name in names)


def _initialiser(made: type[Any], all_fields: Sequence[Field[Any]], setters: Sequence[Any], *, kw_only: bool) -> Any:
    """The `__init__` that a dataclass would have, but that it sets the slots themselves, in half the time."""
    known: dict[str, Any] = {"_missing": MISSING}
    parameters, body = ["self", "*"] if kw_only and all_fields else ["self"], []
    for item, setter in zip(all_fields, setters, strict=True):
        name, value = item.name, item.name
        known[f"_set_{name}"] = setter
        if item.default_factory is not MISSING:
            known[f"_make_{name}"] = item.default_factory
            parameters.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        elif item.default is not MISSING:
            known[f"_default_{name}"] = item.default
            parameters.append(f"{name}=_default_{name}")
        else:
            parameters.append(name)
        body.append(f"    _set_{name}(self, {value})")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or ["    pass"]), known)  # noqa: S102 - as dataclasses do
    known["__init__"].__qualname__ = f"{made.__qualname__}.__init__"
    return known["__init__"]


@recursive_repr()
def _shown(self: Any) -> str:
    """As a dataclass shows itself: without the fields that say `repr=False`, which hold personal data and keys."""
    shown = ", ".join(f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_to_set(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
