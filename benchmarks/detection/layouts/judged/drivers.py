"""The judging set of layouts: what drivers, mappers, batch frameworks and servers log of a statement and its values."""

from __future__ import annotations

from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged.parts import CODE, DB, cut, gaps, message, names_of, ordinary, stamp
from benchmarks.detection.layouts.parts import doubled, pairs, plain_json, sql_values
from benchmarks.detection.tables import Sheet, Writer


def resultset_calls(page: Page, table: Sheet, chance: Random) -> str:
    """log4jdbc's jdbc.resultset: every getString with its column and what it returned, isNull calls between."""
    table = gaps(table, chance, "null")
    lines = []
    for number, row in enumerate(table.rows, 1):
        head = (
            f"{stamp(chance)} INFO  [http-bio-8080-exec-{chance.randint(1, 20)}] jdbc.resultset - {number}. ResultSet."
        )
        lines += [f"{head}next() returned true", f"{head}getLong(MBR_NO) returned {number + 1000}"]
        for n, c in pairs(table, row, identifier):
            lines += [f"{head}getString({n}) returned {page.put(c, n)}"]
            lines += [f"{head}wasNull() returned false"] if chance.random() < 0.5 else []
        lines += [f"{head}getString(DEL_DT) returned null", f"{head}getMetaData() returned oracle.jdbc.driver.OracleResultSetMetaData@{chance.randbytes(4).hex()}"]  # fmt: skip
    return "\n".join([*lines, ""])


def audit_calls(page: Page, table: Sheet, chance: Random) -> str:
    """log4jdbc's jdbc.audit: the statement prepared, then setString by number."""
    lines = []
    for number, row in enumerate(table.rows, 100100):
        head = f"{stamp(chance)} DEBUG [http-8080-{chance.randint(1, 20)}] jdbc.audit - "
        call = f"{head}{number}. PreparedStatement."
        lines.append(f"{head}1. Connection.prepareStatement(INSERT INTO {table.name} ( {names_of(table)} ) VALUES ( {', '.join('?' * len(row))} )) returned net.sf.log4jdbc.PreparedStatementSpy@{chance.randbytes(4).hex()}")  # fmt: skip
        lines += [f'{call}setString({at}, "{page.put(c, n)}") returned ' for at, (n, c) in enumerate(pairs(table, row, identifier), 1)]  # fmt: skip
        lines += [f"{call}execute() returned false", f"{call}getUpdateCount() returned 1", f"{call}close() returned ", *ordinary(chance, f"{stamp(chance)} INFO  [http-8080-2] k.c.v.BatchMain - ")]  # fmt: skip
    return "\n".join([*lines, ""])


def ibatis(page: Page, table: Sheet, chance: Random) -> str:
    """iBATIS 2: {pstm-…} with parameters and types, {rset-…} with a header and a result."""
    table = gaps(table, chance, "null")
    lines = []
    number = 100000
    for row in table.rows:
        number += 3
        when = f"{moment(chance):%Y-%m-%d %H:%M:%S},{chance.randrange(1000):03}"
        if chance.random() < 0.5:
            given = ", ".join(page.put(c, n) for n, c in pairs(table, row, identifier))
            head = f"{when} DEBUG [java.sql.PreparedStatement] {{pstm-{number}}} "
            lines += [f"{when} DEBUG [java.sql.Connection] {{conn-{number - 1}}} Connection", f"{head}Executing Statement:      INSERT INTO {table.name}   ( {names_of(table)} )   VALUES   ( {', '.join('?' * len(row))} )   ", f"{head}Parameters: [{given}]", f"{head}Types: [{', '.join(['java.lang.String'] * len(row))}]"]  # fmt: skip
        else:
            head = f"{when} DEBUG [java.sql.ResultSet] {{rset-{number}}} "
            given = ", ".join(page.put(c, n) for n, c in pairs(table, row, identifier))
            lines += [f"{when} DEBUG [java.sql.PreparedStatement] {{pstm-{number - 1}}} Parameters: [{number}]", f"{head}ResultSet", f"{head}Header: [{names_of(table)}]", f"{head}Result: [{given}]"]  # fmt: skip
        lines += ordinary(chance, f"{when} INFO [kr.co.vendor.common.Batch] ")
    return "\n".join([*lines, ""])


def druid(page: Page, table: Sheet, chance: Random) -> str:
    """Alibaba's Druid with its Slf4j filter: the statement, parameters and types, each behind conn and pstmt."""
    table = gaps(table, chance, "null")
    lines = []
    for number, row in enumerate(table.rows, 20001):
        head = f"{stamp(chance)} [http-nio-8080-exec-{chance.randint(1, 10)}] DEBUG druid.sql.Statement - {{conn-1{number}, pstmt-{number}"
        given = ", ".join(page.put(c, n) for n, c in pairs(table, row, identifier))
        lines += [f"{head}}} created. INSERT INTO {table.name} ({names_of(table)}) VALUES ({', '.join('?' * len(row))})", f"{head}}} Parameters : [{given}]", f"{head}}} Types : [{', '.join(['VARCHAR'] * len(row))}]", f"{head}}} executed. {chance.random() * 9:.6f} millis. INSERT INTO {table.name} ({names_of(table)}) VALUES ({', '.join('?' * len(row))})", *ordinary(chance, f"{stamp(chance)} [main] INFO  c.v.job.SyncJob - ")]  # fmt: skip
    return "\n".join([*lines, ""])


def gorm(page: Page, table: Sheet, chance: Random) -> str:
    """GORM's logger: file and line, then time, rows and the statement with its values, coloured or not."""
    coloured = chance.random() < 0.5
    mark = chance.choice(("`", '"'))
    lines = []
    for row in table.rows:
        place = f"{moment(chance):%Y/%m/%d %H:%M:%S} /app/internal/member/repository.go:{chance.randint(20, 300)}"
        took = f"{chance.random() * 30:.3f}ms"
        if chance.random() < 0.6:
            statement = f"INSERT INTO {mark}{table.name}{mark} ({names_of(table, mark + '{}' + mark, ',')}) VALUES ({sql_values(page, table, row, ',')})"
        else:
            statement = f"SELECT * FROM {mark}{table.name}{mark} WHERE " + " AND ".join(f"{n} = '{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier)) + f" ORDER BY {mark}{table.name}{mark}.{mark}mbr_no{mark} LIMIT 1"  # fmt: skip
        lines += [f"\x1b[32m{place}", f"\x1b[0m\x1b[33m[{took}] \x1b[34;1m[rows:1]\x1b[0m {statement}"] if coloured else [place, f"[{took}] [rows:1] {statement}"]  # fmt: skip
        lines += ["", *ordinary(chance, f"[GIN] {moment(chance):%Y/%m/%d - %H:%M:%S} | 200 | ")]
    return "\n".join([*lines, ""])


def thinkphp(page: Page, table: Sheet, chance: Random) -> str:
    """ThinkPHP's log of a request: parameters as var_export writes them, statements with their running time."""
    lines = []
    for row in table.rows:
        lines += ["---------------------------------------------------------------", f"[{moment(chance):%Y-%m-%dT%H:%M:%S}+08:00] 10.0.{chance.randint(0, 9)}.{chance.randint(2, 250)} POST www.vendor.example/index/member/save", f"[ sql ] [ DB ] CONNECT:[ UseTime:0.00{chance.randint(1000, 9999)}s ] mysql:host=10.0.1.20;port=3306;dbname=vendor;charset=utf8", f"[ sql ] [ SQL ] SHOW FULL COLUMNS FROM `{table.name}` [ RunTime:0.00{chance.randint(1000, 9999)}s ]"]  # fmt: skip
        if chance.random() < 0.5:
            given = " , ".join(f"`{n}` = '{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier))
            lines.append(f"[ sql ] [ SQL ] INSERT INTO `{table.name}` SET {given} [ RunTime:0.00{chance.randint(1000, 9999)}s ]")  # fmt: skip
        else:
            given = "  AND ".join(f"`{n}` = '{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier))
            lines.append(f"[ sql ] [ SQL ] SELECT * FROM `{table.name}` WHERE  {given} LIMIT 1 [ RunTime:0.00{chance.randint(1000, 9999)}s ]")  # fmt: skip
        lines += ordinary(chance, "[ info ] ")
    return "\n".join([*lines, ""])


def failing_row(page: Page, table: Sheet, chance: Random) -> str:
    """PostgreSQL refuses a row: its values in DETAIL without quotes, the columns in STATEMENT; it cuts at 64 bytes."""
    table = gaps(table, chance, "null")
    lines = []
    for number, row in enumerate(table.rows, 1001):
        head = f"{stamp(chance)} KST [{chance.randint(300, 30000)}] vendor@vendor "
        given = []
        for n, c in pairs(table, row, identifier):
            most = len(c.text.encode()[:64].decode(errors="ignore"))
            given.append(cut(page, c, n, most))
        lines += [f'{head}ERROR:  null value in column "reg_dtm" of relation "{table.name}" violates not-null constraint', f"{head}DETAIL:  Failing row contains ({number}, {', '.join(given)}, null).", f"{head}STATEMENT:  INSERT INTO {table.name} (mbr_no, {names_of(table)}, reg_dtm) VALUES ($1, {', '.join(f'${at}' for at in range(2, len(row) + 3))})"]  # fmt: skip
        lines += [f"{head}LOG:  {message(chance)}"] if chance.random() < 0.4 else []
    return "\n".join([*lines, ""])


def slow_queries(page: Page, table: Sheet, chance: Random) -> str:
    """MySQL's slow log: three lines of measures, SET timestamp, then a statement with its conditions."""
    lines = ["/usr/sbin/mysqld, Version: 8.0.32 (Source distribution). started with:", "Tcp port: 3306  Unix socket: /var/lib/mysql/mysql.sock", "Time                 Id Command    Argument"]  # fmt: skip
    for row in table.rows:
        when = moment(chance)
        given = pairs(table, row, identifier)
        at = chance.randint(1, len(given) - 1)
        shown = [(n, page.put(c, n, doubled)) for n, c in given]
        if chance.random() < 0.5:
            statement = f"UPDATE {table.name} SET " + ", ".join(f"{n}='{t}'" for n, t in shown[:at]) + " WHERE " + " AND ".join(f"{n}='{t}'" for n, t in shown[at:])  # fmt: skip
        else:
            statement = f"SELECT SQL_NO_CACHE m.mbr_no, m.grade_cd\n  FROM {table.name} m\n WHERE " + "\n   AND ".join(f"m.{n} LIKE CONCAT('%', '{t}', '%')" if chance.random() < 0.2 else f"m.{n} = '{t}'" for n, t in shown) + "\n ORDER BY 1 DESC LIMIT 0, 20"  # fmt: skip
        lines += [f"# Time: {when:%Y-%m-%dT%H:%M:%S}.{chance.randrange(10**6):06}Z", f"# User@Host: vendor[vendor] @  [10.0.1.{chance.randint(2, 250)}]  Id: {chance.randint(10, 9999)}", f"# Query_time: {chance.random() * 9 + 1:.6f}  Lock_time: 0.000{chance.randint(100, 999)} Rows_sent: 1  Rows_examined: {chance.randint(10**5, 10**7)}", f"SET timestamp={int(when.timestamp())};", statement + ";"]  # fmt: skip
        if chance.random() < 0.4:
            lines += [f"# Time: {when:%Y-%m-%dT%H:%M:%S}.000000Z", "# User@Host: batch[batch] @  [10.0.1.9]  Id: 12", "# Query_time: 4.120031  Lock_time: 0.000081 Rows_sent: 0  Rows_examined: 4410032", f"SELECT /*!40001 SQL_NO_CACHE */ * FROM `tb_order` WHERE ord_no > {chance.randint(10**12, 10**13)};"]  # fmt: skip
    return "\n".join([*lines, ""])


def mongod_log(page: Page, table: Sheet, chance: Random) -> str:
    """mongod's own log since 4.4: slow finds and updates with their filter and $set."""
    lines = []
    for row in table.rows:
        given = [f'"{n}":"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)]
        at = chance.randint(1, len(given) - 1)
        if chance.random() < 0.5:
            kind, command = "find", f'{{"find":"members","filter":{{{",".join(given)}}},"limit":1,"singleBatch":true,"$db":"vendor"}}'  # fmt: skip
        else:
            kind, command = "update", f'{{"update":"members","ordered":true,"updates":[{{"q":{{{",".join(given[:at])}}},"u":{{"$set":{{{",".join(given[at:])}}}}},"multi":false}}],"$db":"vendor"}}'  # fmt: skip
        when = f'{{"$date":"{moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(1000):03}+09:00"}}'
        lines.append(f'{{"t":{when},"s":"I",  "c":"COMMAND",  "id":51803,   "ctx":"conn{chance.randint(10, 999)}","msg":"Slow query","attr":{{"type":"command","ns":"vendor.members","command":{command},"planSummary":"COLLSCAN","keysExamined":0,"docsExamined":{chance.randint(10**4, 10**6)},"queryHash":"{chance.randbytes(4).hex().upper()}","protocol":"op_msg","{kind}Millis":{chance.randint(100, 4000)},"durationMillis":{chance.randint(100, 4000)}}}}}')  # fmt: skip
        lines += [f'{{"t":{when},"s":"I",  "c":"NETWORK",  "id":22943,   "ctx":"listener","msg":"Connection accepted","attr":{{"remote":"10.0.1.{chance.randint(2, 250)}:{chance.randint(30000, 60000)}","connectionCount":{chance.randint(3, 90)}}}}}'] if chance.random() < 0.5 else []  # fmt: skip
    return "\n".join([*lines, ""])


def batch_parameters(page: Page, table: Sheet, chance: Random) -> str:
    """Spring Batch tells a job's parameters: {name=value, …} before its version 5, with type and identifying from then on."""
    table = gaps(table, chance, "null")
    five = chance.random() < 0.5
    lines = []
    for number, row in enumerate(table.rows, 1):
        head = f"{stamp(chance)}  INFO {chance.randint(100, 30000)} --- [           main] o.s.b.c.l.support.SimpleJobLauncher      : Job: [SimpleJob: [name=memberSyncJob]]"
        if five:
            given = ", ".join(f"'{n}':'{{value={page.put(c, n)}, type=class java.lang.String, identifying=true}}'" for n, c in pairs(table, row, identifier))  # fmt: skip
            given += f", 'run.id':'{{value={number}, type=class java.lang.Long, identifying=true}}'"
        else:
            given = ", ".join(f"{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)) + f", run.id={number}"
        lines += [f"{head} launched with the following parameters: [{{{given}}}]", *ordinary(chance, head.partition("o.s.b")[0] + "k.c.v.batch.MemberSyncTasklet          : "), f"{head} completed with the following parameters: [{{run.id={number}}}] and the following status: [COMPLETED] in {chance.randint(20, 900)}ms"]  # fmt: skip
    return "\n".join([*lines, ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "resultset calls": (resultset_calls, "log", DB), "audit calls": (audit_calls, "log", DB), "ibatis log": (ibatis, "log", DB), "druid log": (druid, "log", ("snake",)),
    "gorm log": (gorm, "log", ("snake",)), "thinkphp log": (thinkphp, "log", ("snake",)), "postgres failing row": (failing_row, "log", ("snake",)),
    "mysql slow log": (slow_queries, "log", DB), "mongod log": (mongod_log, "log", CODE), "batch parameters": (batch_parameters, "log", ("camel",)),
}  # fmt: skip
