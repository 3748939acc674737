"""Tables of customers, and the files a table is written to: each writer takes one and gives a page's text."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.detection import columns, fresh
from benchmarks.detection.headers import header, style_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.people import ATTRIBUTES, COMMON, Writing

TOLD = {
    "KR_DI",
    "KR_RRN",
    "KR_FRN",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "CRYPTO",
    "TH_TNIN",
    "CN_RESIDENT_ID",
    "IBAN_CODE",
}
"""What a column without a name can be told by; the rest needs a name, and counts neither way there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Field names and rows of cells; every row has as many cells as there are names."""

    country: str
    name: str
    fields: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Writer = Callable[[Page, Sheet, Random], str]
TABLES = (
    "member",
    "tb_user",
    "cust_info",
    "nft_holder",
    "event_apply",
    "tmp_backup_2025",
    "mbr_mst",
    "order_receiver",
    "users_old",
    "회원목록",
)


def sheet(
    chance: Random, country: str, *, rows: int, unicode: bool, style: str, nameless: bool = False, judging: bool = False
) -> Sheet:
    """A table with some of a country's attributes, and decoy columns among them."""
    writing = Writing(chance, country, unicode=unicode)
    pool = [*ATTRIBUTES[country], *COMMON[country]]
    chosen = list(dict.fromkeys(chance.sample(pool, chance.randint(3, 8))))
    makers: list[tuple[str, Callable[[dict[str, Cell]], Cell]]] = [
        (header(chance, a, country, style, judging=judging), _taker(a)) for a in chosen
    ]
    for _ in range(chance.randint(1, 5)):
        name, make = columns.decoy(chance, style, nameless=nameless)
        makers.append((name, _ignoring(make)))
    if judging and not nameless and chance.random() < fresh.DECOY_RATE:
        name, make = columns.look_alike(chance, country, style)
        makers.append((name, _ignoring(make)))
    if not nameless and chance.random() < 0.35:
        for kind in chance.choice((("salt", "pbkdf2 hash"), ("bcrypt",))):
            name, make = columns.secret(chance, style, kind)
            makers.append((name, _ignoring(make)))
    if country == "kr" and not nameless and chance.random() < 0.15:
        makers.append(_protected_ci(chance, style))
    chance.shuffle(makers)
    unique = {name: make for name, make in makers}  # noqa: C416 - the last of two columns of one name wins
    people = [writing.person() for _ in range(rows)]
    return Sheet(
        country=country, name=chance.choice([t for t in TABLES if t.isascii() or unicode]), fields=tuple(unique),
        rows=tuple(tuple(make(person) for make in unique.values()) for person in people),
    )  # fmt: skip


def _taker(attribute: str) -> Callable[[dict[str, Cell]], Cell]:
    return lambda person: person[attribute]


def _ignoring(make: Callable[[], Cell]) -> Callable[[dict[str, Cell]], Cell]:
    return lambda _person: make()


def _delimited(
    page: Page,
    table: Sheet,
    delimiter: str,
    *,
    names: bool = True,
    quote: int = csv.QUOTE_MINIMAL,
    line_end: str = "\r\n",
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quote, lineterminator=line_end)  # type: ignore[arg-type]
    if names:
        writer.writerow(table.fields)
    for row in table.rows:
        writer.writerow([page.put(c, f if names else "") for f, c in zip(table.fields, row, strict=True)])
    return out.getvalue()


def csv_comma(page: Page, table: Sheet, chance: Random) -> str:
    """Comma separated, quoted where needed or everywhere."""
    return _delimited(
        page,
        table,
        ",",
        quote=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        line_end=chance.choice(("\n", "\r\n")),
    )


def csv_semicolon(page: Page, table: Sheet, chance: Random) -> str:
    """Semicolons, as some spreadsheets write."""
    return _delimited(page, table, ";")


def csv_pipe(page: Page, table: Sheet, chance: Random) -> str:
    """Pipes, as batch files between companies."""
    return _delimited(page, table, "|", line_end="\n")


def tsv(page: Page, table: Sheet, chance: Random) -> str:
    """Tabs."""
    return _delimited(page, table, "\t", line_end="\n")


def csv_titled(page: Page, table: Sheet, chance: Random) -> str:
    """A spreadsheet's export: a title and an empty line before the header."""
    title = {"kr": "회원 목록 (2025년 3월 추출)", "th": "รายชื่อลูกค้า", "cn": "客户名单"}[table.country]
    return f"{title}\r\n\r\n" + _delimited(page, table, ",")


def headerless(page: Page, table: Sheet, chance: Random) -> str:
    """No names at all."""
    return _delimited(page, table, chance.choice((",", "\t", "|")), names=False, line_end="\n")


def without_names(table: Sheet, *, cells: bool) -> Sheet:
    """The same table, in which only what its values alone can tell is required: as columns, or (`cells`) each by itself."""
    held = {c.entity for c in table.rows[0]}
    ci_told = bool(held & {"KR_DI", "PHONE_NUMBER", "CRYPTO", "KR_RRN"})
    rows = tuple(
        tuple(c if not c.entity or _told(c, ci_told, cells) else replace(c, required=False) for c in row)
        for row in table.rows
    )
    return Sheet(country=table.country, name=table.name, fields=table.fields, rows=rows)


def _told(cell: Cell, ci_told: bool, alone: bool) -> bool:
    """Whether such values can only be this entity, as a column or `alone`."""
    if any(
        form in cell.form
        for form in ("dropped-zero", "unpadded", "url-safe", "landline", "spaces", "post-2020 none", "15 digits")
    ):
        return False
    if alone and not _shows_alone(cell):
        return False
    return ci_told and not alone if cell.entity == "KR_CI" else cell.entity in TOLD


def _shows_alone(cell: Cell) -> bool:
    """Whether one value says what it is, without a neighbour in its column: not bare digits, not a number without a checksum."""
    if cell.entity in ("KR_RRN", "KR_FRN"):
        return cell.form.startswith("legacy") and not cell.form.endswith(("none", "space"))
    bare = cell.form.endswith("none") and not cell.form.startswith("kr")
    return not (bare and cell.entity in ("PHONE_NUMBER", "TH_TNIN", "CREDIT_CARD"))


def _protected_ci(chance: Random, style: str) -> tuple[str, Callable[[dict[str, Cell]], Cell]]:
    """A CI kept as a hash, or encrypted: the entity, and not in clear."""
    form = chance.choice(("SHA-256 hex", "AES-CBC with IV"))
    name = style_name(
        chance.choice(("ci hash", "hashed ci") if form.startswith("SHA") else ("enc ci", "ci enc")), style
    )

    def make(_person: dict[str, Cell]) -> Cell:
        text = (
            chance.randbytes(32).hex() if form.startswith("SHA") else base64.b64encode(chance.randbytes(112)).decode()
        )
        return Cell(text=text, entity="KR_CI", form=form, protected=True)

    return name, make


def sql_literal(text: str) -> str:
    """As MySQL writes a string, without its quotes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def mysqldump(page: Page, table: Sheet, chance: Random) -> str:
    """CREATE TABLE, then INSERT lists without column names, as mysqldump does."""
    lines = [
        "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)",
        "/*!40101 SET NAMES utf8mb4 */;",
        f"DROP TABLE IF EXISTS `{table.name}`;",
        f"CREATE TABLE `{table.name}` (",
    ]
    lines += [f"  `{field}` varchar({chance.choice((20, 64, 88, 100, 255))}) DEFAULT NULL," for field in table.fields]
    lines += [
        f"  KEY `idx_{table.name}` (`{table.fields[0]}`)",
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;",
        f"LOCK TABLES `{table.name}` WRITE;",
    ]
    tuples = [
        "(" + ",".join("'" + page.put(c, f, sql_literal) + "'" for f, c in zip(table.fields, row, strict=True)) + ")"
        for row in table.rows
    ]
    size = chance.choice((1, 8, 1000))
    lines += [
        f"INSERT INTO `{table.name}` VALUES {','.join(tuples[i : i + size])};" for i in range(0, len(tuples), size)
    ]
    return "\n".join([*lines, "UNLOCK TABLES;", ""])


def pg_copy(page: Page, table: Sheet, chance: Random) -> str:
    """pg_dump's COPY block."""
    names = ", ".join(f'"{f}"' for f in table.fields)
    lines = [
        "--",
        "-- PostgreSQL database dump",
        "--",
        "SET client_encoding = 'UTF8';",
        f'COPY public."{table.name}" ({names}) FROM stdin;',
    ]
    lines += [
        "\t".join(page.put(c, f, lambda t: t.replace("\\", "\\\\")) for f, c in zip(table.fields, row, strict=True))
        for row in table.rows
    ]
    return "\n".join([*lines, "\\.", "", "--", "-- PostgreSQL database dump complete", "--", ""])


def pg_inserts(page: Page, table: Sheet, chance: Random) -> str:
    """pg_dump --column-inserts, or statements a developer's tool exported."""
    names = ", ".join(table.fields if all(f.isidentifier() for f in table.fields) else [f'"{f}"' for f in table.fields])
    return "".join(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join(chr(39) + page.put(c, f, lambda t: t.replace(chr(39), chr(39) * 2)) + chr(39) for f, c in zip(table.fields, row, strict=True))});\n'
        for row in table.rows
    )


WRITERS: dict[str, Writer] = {
    "csv": csv_comma,
    "csv semicolon": csv_semicolon,
    "csv pipe": csv_pipe,
    "tsv": tsv,
    "csv with title": csv_titled,
    "mysqldump": mysqldump,
    "pg_dump copy": pg_copy,
    "sql inserts": pg_inserts,
}
SUFFIXES = {
    "csv": "csv",
    "csv semicolon": "csv",
    "csv pipe": "txt",
    "tsv": "tsv",
    "csv with title": "csv",
    "mysqldump": "sql",
    "pg_dump copy": "sql",
    "sql inserts": "sql",
}
