"""What lies on a PDF page and is none of its text: form fields with their values, notes, and where links go."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_MOST: Final = 50_000
_LONGEST: Final = 1 << 20


def notes(document: Any, page: Any) -> tuple[str, str]:
    """(the form's fields, one a line as `name: value`; the notes and link addresses) of a pypdfium2 page."""
    import pypdfium2.raw as c

    fields: list[str] = []
    remarks: list[str] = []
    form = document.formenv.raw if document.formenv is not None else None
    for index in range(min(c.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = c.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            kind = c.FPDFAnnot_GetSubtype(annotation)
            if kind == c.FPDF_ANNOT_WIDGET:
                fields += _field(c, form, annotation)
            elif kind == c.FPDF_ANNOT_LINK:
                remarks += _address(c, document, annotation)
            elif kind != c.FPDF_ANNOT_POPUP:
                remarks += [
                    text for key in (b"Contents", b"T", b"Subj", b"RC") if (text := _string(c, annotation, key))
                ]
        finally:
            c.FPDFPage_CloseAnnot(annotation)
    return "".join(f"{line}\n" for line in fields), "".join(f"{line}\n" for line in remarks)


def _field(c: Any, form: Any, annotation: Any) -> list[str]:
    name = value = label = ""
    if form is not None:
        name = _wide(c.FPDFAnnot_GetFormFieldName, form, annotation)
        value = _wide(c.FPDFAnnot_GetFormFieldValue, form, annotation)
        label = _wide(c.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    name = name or _string(c, annotation, b"T")
    value = value or _string(c, annotation, b"V")
    value = " ".join(value.split())
    if not value or value == "Off":
        return []
    if label and label != name:
        return [f"{label}: {value}", name]
    return [f"{name}: {value}" if name else value]


def _address(c: Any, document: Any, annotation: Any) -> list[str]:
    link = c.FPDFAnnot_GetLink(annotation)
    action = c.FPDFLink_GetAction(link) if link else None
    if not action:
        return []
    size = c.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < size <= _LONGEST:
        return []
    buffer = ctypes.create_string_buffer(size)
    c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return [buffer.value.decode("utf-8", "replace")]


def _string(c: Any, annotation: Any, key: bytes) -> str:
    size = c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    return _read(lambda buffer: c.FPDFAnnot_GetStringValue(annotation, key, buffer, size), c, size)


def _wide(ask: Any, form: Any, annotation: Any) -> str:
    import pypdfium2.raw as c

    size = ask(form, annotation, None, 0)
    return _read(lambda buffer: ask(form, annotation, buffer, size), c, size)


def _read(fill: Any, c: Any, size: int) -> str:
    """UTF-16 text of so many bytes, its NUL included."""
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    fill(ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)))
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
