"""mysqldump's output, as MySQL 8.0 writes it: header comments, CREATE TABLE with the column names, and extended
INSERTs of many rows without a column list."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable, Sequence

from testbed.people import Person

Value = str | int | None

#: mysqldump fills its net buffer (about 1 MB) before it begins the next INSERT.
LONGEST_INSERT = 1_000_000

HEADER = """\
-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: 10.0.3.11    Database: nft_prod
-- ------------------------------------------------------
-- Server version\t8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
"""
FOOTER = """
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;

-- Dump completed on 2025-03-28 18:04:11
"""

MEMBER = """\
  `member_no` bigint NOT NULL AUTO_INCREMENT,
  `nickname` varchar(40) NOT NULL COMMENT '닉네임; 화면에 보이는 이름',
  `ci_value` varchar(88) DEFAULT NULL COMMENT '연계정보',
  `di` varchar(64) DEFAULT NULL,
  `mobile` varchar(20) DEFAULT NULL,
  `email` varchar(120) DEFAULT NULL,
  `memo` text,
  `joined_ms` bigint NOT NULL,
  PRIMARY KEY (`member_no`),
  UNIQUE KEY `ux_ci` (`ci_value`),
  KEY `ix_nick` (`nickname`)
"""
ADMIN = """\
  `id` int NOT NULL AUTO_INCREMENT,
  `login` varchar(40) NOT NULL,
  `salt` varchar(88) NOT NULL,
  `password_hash` varchar(88) NOT NULL,
  `created_ms` bigint NOT NULL,
  PRIMARY KEY (`id`)
"""
ORDER = """\
  `order_no` char(16) NOT NULL,
  `member_no` bigint NOT NULL,
  `amount` decimal(12,2) NOT NULL,
  `created_ms` bigint NOT NULL,
  PRIMARY KEY (`order_no`)
"""


def literal(value: Value) -> str:
    """A value as mysqldump writes it: NULL, a bare number, or a quoted string with backslash escapes."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    for plain, escaped in (
        ("\\", "\\\\"),
        ("'", "\\'"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\0", "\\0"),
    ):
        value = value.replace(plain, escaped)
    return f"'{value}'"


def dump_table(name: str, columns: str, rows: Iterable[Sequence[Value]]) -> str:
    """One table: structure, then data in extended INSERTs."""
    parts = [
        f"\n--\n-- Table structure for table `{name}`\n--\n\nDROP TABLE IF EXISTS `{name}`;\n",
        "/*!40101 SET @saved_cs_client     = @@character_set_client */;\n/*!50503 SET character_set_client = utf8mb4 */;\n",
        f"CREATE TABLE `{name}` (\n{columns}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;\n",
        "/*!40101 SET character_set_client = @saved_cs_client */;\n",
        f"\n--\n-- Dumping data for table `{name}`\n--\n\nLOCK TABLES `{name}` WRITE;\n",
        f"/*!40000 ALTER TABLE `{name}` DISABLE KEYS */;\n",
    ]
    pending: list[str] = []
    begin, length = f"INSERT INTO `{name}` VALUES ", 0  # noqa: S608 - text for a file, run by nobody
    for row in rows:
        text = "(" + ",".join(literal(value) for value in row) + ")"
        if pending and length + len(text) > LONGEST_INSERT:
            parts.append(f"{begin}{','.join(pending)};\n")
            pending, length = [], 0
        pending.append(text)
        length += len(text) + 1
    if pending:
        parts.append(f"{begin}{','.join(pending)};\n")
    parts.append(f"/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;\nUNLOCK TABLES;\n")
    return "".join(parts)


def mysqldump(people: Sequence[Person], chance: random.Random) -> bytes:
    """The production database: members with CI; administrators whose salt and hash are CI-shaped; orders."""
    memos = (
        None,
        None,
        None,
        "본인확인 완료",
        'it\'s "VIP"',
        "문의:\n지갑 연결 안 됨 (C:\\wallet); 재시도",
        "')- not a row,('",
    )
    members = (
        (
            p.number,
            p.nickname,
            p.ci,
            p.di,
            p.mobile,
            p.email,
            chance.choice(memos),
            1_727_740_800_000 + p.number * 701_000,
        )
        for p in people
    )
    admins = (
        (
            number,
            f"ops_{chance.randbytes(3).hex()}",
            _base64(chance),
            _base64(chance),
            1_727_740_800_000 + number,
        )
        for number in range(1, 181)
    )
    orders = (
        (
            f"20250{chance.randint(101, 328):03}{number:08}",
            chance.randint(1, 999),
            chance.randint(1, 99) * 1000,
            1_740_800_000_000 + number,
        )
        for number in range(1, 400)
    )
    text = HEADER
    text += dump_table("admin_user", ADMIN, admins)
    text += dump_table("nft_member", MEMBER, members)
    text += dump_table("nft_order", ORDER, orders)
    return (text + FOOTER).encode()


def _base64(chance: random.Random) -> str:
    return base64.b64encode(chance.randbytes(64)).decode()
