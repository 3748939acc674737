"""Live progress on standard error: a bar on a terminal, a plain line now and then in a pipe, nothing with --quiet."""

from __future__ import annotations

import sys
import time
from typing import Final, TextIO

from auditor.model.text import printable

PLAIN_EVERY: Final = 10.0
"""Seconds between two plain lines."""


class Progress:
    """What a run tells while it works. This one says nothing; the others say it to somebody."""

    def target(self, name: str) -> None:
        """A target begins."""

    def wait(self, why: str) -> None:
        """Nothing goes on for a while."""

    def expect(self, files: int, bytes: int, complete: bool) -> None:
        """What the listing of the target has met so far; `complete` when it has ended. Bytes as declared."""

    def file(self, path: str) -> None:
        """A file begins."""

    def read(self, bytes: int) -> None:
        """So many more bytes were read from the target."""

    def found(self, values: int) -> None:
        """So many more values were found."""

    def gap(self) -> None:
        """Something could not be examined."""

    def close(self) -> None:
        """The run ends."""


class _Counts:
    """What every visible progress keeps."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.name = ""
        self.files = self.bytes = self.values = self.gaps = 0
        self.expected_files = self.expected_bytes = self.done_files = self.done_bytes = 0
        self.complete = False

    def line(self, *, ended: bool = False) -> str:
        """Files, bytes, findings, rate and, before the end, time left."""
        seconds = max(time.monotonic() - self.began, 0.001)
        parts = [
            f"{self.files:,} files",
            _size(self.bytes),
            f"{self.values:,} values found",
            f"{_size(int(self.bytes / seconds))}/s",
        ]
        if self.gaps:
            parts.append(f"{self.gaps:,} not examined")
        if not ended and self.complete and self.bytes - self.done_bytes > 0:
            left = (self.expected_bytes - (self.bytes - self.done_bytes)) * seconds / self.bytes
            parts.append(f"about {_time(left)} left")
        return " · ".join(parts)


class Plain(Progress):
    """One line every ten seconds: for pipes and logs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._counts = _Counts()
        self._next = time.monotonic() + PLAIN_EVERY

    def target(self, name: str) -> None:
        """A target begins."""
        counts = self._counts
        counts.name, counts.complete = name, False
        counts.done_files, counts.done_bytes = counts.files, counts.bytes
        self._say(f"{printable(name)}: connecting and listing")

    def wait(self, why: str) -> None:
        """Nothing goes on for a while."""
        self._say(f"{printable(self._counts.name)}: {printable(why)}")

    def expect(self, files: int, bytes: int, complete: bool) -> None:
        """What the listing has met so far."""
        counts = self._counts
        counts.expected_files, counts.expected_bytes, counts.complete = files, bytes, complete

    def file(self, path: str) -> None:  # noqa: ARG002  # a log line names the target, not each file
        """A file begins."""
        self._counts.files += 1
        self._tick()

    def read(self, bytes: int) -> None:
        """Bytes were read."""
        self._counts.bytes += bytes
        self._tick()

    def found(self, values: int) -> None:
        """Values were found."""
        self._counts.values += values

    def gap(self) -> None:
        """Something was not examined."""
        self._counts.gaps += 1

    def close(self) -> None:
        """The run ends."""
        self._say(f"read {self._counts.line(ended=True)}")

    def _tick(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + PLAIN_EVERY
            self._say(f"{printable(self._counts.name)}: {self._counts.line()}")

    def _say(self, text: str) -> None:
        print(text, file=self._stream, flush=True)


class Live(Progress):
    """One line that changes in place, drawn by Rich; it ends as one plain line."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.live import Live as RichLive
        from rich.spinner import Spinner

        self._console = Console(file=stream)
        self._spinner = Spinner("dots")
        self._live = RichLive(self._spinner, console=self._console, refresh_per_second=8, transient=True)
        self._counts = _Counts()
        self._path = ""
        self._drawn = 0.0
        self._live.start()

    def target(self, name: str) -> None:
        """A target begins."""
        counts = self._counts
        counts.name, counts.complete = name, False
        counts.done_files, counts.done_bytes = counts.files, counts.bytes
        self._draw(always=True)

    def wait(self, why: str) -> None:
        """Nothing goes on for a while."""
        self._path = why
        self._draw(always=True)

    def expect(self, files: int, bytes: int, complete: bool) -> None:
        """What the listing has met so far."""
        counts = self._counts
        counts.expected_files, counts.expected_bytes, counts.complete = files, bytes, complete

    def file(self, path: str) -> None:
        """A file begins."""
        self._counts.files += 1
        self._path = path
        self._draw()

    def read(self, bytes: int) -> None:
        """Bytes were read."""
        self._counts.bytes += bytes
        self._draw()

    def found(self, values: int) -> None:
        """Values were found."""
        self._counts.values += values

    def gap(self) -> None:
        """Something was not examined."""
        self._counts.gaps += 1

    def close(self) -> None:
        """The run ends."""
        from rich.text import Text

        self._live.stop()
        self._console.print(Text(f"read {self._counts.line(ended=True)}"))

    def _draw(self, *, always: bool = False) -> None:
        """At most eight times a second: drawing must not slow the reading."""
        from rich.text import Text

        now = time.monotonic()
        if always or now - self._drawn > 0.12:
            self._drawn = now
            counts = self._counts
            head = f" {printable(counts.name)}  {counts.line()}"
            # Text, not markup: `[bold]` in a vendor's file name is only a name.
            text = Text(head, style="bold", no_wrap=True, overflow="ellipsis")
            text.append(f"\n   {printable(self._path)}", style="dim not bold")
            self._spinner.update(text=text)


class Shown:
    """The progress for this standard error, closed on leaving."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress = Progress()

    def __enter__(self) -> Progress:
        if not self._quiet:
            self._progress = Live(sys.stderr) if sys.stderr.isatty() else Plain(sys.stderr)
        return self._progress

    def __exit__(self, *_: object) -> None:
        self._progress.close()


def _size(number: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def _time(seconds: float) -> str:
    seconds = max(int(seconds), 0)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"
