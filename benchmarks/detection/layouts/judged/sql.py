"""The judging set of layouts: scripts, scratch files of SQL, and what databases' clients show and export."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged.parts import DB, PEOPLE, gaps, names_of, statements
from benchmarks.detection.layouts.parts import TITLES, doubled, grid, padded, pairs, sql_values, width
from benchmarks.detection.tables import Sheet, Writer


def dbeaver_text(page: Page, table: Sheet, chance: Random) -> str:
    """DBeaver's export as text: a bar behind every column, dashes and plus signs below the names."""
    table = gaps(table, chance, "")
    names, texts, widths = grid(page, table)
    lines = ["|".join(map(padded, names, widths)) + "|", "+".join("-" * w for w in widths) + "+"]
    lines += ["|".join(map(padded, row, widths)) + "|" for row in texts]
    return "\n".join([*lines, ""])


def altibase_isql(page: Page, table: Sheet, chance: Random) -> str:
    """Altibase's iSQL with SET VERTICAL ON: a name, blanks, a colon, and one line of dashes above each record."""
    table = gaps(table, chance, "")
    left = max(20, *(len(upper_name(f)) for f in table.fields))
    lines = ["iSQL(sysdba)> SET VERTICAL ON;", f"iSQL(sysdba)> SELECT * FROM {table.name.upper()} LIMIT {len(table.rows)};"]  # fmt: skip
    for row in table.rows:
        lines += ["-" * 64, *(f"{n:<{left}} : {page.put(c, n)}" for n, c in pairs(table, row, upper_name))]
    count = chance.randint(3, 9000)
    lines += ["-" * 64, f"{len(table.rows)} rows selected.", "iSQL(sysdba)> SELECT COUNT(*) FROM TB_ORDER;", "COUNT                ", f"{'COUNT':<20} : {count}", "1 row selected."]  # fmt: skip
    return "\n".join([*lines, "iSQL(sysdba)> quit", ""])


def plsql_block(page: Page, table: Sheet, chance: Random) -> str:
    """Anonymous blocks to try a procedure: variables declared with a value, or given one below BEGIN."""
    lines = ["SET SERVEROUTPUT ON", ""]
    below = chance.random() < 0.5
    left = max(len(identifier(f)) for f in table.fields) + 2
    for number, row in enumerate(table.rows, 1):
        given = [(n, page.put(c, n, doubled)) for n, c in pairs(table, row, identifier)]
        lines += [f"-- {number}", "DECLARE", "  v_rc      NUMBER := 0;", "  v_job_nm  VARCHAR2(30) := 'MBR_JOIN_TEST';"]
        if below:
            lines += [f"  v_{n:<{left}} {table.name.upper()}.{n.upper()}%TYPE;" for n, _ in given]
            lines += ["BEGIN", *(f"  v_{n} := '{text}';" for n, text in given)]
        else:
            lines += [*(f"  v_{n:<{left}} VARCHAR2({chance.choice((20, 100, 200))}) := '{text}';" for n, text in given), "BEGIN"]  # fmt: skip
        lines += [f"  PKG_MBR.JOIN({', '.join('v_' + n for n, _ in given)}, v_rc);", "  DBMS_OUTPUT.PUT_LINE('rc=' || v_rc);", "  ROLLBACK;", "END;", "/", ""]  # fmt: skip
    return "\n".join(lines)


def tsql_declare(page: Page, table: Sheet, chance: Random) -> str:
    """Management Studio's scratch file: DECLARE @name type = N'…' or SET @name = N'…', then EXEC."""
    once = chance.random() < 0.5
    names = [identifier(f) for f in table.fields]
    lines = ["USE [VendorDB]", "GO", "SET NOCOUNT ON", ""]
    if not once:
        lines += ["DECLARE " + ", ".join(f"@{n} nvarchar(200)" for n in names), "DECLARE @rc int = 0", ""]
    for row in table.rows:
        given = pairs(table, row, identifier)
        if once:
            lines += ["DECLARE @rc int", *(f"DECLARE @{n} NVARCHAR({chance.choice((50, 100, 200))}) = N'{page.put(c, n, doubled)}';" for n, c in given)]  # fmt: skip
        else:
            lines += [f"SET @{n} = N'{page.put(c, n, doubled)}'" for n, c in given]
        lines += [f"EXEC @rc = dbo.usp_MemberJoin {', '.join('@' + n for n in names)}", "SELECT @rc AS rc", *statements(chance), *(["GO", ""] if once else [""])]  # fmt: skip
    return "\r\n".join(lines)


def update_case(page: Page, table: Sheet, chance: Random) -> str:
    """Bulk updates as CodeIgniter's update_batch and Django's bulk_update send them: a column, CASE by key, the next column."""
    lines = ["-- restore from backup"]
    size = chance.choice((4, 6, 8))
    for start in range(0, len(table.rows), size):
        rows = list(enumerate(table.rows[start : start + size], 1001 + start))
        sets = []
        for at, field in enumerate(table.fields):
            n = identifier(field)
            whens = "\n".join(f"WHEN `mbr_no` = {number} THEN '{page.put(row[at], n, doubled)}'" for number, row in rows)  # fmt: skip
            sets.append(f"`{n}` = CASE \n{whens}\nELSE `{n}` END")
        lines += [f"UPDATE `{table.name}` SET " + ", ".join(sets), f"WHERE `mbr_no` IN({','.join(str(number) for number, _ in rows)});", *statements(chance)]  # fmt: skip
    return "\n".join([*lines, ""])


def scratch_queries(page: Page, table: Sheet, chance: Random) -> str:
    """A developer's query file: conditions on one customer, and lists of many."""
    lines = []
    half = len(table.rows) // 2
    for row in table.rows[:half]:
        given = pairs(table, row, identifier)
        chance.shuffle(given)
        form = chance.choice(("SELECT *\n  FROM {t} A\n WHERE {w}\n;", "select count(1) from {t} a where {w};", "DELETE FROM {t} A WHERE {w};"))  # fmt: skip
        joint = "\n   AND " if "\n" in form else " and "
        where = joint.join(f"A.{n}{' = ' if chance.random() < 0.8 else '='}'{page.put(c, n, doubled)}'" for n, c in given)  # fmt: skip
        lines += [f"-- {moment(chance):%m/%d}", form.format(t=table.name, w=where), *statements(chance), ""]
    for at, field in enumerate(table.fields):
        n = identifier(field)
        values = [f"'{page.put(row[at], n, doubled)}'" for row in table.rows[half:]]
        listed = "\n ,".join(values) if chance.random() < 0.5 else ", ".join(values)
        lines += [f"SELECT MBR_NO, GRADE_CD FROM {table.name}", f" WHERE {n} IN ({listed})", ";", ""]
    return "\n".join(lines)


def insert_not_exists(page: Page, table: Sheet, chance: Random) -> str:
    """A seed that may run twice: INSERT … SELECT '…', '…' FROM DUAL WHERE NOT EXISTS."""
    dual = chance.choice((" FROM DUAL", ""))
    lines = ["-- V12__seed_test_members.sql", ""]
    for number, row in enumerate(table.rows, 9001):
        lines += [f"INSERT INTO {table.name} (mbr_no, {names_of(table)}, reg_id)", f"SELECT {number}, {sql_values(page, table, row)}, 'SYSTEM'{dual}", f" WHERE NOT EXISTS (SELECT 1 FROM {table.name} WHERE mbr_no = {number});", *statements(chance), ""]  # fmt: skip
    return "\n".join(lines)


def mysqldump_xml(page: Page, table: Sheet, chance: Random) -> str:
    """mysqldump --xml, mysql --xml or phpMyAdmin: a row, and in it fields by name, empty ones between."""
    tag, null = chance.choice((("field", '<field name="del_dt" xsi:nil="true" />'), ("column", '<column name="del_dt">NULL</column>')))  # fmt: skip
    lines = ['<?xml version="1.0"?>', '<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">', '<database name="vendor">', f'\t<table_data name="{attribute_text(table.name)}">']  # fmt: skip
    for number, row in enumerate(table.rows, 1001):
        given = [f'\t\t<{tag} name="{attribute_text(n)}">{page.put(c, n, xml_escape)}</{tag}>' for n, c in pairs(table, row)]  # fmt: skip
        lines += ["\t<row>", f'\t\t<{tag} name="mbr_no">{number}</{tag}>', *given, "\t\t" + null, "\t</row>"]
    return "\n".join([*lines, "\t</table_data>", "</database>", "</mysqldump>", ""])


def sap_list(page: Page, table: Sheet, chance: Random) -> str:
    """SAP's list saved unconverted: date and title, a line of dashes, bars around every cell, a page every twelve."""
    table = gaps(table, chance, "")
    names, texts, widths = grid(page, table)
    widths = [w + chance.choice((0, 0, 2, 6)) for w in widths]
    bar = "-" * (sum(widths) + len(widths) + 1)
    title = TITLES[table.country][0]
    lines = []
    for at in range(0, len(texts), 12):
        lines += [f"31.03.2025{padded(' ' * 20 + title, max(40, len(bar) - 14))}{at // 12 + 1:>4}", bar, "|" + "|".join(map(padded, names, widths)) + "|", bar]  # fmt: skip
        lines += ["|" + "|".join(map(padded, row, widths)) + "|" for row in texts[at : at + 12]]
        lines += [bar, ""]
    return "\r\n".join(lines)


def talend_row(page: Page, table: Sheet, chance: Random) -> str:
    """Talend's tLogRow in a job's log: a title across the table, =---= around the names."""
    table = gaps(table, chance, "null")
    names, texts, widths = grid(page, table, identifier)
    inner = sum(widths) + len(widths) - 1
    title = "tLogRow_1"
    bar = "|=" + "+".join("-" * w for w in widths)[1:-1] + "=|"
    lines = [f"Starting job j_mbr_mig at {moment(chance):%H:%M %d/%m/%Y}.", "[statistics] connecting to socket on port 3788", "[statistics] connected", "." + "+".join("-" * w for w in widths) + "."]  # fmt: skip
    lines += ["|" + padded(" " * max(0, (inner - width(title)) // 2) + title, inner) + "|", bar, "|" + "|".join(map(padded, names, widths)) + "|", bar]  # fmt: skip
    lines += ["|" + "|".join(map(padded, row, widths)) + "|" for row in texts]
    return "\n".join([*lines, "'" + "+".join("-" * w for w in widths) + "'", "[statistics] disconnected", f"Job j_mbr_mig ended at {moment(chance):%H:%M %d/%m/%Y}. [exit code=0]", ""])  # fmt: skip


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "dbeaver text": (dbeaver_text, "txt", DB), "altibase isql": (altibase_isql, "lst", ("upper",)), "plsql block": (plsql_block, "sql", ("snake",)),
    "tsql declare": (tsql_declare, "sql", ("pascal", "snake")), "update case": (update_case, "sql", ("snake",)), "scratch queries": (scratch_queries, "sql", DB),
    "insert not exists": (insert_not_exists, "sql", DB), "mysqldump xml": (mysqldump_xml, "xml", ("snake", "camel", "upper")), "sap list": (sap_list, "txt", PEOPLE),
    "talend row": (talend_row, "log", ("snake", "camel")),
}  # fmt: skip
