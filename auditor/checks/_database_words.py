"""What scanners say of a database's controls, in Korean: one line a sentence of `auditor/scanners/_db_*_controls.py`."""

from __future__ import annotations

import re
from typing import Final

_SENTENCES: Final = (
    (r"Owner: (.*?)\. (?=Others|Nobody)", r"소유자: \1. "),
    (r"Others: (.*)\.$", r"그 외 계정: \1."),
    (r"Nobody else but administrators\.", "그 외에는 관리자만 조회할 수 있음."),
    (r"They may log in: (.*)\.$", r"로그인할 수 있는 관리자: \1."),
    (r"They may do anything: (.*)\.$", r"모든 권한을 가진 계정: \1."),
    (r"They may use every command: (.*)\.$", r"모든 명령을 쓸 수 있는 계정: \1."),
    (r"They may read: (.*)\.$", r"조회할 수 있는 계정: \1."),
    (r"No other account may read\.", "조회할 수 있는 다른 계정 없음."),
    (r"The server's setting ssl is (\w+)\.", r"서버의 ssl 설정: \1."),
    (r"The server's tls-port is (\S+)\.", r"서버의 tls-port 설정: \1."),
    (r"Ours is encrypted \(([^)]*)\)\.", r"점검 접속은 암호화됨(\1)."),
    (r"Our connection is encrypted\.", "점검 접속은 암호화됨."),
    (r"Ours is not: it goes through SSH\.|Ours goes through SSH\.", "점검 접속은 SSH를 통해 이루어짐."),
    (r"Ours is not(?: encrypted)?\.", "점검 접속은 암호화되지 않음."),
    (
        r"pg_hba_file_rules cannot be read by this account \(GRANT SELECT and EXECUTE on it, (.*?)\)\.",
        r"점검 계정에 pg_hba_file_rules 조회 권한이 없음(\1 참조).",
    ),
    (r"No line of pg_hba\.conf says trust\.", "pg_hba.conf에 trust 규칙이 없음."),
    (
        r"pg_hba\.conf lets accounts in without a password \(trust\): (.*)\.$",
        r"pg_hba.conf의 trust 규칙에 따라 비밀번호 없이 접속됨: \1.",
    ),
    (r"The grants could not be read\.", "권한 목록을 조회할 수 없음."),
    (r"The accounts could not be read\.", "계정 목록을 조회할 수 없음."),
    (r"The account may not read it\.", "점검 계정에 조회 권한이 없음."),
    (r"log_statement is all: every statement is logged\.", "log_statement 설정이 all이므로 모든 구문이 기록됨."),
    (
        r"log_statement is (\w+), log_connections is (\w+), pgaudit logs nothing: reads leave no trace\.",
        r"log_statement: \1, log_connections: \2, pgaudit 기록 없음. 조회가 기록되지 않음.",
    ),
    (r"pgaudit logs what the role (.*) was granted\.", r"pgaudit가 역할 \1의 권한 범위를 기록함."),
    (r"pgaudit logs (.*)\.$", r"pgaudit가 \1 구문을 기록함."),
    (
        r"The account sees its own grants only \(let it SELECT on mysql\.\*, (.*?)\): incomplete\.",
        r"점검 계정에는 자신의 권한만 보이므로 확인이 불완전함(mysql.* 조회 권한 필요, \1 참조).",
    ),
    (r"The server accepts encrypted connections only\.", "서버가 암호화된 접속만 허용함."),
    (r"The server can encrypt connections and does not ask for it\.", "서버가 암호화를 지원하나 강제하지 않음."),
    (r"The server encrypts no connection \(have_ssl is (\w+)\)\.", r"서버가 접속을 암호화하지 않음(have_ssl: \1)."),
    (r"The server does not say whether it can encrypt\.", "서버의 암호화 지원 여부가 확인되지 않음."),
    (r"These accounts have no password(?: \(nopass\))?: (.*)\.$", r"비밀번호가 없는 계정: \1."),
    (
        r"Every account has a password or another proof of identity\.",
        "모든 계정에 비밀번호 또는 다른 인증 수단이 있음.",
    ),
    (r"Every account that is on has a password\.", "사용 중인 모든 계정에 비밀번호가 있음."),
    (r"general_log is on: every statement is logged\.", "general_log가 켜져 있어 모든 구문이 기록됨."),
    (r"An audit plugin logs the statements of some accounts only\.", "감사 플러그인이 일부 계정의 구문만 기록함."),
    (
        r"An audit plugin logs ([\w, ]+) alone: reads leave no trace\.",
        r"감사 플러그인이 \1만 기록함. 조회가 기록되지 않음.",
    ),
    (r"An audit plugin logs statements\.", "감사 플러그인이 구문을 기록함."),
    (
        r"general_log is ([\w, ]+) and no audit plugin logs: reads leave no trace\.",
        r"general_log: \1, 감사 플러그인 없음. 조회가 기록되지 않음.",
    ),
    (
        r"A connection that names no account and no password is let in\.",
        "계정과 비밀번호를 제시하지 않은 접속이 허용됨.",
    ),
    (
        r"A password is asked for; whether every account has one could not be seen\.",
        "비밀번호를 요구하나, 모든 계정에 설정되어 있는지는 확인할 수 없음.",
    ),
    (r"Redis keeps no log of who read what\.", "Redis는 조회 기록을 남기지 않음."),
    (r"The account may not use (.*?) \((docs/\S+)\)\.", r"점검 계정으로 \1 명령을 쓸 수 없음(\2 참조)."),
)
_PATTERNS: Final = tuple((re.compile(english), korean) for english, korean in _SENTENCES)


def korean(detail: str) -> str:
    """A control's detail in Korean; what is not known here stays as it is."""
    for pattern, words in _PATTERNS:
        detail = pattern.sub(words, detail)
    return detail.replace(" or ACL DRYRUN", " 또는 ACL DRYRUN")
