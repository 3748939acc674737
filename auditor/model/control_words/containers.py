"""What `scanners/_azure_*.py` say of Azure's containers and storage accounts."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = (
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
