"""Text in the report's languages, and how a vendor's strings are made safe to show."""

from __future__ import annotations

from typing import Final, Literal

from auditor.model.noun import noun

Language = Literal["en", "ko"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "ko")


@noun
class Bilingual:
    """One text in English and Korean, as rule files write it: `{en: …, ko: …}`."""

    en: str
    ko: str

    def get(self, language: Language) -> str:
        """The text in `language`."""
        return self.ko if language == "ko" else self.en


# Cc: controls and ESC (terminal escapes); Cf: bidi overrides and zero-width characters, which make a name
# read as another; Zl/Zp: separators that break lines; Cs: surrogates, which undecodable bytes become; Co, Cn.
_UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """`text` with every character that could act on a terminal, a log or a report written as an escape.

    Bytes that were no valid UTF-8 (`os.fsdecode`'s surrogates, U+DC80–U+DCFF) become `\\xNN`, so that a
    CP949 file name stays readable as bytes. The result is one line. `\\` itself is kept, as names rarely hold it.
    """
    import unicodedata

    if text.isascii() and text.isprintable():
        return text
    parts = []
    for character in text:
        code = ord(character)
        if 0xDC80 <= code <= 0xDCFF:
            parts.append(f"\\x{code - 0xDC00:02x}")
        elif unicodedata.category(character) in _UNSAFE_CATEGORIES:
            parts.append(f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
        else:
            parts.append(character)
    return "".join(parts)


def plural(count: int, noun: str) -> str:
    """`1 item`, `2,000 items`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
