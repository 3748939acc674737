"""Presidio without what it imports and this project never asks: language models, and its own recognisers.

`import presidio_analyzer` brings spaCy, thinc, phonenumbers and some sixty recognisers with it: most of its two CPU seconds
(`make bench-start`), in each worker that finds anything. The rules are recognisers of their own, read fields instead of grammar
(presidio.py), and need none of it. So it is imported with placeholders in their stead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final

_PRESIDIO: Final = "presidio_analyzer"
UNUSED: Final = ("spacy", "thinc", f"{_PRESIDIO}.predefined_recognizers")


def import_presidio(unused: Sequence[str] = UNUSED) -> bool:
    """Import presidio_analyzer with placeholders for some modules; whether that was possible. Where it is not, all is imported.

    Placeholders stay where Presidio itself refers to them. Whoever imports such a module later gets the real one.
    """
    if _PRESIDIO in sys.modules:
        return False
    finder = _Placeholders(unused)
    sys.meta_path.insert(0, finder)
    try:
        __import__(_PRESIDIO)
        spared = True
    except Exception:  # another release may do more with a module than name it, and then needs the real one
        _forget(name for name in list(sys.modules) if _is_within(name, (_PRESIDIO,)))
        spared = False
    finally:
        sys.meta_path.remove(finder)
        _forget(finder.made)
    if not spared:
        __import__(_PRESIDIO)
    return spared


def _is_within(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _forget(names: Iterable[str]) -> None:
    for name in names:
        sys.modules.pop(name, None)
        parent, _, own = name.rpartition(".")
        if parent in sys.modules and hasattr(sys.modules[parent], own):
            delattr(sys.modules[parent], own)


class _Placeholders(MetaPathFinder, Loader):
    """Finds an empty module for whatever lies in some packages that are not imported yet."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._packages = [package for package in packages if package not in sys.modules]
        self.made: list[str] = []

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if _is_within(fullname, self._packages) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.made.append(spec.name)
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """It holds what is asked of it."""


class _Class(type):
    """A class to derive from or to write in an annotation; its attributes are such classes, and called it is a decorator."""

    def __getattr__(cls, name: str) -> Any:
        return _placeholder(name)

    def __call__(cls, *_arguments: object, **_options: object) -> Any:
        return lambda decorated: decorated


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return _placeholder(name)


def _placeholder(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Class(name, (), {})
