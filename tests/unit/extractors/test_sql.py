"""SQL dumps as the real tools write them: rows with columns, all else as text, nothing lost."""

from __future__ import annotations

import sqlite3

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors.sql_values import syntax_of

MYSQLDUMP = r"""-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: nft
-- contact admin@example.com
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
DROP TABLE IF EXISTS `users`;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `users` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `nick name` varchar(50) COLLATE utf8mb4_bin DEFAULT NULL COMMENT 'shown, (always)',
  `ci` varchar(88) DEFAULT NULL,
  `score` decimal(10,2) DEFAULT '0.00',
  PRIMARY KEY (`id`),
  UNIQUE KEY `ci` (`ci`),
  CONSTRAINT `c` CHECK ((`score` > 0))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `users` WRITE;
/*!40000 ALTER TABLE `users` DISABLE KEYS */;
INSERT INTO `users` VALUES (1,'고양이','a/b+c==',1.50),(2,'It\'s \"me\"; (really)','x\\y\nz',-2),(3,NULL,_binary 'QUJD',0x4B494D),(4,'','a''b',NULL);
INSERT INTO `users` (`ci`, `id`) VALUES ('only',5);
/*!40000 ALTER TABLE `users` ENABLE KEYS */;
UNLOCK TABLES;
-- Dump completed on 2024-05-01 10:00:00
"""
PG_DUMP = (
    "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nSET standard_conforming_strings = on;\n\n"
    'CREATE TABLE public.users (\n    id integer NOT NULL,\n    nick text,\n    "Ci" character varying(88)\n);\n\n'
    'COPY public.users (id, nick, "Ci") FROM stdin;\n1\t고양이\ta/b+c==\n2\t\\N\ttab\\there\n3\t\\\\back\tline\\nfeed\n\\.\n\n'
    "SELECT pg_catalog.setval('public.users_id_seq', 3, true);\n"
    "INSERT INTO public.users (id, nick, \"Ci\") VALUES (4, 'C:\\', E'it\\'s') ON CONFLICT DO NOTHING;\n"
    "INSERT INTO public.users VALUES (5, $q$dollar 'quoted'$q$, 'x'::character varying(88));\n"
)


def test_mysqldump() -> None:
    contents = list(walk("dump.sql", MYSQLDUMP.encode()))
    assert gaps(contents) == []
    assert rows(contents, "users") == [
        {"id": "1", "nick name": "고양이", "ci": "a/b+c==", "score": "1.50"},
        {"id": "2", "nick name": 'It\'s "me"; (really)', "ci": "x\\y\nz", "score": "-2"},
        {"id": "3", "ci": "QUJD", "score": "KIM"},
        {"id": "4", "nick name": "", "ci": "a'b"},
        {"ci": "only", "id": "5"},
    ]
    assert [table.lines for table in tables(contents)] == [(19, 19, 19, 19), (20,)]
    assert "admin@example.com" in everything(contents)


def test_pg_dump() -> None:
    contents = list(walk("backup", PG_DUMP.encode()))
    assert rows(contents, "public.users") == [
        {"id": "1", "nick": "고양이", "Ci": "a/b+c=="},
        {"id": "2", "Ci": "tab\there"},
        {"id": "3", "nick": "\\back", "Ci": "line\nfeed"},
        {"id": "4", "nick": "C:\\", "Ci": "it's"},
        {"id": "5", "nick": "dollar 'quoted'", "Ci": "x"},
    ]
    assert tables(contents)[0].lines == (16, 17, 18, 22, 23)  # blank lines and \restrict count


def test_sql_server_in_utf16() -> None:
    script = (
        "USE [shop]\r\nGO\r\nSET IDENTITY_INSERT [dbo].[Users] ON \r\n"
        "INSERT [dbo].[Users] ([Id], [Nick Name], [Made]) VALUES (1, N'고양이', CAST(N'2024-01-01T00:00:00.000' AS DateTime))\r\nGO\r\n"
        "INSERT [dbo].[Users] ([Id], [Nick Name], [Made]) VALUES (2, N'it''s', NULL)\r\nGO\r\n"
    )
    contents = list(walk("script", script.encode("utf-16")))
    assert rows(contents, "dbo.Users") == [
        {"Id": "1", "Nick Name": "고양이", "Made": "2024-01-01T00:00:00.000"},
        {"Id": "2", "Nick Name": "it's"},
    ]
    assert [line for table in tables(contents) for line in table.lines or ()] == [4, 6]


def test_oracle() -> None:
    script = "REM INSERTING into U\nSET DEFINE OFF;\nInsert into \"APP\".\"U\" (ID,NM,DT) values (1,'kim',to_date('24/01/01','RR/MM/DD'));\n"
    assert rows(list(walk("x.sql", script.encode()))) == [
        {"ID": "1", "NM": "kim", "DT": "to_date('24/01/01','RR/MM/DD')"}
    ]


def test_a_real_sqlite_dump() -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute('create table "my users" (id integer primary key, nick text, "order" text, blob_ blob)')
        database.execute("insert into \"my users\" values (1, ?, ?, x'4142')", ("it's\n2 lines; (a, b)", "순서"))
        database.execute('insert into "my users" values (2, null, ?, null)', ("x",))
        dump = "\n".join(database.iterdump())
    database.close()
    assert rows(list(walk("dump", dump.encode())), "my users") == [
        {"id": "1", "nick": "it's\n2 lines; (a, b)", "order": "순서", "blob_": "AB"},
        {"id": "2", "order": "x"},
    ]


def test_cp949_dump() -> None:
    contents = list(walk("dump.sql", MYSQLDUMP.encode("cp949")))
    assert rows(contents)[0]["nick name"] == "고양이"


def test_without_columns_they_are_made_up() -> None:
    (table,) = tables(list(walk("x.sql", b"INSERT INTO t VALUES (1,'a'),(2,'b');\n")))
    assert (table.columns, table.header, table.name) == (("column 1", "column 2"), False, "t")


def test_many_rows_in_one_line_and_row_numbers_go_on() -> None:
    values = ",".join(f"({n},'nick{n}','ci-{n}')" for n in range(60_000))
    contents = list(
        walk(
            "x.sql",
            f"CREATE TABLE `u` (`id` int, `nick` text, `ci` text);\nINSERT INTO `u` VALUES {values};\nINSERT INTO `u` VALUES (60000,'z','ci-60000');\n".encode(),
        )
    )
    found = rows(contents, "u")
    assert [row["ci"] for row in found] == [f"ci-{n}" for n in range(60_001)]
    row = 1
    for table in tables(contents):
        assert table.first_row == row
        row += len(table.arrays[0])
    assert tables(contents)[-1].lines is not None
    assert tables(contents)[-1].lines[-1] == 3


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO `t` VALUES (1,'CANARY",
        "INSERT INTO `t` VALUES (1,'CANARY1',2;\nSELECT 'CANARY2';\n",
        "INSERT INTO `t` VALUES (1,'CANARY1'),(2,'CANARY2'",
        "INSERT INTO `t` SELECT 'CANARY1' FROM x;\n",
        "INSERT INTO `t` SET a='CANARY1', b='CANARY2';\n",
        "UPDATE t SET a='CANARY1; INSERT INTO b VALUES (1,''CANARY2'')';\n",
        "CREATE TABLE t (a int DEFAULT 'CANARY1'\n",
        "COPY t (a, b) FROM stdin;\n1\tCANARY1\n2\tCANARY2",
        "COPY t (a) FROM stdin WITH (FORMAT csv);\nCANARY1\n\\.\n",
        "INSERT ALL INTO a VALUES (1,'CANARY1') INTO a VALUES (2,'CANARY2') SELECT * FROM dual;\n",
        "INSERT INTO t VALUES /* CANARY1 */ (1) -- CANARY2\n, /* CANARY3 */ (2);\n",
        "DELIMITER //\nCREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (1,'CANARY1'); END //\n",
        "INSERT INTO t VALUES (CONCAT('CANARY1', (SELECT 'CANARY2')), f(x, 'CANARY3'));\n",
        "-- INSERT INTO t VALUES ('CANARY1');\n# CANARY2\n",
    ],
)
def test_what_does_not_parse_is_searched_as_text(broken: str) -> None:
    contents = list(walk("x.sql", ("-- MySQL dump\nSELECT 0;\n" + broken).encode()))
    seen = everything(contents)
    for canary in ("CANARY1", "CANARY2", "CANARY3"):
        assert (canary in broken) == (canary in seen)
    after = list(walk("x.sql", ("-- MySQL dump\n" + broken + "\nINSERT INTO `z` VALUES (9,'LAST');\n").encode()))
    assert "LAST" in everything(after)


def test_text_keeps_its_line_numbers() -> None:
    for text in texts(list(walk("x.sql", MYSQLDUMP.encode()))):
        line = MYSQLDUMP.split("\n")[text.first_line - 1]
        assert line[text.offset :].startswith(text.text.split("\n")[0])


def test_a_long_value_and_a_long_copy_line() -> None:
    blob = "A" * 3_000_000
    contents = list(
        walk("x.sql", f"-- MySQL dump\nINSERT INTO `t` VALUES (1,'{blob}','CANARY'),(2,'b','c');\n".encode())
    )
    assert [row["column 3"] for row in rows(contents)] == ["CANARY", "c"]
    contents = list(
        walk(
            "x.sql",
            f"-- PostgreSQL database dump\nCOPY t (a, b) FROM stdin;\n1\t{blob}CANARY\n2\tx\n\\.\nSELECT 'END';\n".encode(),
        )
    )
    seen = everything(contents)
    assert "CANARY" in seen and "END" in seen
    assert {"a": "2", "b": "x"} in rows(contents)


@pytest.mark.parametrize(
    ("head", "backslash"),
    [
        ("INSERT INTO `t` VALUES ('N','C:\\\\');", True),
        ("-- MariaDB dump\nINSERT INTO t VALUES ('N');", True),
        ("INSERT INTO t VALUES ('it\\'s');", True),
        ("INSERT INTO t VALUES ('C:\\','x');", False),
        ("INSERT INTO t VALUES (N'C:\\','x');", False),
        ("-- PostgreSQL database dump\nINSERT INTO t VALUES ('`x`');", False),
        ("INSERT INTO t VALUES (1,'a');", False),
    ],
)
def test_whether_a_backslash_escapes(head: str, backslash: bool) -> None:
    assert syntax_of(head).backslash is backslash
