"""Tables drawn with characters: a header, mostly a ruler, and rows divided as the header is.

`| a | b |` in mails, wikis, tests and consoles, `a | b` over `---+---` or over literals, `a & b \\\\`, columns below dashes or below
names that blanks divide, records pasted into a text or taken out by a patch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded import cells, divides, places
from auditor.detectors.embedded.divides import Divide
from auditor.detectors.embedded.forms import Forms
from auditor.detectors.embedded.headings import Headings, names_of
from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import blanked, lines_of, telling
from auditor.detectors.fields import FieldIndex
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text

_NAME: Final = r"[^\s,;\"'<>=|(){}0-9][^\s,;\"'<>=|]*(?: [^\s,;\"'<>=|]+){0,4}"
_HEADER_NAME: Final = rf"(?:\$\{{[^{{}}\n]*\}}|{_NAME})"
MARK: Final = "|".join(
    (
        r"^[ \t>#*/;%!+-]*[|│┃║┆┊^][^\n]*[|│┃║┆┊^][ \t\r\\]*$",
        r"[0-9]:[0-9][0-9][^\n|│]*[|│][^\n]*[|│][ \t\r]*$",
        r"^[^\n]*(?:--|==)[ \t]*[+|][ \t]*[-=|+: ]*(?:--|==)[-=|+: ]*\r?$",
        r"^[ \t>#*/;%!+-]*(?:--+|==+)(?:[ ]+(?:--+|==+))+[ \t\r]*$",
        r"^[ \t]*[┌╭╔┏][^\n]*[\pL][^\n]*[┐╮╗┓][ \t]*\r?$",
        r"&[^\n]*\\\\[ \t]*(?:\\[a-z]+[ \t]*)*\r?$",
        rf"^[ \t]*{_HEADER_NAME}(?:[ \t]*\|\|?[ \t]*{_HEADER_NAME})+[ \t]*\r?\n[ \t]*[^|\n]*[|]",
        r"^[ \t]+[^\s,;\"'<>=|(){}]+(?:[ ]+[^\s,;\"'<>=|(){}]+)*[ \t]*\r?\n[0-9]+[ ]+\S",
        rf"^[ \t>#*/;%-]*{_HEADER_NAME}(?:(?: {{2,}}|[ ]*\t[ \t]*){_HEADER_NAME}){{2,}}[ \t\r]*$",
        rf"^[+ -]?\"?{_NAME}\"?(?:,\"?{_NAME}\"?){{2,}}\r?$",
        rf"^[+ -]?\"?{_NAME}\"?(?:;\"?{_NAME}\"?){{2,}}\r?$",
    )
)
_ONE_NAME: Final = rf"(?:\$\{{[^{{}}\n]*\}}(?=\s|$)|(?!\$\{{[^{{}}\n]*\}}(?:\s|$)){_NAME})"  # only one reading: else each more doubles the time
_HEADING: Final = re.compile(rf"[ \t>#]*{_ONE_NAME}(?:(?: {{2,}}|[ ]*\t[ \t]*){_ONE_NAME})+[ \t\r]*")
_LISTED: Final = re.compile(
    rf"(?:\"{_NAME}\"|{_NAME})(?P<delimiter>[,;])(?:\"{_NAME}\"|{_NAME})(?:(?P=delimiter)(?:\"{_NAME}\"|{_NAME}))+\r?"
)
_SPEAKER: Final = re.compile(r"(?:\[[^\[\]]{1,40}\][ ]?){1,3}|.{0,60}?[0-9]:[0-9]{2}[^:\t]{0,60}: ")
"""What a chat puts before the first line of a message."""
_PIPED: Final = re.compile(rf"[ \t]*{_ONE_NAME}(?:[ \t]*\|\|?[ \t]*{_ONE_NAME})+[ \t]*\r?")
_WORDS: Final = re.compile(r"[ ]+[^\s,;\"'<>=|(){}]+(?:[ ]+[^\s,;\"'<>=|(){}]+)*[ \t]*\r?")
_RULES: Final = ("-", "=", "+")
_COMMENTS: Final = ("#", "/", "-", "*", ";", "%")
_HUNK: Final = re.compile(r"@@ -[0-9,]+ \+[0-9,]+ @@")


class Drawn:
    """The drawn tables of one asset, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._headings = Headings(index, "drawn table")
        self._forms = Forms(index)
        self._columns: tuple[str, ...] | None = None
        self._divide: Divide | None = None
        self._header: tuple[str, ...] = ()
        self._waiting: bool | None = None  # strong names asked for: the header above waits for a row that fits
        self._before = ""  # the line above
        self._frame = False  # a ruler stands above the header that waits
        self._words = ""  # words that may name the columns of a data frame
        self._run: tuple[str, int] = ("", 0)  # how the line above is divided, and into how many cells
        self._untold: tuple[tuple[str, ...], Divide] | None = None  # a header with a ruler whose names say nothing
        self._rows = 0  # rows taken since the header, up to a first ruler
        self._ruled = False
        self._patch = False
        self._at = self._position = 0  # the line's number from 1 in the text, and where it begins
        self._strong = self._code = False

    @property
    def goes_on(self) -> bool:
        """Whether rows may stand at the beginning of the next text, or a ruler below a header."""
        return self._divide is not None or self._patch

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text with their rows blanked out: nothing is seen twice."""
        kind = file_kind(text.asset.path)
        self._strong, self._code = (
            kind.written,
            kind.code and not kind.path.endswith(".ipynb"),
        )  # it holds what code printed
        taken: list[tuple[int, int]] = []
        position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            if self._code and self._divide is None and _is_plain(line):
                self._run, self._before = ("", 0), line
                position += len(line) + 1
                continue
            start = None
            self._at = number - text.first_line + 1
            self._position = position
            if line and len(line) <= cells.LONGEST:
                start = self._line(line, number, taken)
            else:
                self._close()
            if start is not None:
                taken.append((position + start, position + len(line)))
            self._before = line
            position += len(line) + 1
        forms, spans = self._forms.tables(text)
        taken = sorted({*taken, *spans})
        return [*self._headings.tables(text), *forms], blanked(text, taken)

    def _close(self) -> None:
        """Here no table goes on."""
        self._columns = self._divide = self._waiting = None
        self._run = ("", 0)
        self._words = ""

    def _line(self, line: str, number: int, taken: list[tuple[int, int]]) -> int | None:
        """Where in its line the cells begin of a row that is taken."""
        if (rule := cells.ruler(line)) is not None:
            self._rule(rule, taken)
            return None
        if self._untold is not None and (start := self._of_fields(line, number)) is not None:
            return start
        if not line.isascii() and (names := cells.framed(line)) is not None:
            self._opened(names, cells.led, strong=self._strong)
            self._ruled = True
            return None
        if "\\" in line[:20] and cells.TEX_RULE.match(line):
            return None
        if (
            self._words
            and line[:1].isdigit()
            and _WORDS.fullmatch(self._words)
            and places.right(self._words, line) is not None
        ):
            self._awaits(self._words.split(), divides.framed(self._words), strong=True)
            self._words = ""
        if self._divide is not None:
            divided = self._divide(line)
            if self._frame and self._waiting is not None and divided is not None and self._goes_on(divided[1]):
                return None
            if self._waiting is not None and divided is not None and len(divided[1]) == len(self._header):
                run = self._run
                if not self._tells():
                    self._run = run
                    return None
            if divided is not None and self._columns is not None and len(divided[1]) == len(self._columns):
                start, row = divided
                if tuple(row) == self._header:
                    return None
                self._headings.add(self._columns, row, number)
                self._rows += 1
                return start
            self._close()
        self._begin(line)
        return None

    # A ruler says that the line above it names columns.

    def _rule(self, rule: str, taken: list[tuple[int, int]]) -> None:
        spans = cells.marked(rule)
        if self._waiting is not None and spans is None:
            header, divide = self._header, self._divide
            if not self._tells() and divide is not None:
                self._untold = header, divide
        if spans is not None and not self._rows:
            self._close()
            self._positions(spans)
            return
        if self._divide is not None and self._columns is not None and not self._ruled:
            if 0 < self._rows <= 3 and len(taken) >= self._rows:  # types, units: they stand above the ruler too
                self._headings.take_back(self._columns, self._rows)
                del taken[-self._rows :]
            self._ruled = True
            return
        if self._divide is not None and self._ruled and cells.ruler(self._before) is None:
            return
        self._close()
        if spans is not None:
            self._positions(spans)
            return
        prefix = cells.prefix_of(self._before)
        width = cells.columns_of(rule)
        divided = cells.barred(self._before, prefix, width)
        if divided is None and prefix:
            prefix = ""
            divided = cells.barred(self._before, prefix, width)
        if divided is not None and cells.led(self._before) is None:
            self._opened(divided[1], lambda line: cells.barred(line, prefix, width), strong=self._strong)
            self._ruled = True

    def _of_fields(self, line: str, number: int) -> int | None:
        """Where the cells begin of the first row below a ruler that names a field, as the header does not: `| item | type | example |`."""
        assert self._untold is not None
        header, divide = self._untold
        divided = divide(line)
        if (
            divided is not None
            and len(divided[1]) == len(header)
            and not telling(self._index, [*map(label, divided[1])])
        ):
            return None  # the next row may
        self._untold = None
        columns = names_of(header)
        if divided is None or len(divided[1]) != len(header) or columns is None:
            return None
        self._close()
        self._forms.close(drop=True)
        self._divide, self._header, self._columns, self._rows, self._ruled = divide, header, columns, 1, True
        self._headings.add(columns, divided[1], number)
        return divided[0]

    def _positions(self, spans: list[cells.Span]) -> None:
        """Columns below dashes."""
        for measure in range(len(places.MEASURES)):
            names = places.cut(self._before, spans, measure)
            if names is not None and self._opened(names, divides.below(spans), strong=self._strong):
                self._ruled = True
                return

    def _goes_on(self, row: Sequence[str]) -> bool:
        """Whether a header between rulers goes on in a row: it does then with more words of its names."""
        if len(row) != len(self._header) or "" not in row or not all(label(cell) for cell in row if cell):
            return False
        self._header = tuple(f"{name} {more}".strip() for name, more in zip(self._header, row, strict=True))
        return True

    # Without a ruler, the first of several lines that are divided alike may name columns.

    def _begin(self, line: str) -> None:
        if _HUNK.match(line):
            self._patch = True
            self._run = ("", 0)
            return
        if (divided := cells.led(line)) is not None:
            self._forms.row(divided[1], self._at, (self._position, self._position + len(line)))
            if self._new("|", len(divided[1])):
                self._awaits(divided[1], cells.led, strong=self._strong)
                self._frame = cells.ruler(self._before) is not None
            return
        if "|" in line and _PIPED.fullmatch(line):
            names = [name.strip() for name in line.replace("||", "|").split("|")]
            if self._new("p", len(names)):
                code = self._code
                self._awaits(names, lambda row: cells.piped(row, len(names), literal=code), strong=True)
            return
        bare = line[1:] if self._patch and line[:1] in "+- " else line
        if ("|" in line or not line.isascii()) and (inner := cells.unframed(line)) is not None:
            spans = cells.spread(inner)
            if (len(spans) > 1 or cells.ruler(self._before) is not None) and self._new("u", len(spans)):
                self._awaits([inner[a:b] for a, b in spans], divides.within(inner, spans), strong=self._strong)
            return
        prefix = cells.prefix_of(bare)
        if prefix.strip():
            bare = bare[len(prefix) :]
        elif self._code:
            return
        self._words = bare if bare[:1] == " " else ""
        speaker = _SPEAKER.match(bare) if "\t" in bare else None
        at = speaker.end() if speaker is not None else 0
        if _HEADING.fullmatch(bare, at):
            spans = cells.spread(bare[at:])
            delimiter = "\t" if "\t" in bare.strip() else " "
            if len(spans) > 1 and self._new(delimiter, len(spans)):
                names = [bare[at + start : at + end] for start, end in spans]
                shift = len(line) - len(bare)
                self._awaits(names, divides.spreading(bare, spans, shift, delimiter == "\t"), strong=True)
            return
        if (listed := _LISTED.fullmatch(bare)) is not None:
            delimiter = listed["delimiter"]
            names = cells.listed(bare, delimiter) or []
            if self._new(delimiter, len(names)):
                self._awaits(names, divides.listing(delimiter, len(line) - len(bare)), strong=True)
            return
        self._run = ("", 0)

    def _new(self, delimiter: str, width: int) -> bool:
        """Whether the line above was divided otherwise: only the first of several may be a header."""
        before, self._run = self._run, (delimiter, width)
        return before != self._run

    def _opened(self, names: Sequence[str], divide: Divide, *, strong: bool) -> bool:
        """A header with a ruler: whether it says something for a rule."""
        self._awaits(names, divide, strong=strong)
        return self._tells()

    def _awaits(self, names: Sequence[str], divide: Divide, *, strong: bool) -> None:
        """What may be a header: nothing is asked of its names before a row that fits follows."""
        self._divide, self._header, self._rows, self._ruled = divide, tuple(names), 0, False
        self._columns, self._waiting, self._frame = None, strong, False

    def _tells(self) -> bool:
        """Whether the header above says something for a rule: its rows are taken then."""
        self._columns = self._headings.telling(self._header, strong=bool(self._waiting))
        self._waiting = None
        if self._columns is None:
            self._close()
        else:
            self._forms.close(drop=True)
        return self._columns is not None


def _is_plain(line: str) -> bool:
    """Whether a line of source code is neither a comment nor anything drawn."""
    return (
        line.isascii()
        and "|" not in line
        and "&" not in line
        and line[-1:] not in _RULES
        and line.lstrip()[:1] not in _COMMENTS
    )
