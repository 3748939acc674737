"""The inspection checklist as a spreadsheet (XLSX): a sheet a form and language, ready to be worked on and printed.

Every cell is written as text, never as a formula: a vendor's file name may begin with `=`.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from auditor.model.text import LANGUAGES, Language
from auditor.reporters.document import Report
from auditor.reporters.document_response import ChecklistFacts, ChecklistRowFacts
from auditor.reporters.html import requirements_of
from auditor.reporters.strings import Strings, load_strings

COLUMNS: Final = (
    ("number", 5), ("area", 10), ("item", 26), ("method", 20), ("basis", 20), ("evidence", 32), ("mark", 8), ("finding", 32),
    ("plan", 32), ("due", 11), ("recheck", 12), ("who_column", 24),
)  # fmt: skip
MARKS: Final = {"good": "#1D6B3C", "partly": "#7D5A00", "poor": "#A3161B", "n/a": "#545B64"}
_HEAD: Final = 4
_LONGEST: Final = 32_000
"""Characters of one cell; XLSX allows 32,767."""


def workbook(report: Report, digest: str) -> bytes:
    """The file's bytes. `digest` is the SHA-256 of report.json, hexadecimal. The entrusting company's language comes first."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report.engagement.id, "created": report.run.finished.replace(tzinfo=None)})
    korean_first = report.engagement.entrusting.country == "KR"
    for language in sorted(LANGUAGES, reverse=korean_first):
        for form in report.response.checklists:
            _Sheet(book, report, form, digest, language).write()
    book.close()
    return stream.getvalue()


class _Sheet:
    """One form in one language."""

    def __init__(self, book: Any, report: Report, form: ChecklistFacts, digest: str, language: Language) -> None:
        self._report, self._form, self._digest, self._language = report, form, digest, language
        bank = report.engagement.entrusting
        self._strings: Strings = load_strings(language, country=bank.country, time_zone=bank.time_zone)
        self._cited = requirements_of(report.response.frameworks)
        several = len(report.response.checklists) > 1
        name = {"ko": "점검표", "en": "Checklist"}[language] + (f" {form.id}" if several else "")
        self._sheet = book.add_worksheet(name[:31])
        base = {"font_name": "Malgun Gothic" if language == "ko" else "Calibri", "font_size": 9}
        cell = {**base, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8BEC6"}
        self._cell = book.add_format(cell)
        self._centre = book.add_format({**cell, "align": "center"})
        self._blank = book.add_format({**cell, "align": "center", "bg_color": "#FFF8E1"})
        self._header = book.add_format(
            {**cell, "bold": True, "bg_color": "#E8EAED", "align": "center", "valign": "vcenter"}
        )
        self._title = book.add_format({**base, "bold": True, "font_size": 15})
        self._note = book.add_format({**base, "font_color": "#545B64"})
        self._sign = book.add_format({**base, "bottom": 1})
        self._marks = {
            mark: book.add_format({**cell, "align": "center", "bold": True, "font_color": colour})
            for mark, colour in MARKS.items()
        }

    def write(self) -> None:
        sheet, t = self._sheet, self._strings.text
        self._about()
        for column, (key, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD, column, t(f"checklist.{key}"), self._header)
        sheet.set_row(_HEAD, 26)
        for number, row in enumerate(self._form.rows, 1):
            self._row(_HEAD + number, number, row)
        last = _HEAD + len(self._form.rows)
        marks = [t(f"mark.{mark}") for mark in MARKS]
        column = [key for key, _ in COLUMNS].index("mark")
        sheet.data_validation(_HEAD + 1, column, last, column, {"validate": "list", "source": marks})
        for line, text in enumerate((t("checklist.inspector"), t("checklist.vendor_signs")), last + 2):
            sheet.set_row(line, 26)
            sheet.merge_range(line, 1, line, 6, text, self._sign)
        sheet.freeze_panes(_HEAD + 1, 3)
        sheet.autofilter(_HEAD, 0, last, len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3: twelve columns
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_HEAD)
        sheet.set_footer("&C&P / &N")

    def _about(self) -> None:
        engagement, run, show = self._report.engagement, self._report.run, self._strings
        sheet = self._sheet
        sheet.write_string(0, 0, getattr(self._form.title, self._language), self._title)
        sheet.set_row(0, 24)
        ends = show.date(engagement.contract.ends) if engagement.contract.ends else show.text("word.unknown")
        said = show.text(
            "checklist.about", vendor=engagement.vendor.name, entrusting=engagement.entrusting.name, ends=ends
        )
        sheet.write_string(1, 0, f"{engagement.id} · {said}", self._note)
        made: datetime = run.started
        about = show.text(
            "checklist.about_run", time=made, version=self._report.tool.version, run=run.id, digest=self._digest
        )
        sheet.write_string(2, 0, about, self._note)
        sheet.write_string(3, 0, show.text("checklist.lead"), self._note)

    def _row(self, line: int, number: int, row: ChecklistRowFacts) -> None:
        t = self._strings.text
        basis = "\n".join(self._cited.get(f"{self._language}:{id}", id) for id in row.basis)
        cells = {
            "number": (str(number), self._centre),
            "area": (t(f"area.{row.area}"), self._centre),
            "item": (self._own([row.item]), self._cell),
            "method": (self._own([row.method]), self._cell),
            "basis": (basis, self._cell),
            "evidence": (self._own(row.evidence), self._cell),
            "mark": (t(f"mark.{row.mark}"), self._marks[row.mark]) if row.mark else ("", self._blank),
            "finding": (self._own(row.finding), self._cell),
            "plan": (self._own(row.plan), self._cell),
            "due": (
                self._strings.day(row.due) if row.due else "",
                self._blank if row.finding and not row.due else self._centre,
            ),
            "recheck": (self._own(row.recheck), self._cell),
            "who_column": (self._own([row.who] if row.who else []), self._cell),
        }
        lines = 1
        for column, (key, width) in enumerate(COLUMNS):
            text, format = cells[key]
            self._sheet.write_string(line, column, text[:_LONGEST], format)
            lines = max(lines, sum(max(1, -(-_width(part) // int(1.1 * width))) for part in text.split("\n")))
        self._sheet.set_row(line, min(400, 13 * lines + 4))

    def _own(self, texts: list[Any]) -> str:
        return "\n".join(getattr(text, self._language) for text in texts)


def _width(text: str) -> int:
    """Columns it takes: Hangul two."""
    return sum(2 if ord(character) > 0x1100 else 1 for character in text)
