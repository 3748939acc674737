"""The third set of layouts: statements, what drivers log of them, what databases' clients show."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from itertools import zip_longest
from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import doubled, grid, padded, pairs, plain_json, sql_values, width
from benchmarks.detection.tables import Sheet, Writer

DB = ("snake", "upper")
PEOPLE = ("local", "space")


def _names(table: Sheet, form: str = "{}", joint: str = ", ") -> str:
    return joint.join(form.format(identifier(f)) for f in table.fields)


def typeorm(page: Page, table: Sheet, chance: Random) -> str:
    """TypeORM with logging: a key that is DEFAULT in the statement, so a value fewer than names behind -- PARAMETERS."""
    mysql = chance.random() < 0.5
    mark = "`" if mysql else '"'
    key = next(n for n in ("id", "pk", "member_pk") if n not in map(identifier, table.fields))
    lines = []
    for row in table.rows:
        holders = ", ".join("?" if mysql else f"${at}" for at in range(1, len(row) + 1))
        given = ",".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier))
        back = "" if mysql else f" RETURNING {mark}{key}{mark}"
        lines += ["query: START TRANSACTION", f"query: INSERT INTO {mark}{table.name}{mark}({mark}{key}{mark}, {_names(table, mark + '{}' + mark)}) VALUES (DEFAULT, {holders}){back} -- PARAMETERS: [{given}]", "query: COMMIT"]  # fmt: skip
    return "\n".join([*lines, ""])


def laravel_exception(page: Page, table: Sheet, chance: Random) -> str:
    """Laravel up to 9: what it tells of a failed statement, its values put in without any quotes."""
    lines = []
    for number, row in enumerate(table.rows, 1001):
        given = ", ".join(page.put(c, n) for n, c in pairs(table, row, identifier))
        lines += [f"[{moment(chance):%Y-%m-%d %H:%M:%S}] production.ERROR: SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '{number}' for key 'PRIMARY' (SQL: insert into `{table.name}` ({_names(table, '`{}`')}) values ({given})) {{\"exception\":\"[object] (Illuminate\\\\Database\\\\QueryException(code: 23000): SQLSTATE[23000] at /var/www/app/vendor/laravel/framework/src/Illuminate/Database/Connection.php:712)",
                  "[stacktrace]", "#0 /var/www/app/vendor/laravel/framework/src/Illuminate/Database/Connection.php(672): Illuminate\\Database\\Connection->runQueryCallback()", "#1 {main}", '"} ']  # fmt: skip
    return "\n".join([*lines, ""])


def _folded(widths: list[int], most: int) -> list[list[int]]:
    """Columns side by side as far as they fit into a line."""
    groups: list[list[int]] = [[]]
    for at, columns in enumerate(widths):
        if groups[-1] and sum(widths[i] + 1 for i in groups[-1]) + columns > most:
            groups.append([])
        groups[-1].append(at)
    return groups


def sqlplus_folded(page: Page, table: Sheet, chance: Random) -> str:
    """SQL*Plus when a row is longer than LINESIZE: headings in several lines, and as many lines a record."""
    names, texts, widths = grid(page, table, upper_name)
    widths = [max(w, chance.choice((10, 20, 50))) for w in widths]
    groups = _folded(widths, 160)
    lines = ["SQL> set linesize 160", f"SQL> select * from {table.name};"]
    for at in range(0, len(texts), 5):
        lines.append("")
        for group in groups:
            lines += [" ".join(padded(names[i], widths[i]) for i in group).rstrip(), " ".join("-" * widths[i] for i in group)]  # fmt: skip
        for row in texts[at : at + 5]:
            lines += [" ".join(padded(row[i], widths[i]) for i in group).rstrip() for group in groups]
            lines += [""] if len(groups) > 1 else []
    return "\n".join([*lines, f"{len(texts)} rows selected.", "", "SQL> exit", ""])


def csql(page: Page, table: Sheet, chance: Random) -> str:
    """CUBRID's shell: one line of = below all names, strings in quotes."""
    names, texts, _ = grid(page, table, identifier, doubled)
    texts = [[f"'{t}'" for t in row] for row in texts]
    widths = [max(20, *(width(row[i]) for row in (names, *texts))) for i in range(len(names))]
    lines = [f"csql> select * from {table.name};", "", "=== <Result of SELECT Command in Line 1> ===", "", "  " + "  ".join(map(padded, names, widths)), "=" * (sum(widths) + 2 * len(widths))]  # fmt: skip
    lines += ["  " + "  ".join(map(padded, row, widths)) for row in texts]
    return "\n".join([*lines, "", f"{len(texts)} rows selected. (0.0{chance.randint(10000, 99999)} sec) Committed.", "", "csql> ;exit", ""])  # fmt: skip


def bind_capture(page: Page, table: Sheet, chance: Random) -> str:
    """Oracle's V$SQL_BIND_CAPTURE: a variable a line, named after its column, its value in the last."""
    longest = max(len(upper_name(f)) for f in table.fields) + 1
    head = [f"SQL_ID        CHILD_NUMBER {'NAME':<{longest}}   POSITION DATATYPE_STRING VALUE_STRING", f"------------- ------------ {'-' * longest} ---------- --------------- {'-' * 100}"]  # fmt: skip
    lines = ["SQL> select sql_id, child_number, name, position, datatype_string, value_string", "  2    from v$sql_bind_capture where sql_id in (select sql_id from tmp_sql) order by 1, 2, 4;", "", *head]  # fmt: skip
    count = 0
    for row in table.rows:
        sql = "".join(chance.choices("0123456789abcdfghjkmnpqrstuvwxyz", k=13))
        lines += [f"{sql} {0:>12} {':' + n:<{longest}} {at:>10} {'VARCHAR2(2000)':<15} {page.put(c, n)}" for at, (n, c) in enumerate(pairs(table, row, upper_name), 1)]  # fmt: skip
        count += len(row)
    return "\n".join([*lines, "", f"{count} rows selected.", ""])


def change_history(page: Page, table: Sheet, chance: Random) -> str:
    """A history table's rows: the name of the column that changed is a value, then what it was and what it became."""
    lines = []
    number = 1
    for member, (old, new) in enumerate(zip_longest(table.rows[::2], table.rows[1::2]), 1001):
        for at, field in enumerate(table.fields):
            n = upper_name(field)
            before, after = f"'{page.put(old[at], n, doubled)}'", f"'{page.put(new[at], n, doubled)}'" if new else "NULL"  # fmt: skip
            lines.append(f"INSERT INTO TB_MBR_CHG_HIST (HIST_SEQ, MBR_NO, CHG_TBL, CHG_COL, BF_VAL, AF_VAL, CHG_DTM, CHG_EMP) VALUES ({number}, {member}, '{table.name.upper()}', '{n}', {before}, {after}, '{moment(chance):%Y%m%d%H%M%S}', 'E{chance.randint(1000, 9999)}');")  # fmt: skip
            number += 1
    return "\n".join([*lines, "COMMIT;", ""])


def column_comments(page: Page, table: Sheet, chance: Random) -> str:
    """Numbered columns, explained by their comments alone: Oracle's COMMENT ON or MySQL's COMMENT."""
    codes = [f"C{at:02}" for at in range(1, len(table.fields) + 1)]
    if chance.random() < 0.5:
        lines = ["CREATE TABLE TB_EXT_DATA", "(", ",\n".join(f"    {code}  VARCHAR2({chance.choice((100, 200, 4000))})" for code in codes), ");", ""]  # fmt: skip
        lines += [f"COMMENT ON COLUMN TB_EXT_DATA.{code} IS '{doubled(f)}';" for code, f in zip(codes, table.fields, strict=True)]  # fmt: skip
        lines.append("")
    else:
        columns = ",\n".join(f"  `{code}` varchar(200) DEFAULT NULL COMMENT '{doubled(f)}'" for code, f in zip(codes, table.fields, strict=True))  # fmt: skip
        lines = ["CREATE TABLE `TB_EXT_DATA` (", columns, ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;", ""]
    for row in table.rows:
        given = ", ".join(f"'{page.put(c, n, doubled)}'" for n, c in pairs(table, row))
        lines.append(f"INSERT INTO TB_EXT_DATA ({', '.join(codes)}) VALUES ({given});")
    return "\n".join([*lines, ""])


def union_all(page: Page, table: Sheet, chance: Random) -> str:
    """Rows as SELECTs: only the first says AS what."""
    dual = chance.choice((" FROM DUAL", "", " FROM SYSIBM.SYSDUMMY1"))
    lines = [f"INSERT INTO {table.name}"]
    for number, row in enumerate(table.rows):
        if number == 0:
            given = ", ".join(f"'{page.put(c, n, doubled)}' AS {n}" for n, c in pairs(table, row, identifier))
        else:
            given = sql_values(page, table, row)
        lines.append(f"{'UNION ALL ' if number else ''}SELECT {given}{dual}")
    return "\n".join([*lines, ";", ""])


def _quoted(name: str) -> str:
    return name if name.isascii() and name.islower() else f'"{name}"'


def logical_decoding(page: Page, table: Sheet, chance: Random) -> str:
    """pg_recvlogical with test_decoding: name[type]:'value', blanks between."""
    kinds = [chance.choice(("text", "character varying", "character varying")) for _ in table.fields]
    lines = []
    for number, row in enumerate(table.rows, 1):
        given = " ".join(f"{_quoted(n)}[{kind}]:'{page.put(c, n, doubled)}'" for kind, (n, c) in zip(kinds, pairs(table, row, identifier), strict=True))  # fmt: skip
        lines += [f"BEGIN {740 + number}", f"table public.{_quoted(table.name)}: INSERT: member_no[bigint]:{number} {given}", f"COMMIT {740 + number}"]  # fmt: skip
    return "\n".join([*lines, ""])


def _binary(text: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02X}" for b in text.encode())


def hbase_scan(page: Page, table: Sheet, chance: Random) -> str:
    r"""HBase's shell: a cell a line, bytes beyond ASCII as \xEA."""
    lines = ["hbase(main):001:0> scan 'member'", "ROW                   COLUMN+CELL"]
    for number, row in enumerate(table.rows, 1001):
        stamp = int(moment(chance).timestamp() * 1000)
        lines += [f" {number:<20}  column=m:{_binary(n)}, timestamp={stamp}, value={page.put(c, n, _binary)}" for n, c in sorted(pairs(table, row, identifier), key=lambda p: p[0])]  # fmt: skip
    return "\n".join([*lines, f"{len(table.rows)} row(s)", "Took 0.0412 seconds", "hbase(main):002:0> exit", ""])


def memcached(page: Page, table: Sheet, chance: Random) -> str:
    """A telnet session: the name ends the key, the value stands in the line below its length."""
    lines = []
    for number, row in enumerate(table.rows, 1001):
        for n, c in pairs(table, row, identifier):
            key = f"member:{number}:{n}"
            lines += [f"get {key}", f"VALUE {key} 0 {len(c.text.encode())}", page.put(c, n), "END"]
    return "\r\n".join([*lines, "quit", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "typeorm query": (typeorm, "log", ("snake", "camel")), "laravel exception": (laravel_exception, "log", ("snake",)), "sqlplus folded": (sqlplus_folded, "lst", DB),
    "cubrid csql": (csql, "txt", ("snake",)), "oracle bind capture": (bind_capture, "lst", ("upper",)), "change history": (change_history, "sql", ("upper",)),
    "column comments": (column_comments, "sql", PEOPLE), "union all": (union_all, "sql", DB), "test_decoding": (logical_decoding, "txt", ("snake",)),
    "hbase scan": (hbase_scan, "txt", ("snake", "camel")), "memcached get": (memcached, "txt", ("snake", "camel")),
}  # fmt: skip
