"""Office files that are encrypted with a password, opened with those of the engagement through msoffcrypto-tool."""

from __future__ import annotations

import struct
from importlib import import_module
from typing import IO, Any, Final

from auditor.extractors.limits import Budget
from auditor.model.asset import GapCode

_USUAL: Final = "VelvetSweatshop"
"""What Excel encrypts with when a workbook is only protected against changes: it opens without a question."""


class Refused(Exception):  # noqa: N818 - an answer
    """It stays closed. `code` is the gap's."""

    def __init__(self, code: GapCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def decrypted(file: IO[bytes], out: IO[bytes], passwords: tuple[str, ...], budget: Budget) -> None:
    """Write the document without its encryption to `out`. Refused if none of the passwords opens it."""
    try:
        msoffcrypto: Any = import_module("msoffcrypto")  # on use: an extra, and without types
        known: Any = import_module("msoffcrypto.exceptions")
    except ImportError:
        detail = (
            "encrypted with a password; to open it with one of the engagement's: pip install 'vendor-auditor[office]'"
        )
        raise Refused(GapCode.PASSWORD_PROTECTED, detail) from None
    faults = (
        known.DecryptionError, known.FileFormatError, known.InvalidKeyError, known.ParseError, OSError, ValueError, IndexError, KeyError, TypeError, AttributeError,
        AssertionError, UnicodeError, struct.error,
    )  # fmt: skip
    for password in (_USUAL, *passwords):
        budget.check()
        try:
            file.seek(0)
            document = msoffcrypto.OfficeFile(file)
            document.load_key(password=password)
            out.seek(0)
            out.truncate()
            document.decrypt(out)
        except faults:
            continue
        size = out.tell()
        out.seek(0)
        if out.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            budget.expand(size)
            return
    detail = (
        "encrypted with a password, and none of the engagement's opens it" if passwords else "encrypted with a password"
    )
    raise Refused(GapCode.PASSWORD_PROTECTED, detail)
