"""Layouts nobody had seen when the rules were written: what databases' tools print and write, of tables, keys and documents."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, json_object, json_text, token, upper_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import doubled, grid, padded, pairs, sql_values, width
from benchmarks.detection.tables import Sheet, Writer

DB = ("snake", "upper")


def sqlplus(page: Page, table: Sheet, chance: Random) -> str:
    """SQL*Plus's spool: headings and dashes every page, blanks between columns."""
    names, texts, widths = grid(page, table, upper_name)
    widths = [max(w, chance.choice((10, 20, 40))) for w in widths]
    size = chance.choice((11, 50))
    lines = [f"SQL> select {', '.join(names).lower()} from {table.name};"]
    for at in range(0, len(texts), size):
        lines += ["", " ".join(map(padded, names, widths)), " ".join("-" * w for w in widths)]
        lines += [" ".join(map(padded, row, widths)).rstrip() for row in texts[at : at + size]]
    return "\n".join([*lines, "", f"{len(texts)} rows selected.", "", "SQL> spool off", ""])


def psql_aligned(page: Page, table: Sheet, chance: Random) -> str:
    """psql: headings in the middle, one blank around each value."""
    names, texts, widths = grid(page, table, token)
    middle = [
        " " * ((w - width(n)) // 2) + n + " " * (w - width(n) - (w - width(n)) // 2)
        for n, w in zip(names, widths, strict=True)
    ]
    lines = [
        f"member=> select * from {table.name};",
        " " + " | ".join(middle) + " ",
        "+".join("-" * (w + 2) for w in widths),
    ]
    lines += [(" " + " | ".join(map(padded, row, widths))).rstrip() for row in texts]
    return "\n".join([*lines, f"({len(texts)} rows)", "", ""])


def psql_expanded(page: Page, table: Sheet, chance: Random) -> str:
    r"""psql with \x: a record a block."""
    names, texts, _ = grid(page, table, token)
    left, right = max(map(width, names)), max(width(t) for row in texts for t in row)
    lines = ["Expanded display is on."]
    for number, row in enumerate(texts, 1):
        title = f"-[ RECORD {number} ]"
        lines.append(title + "-" * (left + 1 - len(title)) + "+" + "-" * (right + 1))
        lines += [f"{padded(n, left)} | {t}" for n, t in zip(names, row, strict=True)]
    return "\n".join([*lines, "", ""])


def mysql_vertical(page: Page, table: Sheet, chance: Random) -> str:
    r"""mysql with \G: names right-justified, a row a block."""
    left = max(width(token(f)) for f in table.fields)
    lines = [f"mysql> SELECT * FROM {table.name}\\G"]
    for number, row in enumerate(table.rows, 1):
        lines.append(f"{'*' * 27} {number}. row {'*' * 27}")
        lines += [" " * (left - width(n)) + f"{n}: {page.put(c, n)}" for n, c in pairs(table, row, token)]
    return "\n".join([*lines, f"{len(table.rows)} rows in set (0.01 sec)", ""])


def mysql_box(page: Page, table: Sheet, chance: Random) -> str:
    """mysql's table of +---+ and bars."""
    names, texts, widths = grid(page, table, token)
    bar = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    lines = [f"mysql> select * from {table.name} limit {len(texts)};", bar]
    lines += ["| " + " | ".join(map(padded, row, widths)) + " |" for row in (names, *texts)]
    return "\n".join([*lines[:3], bar, *lines[3:], bar, f"{len(texts)} rows in set (0.00 sec)", ""])


def spark_show(page: Page, table: Sheet, chance: Random) -> str:
    """Spark's df.show(truncate=False): the same without blanks, counted in characters."""
    names, texts, _ = grid(page, table, token)
    widths = [max(len(row[i]) for row in (names, *texts)) for i in range(len(names))]
    bar = "+" + "+".join("-" * w for w in widths) + "+"
    lines = ["|" + "|".join(t.ljust(w) for t, w in zip(row, widths, strict=True)) + "|" for row in (names, *texts)]
    return "\n".join([bar, lines[0], bar, *lines[1:], bar, f"only showing top {len(texts)} rows", ""])


def sqlcmd(page: Page, table: Sheet, chance: Random) -> str:
    """SQL Server's sqlcmd: columns as wide as declared, one blank between."""
    names, texts, widths = grid(page, table, token)
    widths = [max(w, chance.choice((10, 20, 50))) for w in widths]
    lines = [" ".join(map(padded, names, widths)), " ".join("-" * w for w in widths)]
    return (
        "\r\n".join([*lines, *(" ".join(map(padded, row, widths)) for row in texts)])
        + f"\r\n\r\n({len(texts)} rows affected)\r\n"
    )


def sqlite_dump(page: Page, table: Sheet, chance: Random) -> str:
    """Sqlite3's .dump: INSERTs without names after the CREATE TABLE."""
    made = ", ".join(f"{n} TEXT" for n in map(identifier, table.fields))
    lines = ["PRAGMA foreign_keys=OFF;", "BEGIN TRANSACTION;", f"CREATE TABLE {table.name} ({made});"]
    lines += [f"INSERT INTO {table.name} VALUES({sql_values(page, table, row, ',')});" for row in table.rows]
    return "\n".join([*lines, "COMMIT;", ""])


def _h2(text: str) -> str:
    if text.isascii() and "\\" not in text:
        return f"'{doubled(text)}'"
    inner = "".join(
        "\\\\"
        if c == "\\"
        else "''"
        if c == "'"
        else c
        if c.isascii()
        else f"\\{ord(c):04x}"
        if ord(c) < 65536
        else f"\\+{ord(c):06x}"
        for c in text
    )
    return f"U&'{inner}'"


def h2_script(page: Page, table: Sheet, chance: Random) -> str:
    """H2's SCRIPT TO: names in the CREATE TABLE, other letters than ASCII as U&'\\ae40'."""
    made = ",\n".join(
        f'    "{n}" CHARACTER VARYING({chance.choice((64, 100, 255))})' for n in map(upper_name, table.fields)
    )
    lines = [";              ", 'CREATE USER IF NOT EXISTS "SA" SALT \'\' HASH \'\' ADMIN;            ',
             f'CREATE CACHED TABLE "PUBLIC"."MEMBER"(\n{made}\n);             ', f"-- {len(table.rows)} +/- SELECT COUNT(*) FROM PUBLIC.MEMBER;", 'INSERT INTO "PUBLIC"."MEMBER" VALUES']  # fmt: skip
    rows = ["(" + ", ".join(page.put(c, n, _h2) for n, c in pairs(table, row, upper_name)) + ")" for row in table.rows]
    return "\n".join([*lines, ",\n".join(rows) + ";  ", ""])


def sqlldr(page: Page, table: Sheet, chance: Random) -> str:
    """SQL*Loader's control file with its data: names in parentheses, BEGINDATA."""
    delimiter = chance.choice((",", "|"))
    mark = '"' if delimiter == "," else ""
    optional = " OPTIONALLY ENCLOSED BY '\"'" if mark else ""
    lines = ["LOAD DATA", "CHARACTERSET UTF8", "INFILE *", "APPEND", f"INTO TABLE {table.name.upper()}",
             f"FIELDS TERMINATED BY '{delimiter}'{optional}", "TRAILING NULLCOLS", "(", ",\n".join(f"  {n} CHAR({chance.choice((100, 255, 4000))})" for n in map(upper_name, table.fields)), ")", "BEGINDATA"]  # fmt: skip
    lines += [
        delimiter.join(f"{mark}{page.put(c, n)}{mark}" for n, c in pairs(table, row, upper_name)) for row in table.rows
    ]
    return "\n".join([*lines, ""])


def binlog(page: Page, table: Sheet, chance: Random) -> str:
    """Mysqlbinlog -v: columns by number, no names."""
    lines = []
    for row in table.rows:
        lines += [f"#{moment(chance):%y%m%d %H:%M:%S} server id 1  end_log_pos {chance.randint(1000, 99999)} CRC32 0x{chance.randbytes(4).hex()} \tWrite_rows: table id 108 flags: STMT_END_F", f"### INSERT INTO `member`.`{table.name}`", "### SET"]  # fmt: skip
        lines += [f"###   @{at}='{page.put(c, '', doubled)}'" for at, (_, c) in enumerate(pairs(table, row), 1)]
    return "\n".join([*lines, ""])


def hive_data(page: Page, table: Sheet, chance: Random) -> str:
    """Hive's text files: ^A between values; the names are in the metastore."""
    return "".join("\x01".join(page.put(c) for c in row) + "\n" for row in table.rows)


def hive_cli(page: Page, table: Sheet, chance: Random) -> str:
    """Hive -e with hive.cli.print.header: the table before every name."""
    lines = ["\t".join(f"{table.name}.{token(f)}" for f in table.fields)]
    lines += ["\t".join(page.put(c, n) for n, c in pairs(table, row, token)) for row in table.rows]
    return "\n".join([*lines, ""])


def long_delimiter(page: Page, table: Sheet, chance: Random) -> str:
    """Batch files between companies, with a delimiter nobody types: || or |^| or @| or ^|^."""
    delimiter = chance.choice(("||", "|^|", "@|", "^|^", "!@#", "~|~"))
    lines = [delimiter.join(table.fields)]
    lines += [delimiter.join(page.put(c, n) for n, c in pairs(table, row)) for row in table.rows]
    return "\n".join([*lines, ""])


def _bytes(text: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\{chr(b)}" if chr(b) in '"\\' else f"\\x{b:02x}" for b in text.encode())  # fmt: skip


def redis_monitor(page: Page, table: Sheet, chance: Random) -> str:
    r"""MONITOR: words in quotes, bytes beyond ASCII as \xea."""
    lines = ["OK"]
    for number, row in enumerate(table.rows, 1000):
        words = " ".join(f'"{_bytes(n)}" "{page.put(c, n, _bytes)}"' for n, c in pairs(table, row, token))
        lines.append(
            f'{int(moment(chance).timestamp())}.{chance.randrange(10**6):06} [0 10.0.3.{chance.randint(2, 250)}:{chance.randint(30000, 60000)}] "HSET" "member:{number}" {words}'
        )
    return "\n".join([*lines, ""])


def redis_hgetall(page: Page, table: Sheet, chance: Random, *, raw: bool) -> str:
    """redis-cli's HGETALL on a terminal: numbered lines, name and value in turn."""
    lines = []
    for number, row in enumerate(table.rows, 1000):
        lines.append(f"127.0.0.1:6379> HGETALL member:{number}")
        at = 1
        for n, c in pairs(table, row, token):
            escape: Callable[[str], str] = _bytes if not raw else str
            lines += [f'{at:>2}) "{escape(n)}"', f'{at + 1:>2}) "{page.put(c, n, escape)}"']
            at += 2
    return "\n".join([*lines, ""])


def redis_aof(page: Page, table: Sheet, chance: Random) -> str:
    """appendonly.aof: every word behind its length in bytes."""
    words: list[str] = []
    for number, row in enumerate(table.rows, 1000):
        given = ["HSET", f"member:{number}"]
        for n, c in pairs(table, row, token):
            given += [n, page.put(c, n)]
        words += [f"*{len(given)}", *(f"${len(word.encode())}\r\n{word}" for word in given)]
    return "\r\n".join([*words, ""])


def mongo_shell(page: Page, table: Sheet, chance: Random) -> str:
    """The shell's find(): ObjectId, ISODate; the old one quotes names, the new one does not."""
    old = chance.random() < 0.5
    write = json_text(Random(0))
    lines = []
    for row in table.rows:
        if old:
            inner = ", ".join(f'"{n}" : "{page.put(c, n, write)}"' for n, c in pairs(table, row))
            lines.append(
                f'{{ "_id" : ObjectId("{chance.randbytes(12).hex()}"), {inner}, "regDate" : ISODate("{moment(chance):%Y-%m-%dT%H:%M:%S}.000Z") }}'
            )
        else:
            parts = [f"    {n if n.isidentifier() else repr(n)}: '{page.put(c, n)}'" for n, c in pairs(table, row)]
            lines.append("  {\n" + ",\n".join([f"    _id: ObjectId('{chance.randbytes(12).hex()}')", *parts]) + "\n  }")
    return "\n".join([f"> db.{table.name}.find()", *lines, ""]) if old else "member> db.members.find()\n[\n" + ",\n".join(lines) + "\n]\n"  # fmt: skip


def _typed(page: Page, table: Sheet, row: tuple[Cell, ...], kind: str, write: Callable[[str], str]) -> str:
    return ", ".join(f'"{n}": {{"{kind}": "{page.put(c, n, write)}"}}' for n, c in pairs(table, row))


def dynamodb(page: Page, table: Sheet, chance: Random) -> str:
    """AWS's scan: {"S": …} around every value."""
    write = json_text(chance)
    items = ",\n".join("        {" + _typed(page, table, row, "S", write) + "}" for row in table.rows)
    return f'{{\n    "Items": [\n{items}\n    ],\n    "Count": {len(table.rows)},\n    "ScannedCount": {len(table.rows)},\n    "ConsumedCapacity": null\n}}\n'


def firestore(page: Page, table: Sheet, chance: Random) -> str:
    """Firestore's REST answer: stringValue around every value, a line each."""
    write = json_text(chance)
    documents = []
    for row in table.rows:
        fields = ",\n".join(
            f'        "{n}": {{\n          "stringValue": "{page.put(c, n, write)}"\n        }}'
            for n, c in pairs(table, row)
        )
        documents.append(
            f'    {{\n      "name": "projects/app-prod/databases/(default)/documents/users/{chance.randbytes(10).hex()}",\n      "fields": {{\n{fields}\n      }}\n    }}'
        )
    return '{\n  "documents": [\n' + ",\n".join(documents) + "\n  ]\n}\n"


def avro_json(page: Page, table: Sheet, chance: Random) -> str:
    """Avro's JSON of optional fields: {"string": …}, an object a line."""
    write = json_text(chance)
    return "".join("{" + _typed(page, table, row, "string", write) + "}\n" for row in table.rows)


def elastic_bulk(page: Page, table: Sheet, chance: Random) -> str:
    """Elasticsearch's _bulk: an action, then a document."""
    write = json_text(chance)
    return "".join(
        f'{{"index":{{"_index":"member-v2","_id":"{number}"}}}}\n{json_object(page, table.fields, row, write)}\n'
        for number, row in enumerate(table.rows, 1)
    )


def elastic_search(page: Page, table: Sheet, chance: Random) -> str:
    """Elasticsearch's _search with highlighting off, pretty."""
    write = json_text(chance)
    hits = []
    for number, row in enumerate(table.rows, 1):
        source = ",\n".join(f'          "{n}" : "{page.put(c, n, write)}"' for n, c in pairs(table, row))
        hits.append(f'      {{\n        "_index" : "member-v2",\n        "_id" : "{number}",\n        "_score" : 1.0,\n        "_source" : {{\n{source}\n        }}\n      }}')  # fmt: skip
    return f'{{\n  "took" : {chance.randint(1, 90)},\n  "timed_out" : false,\n  "hits" : {{\n    "total" : {{\n      "value" : {len(hits)},\n      "relation" : "eq"\n    }},\n    "hits" : [\n' + ",\n".join(hits) + "\n    ]\n  }\n}\n"  # fmt: skip


def cypher(page: Page, table: Sheet, chance: Random) -> str:
    """Neo4j: nodes with properties."""
    return "".join(
        f"CREATE (:Member:`{table.name}` {{"
        + ", ".join(f"{n}: {json.dumps(page.put(c, n), ensure_ascii=False)}" for n, c in pairs(table, row, identifier))
        + "});\n"
        for row in table.rows
    )


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "sqlplus spool": (sqlplus, "lst", DB), "psql aligned": (psql_aligned, "txt", ("snake", "local")), "psql expanded": (psql_expanded, "txt", ("snake", "local")),
    "mysql vertical": (mysql_vertical, "txt", ("snake", "camel", "local")), "mysql box": (mysql_box, "txt", ("snake", "camel", "local")),
    "spark show": (spark_show, "log", ("snake", "camel")), "sqlcmd": (sqlcmd, "rpt", ("snake", "pascal", "local")), "sqlite dump": (sqlite_dump, "sql", ("snake", "camel")),
    "h2 script": (h2_script, "sql", ("upper",)), "sqlldr": (sqlldr, "ctl", ("upper",)), "mysqlbinlog": (binlog, "txt", ("snake",)),
    "redis monitor": (redis_monitor, "log", ("snake", "camel")), "redis hgetall": (partial(redis_hgetall, raw=False), "txt", ("snake", "camel")),
    "redis hgetall raw": (partial(redis_hgetall, raw=True), "txt", ("snake", "camel")), "redis aof": (redis_aof, "aof", ("snake", "camel")),
    "mongo shell": (mongo_shell, "txt", ("snake", "camel")), "dynamodb": (dynamodb, "json", ("snake", "camel", "pascal")), "firestore": (firestore, "json", ("camel", "snake")),
    "avro json": (avro_json, "json", ("snake", "camel")), "elastic bulk": (elastic_bulk, "ndjson", ("snake", "camel")),
    "elastic search": (elastic_search, "json", ("snake", "camel")), "hive data": (hive_data, "dat", ("snake",)), "hive cli": (hive_cli, "tsv", ("snake",)),
    "long delimiter": (long_delimiter, "txt", ("snake", "upper", "local")), "cypher": (cypher, "cypher", ("camel", "snake")),
}  # fmt: skip
