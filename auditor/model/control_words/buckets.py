"""What `scanners/_s3_*.py` say of buckets; some of it `scanners/_azure_*.py` say of containers too."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = (
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
