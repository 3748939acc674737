"""Reading pictures through the `tesseract` program, of which a Debian host has one package a language."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from functools import cache
from typing import Final

from auditor.extractors._encodings.choice import normal_name

_SECONDS: Final = 60
_PAGE: Final = "3"
_SPARSE: Final = "11"
_LANGUAGES: Final = {
    "cp949": "kor",
    "cp874": "tha",
    "gb18030": "chi_sim",
    "big5hkscs": "chi_tra",
    "cp932": "jpn",
    "euc_jp": "jpn",
}
_ASIDE: Final = frozenset({"osd", "equ"})


class OcrError(Exception):
    """A picture was not read; the message says why and what to do, without data."""


@cache
def installed() -> frozenset[str]:
    """The languages that tesseract can read here. OcrError if it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        raise OcrError("the program tesseract is missing: apt-get install tesseract-ocr tesseract-ocr-kor")
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)
    return frozenset(line.strip() for line in done.stdout.decode("utf-8", "replace").splitlines()[1:] if line.strip())


def languages(encodings: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of the engagement's countries, told by their encodings; English is always one. OcrError if one is missing."""
    wanted = [_LANGUAGES[name] for name in dict.fromkeys(map(normal_name, encodings)) if name in _LANGUAGES]
    missing = [name for name in (*wanted, "eng") if name not in installed()]
    if missing:
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
        raise OcrError(f"a language of tesseract is missing: apt-get install {packages}")
    return (*wanted, "eng")


def read(picture: bytes, languages: tuple[str, ...]) -> str:
    """The text of a picture file (PNG, JPEG, TIFF, GIF, BMP, WebP), in NFC. OcrError if there was no answer.

    Read as a page first, then for words that stand about alone, as on a card, of which a page's reader misses lines; only lines
    that are new are kept of those.
    """
    page = _read(picture, languages, _PAGE)
    known = "".join(page.split())
    more = [line for line in _read(picture, languages, _SPARSE).split("\n") if "".join(line.split()) not in known]
    return "\n".join((page.rstrip("\n"), *more, ""))


def _read(picture: bytes, languages: tuple[str, ...], layout: str) -> str:
    """tesseract gets the bytes on its standard input, one thread, and a minute."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    command = ["tesseract", "stdin", "stdout", "-l", "+".join(languages), "--psm", layout]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"tesseract did not finish within {_SECONDS} seconds") from error
    except OSError as error:
        raise OcrError(f"tesseract could not be started: {type(error).__name__}") from error
    if done.returncode:
        raise OcrError(f"tesseract could not read the picture (exit code {done.returncode})")
    text = unicodedata.normalize("NFC", done.stdout.decode("utf-8", "replace"))
    return text.replace("\f", "\n").replace("\u0e4d\u0e32", "\u0e33")  # SARA AM in one piece, as it is typed
