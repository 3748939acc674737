"""What scanners say of controls, in Korean: one line a sentence of `auditor/scanners/`, for messages and reports."""

from __future__ import annotations

import re
from typing import Final

_OF_DATABASES: Final = (
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
)
_OF_BUCKETS: Final = (
    (r"The endpoint is (https?)\.", r"엔드포인트 프로토콜: \1."),
    (r"The bucket has no policy\.", "버킷 정책이 없음."),
    (r"The service says that the bucket's policy is not public\.", "서비스 응답: 버킷 정책이 공개 상태가 아님."),
    (r"The service says that the bucket's policy is public\.", "서비스 응답: 버킷 정책이 공개 상태임."),
    (r"The access control list grants nothing to everyone\.", "ACL에 전체 공개 권한이 없음."),
    (r"The access control list grants (.*?)\.(?= |$)", r"ACL이 부여한 공개 권한: \1."),
    (r"The bucket's policy allows everyone \(Principal \*\)\.", "버킷 정책이 모든 사용자를 허용함(Principal *)."),
    (
        r"The bucket's policy allows everyone under conditions, which are not evaluated\.",
        "버킷 정책이 조건부로 모든 사용자를 허용함(조건은 평가하지 않음).",
    ),
    (r"The bucket's policy names no Principal \*\.", "버킷 정책에 Principal *이 없음."),
    (r"Without credentials: (.*?) succeeded\.", r"자격 증명 없이 성공한 요청: \1."),
    (
        r"A public access block is set and requests without credentials were refused\.",
        "퍼블릭 액세스 차단이 설정되어 있고, 자격 증명 없는 요청은 거부됨.",
    ),
    (r"Requests without credentials gave no clear answer\.", "자격 증명 없는 요청에 대한 응답이 명확하지 않음."),
    (r"Requests without credentials were refused, but: ", "자격 증명 없는 요청은 거부되었으나, "),
    (
        r"Requests without credentials were refused, and neither the policy nor the bucket's access control list is public\."
        r" Single objects' own lists were not examined\.",
        "자격 증명 없는 요청은 거부되었고, 버킷 정책과 ACL 모두 공개 상태가 아님. 개별 객체의 ACL은 점검하지 않음.",
    ),
    (r"The bucket has no default encryption\.", "버킷 기본 암호화가 설정되어 있지 않음."),
    (r"The bucket's default encryption is (\S+)\.", r"버킷 기본 암호화: \1."),
    (
        r"One object that was looked at is encrypted by the service \((\S+)\)\.",
        r"확인한 객체 1건은 서비스에서 암호화됨(\1).",
    ),
    (
        r"One object that was looked at is not encrypted by the service\.",
        "확인한 객체 1건은 서비스에서 암호화되지 않음.",
    ),
    (r"This account may not ask \((\S+)\)\.", r"점검 계정에 조회 권한이 없음(\1)."),
    (r"The service gave no answer \((\S+)\)\.", r"서비스가 응답하지 않음(\1)."),
    (r"The service could not be asked \((\S+)\)\.", r"서비스에 요청할 수 없음(\1)."),
    (r"The service does not know this setting\.", "서비스가 이 설정을 지원하지 않음."),
    (r"The bucket's policy could not be understood\.", "버킷 정책을 해석할 수 없음."),
    (r"The service names no region\.", "서비스가 리전을 알려주지 않음."),
    (r"The bucket's region, as the service says\.", "서비스가 응답한 버킷 리전."),
    (r"The bucket's policy refuses requests without TLS\.", "버킷 정책이 TLS를 쓰지 않는 요청을 거부함."),
    (
        r"The bucket's policy does not refuse requests without TLS \(aws:SecureTransport\)\.",
        "버킷 정책이 TLS를 쓰지 않는 요청을 거부하지 않음(aws:SecureTransport).",
    ),
    (r"Access is logged to the bucket (\S+)\.(?= |$)", r"접근 기록을 남기는 버킷: \1."),
    (r"Access to the bucket is not logged by the service\.", "서비스가 버킷 접근 기록을 남기지 않음."),
    (r"The bucket has no object lock\.", "객체 잠금이 설정되어 있지 않음."),
    (
        r"Object lock is on, and locks nothing by default; single objects' locks were not examined\.",
        "객체 잠금은 사용 중이나 기본 보존 기간이 없음. 개별 객체의 잠금은 점검하지 않음.",
    ),
    (
        r"New objects are locked for (\d+) day\(s\) in (\w+) mode, which privileged accounts may lift\.",
        r"새 객체는 \1일간 잠김(\2 모드, 권한 있는 계정이 해제할 수 있음).",
    ),
    (
        r"New objects cannot be deleted by anybody for (\d+) day\(s\) \(COMPLIANCE mode\)\.",
        r"새 객체는 \1일간 누구도 삭제할 수 없음(COMPLIANCE 모드).",
    ),
    (r"The bucket has no lifecycle rules\.", "수명 주기 규칙이 없음."),
    (r"A lifecycle rule deletes all objects after (\d+) day\(s\)\.", r"수명 주기 규칙이 모든 객체를 \1일 후 삭제함."),
    (
        r"A lifecycle rule deletes all old versions after (\d+) day\(s\)\.",
        r"수명 주기 규칙이 모든 이전 버전을 \1일 후 삭제함.",
    ),
    (r"No lifecycle rule deletes all objects\.", "모든 객체를 삭제하는 수명 주기 규칙이 없음."),
    (r"No lifecycle rule deletes all old versions\.", "모든 이전 버전을 삭제하는 수명 주기 규칙이 없음."),
    (r"Older versions and deleted objects were listed\.", "이전 버전과 삭제된 객체를 모두 조회함."),
    (r"This account may not list older versions\.", "점검 계정에 이전 버전 조회 권한이 없음."),
    (r"The service does not know incomplete uploads\.", "서비스가 미완료 업로드 조회를 지원하지 않음."),
    (
        r"The engagement asks for current objects alone \(versions: current\)\.",
        "점검 설정에 따라 현재 객체만 점검함(versions: current).",
    ),
    (
        r"The service does not (?:know|list) object versions; what it lists is all there is to see\.",
        "서비스가 객체 버전 조회를 지원하지 않으므로 조회된 목록이 전부임.",
    ),
    (r"The bucket's versioning setting\.", "버킷의 버전 관리 설정."),
    (r"The bucket never kept versions\.", "버킷 버전 관리가 설정된 적 없음."),
    (r"Requests without credentials were refused\.", "자격 증명 없는 요청은 거부됨."),
    (
        r"listing the bucket and reading an object's headers",
        "버킷 목록 조회, 객체 헤더 읽기",
    ),
    (r"listing the bucket", "버킷 목록 조회"),
    (r"reading an object's headers", "객체 헤더 읽기"),
    (r"\beveryone with any account: ", "계정이 있는 모든 사용자: "),
    (r"\beveryone: ", "모든 사용자: "),
    (r"The bucket's policy refuses everybody all but reading\.", "버킷 정책이 조회 외의 모든 요청을 거부함."),
    (
        r"The bucket's policy lets everyone do more than read\.",
        "버킷 정책이 모든 사용자에게 조회 이상을 허용함.",
    ),
    (r"The bucket's access control list lets everyone write\.", "ACL이 모든 사용자에게 쓰기를 허용함."),
    (
        r"What the account's own policies allow cannot be asked for, and nothing is ever tried\.",
        "점검 계정에 부여된 정책은 조회할 수 없으며, 쓰기는 시도하지 않음.",
    ),
    (
        r"The service does not list object versions; older versions may exist and were not seen\.",
        "서비스가 객체 버전을 조회해 주지 않으므로, 이전 버전이 있어도 확인할 수 없음.",
    ),
    (
        r"The service does not say whether there are incomplete uploads\.",
        "미완료 업로드의 유무를 서비스가 알려주지 않음.",
    ),
)
_OF_CONTAINERS: Final = (
    (
        r"Only the account's management \(Azure Resource Manager\) tells it, which the audit does not reach\.",
        "점검 범위 밖인 계정 관리 영역(Azure Resource Manager)에서만 확인할 수 있음.",
    ),
    (r"Whether secure transfer is required: ", "보안 전송 필수 여부: "),
    (
        r"It takes an account SAS with read on (?:containers|the service) \(srt=sco\)\.",
        "읽기 권한이 있는 계정 SAS(srt=sco)가 필요함.",
    ),
    (r"This token may not ask \((\S+)\)\.", r"이 토큰에 조회 권한이 없음(\1)."),
    (r"The container's public access level is private\.", "컨테이너의 공개 액세스 수준: 비공개."),
    (
        r"The container's public access level is (\w+): listing and reading\.",
        r"컨테이너의 공개 액세스 수준: \1(목록 조회와 읽기 가능).",
    ),
    (
        r"The container's public access level is (\w+): reading(?: what one knows the name of)?\.",
        r"컨테이너의 공개 액세스 수준: \1(이름을 알면 읽기 가능).",
    ),
    (
        r"Listing without credentials was refused, and there was no blob to try\.",
        "자격 증명 없는 목록 조회는 거부되었고, 읽어 볼 Blob이 없었음.",
    ),
    (r"listing the container and reading a blob's headers", "컨테이너 목록 조회, Blob 헤더 읽기"),
    (r"listing the container", "컨테이너 목록 조회"),
    (r"reading a blob's headers", "Blob 헤더 읽기"),
    (
        r"Azure Storage encrypts whatever is stored, which cannot be switched off\.",
        "Azure Storage는 저장 데이터를 항상 암호화하며 끌 수 없음.",
    ),
    (r"One blob that was looked at has the encryption scope (.*?)\.(?= |$)", r"확인한 Blob 1건의 암호화 범위: \1."),
    (r"There is no blob that could be looked at\.", "확인할 수 있는 Blob이 없음."),
    (r"One blob that was looked at is encrypted by the service\.", "확인한 Blob 1건은 서비스에서 암호화됨."),
    (r"One blob that was looked at is not encrypted by the service\.", "확인한 Blob 1건은 서비스에서 암호화되지 않음."),
    (
        r"The account keeps a version of each blob that is overwritten or deleted\.",
        "덮어쓰거나 삭제한 Blob의 버전을 계정이 보관함.",
    ),
    (r"No version was met\.", "발견된 버전 없음."),
    (r"The service does not say whether deleted blobs are kept\.", "삭제한 Blob의 보관 여부를 서비스가 알려주지 않음."),
    (r"Deleted blobs are not kept by soft delete\.", "일시 삭제(soft delete)로 보관하지 않음."),
    (
        r"Soft delete keeps deleted and overwritten blobs for (\d+) day\(s\)\.",
        r"삭제·덮어쓴 Blob을 일시 삭제(soft delete)로 \1일간 보관함.",
    ),
    (r"Reading is logged to the container \$logs of the account\.", "읽기 기록을 계정의 $logs 컨테이너에 남김."),
    (
        r"Storage Analytics does not log reading\. Whether diagnostic settings do: ",
        "Storage Analytics가 읽기를 기록하지 않음. 진단 설정의 기록 여부: ",
    ),
    (
        r"The container has a legal hold: nothing in it can be deleted until it is lifted\.",
        "컨테이너에 법적 보존이 설정되어, 해제 전에는 삭제할 수 없음.",
    ),
    (r"The container has an immutability policy\. For how many days: ", "컨테이너에 불변성 정책이 있음. 보존 일수: "),
    (
        r"Versions of the container's blobs can be locked\. For how many days: ",
        "Blob 버전을 잠글 수 있는 컨테이너임. 보존 일수: ",
    ),
    (r"The container has neither an immutability policy nor a legal hold\.", "불변성 정책과 법적 보존이 모두 없음."),
    (
        r"The engagement asks for current blobs alone \(versions: current\)\.",
        "점검 설정에서 현재 Blob만 지정함(versions: current).",
    ),
    (
        r"Versions, snapshots and deleted blobs that are kept were listed\.",
        "보관 중인 버전, 스냅샷, 삭제된 Blob의 목록을 조회함.",
    ),
    (
        r"The service does not list versions of this account's blobs; snapshots and deleted blobs that are kept were listed\.",
        "서비스가 이 계정의 Blob 버전을 조회해 주지 않음. 보관 중인 스냅샷과 삭제된 Blob의 목록은 조회함.",
    ),
    (
        r"The service does not list versions of this account's blobs, nor deleted blobs that are kept; snapshots were listed\.",
        "서비스가 이 계정의 Blob 버전과 삭제된 Blob을 조회해 주지 않음. 스냅샷의 목록은 조회함.",
    ),
)
_OF_SERVERS: Final = (
    (r"None that is known to be broken is offered\.", "취약한 것으로 알려진 알고리즘을 제공하지 않음."),
    (r"The server offers them to every client\.", "서버가 모든 클라이언트에 제공함."),
    (r"What the server offers was not understood\.", "서버가 제공하는 알고리즘을 해석할 수 없음."),
    (r"The server did not say how this account may log in\.", "서버가 점검 계정의 로그인 방법을 알려주지 않음."),
    (r"Offered to this account from here: (.*)\.$", r"점검 계정에 제공된 로그인 방법: \1."),
    (r"The server's settings could not be looked at: (.*)\.$", r"서버 설정을 확인할 수 없음: \1."),
    (r"They copy to other machines: (.*)\.$", r"다른 시스템으로 복사하는 작업: \1."),
    (r"Not every scheduled job could be read(.*)\.$", r"일부 예약 작업을 읽을 수 없음\1."),
    (
        r"No job that could be read copies to another machine\.",
        "확인한 예약 작업 중 다른 시스템으로 복사하는 작업이 없음.",
    ),
    (r"Of (\d+) home directories others may list (\d+)\.", r"홈 디렉터리 \1개 중 다른 계정이 조회할 수 있는 것: \2개."),
    (
        r"Of (\d+) shell histories that could be seen others may read (\d+)\.",
        r"확인된 셸 이력 \1개 중 다른 계정이 읽을 수 있는 것: \2개.",
    ),
    (r"As sshd's configuration says for (\S+) from (\S+)\.", r"sshd 설정 기준(계정 \1, 접속지 \2)."),
    (r"it is set otherwise for other accounts or addresses \(Match\)", "다른 계정 또는 주소에는 다르게 설정됨(Match)"),
    (r"a Match block sets it by group, host name or command", "Match 블록이 그룹·호스트명·명령에 따라 설정함"),
    (r"this version of sshd does not have it", "이 sshd 버전에는 해당 설정이 없음"),
    (
        r"a part of sshd's configuration may not be read by this account: ",
        "점검 계정에 sshd 설정 일부의 조회 권한이 없음: ",
    ),
    (r"a part of sshd's configuration was not found: ", "sshd 설정 일부를 찾을 수 없음: "),
    (
        r"a file of sshd's configuration is too large to be looked at whole",
        "sshd 설정 파일이 커서 전체를 확인하지 못함",
    ),
    (
        r"the server does not say from which address it sees us \(SSH_CONNECTION\)",
        "서버가 점검 접속지 주소를 알려주지 않음(SSH_CONNECTION)",
    ),
    (r"sshd's configuration was read, but ", "sshd 설정은 읽었으나, "),
    (r"this machine has no sshd to work it out with", "점검 시스템에 이를 해석할 sshd가 없음"),
    (r"this machine's sshd could not be run \((\w+)\)", r"점검 시스템의 sshd를 실행할 수 없음(\1)"),
    (r"this machine's sshd does not understand it", "점검 시스템의 sshd가 해석하지 못함"),
    (r"sshd's configuration may not be read by this account", "점검 계정에 sshd 설정 조회 권한이 없음"),
    (r"Not determined: (.*)\.$", r"확인할 수 없음: \1."),
    (
        r"logrotate goes by the size of logs, so that their days are not known\.",
        "logrotate가 크기 기준이므로 보관 일수를 알 수 없음.",
    ),
    (
        r"logrotate keeps system logs for (\d+) days at least on this server\.",
        r"logrotate가 이 서버의 시스템 로그를 최소 \1일간 보관함.",
    ),
    (r"lsblk shows no disks to this account\.", "점검 계정에서 lsblk로 디스크를 확인할 수 없음."),
    (
        r"(\S+) lies on no encrypted volume; what lies below the system cannot be seen from it\.",
        r"\1은(는) 암호화된 볼륨에 있지 않음(가상화 하부의 암호화 여부는 확인할 수 없음).",
    ),
    (r"All volumes of the paths are encrypted \(dm-crypt\)\.", "점검 경로의 모든 볼륨이 암호화됨(dm-crypt)."),
    (r"On what kind of volume the paths lie cannot be seen\.", "점검 경로가 있는 볼륨의 종류를 확인할 수 없음."),
    (r"On what kind of volume (.*) lies cannot be seen\.", r"\1이(가) 있는 볼륨의 종류를 확인할 수 없음."),
    (r"logrotate's settings could not be read\.", "logrotate 설정을 읽을 수 없음."),
    (r"The server did not say what time it is\.", "서버 시각을 확인할 수 없음."),
    (r"no service that could be seen", "확인된 동기화 서비스 없음"),
    (r"(\d+) s from this machine's clock; kept by (.*)\.$", r"점검 시스템 시각과 \1초 차이, 동기화 서비스: \2."),
    (r"Access lists could not be looked at to their end\.", "ACL을 끝까지 확인할 수 없음."),
    (
        r"Access lists could not be looked at: the server has no getfacl\.",
        "ACL을 확인할 수 없음: 서버에 getfacl이 없음.",
    ),
    (r"Access lists (?:could not be|were not) looked at: (.*)\.$", r"ACL을 확인하지 못함: \1."),
    (
        r"(\d+) lists were found, and not everything below the paths could be looked at\.",
        r"ACL \1개 확인, 점검 경로 아래 일부는 확인할 수 없음.",
    ),
    (r"(\d+) lists were found; only the first (\d+) are named\.", r"ACL \1개 중 처음 \2개만 표시함."),
    (
        r"Files and folders whose access list lets in more than their mode says\.",
        "권한 비트보다 넓게 허용하는 ACL이 있는 파일·폴더 수.",
    ),
    (r"Its access list lets them read it\.", "ACL에 따라 해당 계정이 읽을 수 있음."),
    (
        r"Paths that match this pattern were not examined, as the engagement says\.",
        "점검 설정에 따라 이 패턴과 일치하는 경로는 점검하지 않음.",
    ),
    (r"Files were read in bulk by tar\.", "tar로 일괄 읽음."),
    (r"Files were read over SFTP: (.*)\.$", r"SFTP로 읽음: \1."),
    (
        r"the whole server is audited, and looking at each file's would load it; name folders in paths",
        "서버 전체가 점검 대상이어서 파일마다 확인하면 부하가 큼(paths에 폴더를 지정)",
    ),
    (
        r"Not examined below /: the kernel makes it up in memory\.",
        "/ 아래에서 점검하지 않음: 커널이 메모리에 만드는 폴더임.",
    ),
    (r"Not examined: the system's packages keep it\.", "점검하지 않음: 시스템 패키지의 폴더임."),
    (r"Name it in paths to examine it\.", "점검하려면 paths에 지정."),
    (
        r"Name it in paths, or set default_excludes: false, to examine it\.",
        "점검하려면 paths에 지정하거나 default_excludes: false로 설정.",
    ),
    (r"the account may not run commands", "점검 계정에 명령 실행 권한이 없음"),
    (r"the engagement leaves commands off", "점검 설정에서 명령 실행을 쓰지 않음"),
    (r"""sudo refuses the account b?('[^']*'|"[^"]*")""", r"sudo가 점검 계정의 \1 실행을 거부함"),
    (r"the server's tar is not GNU's", "서버의 tar가 GNU tar가 아님"),
    (r"the server's tar is older than ([\d.]+)", r"서버의 tar가 \1보다 오래됨"),
    (r"the server's tar does not run", "서버의 tar가 실행되지 않음"),
    (
        r"the server's shell did not answer, or the connection was lost",
        "서버의 셸이 응답하지 않거나 접속이 끊김",
    ),
    (r"the connection was lost", "접속이 끊김"),
    (r"The key of (\S+): the engagement pins it\.", r"\1의 호스트 키: 점검 설정에 지정됨."),
    (r"The key of (\S+): known_hosts holds it\.", r"\1의 호스트 키: known_hosts에 등록됨."),
)
_PATTERNS: Final = tuple(
    (re.compile(english), korean) for english, korean in (*_OF_DATABASES, *_OF_BUCKETS, *_OF_CONTAINERS, *_OF_SERVERS)
)


def korean(detail: str) -> str:
    """A control's detail in Korean; what is not known here stays as it is."""
    for pattern, words in _PATTERNS:
        detail = pattern.sub(words, detail)
    return detail.replace(" or ACL DRYRUN", " 또는 ACL DRYRUN")
