"""Where report templates come from, and what their code is compiled from.

Jinja's compiler takes a second and a half for the built-in templates: more than a small audit. So what it makes of them, Python text, is
shipped with them (`make schema`), as the compiled rules are (resources.py). A template that differs from what was compiled, a user's
own, or one under another release of Jinja is compiled where it is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from auditor.errors import InputError, Problem
from auditor.resources import compile_text, read_compiled, templates_dir

FILE: Final = "templates.jsonl"
PREFIX: Final = "default"
"""A user's template reaches the built-in ones under it."""


def escapes(name: str) -> bool:
    """Whether a template's text is escaped for HTML: all but plain text is."""
    return not name.endswith(".txt")


class Loader(FileSystemLoader):
    """Says which file is not UTF-8, which the loader it derives from does not."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and whether it is still the same. InputError for what is not UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            file = next(Path(folder) / template for folder in self.searchpath if (Path(folder) / template).is_file())
            raise InputError(Problem(file=str(file), cause="is not UTF-8", cure="save the file as UTF-8")) from None


class Compiled(BytecodeCache):
    """The templates' code, kept as long as the process: a report in a second language compiles nothing. It is not kept on
    disk, where somebody else could change what the auditor runs; what is shipped lies beside the auditor's own code."""

    def __init__(self, *, autoescape: bool) -> None:
        self._autoescape = autoescape
        self._code: dict[tuple[str, str], CodeType] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The code of a template, where it is known; else an empty bucket, for Jinja to fill."""
        bucket = Bucket(environment, self.get_cache_key(name, filename), self.get_source_checksum(source))
        bucket.code = self._code.get((bucket.key, bucket.checksum))
        if bucket.code is None and (text := _shipped().get((self._autoescape, name, _digest(source)))):
            bucket.code = compile(text, filename or name, "exec")
            self.dump_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Nothing: `get_bucket` has done so."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next page."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = {True: Compiled(autoescape=True), False: Compiled(autoescape=False)}
"""By whether text is escaped: that is part of the code."""


def compiled_templates(environments: Callable[[bool], list[Environment]]) -> str:
    """What templates.jsonl must hold. `environments` are those a template may run in, by whether it is escaped: ValueError where
    their code differs, as then something of one of them was worked out when it was compiled.
    """
    return compile_text(_release(), _lines(environments))


def _lines(environments: Callable[[bool], list[Environment]]) -> Iterator[tuple[bool, str, str, str]]:
    folder = templates_dir()
    for file in sorted((*folder.rglob("*.html"), *folder.rglob("*.txt"))):
        name = file.relative_to(folder).as_posix()
        source = file.read_text(encoding="utf-8")
        code = {
            str(environment.compile(source, name, str(file), raw=True)) for environment in environments(escapes(name))
        }
        if len(code) != 1:
            raise ValueError(f"{name}: its code depends on the language")
        yield escapes(name), name, _digest(source), code.pop()


@cache
def _shipped() -> dict[tuple[bool, str, str], str]:
    lines = read_compiled(templates_dir() / FILE, _release()) or []
    return {(autoescape, name, digest): code for autoescape, name, digest, code in lines}


def _release() -> str:
    return f"jinja2 {version('jinja2')}"


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()
