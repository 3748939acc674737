"""A finished audit of three local folders, made once a session: one contradicts the certificate, one verifies it, one has a gap."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.cli import main
from testbed.people import people

COUNT = 1200
CONTRADICTED, VERIFIED, DECLARED = "dev-server", "bucket", "laptop"

ENGAGEMENT = """\
engagement: nft-platform-2024
entrusting: {name: 예시은행, country: KR}
vendor: {name: Example Labs, country: KR, contact: privacy@labs.example}
contract: {signed: 2024-09-01, ends: 2025-03-31, destroy_within: 5d, clause: "제12조 제2항"}
agreed_data:
  - {entities: [KR_CI, NICKNAME], purpose: NFT wallet, places: [dev-server], until: contract.ends, protection: encrypted}
data_sent:
  - {sent: 2024-09-10, entities: [KR_CI, NICKNAME, PHONE_NUMBER], subjects: 1200, extract: members.csv}
exceptions:
  - {entities: [PHONE_NUMBER], basis: 전자상거래법 시행령 제6조, until: 2030-03-31, places: [dev-server], paths: ["*/legal"]}
contacts:
  - {role: privacy-officer, party: entrusting, name: 개인정보보호팀, email: privacy@bank.example}
targets:
  - {name: dev-server, local: {paths: [home]}}
  - {name: bucket, local: {paths: [objects]}}
  - {name: laptop, local: {paths: [laptop]}}
destruction: {declared: 2025-04-03, scope: [dev-server, bucket, laptop], subjects: 1200, reference: EL-2025-0403}
key_file: audit.key
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Where the audit lies, its exit code and what it printed."""

    folder: Path
    output: Path
    code: int
    said: str


def seed(folder: Path) -> None:
    """The vendor's leftovers, synthetic."""
    home = folder / "home/jhkim"
    (home / "backup").mkdir(parents=True)
    (home / "app/test/fixtures").mkdir(parents=True)
    (home / "legal").mkdir()
    (folder / "objects").mkdir()
    (folder / "laptop").mkdir()
    crowd = people(COUNT)
    rows = "".join(f"{p.ci},{p.nickname},{p.dashed_mobile}\n" for p in crowd)
    (home / "backup/회원_CI_최종.csv").write_text("ci,nickname,phone\n" + rows, encoding="utf-8")
    (home / "app/test/fixtures/users.csv").write_text(
        "ci,nickname,phone\n" + "".join(rows.splitlines(keepends=True)[:40]), encoding="utf-8"
    )
    (home / "legal/receipts.csv").write_text(
        "order,phone\n" + "".join(f"{p.number},{p.dashed_mobile}\n" for p in crowd[:20] if p.mobile), encoding="utf-8"
    )
    (folder / "objects/readme.txt").write_text("Minting service, release notes.\n", encoding="utf-8")
    (folder / "laptop/notes.txt").write_text("Nothing here.\n", encoding="utf-8")
    (folder / "laptop/mail.pst").write_bytes(b"!BDN" + bytes(600))
    old = datetime(2025, 2, 27, 3, tzinfo=UTC).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (old, old))
    (folder / "audit.key").write_text("5f" * 32 + "\n", encoding="utf-8")
    (folder / "audit.key").chmod(0o600)
    (folder / "engagement.yaml").write_text(ENGAGEMENT, encoding="utf-8")


def make(folder: Path, change: Callable[[Path], None] | None = None) -> Finished:
    """Seed, perhaps change what was seeded, and audit."""
    seed(folder)
    if change:
        change(folder)
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main(
            ["audit", str(folder / "engagement.yaml"), "--output", str(folder / "out"), "--quiet", "--workers", "1"]
        )
    return Finished(folder=folder, output=folder / "out", code=code, said=printed.getvalue())


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return make(tmp_path_factory.mktemp("finished"))
