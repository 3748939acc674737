"""What `scanners/_db_*_controls.py` say of PostgreSQL, MySQL and MariaDB, and Redis."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = (
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
    (r"It is a superuser\.", "슈퍼유저 계정임."),
    (r"It was granted nothing but reading\.", "조회 권한만 부여됨."),
    (r"It was granted (.*)\.$", r"부여된 권한: \1."),
    (
        r"Roles were granted to it whose own grants it may not see: (.*)\.$",
        r"부여된 역할의 권한을 점검 계정으로 조회할 수 없음: \1.",
    ),
    (r"a grant that is not understood", "해석할 수 없는 권한"),
    (
        r"It is, or is a member of, roles that may do more than read: (.*)\.$",
        r"조회 이상의 권한을 가진 역할이거나 그 구성원임: \1.",
    ),
    (r"It may change rows of (.*)\.$", r"행을 변경할 수 있는 테이블: \1."),
    (r"It may create objects in (.*)\.$", r"객체를 만들 수 있는 위치: \1."),
    (r"ACL DRYRUN says that it may SET\.", "ACL DRYRUN 결과: SET 명령을 쓸 수 있음."),
    (r"ACL DRYRUN says that it may not SET\.", "ACL DRYRUN 결과: SET 명령을 쓸 수 없음."),
    (r"Its rules allow nothing but reading\.", "규칙이 조회 명령만 허용함."),
    (r"Its rules allow (.*)\.$", r"규칙이 허용하는 조회 외 명령: \1."),
    (r"It reads past row-level security\.", "행 수준 보안(RLS)의 제한을 받지 않음."),
    (
        r"The account may connect to databases of this server that no target names: (.*)\.$",
        r"점검 대상이 아니나 점검 계정으로 접속할 수 있는 이 서버의 데이터베이스: \1.",
    ),
    (r"About ([\d,]+) rows by the server's own statistics\.", r"서버 통계 기준 약 \1행."),
    (r"It has none of ([\d,]+) of the tables\.", r"테이블 \1개는 통계가 없음."),
    (
        r"Not read by themselves, as they show rows of tables: (.*)\.$",
        r"테이블의 행을 보여 주므로 따로 읽지 않은 뷰: \1.",
    ),
    (r"^Keys\.$", "키의 수."),
    (r" or ACL DRYRUN", " 또는 ACL DRYRUN"),
)
