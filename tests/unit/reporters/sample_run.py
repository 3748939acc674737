"""Runs to render: the incident of design.md with made-up names, and the plain runs beside it (clean, incomplete, gate)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import (
    AgreedData,
    Contract,
    Destruction,
    Engagement,
    LocalTarget,
    Party,
    S3Target,
    SshTarget,
)
from auditor.model.finding import (
    CertificateStatus,
    Change,
    Coverage,
    EntityTally,
    Finding,
    Observation,
    PolicyResult,
    Run,
    Status,
    Verdict,
)
from auditor.model.rule import Level
from auditor.model.text import Bilingual

STARTED = datetime(2026, 11, 22, 1, 10, 43, tzinfo=UTC)


def both(en: str, ko: str) -> Bilingual:
    return Bilingual(en=en, ko=ko)


ENGAGEMENT = Engagement(
    id="nft-platform-2024",
    entrusting=Party(name="Example Bank", country="KR"),
    vendor=Party(name="Example Labs", country="KR", contact="privacy@labs.example"),
    contract=Contract(
        signed=date(2024, 9, 1), ends=date(2025, 3, 31), destroy_within=timedelta(days=5), clause="제12조 제2항"
    ),
    targets=(
        SshTarget(name="dev-server", host="dev.labs.example", user="bankaudit", paths=("/home", "/srv")),
        S3Target(name="bucket", bucket="nft-assets", endpoint_url="https://s3.labs.example"),
    ),
    agreed_data=(
        AgreedData(entities=("KR_CI", "NICKNAME"), purpose="NFT wallet", places=("prod-db",), protection="encrypted"),
    ),
    destruction=Destruction(
        declared=date(2025, 4, 3), scope=("dev-server", "bucket"), subjects=17551, reference="EL-2025-0403"
    ),
    file="engagement.yaml",
    digest="7c9e2b51f0a3d846c1e8b7f2905d4ea3617bb20c98d1f4e6a5037c2b9d8e1f40",
)

HOME = "/home/jhkim"
_ASSETS: tuple[tuple[str, str, int, str, str, str | None, bool], ...] = (
    (
        "dev-server",
        f"{HOME}/backup/wallet_2025.tar.gz!/dump/nft_prod.sql",
        17551,
        "2025-02-27",
        "archive member",
        None,
        True,
    ),
    ("dev-server", f"{HOME}/export/회원_CI_최종.csv", 12004, "2024-12-19", "file", None, True),
    ("bucket", "exports/2024/holders.csv", 9120, "2024-11-30", "object version", "3HL4kqtJlcpXroDTDmJ", False),
    ("dev-server", "/srv/api/logs/2025-01/wallet-api.jsonl", 6402, "2025-01-31", "file", None, True),
    (
        "dev-server",
        f"{HOME}/backup/wallet_2025.tar.gz!/old/2024.zip!/users_utf8.csv",
        4310,
        "2024-10-02",
        "archive member",
        None,
        True,
    ),
    ("bucket", "airdrop/season1/participants.jsonl", 2877, "2024-12-01", "object version", "null", True),
    ("dev-server", "/srv/api/logs/2025-02/wallet-api.jsonl", 1890, "2025-02-28", "file", None, True),
    ("dev-server", f"{HOME}/work/nft-platform/test/fixtures/users.csv", 500, "2024-11-11", "file", None, True),
    ("bucket", "tmp/upload-7f3a.csv", 112, "2025-03-02", "object version", "9kTq0bWv2", True),
    ("dev-server", f"{HOME}/메모.txt", 3, "2025-03-30", "file", None, True),
)


def _observation(asset: tuple[str, str, int, str, str, str | None, bool]) -> Observation:
    target, path, people, day, source, version, current = asset
    lines = "csv" in path or "txt" in path
    tallies = (
        EntityTally(
            entity="KR_CI", sensitivity="linking_identifier", matches=people + people // 9, distinct=people,
            mask="q8…(88 characters)", place="row 1, line 2, field ci" if lines else "table nft_user, row 1, field ci",
            line=2 if lines else None, score=0.99, why=("ci_base64", "field name ci"),
        ),
        EntityTally(
            entity="NICKNAME", sensitivity="profile", matches=people, distinct=people - people // 40, mask="********",
            place="row 1, line 2, field nickname" if lines else "table nft_user, row 1, field nickname",
            line=2 if lines else None, score=0.85, why=("field name nickname",),
        ),
    )  # fmt: skip
    if "fixtures" in path:
        extra = EntityTally(
            entity="PHONE_NUMBER", sensitivity="contact", matches=500, distinct=498, protected=120, mask="***-****-****",
            place="row 1, line 2, field hp", line=2, score=0.95, why=("kr_mobile", "field name hp"),
        )  # fmt: skip
        tallies = (*tallies, extra)
    return Observation(
        identity="\0".join((target, path, version or "")), target=target, path=path, tallies=tallies, people=people,
        modified=datetime.fromisoformat(f"{day}T03:00:00+00:00"), modified_from=source,  # type: ignore[arg-type]
        mode=0o644 if target == "dev-server" else None, size=people * 143, version=version, current=current,
    )  # fmt: skip


OBSERVATIONS = tuple(map(_observation, _ASSETS))

RETENTION = PolicyResult(
    rule="retained-after-contract",
    title=both("Personal data kept after the contract ended", "계약 종료 후 보유 중인 개인정보"),
    description=both(
        "The contract's last day for destruction has passed, and personal data is still held.",
        "계약상 파기 기한이 지났으나 개인정보를 계속 보유하고 있습니다.",
    ),
    remediation=(
        both(
            "Freeze the accounts and files named here as evidence before anything is deleted.",
            "삭제 전에 해당 계정과 파일을 증거로 보전하십시오.",
        ),
        both(
            "Have the vendor destroy every copy unrecoverably, backups and old object versions included.",
            "백업과 이전 객체 버전을 포함한 모든 사본을 복구할 수 없도록 파기하게 하십시오.",
        ),
        both(
            "Decide within 72 hours whether the people concerned and the authority must be notified.",
            "72시간 이내에 정보주체 통지 및 관계 기관 신고 여부를 결정하십시오.",
        ),
    ),
    level=Level.CRITICAL,
    status=Status.FAIL,
    counts={Status.FAIL: 21},
    maps_to=("kr-pipa-21", "kr-ismsp-2.3.4", "th-pdpa-37-3", "cn-pipl-21"),
)
CERTIFICATE = PolicyResult(
    rule="destruction-certificate",
    title=both("Destruction certificate against the evidence", "파기확인서와 점검 결과의 대사"),
    description=both(
        "What the vendor certified as destroyed must not be found within the certificate's scope.",
        "수탁사가 파기를 확인한 범위에서 해당 개인정보가 발견되어서는 안 됩니다.",
    ),
    remediation=(
        both(
            "Confront the vendor with the certificate and this report; ask for a written explanation.",
            "파기확인서와 본 보고서를 근거로 수탁사에 서면 소명을 요구하십시오.",
        ),
    ),
    level=Level.CRITICAL,
    status=Status.FAIL,
    counts={Status.FAIL: 2},
    maps_to=("kr-ismsp-2.3.4", "kr-ismsp-3.4.1"),
)
TEST_DATA = PolicyResult(
    rule="personal-data-in-test-data",
    title=both("Personal data in test data", "테스트 데이터에 포함된 개인정보"),
    description=both("Real personal data is used as test data.", "실제 개인정보를 테스트 데이터로 사용하고 있습니다."),
    remediation=(both("Replace it with made-up data.", "가상의 데이터로 교체하십시오."),),
    level=Level.HIGH,
    status=Status.FAIL,
    counts={Status.FAIL: 3},
    maps_to=("kr-ismsp-2.8.4", "iso27001-a-8.33"),
)
READABLE = PolicyResult(
    rule="world-readable",
    title=both("Personal data readable by every account", "모든 계정이 읽을 수 있는 개인정보"),
    description=both(
        "File permissions let every account of the server read it.", "파일 권한상 서버의 모든 계정이 읽을 수 있습니다."
    ),
    remediation=(both("Restrict the files to their owner.", "소유자만 읽을 수 있도록 권한을 제한하십시오."),),
    level=Level.MEDIUM,
    status=Status.FAIL,
    counts={Status.FAIL: 7},
    maps_to=("kr-safety-5",),
)
ENCRYPTION = PolicyResult(
    rule="ci-encrypted",
    title=both("CI values stored encrypted", "연계정보(CI) 암호화 저장"),
    description=both("CI values must be stored encrypted.", "연계정보는 암호화하여 저장해야 합니다."),
    remediation=(both("Encrypt them.", "암호화하십시오."),),
    level=Level.HIGH,
    status=Status.NOT_CHECKED,
    counts={Status.NOT_CHECKED: 1},
    messages=(
        both(
            "Whether the bucket encrypts by default could not be determined.",
            "버킷의 기본 암호화 여부를 확인할 수 없습니다.",
        ),
    ),
    maps_to=("kr-network-decree-13-2",),
)
PUBLIC = PolicyResult(
    rule="bucket-public",
    title=both("Bucket open to anybody", "누구에게나 공개된 버킷"),
    description=both("A bucket must not be public.", "버킷은 공개되어서는 안 됩니다."),
    remediation=(both("Block public access.", "퍼블릭 액세스를 차단하십시오."),),
    level=Level.HIGH,
    status=Status.PASS,
    counts={Status.PASS: 1},
    messages=(both("bucket is not public.", "bucket은(는) 공개되어 있지 않습니다."),),
    maps_to=("kr-pipa-34-2",),
)


def finding(policy: PolicyResult, verdict: Verdict, number: int, level: Level | None = None) -> Finding:
    return Finding(
        fingerprint=f"{policy.rule}-{number}".encode().hex()[:32].ljust(32, "0"), rule=policy.rule, title=policy.title,
        level=level or policy.level, verdict=verdict, change=Change.UNCHANGED if number % 3 == 1 else Change.NEW,
        maps_to=policy.maps_to,
    )  # fmt: skip


def _of_tally(seen: Observation, tally: EntityTally) -> Verdict:
    return Verdict(
        status=Status.FAIL,
        message=both(
            f"{tally.distinct:,} distinct {tally.entity} values held 596 days past the last day for destruction",
            f"{tally.entity} 서로 다른 값 {tally.distinct:,}건을 파기 기한 경과 후 596일째 보유",
        ),
        subject=seen.identity, target=seen.target, path=seen.path, version=seen.version, entity=tally.entity,
        count=tally.distinct, place=tally.place, line=tally.line, mask=tally.mask, matches=tally.matches, days=596,
        since=seen.modified.date() if seen.modified else None,
    )  # fmt: skip


def _findings() -> tuple[Finding, ...]:
    found = [
        finding(
            CERTIFICATE,
            Verdict(
                status=Status.FAIL,
                message=both(
                    f"Declared destroyed on 2025-04-03, but {n} items on {target} still hold KR_CI, NICKNAME.",
                    f"2025-04-03 파기 완료로 확인되었으나, {target}의 {n}개 항목에 KR_CI, NICKNAME 잔존.",
                ),
                subject=target, target=target, path=path, count=count, matches=count * 2, days=598, since=date(2024, 10, 2),
            ),
            number,
        )
        for number, (target, path, count, n) in enumerate(
            (("dev-server", _ASSETS[0][1], 17551, 7), ("bucket", _ASSETS[2][1], 9120, 3))
        )
    ]  # fmt: skip
    number = 0
    for seen in OBSERVATIONS:
        for tally in seen.tallies:
            found.append(finding(RETENTION, _of_tally(seen, tally), number))
            if "fixtures" in seen.path:
                found.append(finding(TEST_DATA, _of_tally(seen, tally), number))
            if seen.mode is not None and tally.entity == "KR_CI":
                found.append(finding(READABLE, _of_tally(seen, tally), number))
            number += 1
    return tuple(found)


GAPS = (
    Gap(target="dev-server", path=f"{HOME}/문서/secret.zip", code=GapCode.PASSWORD_PROTECTED, detail="The archive asks for a password.", size=48211),
    Gap(target="dev-server", path=f"{HOME}/.gnupg", code=GapCode.PERMISSION_DENIED, detail="The directory cannot be listed by bankaudit."),
    Gap(target="dev-server", path="/srv/postgres/data", code=GapCode.PERMISSION_DENIED, detail="The directory cannot be listed by bankaudit."),
    Gap(target="dev-server", path=f"{HOME}/mail/inbox.pst", code=GapCode.UNSUPPORTED_FILE_TYPE, detail="Outlook mail store.", size=734003200),
    Gap(target="bucket", path="cold/2023.parquet", code=GapCode.INVALID_OBJECT_STATE, detail="Storage class GLACIER.", size=91226112, version="a1"),
)  # fmt: skip

GONE = (
    replace(finding(RETENTION, _of_tally(OBSERVATIONS[9], OBSERVATIONS[9].tallies[0]), 90), change=Change.GONE),
    replace(finding(RETENTION, _of_tally(OBSERVATIONS[7], OBSERVATIONS[7].tallies[0]), 91), change=Change.NOT_EXAMINED),
)

INCIDENT = Run(
    id=2, engagement=ENGAGEMENT, profile="scheduled", fail_on=Level.HIGH, started=STARTED,
    finished=STARTED + timedelta(minutes=11, seconds=7), interrupted=False, tool_version="0.1.0",
    ruleset_digest="d5a0f18c3be94276a8b1c0de57f3926e14cb07a9d2836f5ea1907b4c6d2e8f31", key_id="5f0d3a9be1c27846",
    certificate=CertificateStatus.CONTRADICTED, people=17551, people_certain=True, findings=_findings(), gone=GONE,
    policies=(RETENTION, CERTIFICATE, TEST_DATA, READABLE, ENCRYPTION, PUBLIC), observations=OBSERVATIONS,
    controls=(
        Control(target="bucket", name="bucket.public_access", value=False, detail="no public policy or ACL"),
        Control(target="bucket", name="bucket.encryption", value=None, detail="GetBucketEncryption was denied"),
        Control(target="bucket", name="bucket.versioning", value="Enabled"),
    ),
    gaps=GAPS,
    coverage=(
        Coverage(target="dev-server", assets=48213, examined=48209, bytes=61_250_331_004, gaps=4),
        Coverage(target="bucket", assets=9120, examined=9119, bytes=2_410_552_870, gaps=1),
    ),
)  # fmt: skip

PASSED = replace(RETENTION, status=Status.PASS, counts={Status.PASS: 1})
COVERED = (Coverage(target="delivery", assets=1204, examined=1204, bytes=88_120_311),)

GATE_CLEAN = replace(
    INCIDENT, id=1,
    engagement=Engagement(
        id="gate", entrusting=Party(name=""), vendor=Party(name=""), contract=Contract(),
        targets=(LocalTarget(name="delivery", paths=(Path("delivery.zip"),)),),
    ),
    profile="ci-gate", certificate=CertificateStatus.NONE, people=0, findings=(), gone=(), policies=(PASSED,),
    observations=(), controls=(), gaps=(), coverage=COVERED, key_id="",
)  # fmt: skip
"""Nothing found, everything examined."""

GATE_INCOMPLETE = replace(
    GATE_CLEAN,
    gaps=(Gap(target="delivery", path="delivery.zip!/a.7z", code=GapCode.PASSWORD_PROTECTED),),
    coverage=(replace(COVERED[0], examined=1203, gaps=1),),
)
"""Nothing found, not everything examined."""

GATE_FOUND = replace(
    GATE_CLEAN,
    people=500, people_certain=False,
    observations=(replace(OBSERVATIONS[7], target="delivery", identity="delivery\0users.csv\0", path="users.csv"),),
    findings=(finding(TEST_DATA, replace(_of_tally(OBSERVATIONS[7], OBSERVATIONS[7].tallies[0]), target="delivery", path="users.csv"), 0),),
    policies=(TEST_DATA,),
)  # fmt: skip
"""Personal data in a delivery, everything examined."""

VERIFIED = replace(
    INCIDENT, certificate=CertificateStatus.VERIFIED, people=0, findings=(), gone=(), observations=(), gaps=(), controls=(),
    policies=(PASSED, replace(CERTIFICATE, status=Status.PASS, counts={Status.PASS: 2})),
    coverage=(Coverage(target="dev-server", assets=10, examined=10, bytes=100), Coverage(target="bucket", assets=3, examined=3, bytes=5)),
)  # fmt: skip
"""The certificate holds."""
