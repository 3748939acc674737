"""Errors a person can act on. The command line turns each into a message and an exit code; nothing else is caught there."""

from __future__ import annotations

from auditor.model.noun import noun


@noun
class Problem:
    """One mistake in an input file: where (line and column from 1; 0: the whole file), the cause, and the cure."""

    file: str
    line: int = 0
    column: int = 0
    cause: str
    cure: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.cause}" + (f"\n    → {self.cure}" if self.cure else "")


class InputError(Exception):
    """Bad input (exit code 2): every problem at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class TargetError(Exception):
    """A whole target cannot be examined: becomes a gap of that code. `cure` is what a person can do about it."""

    def __init__(self, code: str, detail: str, cure: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.cure = cure


class ReadError(Exception):
    """One asset cannot be read, or not to its end: becomes a gap of that code; what was found before is kept."""

    def __init__(self, code: str, detail: str, unread: int | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.unread = unread
