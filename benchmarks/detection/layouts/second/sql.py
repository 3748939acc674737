"""The second set of layouts: statements, and what frameworks log of the values bound to them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier, token, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import doubled, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer, sql_literal

DB = ("snake", "upper")


def _stamp(chance: Random, mark: str = ".") -> str:
    return f"{moment(chance):%Y-%m-%d %H:%M:%S}{mark}{chance.randrange(1000):03}"


def _names(table: Sheet, form: str = "{}", joint: str = ", ") -> str:
    return joint.join(form.format(identifier(f)) for f in table.fields)


def sqlalchemy_echo(page: Page, table: Sheet, chance: Random) -> str:
    """echo=True: the statement, then in a line of its own its values: a tuple, or a dictionary by name."""
    tuples = chance.random() < 0.7
    lines = []
    for at, row in enumerate(table.rows):
        head = f"{_stamp(chance, ',')} INFO sqlalchemy.engine.Engine "
        holders = ", ".join("?" for _ in row) if tuples else _names(table, "%({})s")
        lines += [f"{head}BEGIN (implicit)", f"{head}INSERT INTO {table.name} ({_names(table)}) VALUES ({holders})"]
        given = [(n, "'" + page.put(c, n, single) + "'") for n, c in pairs(table, row, identifier)]
        values = "(" + ", ".join(v for _, v in given) + ")" if tuples else "{" + ", ".join(f"'{n}': {v}" for n, v in given) + "}"  # fmt: skip
        how = "generated in 0.00021s" if at == 0 else f"cached since {chance.random() * 9:.4g}s ago"
        lines += [f"{head}[{how}] {values}", f"{head}COMMIT"]
    return "\n".join([*lines, ""])


def django_sql(page: Page, table: Sheet, chance: Random) -> str:
    """django.db.backends at DEBUG: the statement with its values, and the values once more as args=(…)."""
    lines = []
    for row in table.rows:
        given = ", ".join(f"'{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier))
        quoted = _names(table, '"{}"')
        lines.append(f'[{_stamp(chance, ",")}] DEBUG django.db.backends: (0.00{chance.randint(1, 9)}) INSERT INTO "{table.name}" ({quoted}) VALUES ({given}) RETURNING "{table.name}"."id"; args=({given}); alias=default')  # fmt: skip
    return "\n".join([*lines, ""])


def eclipselink(page: Page, table: Sheet, chance: Random) -> str:
    """eclipselink.logging.level=FINE: the statement, then bind => […] in a line of its own."""
    lines = []
    for row in table.rows:
        holders = ", ".join("?" for _ in row)
        lines.append(f"[EL Fine]: sql: {_stamp(chance)}--ClientSession({chance.randint(10**8, 2 * 10**9)})--Connection({chance.randint(10**8, 2 * 10**9)})--INSERT INTO {table.name.upper()} ({', '.join(upper_name(f) for f in table.fields)}) VALUES ({holders})")  # fmt: skip
        lines.append("\tbind => [" + ", ".join(page.put(c, n) for n, c in pairs(table, row, upper_name)) + "]")
    return "\n".join([*lines, ""])


def ef_core(page: Page, table: Sheet, chance: Random) -> str:
    """Entity Framework Core with sensitive data logging: parameters before the statement that names their columns."""
    sizes = [chance.choice((20, 100, 4000)) for _ in table.fields]
    lines = []
    for row in table.rows:
        given = ", ".join(
            f"@p{at}='{page.put(c, n, doubled)}' (Size = {sizes[at]})"
            for at, (n, c) in enumerate(pairs(table, row, token))
        )
        lines += ["info: Microsoft.EntityFrameworkCore.Database.Command[20101]", f"      Executed DbCommand ({chance.randint(1, 40)}ms) [Parameters=[{given}], CommandType='Text', CommandTimeout='30']",
                  "      SET IMPLICIT_TRANSACTIONS OFF;", "      SET NOCOUNT ON;", f"      INSERT INTO [{table.name}] ({', '.join(f'[{token(f)}]' for f in table.fields)})", "      OUTPUT INSERTED.[Id]",
                  f"      VALUES ({', '.join(f'@p{at}' for at in range(len(row)))});"]  # fmt: skip
    return "\r\n".join([*lines, ""])


def rails_sql(page: Page, table: Sheet, chance: Random) -> str:
    """Rails' development.log: [["name", "value"], …] behind the statement, coloured or not."""
    name, verb, end = ("\x1b[1m\x1b[36m", "\x1b[1m\x1b[32m", "\x1b[0m") if chance.random() < 0.5 else ("", "", "")
    lines = []
    for row in table.rows:
        holders = ", ".join(f"${at}" for at in range(1, len(row) + 1))
        given = ", ".join(f'["{n}", "{page.put(c, n, plain_json)}"]' for n, c in pairs(table, row, identifier))
        quoted = _names(table, '"{}"')
        lines += [f"  {name}TRANSACTION (0.2ms){end}  {verb}BEGIN{end}", f'  {name}Member Create (0.{chance.randint(2, 9)}ms){end}  {verb}INSERT INTO "members" ({quoted}) VALUES ({holders}) RETURNING "id"{end}  [{given}]',
                  f"  {name}TRANSACTION (1.1ms){end}  {verb}COMMIT{end}"]  # fmt: skip
    return "\n".join([*lines, ""])


def oracle_trace(page: Page, table: Sheet, chance: Random) -> str:
    """Event 10046 at level 4: the statement, then for each variable five lines, of which the last is value="…"."""
    names = [upper_name(f) for f in table.fields]
    lines = ["Oracle Database 19c Enterprise Edition Release 19.0.0.0.0 - Production", "*** SESSION ID:(143.20117) 2025-03-31T18:02:11.123456+09:00", ""]  # fmt: skip
    for row in table.rows:
        cursor, address = f"#1402{chance.randint(10**10, 10**11 - 1)}", chance.randbytes(4).hex()
        statement = f"INSERT INTO {table.name.upper()} ({', '.join(names)}) VALUES ({', '.join(f':{at}' for at in range(1, len(row) + 1))})"  # fmt: skip
        lines += ["=====================", f"PARSING IN CURSOR {cursor} len={len(statement)} dep=0 uid=104 oct=2 lid=104 tim={chance.randint(10**9, 10**10)} hv={chance.randint(10**8, 10**9)} ad='7f{address}' sqlid='{chance.randbytes(6).hex()}'", statement, "END OF STMT", f"PARSE {cursor}:c=0,e=211,p=0,cr=0,cu=0,mis=1,r=0,dep=0,og=1,plh=0,tim={chance.randint(10**9, 10**10)}", f"BINDS {cursor}:"]  # fmt: skip
        sizes = [next(most for most in (32, 128, 2000) if len(c.text.encode()) <= most) for c in row]
        for at, (n, c) in enumerate(pairs(table, row, upper_name)):
            most, length = sizes[at], len(c.text.encode())
            lines += [f" Bind#{at}", f"  oacdty=01 mxl={most}({length:02}) mxlc=00 mal=00 scl=00 pre=00", f"  oacflg=03 fl2=1000010 frm=01 csi=873 siz={0 if at else sum(sizes)} off={sum(sizes[:at])}", f"  kxsbbbfp=7f{address}{at:02x}  bln={most}  avl={length:02}  flg={'01' if at else '05'}", f'  value="{page.put(c, n)}"']  # fmt: skip
        lines.append(f"EXEC {cursor}:c=312,e=340,p=0,cr=1,cu=5,mis=0,r=1,dep=0,og=1,plh=0,tim={chance.randint(10**9, 10**10)}")  # fmt: skip
    return "\n".join([*lines, ""])


def beego_orm(page: Page, table: Sheet, chance: Random) -> str:
    """Beego's orm.Debug: the statement in brackets, then every value between backticks."""
    lines = []
    for row in table.rows:
        given = ", ".join(f"`{page.put(c, n)}`" for n, c in pairs(table, row, identifier))
        lines.append(f"[ORM]{moment(chance):%Y/%m/%d %H:%M:%S}  -[Queries/default] - [  OK /     db.Exec /     {chance.randint(1, 9)}.{chance.randint(0, 9)}ms] - [INSERT INTO `{table.name}` ({_names(table, '`{}`')}) VALUES ({', '.join('?' for _ in row)})] - {given}")  # fmt: skip
    return "\n".join([*lines, ""])


def knex_debug(page: Page, table: Sheet, chance: Random) -> str:
    """Knex with debug: an object whose bindings stand before the statement."""
    lines = []
    for row in table.rows:
        given = ",\n".join(f"    '{page.put(c, n, single)}'" for n, c in pairs(table, row, identifier))
        holders = ", ".join("?" for _ in row)
        lines.append(f"{{\n  method: 'insert',\n  options: {{}},\n  timeout: false,\n  cancelOnTimeout: false,\n  bindings: [\n{given}\n  ],\n  __knexQueryUid: '{''.join(chance.choices('abcdefghijkmnpqrstuvwxyz0123456789', k=21))}',\n  sql: 'insert into `{table.name}` ({_names(table, '`{}`')}) values ({holders})'\n}}")  # fmt: skip
    return "\n".join([*lines, ""])


def sp_executesql(page: Page, table: Sheet, chance: Random) -> str:
    """SQL Server's profiler, of Entity Framework 6: names in the statement, values behind its numbered parameters."""
    names = ", ".join(f"[{token(f)}]" for f in table.fields)
    kinds = ",".join(f"@{at} nvarchar({chance.choice((100, 200, 4000))})" for at in range(len(table.fields)))
    lines = []
    for row in table.rows:
        numbers = range(len(row))
        given = ",".join(f"@{at}=N'{page.put(c, n, doubled)}'" for at, (n, c) in enumerate(pairs(table, row, token)))
        lines += [f"exec sp_executesql N'INSERT [dbo].[{table.name}]({names})", f"VALUES ({', '.join(f'@{at}' for at in numbers)})", f"',N'{kinds}',{given}", "go"]  # fmt: skip
    return "\r\n".join([*lines, ""])


def usermeta(page: Page, table: Sheet, chance: Random) -> str:
    """WordPress in a dump: for every attribute a row, of which the third value names the fourth."""
    lines = ["-- MySQL dump 10.19  Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)", "CREATE TABLE `wp_usermeta` (", "  `umeta_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,", "  `user_id` bigint(20) unsigned NOT NULL DEFAULT 0,", "  `meta_key` varchar(255) DEFAULT NULL,",
             "  `meta_value` longtext DEFAULT NULL,", "  PRIMARY KEY (`umeta_id`)", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;"]  # fmt: skip
    rows: list[str] = []
    for user, row in enumerate(table.rows, 12):
        for n, c in pairs(table, row, identifier):
            rows.append(f"({len(rows) + 201},{user},'{n}','{page.put(c, n, sql_literal)}')")
        rows.append(f"({len(rows) + 201},{user},'wp_user_level','0')")
    joint = chance.choice((",", ",\n"))
    return "\n".join([*lines, f"INSERT INTO `wp_usermeta` VALUES {joint.join(rows)};", ""])


def liquibase(page: Page, table: Sheet, chance: Random) -> str:
    """A change set: a column an element, its name and its value as attributes or the value as text."""
    inside = chance.random() < 0.3
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">', f'  <changeSet id="{datetime(2025, 3, 31):%Y%m%d}-1" author="dev" context="test">']  # fmt: skip
    for row in table.rows:
        lines.append(f'    <insert tableName="{attribute_text(table.name)}">')
        lines += [f'      <column name="{n}">{page.put(c, n, xml_escape)}</column>' if inside else f'      <column name="{n}" value="{page.put(c, n, attribute_text)}"/>' for n, c in pairs(table, row, identifier)]  # fmt: skip
        lines.append("    </insert>")
    return "\n".join([*lines, "  </changeSet>", "</databaseChangeLog>", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "sqlalchemy echo": (sqlalchemy_echo, "log", ("snake",)), "django sql": (django_sql, "log", ("snake",)), "eclipselink bind": (eclipselink, "log", ("upper",)),
    "ef core command": (ef_core, "log", ("pascal",)), "rails sql": (rails_sql, "log", ("snake",)), "oracle trace": (oracle_trace, "trc", ("upper",)), "beego orm": (beego_orm, "log", ("snake",)),
    "knex debug": (knex_debug, "log", ("snake", "camel")), "sp_executesql": (sp_executesql, "sql", ("pascal", "snake")),
    "wordpress usermeta": (usermeta, "sql", ("snake",)), "liquibase": (liquibase, "xml", DB),
}  # fmt: skip
