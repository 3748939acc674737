"""Layouts nobody had seen when the rules were written: statements, and the logs of programs that run them."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from functools import partial
from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, token, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import doubled, grid, padded, pairs, sql_values
from benchmarks.detection.tables import Sheet, Writer

DB = ("snake", "upper")


def _names(table: Sheet, joint: str = ", ") -> str:
    return joint.join(identifier(f) for f in table.fields)


def _spring(chance: Random, level: str, logger: str) -> str:
    return f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03} {level:>5} {chance.randint(1, 30000)} --- [nio-8080-exec-{chance.randint(1, 10)}] {logger:<40} : "


def hibernate_bind(page: Page, table: Sheet, chance: Random) -> str:
    """The statement with its columns, then each bound value in a line of its own: Hibernate 5 or 6."""
    six = chance.random() < 0.5
    lines = []
    for row in table.rows:
        lines.append(
            f"{_spring(chance, 'DEBUG', 'org.hibernate.SQL')}insert into {table.name} ({_names(table)}) values ({', '.join('?' * len(row))})"
        )
        head = (
            lines[-1][:23]
            + " TRACE"
            + lines[-1][29:].partition("]")[0]
            + f"] {'org.hibernate.orm.jdbc.bind' if six else 'o.h.type.descriptor.sql.BasicBinder':<40} : "
        )
        for at, (n, c) in enumerate(pairs(table, row, identifier), 1):
            value = page.put(c, n)
            lines.append(
                head
                + (
                    f"binding parameter ({at}:VARCHAR) <- [{value}]"
                    if six
                    else f"binding parameter [{at}] as [VARCHAR] - [{value}]"
                )
            )
    return "\n".join([*lines, ""])


def mybatis_parameters(page: Page, table: Sheet, chance: Random) -> str:
    """MyBatis: ==> Preparing, ==> Parameters, <== Updates."""
    lines = []
    for row in table.rows:
        head = _spring(chance, "DEBUG", "k.c.v.m.MemberMapper.insertMember")
        lines.append(
            f"{head}==>  Preparing: INSERT INTO {table.name} ({_names(table)}) VALUES ({', '.join('?' * len(row))})"
        )
        lines.append(
            f"{head}==> Parameters: " + ", ".join(f"{page.put(c, n)}(String)" for n, c in pairs(table, row, identifier))
        )
        lines.append(f"{head}<==    Updates: 1")
    return "\n".join([*lines, ""])


def mybatis_rows(page: Page, table: Sheet, chance: Random) -> str:
    """MyBatis's StdOutImpl prints what a query answered."""
    lines = [
        "Creating a new SqlSession",
        f"==>  Preparing: SELECT {_names(table)} FROM {table.name} WHERE use_yn = ?",
        "==> Parameters: Y(String)",
        f"<==    Columns: {_names(table)}",
    ]
    lines += [
        "<==        Row: " + ", ".join(page.put(c, n) for n, c in pairs(table, row, identifier)) for row in table.rows
    ]
    return "\n".join([*lines, f"<==      Total: {len(table.rows)}", ""])


def p6spy(page: Page, table: Sheet, chance: Random) -> str:
    """spy.log: time|took|category|connection|url|prepared statement|statement with its values."""
    lines = []
    for row in table.rows:
        statement = f"insert into {table.name} ({_names(table)}) values"
        lines.append(
            f"{int(moment(chance).timestamp() * 1000)}|{chance.randint(0, 30)}|statement|connection {chance.randint(0, 20)}|url jdbc:p6spy:mysql://db01:3306/member|"
            f"{statement} ({','.join('?' * len(row))})|{statement} ({sql_values(page, table, row, ',')})"
        )
    return "\n".join([*lines, ""])


def log4jdbc_sql(page: Page, table: Sheet, chance: Random) -> str:
    """jdbc.sqltiming: the statement over several lines, and how long it took."""
    return "".join(
        f"{moment(chance):%H:%M:%S}.{chance.randrange(1000):03} INFO  jdbc.sqltiming - insert into {table.name} ({_names(table)}) \n values ({sql_values(page, table, row)}) \n {{executed in {chance.randint(1, 40)} msec}}\n"
        for row in table.rows
    )


def log4jdbc_table(page: Page, table: Sheet, chance: Random) -> str:
    """jdbc.resultsettable: what a query answered, in bars."""
    names, texts, widths = grid(page, table, identifier)
    bar = "|" + "|".join("-" * w for w in widths) + "|"
    lines = [f"{moment(chance):%H:%M:%S}.{chance.randrange(1000):03} INFO  jdbc.resultsettable - ", bar]
    lines += ["|" + "|".join(map(padded, names, widths)) + "|", bar]
    return "\n".join([*lines, *("|" + "|".join(map(padded, row, widths)) + "|" for row in texts), bar, ""])


def sql_update(page: Page, table: Sheet, chance: Random) -> str:
    """UPDATE … SET, on one line or a column a line."""
    joint = chance.choice((", ", ",\n       "))
    return "".join(
        f"UPDATE {table.name}\n   SET {joint.join(f'{n} = {chr(39)}{page.put(c, n, doubled)}{chr(39)}' for n, c in pairs(table, row, identifier))}\n WHERE mbr_seq = {number};\n"
        for number, row in enumerate(table.rows, 1)
    )


def sql_merge(page: Page, table: Sheet, chance: Random) -> str:
    """Oracle's MERGE: values first, AS name behind each."""
    statements = []
    for row in table.rows:
        chosen = ", ".join(f"'{page.put(c, n, doubled)}' AS {n}" for n, c in pairs(table, row, upper_name))
        names = [upper_name(f) for f in table.fields]
        statements.append(
            f"MERGE INTO {table.name.upper()} D\nUSING (SELECT {chosen} FROM DUAL) S\n   ON (D.{names[0]} = S.{names[0]})\n WHEN NOT MATCHED THEN\n"
            f"      INSERT ({', '.join('D.' + n for n in names)})\n      VALUES ({', '.join('S.' + n for n in names)});\n"
        )
    return "\n".join([*statements, "COMMIT;", ""])


def sql_insert_all(page: Page, table: Sheet, chance: Random) -> str:
    """Oracle's INSERT ALL."""
    lines = [f"  INTO {table.name} ({_names(table)}) VALUES ({sql_values(page, table, row)})" for row in table.rows]
    return "\n".join(["INSERT ALL", *lines, "SELECT 1 FROM DUAL;", ""])


def sql_insert_lines(page: Page, table: Sheet, chance: Random) -> str:
    """INSERT as an editor formats it: a name a line, then a value a line."""
    joint = chance.choice(("\n  , ", ",\n    "))
    lead = "    "
    return "\n".join(
        f"INSERT INTO {table.name} (\n{lead}{_names(table, joint)}\n) VALUES (\n{lead}{sql_values(page, table, row, joint)}\n);\n"
        for row in table.rows
    )


def mssql_script(page: Page, table: Sheet, chance: Random) -> str:
    """Management Studio's generated script: brackets, N'…' and GO."""
    names = ", ".join(f"[{token(f)}]" for f in table.fields)
    lines = [
        f"INSERT [dbo].[{table.name}] ({names}) VALUES ("
        + ", ".join(f"N'{page.put(c, n, doubled)}'" for n, c in pairs(table, row, token))
        + ")\r\nGO"
        for row in table.rows
    ]
    return "\r\n".join(["USE [MemberDB]", "GO", *lines, ""])


def procedure_calls(page: Page, table: Sheet, chance: Random) -> str:
    """Stored procedures with named arguments: SQL Server's profiler, or Oracle's =>."""
    lines = []
    oracle = chance.random() < 0.5
    for row in table.rows:
        if oracle:
            given = ", ".join(f"p_{n} => '{page.put(c, 'p_' + n, doubled)}'" for n, c in pairs(table, row, identifier))
            lines.append(f"BEGIN PKG_MEMBER.JOIN_PROC({given}); END;\n/")
        else:
            given = ",".join(f"@{n}=N'{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier))
            lines.append(
                f"{moment(chance):%Y-%m-%d %H:%M:%S}\tRPC:Completed\texec dbo.usp_MemberJoin {given}\tMemberWeb\t{chance.randint(50, 90)}"
            )
    return "\n".join([*lines, ""])


def jdbc_code(page: Page, table: Sheet, chance: Random) -> str:
    """Java's PreparedStatement: names in the statement, setString(1, …) below."""
    lines = ["public class InitData {", "    void load(Connection con) throws SQLException {"]
    lines.append(
        f'        String sql = "INSERT INTO {table.name} ({_names(table)}) VALUES ({", ".join("?" * len(table.fields))})";'
    )
    lines.append("        PreparedStatement ps = con.prepareStatement(sql);")
    for row in table.rows:
        lines += [
            f'        ps.setString({at}, "{page.put(c, n)}");'
            for at, (n, c) in enumerate(pairs(table, row, identifier), 1)
        ]
        lines.append("        ps.addBatch();")
    return "\n".join([*lines, "        ps.executeBatch();", "    }", "}", ""])


def postgres_log(page: Page, table: Sheet, chance: Random) -> str:
    """log_statement = all: the statement with $1, then DETAIL: parameters."""
    holders = ", ".join(f"${i}" for i in range(1, len(table.fields) + 1))
    lines = []
    for row in table.rows:
        head = f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03} KST [{chance.randint(100, 30000)}] app@member "
        lines.append(f"{head}LOG:  execute <unnamed>: INSERT INTO {table.name} ({_names(table)}) VALUES ({holders})")
        given = ", ".join(
            f"${at} = '{page.put(c, n, doubled)}'" for at, (n, c) in enumerate(pairs(table, row, identifier), 1)
        )
        lines.append(f"{head}DETAIL:  parameters: {given}")
    return "\n".join([*lines, ""])


def mysql_general_log(page: Page, table: Sheet, chance: Random) -> str:
    """MySQL's general log: INSERT … SET a='…', b='…'."""
    lines = ["/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:", "Tcp port: 3306  Unix socket: /var/lib/mysql/mysql.sock", "Time                 Id Command    Argument"]  # fmt: skip
    for row in table.rows:
        given = ", ".join(f"`{n}`='{page.put(c, n, doubled)}'" for n, c in pairs(table, row, token))
        lines.append(f"{moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(10**6):06}Z\t{chance.randint(8, 900):5} Query\tINSERT INTO `{table.name}` SET {given}")  # fmt: skip
    return "\n".join([*lines, ""])


def duplicate_keys(page: Page, table: Sheet, chance: Random, *, postgres: bool) -> str:
    """What a database says of a key that exists: MySQL's in a stack trace, or PostgreSQL's DETAIL. Long values it would cut are left out."""
    lines = []
    for row in table.rows:
        for n, c in pairs(table, row, identifier):
            if len(c.text) > 60 or chance.random() < 0.5:
                continue
            if postgres:
                lines += [f'ERROR:  duplicate key value violates unique constraint "uk_{table.name}_{n}"', f"DETAIL:  Key ({n})=({page.put(c, n)}) already exists."]  # fmt: skip
            else:
                lines += [f"java.sql.SQLIntegrityConstraintViolationException: Duplicate entry '{page.put(c, 'uk_' + n)}' for key '{table.name}.uk_{n}'",
                          "\tat com.mysql.cj.jdbc.exceptions.SQLError.createSQLException(SQLError.java:118)", "\tat com.mysql.cj.jdbc.ClientPreparedStatement.executeInternal(ClientPreparedStatement.java:916)"]  # fmt: skip
    return "\n".join([*lines, ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "hibernate bind log": (hibernate_bind, "log", ("snake",)), "mybatis parameters log": (mybatis_parameters, "log", DB), "mybatis rows log": (mybatis_rows, "log", DB),
    "p6spy log": (p6spy, "log", DB), "log4jdbc sql": (log4jdbc_sql, "log", DB), "log4jdbc table": (log4jdbc_table, "log", DB), "sql update": (sql_update, "sql", DB),
    "sql merge": (sql_merge, "sql", ("upper",)), "sql insert all": (sql_insert_all, "sql", DB), "sql insert lines": (sql_insert_lines, "sql", DB),
    "mssql script": (mssql_script, "sql", ("pascal", "snake", "local")), "procedure calls": (procedure_calls, "log", ("snake", "pascal")), "jdbc code": (jdbc_code, "java", DB),
    "postgres log": (postgres_log, "log", ("snake",)), "mysql general log": (mysql_general_log, "log", ("snake", "local")),
    "duplicate keys mysql": (partial(duplicate_keys, postgres=False), "log", ("snake",)),
    "duplicate keys postgres": (partial(duplicate_keys, postgres=True), "log", ("snake",)),
}  # fmt: skip
