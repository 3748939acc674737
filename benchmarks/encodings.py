"""How often bytes are decoded rightly, by encoding and length: `python -m benchmarks.encodings`.

The auditor's choice with and without the country's prior, beside chardet and charset-normalizer on the same bytes. A sample is
right when its text comes out as it was written. Texts: encoding_texts.py, which the auditor's tables were not made from; `--mo LANGUAGE=ENCODING`
measures the translations installed on this machine instead, which nobody here wrote.
"""

from __future__ import annotations

import argparse
import gettext
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from auditor.extractors._encodings.choice import legacy_encoding
from benchmarks.encoding_texts import ENCODINGS, TEXTS

LENGTHS: Final = (4, 6, 8, 12, 20, 40, 100, 400, 2048, 16_384, 65_536)
_LOCALES: Final = "/usr/share/locale/{}/LC_MESSAGES"

Chooser = Callable[[bytes, str], str]


def samples(
    encoding: str, length: int, count: int, chance: random.Random, foreign: list[str] | None = None
) -> Iterator[str]:
    """Texts of about so many bytes: below 20 bytes a name, nickname or field name, above records and sentences mixed with ASCII."""
    parts = TEXTS[ENCODINGS[encoding]]
    for _ in range(count):
        text = ""
        while len(text.encode(encoding, "ignore")) < length:
            if foreign:
                piece = chance.choice(foreign)
            elif length < 20:
                piece = chance.choice(parts[chance.choice(("name", "nickname", "field"))])
            else:
                piece = chance.choice(
                    (
                        f"{chance.randrange(10**6)},{chance.choice(parts['name'])},{chance.choice(parts['nickname'])}",
                        f'{{"addr": "{chance.choice(parts["address"])}", "no": {chance.randrange(9999)}}}',
                        f"2024-0{chance.randrange(1, 9)}-11 INFO {chance.choice(parts['sentence'])}",
                        f"{chance.choice(parts['field'])}={chance.choice(parts['nickname'])}",
                    )
                )
            text += ("\n" if text and length >= 20 else "") + piece
        if length < 20 and not foreign:
            text = text.replace(" ", "")
        raw = text.encode(encoding, "ignore")[:length]
        text = raw.decode(encoding, "ignore")
        if not text.isascii():
            yield text


def translations(language: str, encoding: str) -> list[str]:
    """Messages of the programs installed here, those that the encoding has."""
    found: list[str] = []
    for path in sorted(Path(_LOCALES.format(language)).glob("*.mo")):
        with path.open("rb") as file:
            for key, value in vars(gettext.GNUTranslations(file))["_catalog"].items():
                if key and isinstance(value, str) and len(re.findall(r"[^\x00-\x7f]", value)) * 2 > len(value):
                    try:
                        value.encode(encoding)
                    except UnicodeEncodeError:
                        continue
                    found.append(value)
    return found


def ours(data: bytes, _: str) -> str:
    """What the auditor takes a file for at the gate, which knows no country."""
    return legacy_encoding(data)


def ours_with_prior(data: bytes, encoding: str) -> str:
    """The same for an engagement with the country whose encoding it is."""
    return legacy_encoding(data, (encoding,))


def of_chardet(data: bytes, _: str) -> str:
    """chardet, with the same candidates."""
    import chardet

    candidates = ["cp949", "gb18030", "cp874", "cp932", "big5hkscs", "euc_jis_2004", "cp1252"]
    return str(chardet.detect(data, prefer_superset=True, include_encodings=candidates)["encoding"] or "")


def of_charset_normalizer(data: bytes, _: str) -> str:
    """charset-normalizer, with the same candidates."""
    from charset_normalizer import from_bytes

    best = from_bytes(
        data, cp_isolation=["cp949", "gb18030", "tis_620", "cp932", "big5hkscs", "euc_jp", "cp1252"]
    ).best()
    return best.encoding if best else ""


CHOOSERS: Final[dict[str, Chooser]] = {
    "auditor+country": ours_with_prior,
    "auditor": ours,
    "chardet": of_chardet,
    "charset-normalizer": of_charset_normalizer,
}


def right(choose: Chooser, texts: list[str], encoding: str) -> float:
    """The share of texts that come out as they were."""
    good = 0
    for text in texts:
        data = text.encode(encoding)
        name = choose(data, encoding)
        try:
            good += bool(name) and data.decode(name, "replace") == text
        except LookupError:
            continue
    return good / len(texts)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="samples for each encoding and length")
    parser.add_argument("--tools", default=",".join(CHOOSERS))
    parser.add_argument("--mo", action="append", default=[], metavar="LANGUAGE=ENCODING", help="such as ko=cp949: installed translations")  # fmt: skip
    options = parser.parse_args()
    print("| encoding | tool |", " | ".join(f"{length:,} B" for length in LENGTHS), "|")
    print("|---|---|" + "--:|" * len(LENGTHS))
    sources: list[tuple[str, list[str] | None]] = [(encoding, None) for encoding in ENCODINGS]
    if options.mo:
        pairs = [pair.partition("=") for pair in options.mo]
        sources = [(encoding, translations(language, encoding)) for language, _, encoding in pairs]
    for encoding, foreign in sources:
        for tool in options.tools.split(","):
            chance = random.Random(options.seed)
            cells = []
            for length in LENGTHS:
                count = options.count if length < 10_000 else max(3, options.count // 20)
                texts = list(samples(encoding, length, count, chance, foreign))
                cells.append(f"{right(CHOOSERS[tool], texts, encoding):.0%}" if texts else "–")
            print(f"| {encoding} | {tool} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
