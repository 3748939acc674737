"""Which column of a bank's customer file holds what: `--map ci=연계정보 --map phone=휴대폰번호 --map reference=고객번호`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from auditor.errors import InputError, Problem
from auditor.model.noun import noun
from auditor.model.rule import NormalForm
from auditor.model.text import printable
from auditor.yamlschema import nearest

REFERENCE: Final = "reference"
ALIASES: Final = {
    "ci": "KR_CI",
    "di": "KR_DI",
    "rrn": "KR_RRN",
    "frn": "KR_FRN",
    "phone": "PHONE_NUMBER",
    "email": "EMAIL_ADDRESS",
    "card": "CREDIT_CARD",
    "account": "BANK_ACCOUNT",
    "passport": "KR_PASSPORT",
    "driver_license": "KR_DRIVER_LICENSE",
    "thai_id": "TH_TNIN",
    "chinese_id": "CN_RESIDENT_ID",
    "iban": "IBAN_CODE",
    "wallet": "CRYPTO",
    "nickname": "NICKNAME",
    "name": "PERSON",
    "birth_date": "DATE_OF_BIRTH",
    "address": "ADDRESS",
}
"""Short names of entities. Any entity's own name does as well."""


@noun
class Kind:
    """What the rules say of an entity: its normal form, whether a value of it names one person, and whether a value has its
    shape (None: every text has)."""

    form: NormalForm
    identifies: bool
    plausible: Callable[[str], bool] | None = None


@noun
class Mapped:
    """Columns by name as written: (entity, column) pairs, and the column of the bank's own customer reference, if any."""

    columns: tuple[tuple[str, str], ...]
    reference: str | None = None


@noun
class Columns:
    """The same by position: (entity, index from 0) pairs. `width` is the header's number of fields."""

    entities: tuple[tuple[str, int], ...]
    reference: int | None
    width: int


def parse(words: Iterable[str], kinds: Mapping[str, Kind]) -> Mapped:
    """The mapping that `--map` options say. InputError with every mistake. One entity may stand in several columns."""
    columns: list[tuple[str, str]] = []
    references: list[str] = []
    problems: list[Problem] = []
    for word in words:
        name, sign, column = (part.strip() for part in word.partition("="))
        if not (name and sign and column):
            cause, cure = f'"{printable(word)}" is no mapping', "write NAME=COLUMN, such as ci=연계정보"
            problems.append(Problem(file="--map", cause=cause, cure=cure))
        elif name.lower() == REFERENCE:
            references.append(column)
        elif (entity := ALIASES.get(name.lower(), name.upper())) in kinds:
            columns.append((entity, column))
        else:
            near = nearest(name, [*ALIASES, REFERENCE, *kinds])
            cure = f'did you mean "{near}"?' if near else f"one of {', '.join([REFERENCE, *ALIASES])}, or an entity that `auditor rules list` shows"  # fmt: skip
            problems.append(
                Problem(file="--map", cause=f'"{printable(name)}" is no kind of data known here', cure=cure)
            )
    if len(references) > 1:
        problems.append(Problem(file="--map", cause="there are two references", cure="map one column as reference"))
    if not columns and not problems:
        cure = "map at least one column, such as --map ci=연계정보"
        problems.append(Problem(file="--map", cause="nothing but a reference is mapped" if references else "nothing is mapped", cure=cure))  # fmt: skip
    if problems:
        raise InputError(*problems)
    return Mapped(columns=tuple(dict.fromkeys(columns)), reference=references[0] if references else None)


def resolve(mapping: Mapped, header: Sequence[str], file: str) -> Columns:
    """The columns by position. InputError with every column that is not there or there twice.

    A file without a header has a customer's data in its first line: no cell of it is repeated in a message, but those
    that hold the very words asked for.
    """
    names = [cell.strip() for cell in header]
    asked = [*mapping.columns, *([(REFERENCE, mapping.reference)] if mapping.reference is not None else [])]
    problems = []
    found: list[int] = []
    for _, column in asked:
        match names.count(column):
            case 1:
                found.append(names.index(column))
            case 0:
                problems.append(_missing(column, names, file))
            case several:
                cause = f'the header names "{printable(column)}" {several} times'
                problems.append(Problem(file=file, line=1, column=1, cause=cause, cure="rename all but one"))
    if problems:
        raise InputError(*dict.fromkeys(problems))
    entities = tuple((entity, index) for (entity, _), index in zip(mapping.columns, found, strict=False))
    return Columns(
        entities=entities, reference=found[-1] if mapping.reference is not None else None, width=len(names)
    )  # fmt: skip


def _missing(column: str, names: Sequence[str], file: str) -> Problem:
    like = " or ".join(f'"{name}"' for name in names if _alike(column, name))
    cure = f"did you mean {like}?" if like else "the first line must name the columns; write a name as it stands there"
    cause = f'none of the {len(names)} columns is named "{printable(column)}"'
    return Problem(file=file, line=1, column=1, cause=cause, cure=printable(cure))


def _alike(asked: str, name: str) -> bool:
    one, other = ("".join(c for c in text.casefold() if c.isalnum()) for text in (asked, name))
    return bool(one) and one in other
