"""An audit that is killed in the midst of a bucket goes on from there: the same report, and no page is listed or read twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.model.calendar import zone_of_party
from auditor.model.engagement import Party
from auditor.workers.trail import NAME, Earlier
from testbed.people import people
from testbed.s3 import S3Server

pytestmark = pytest.mark.integration

REPO = Path(__file__).parents[2]
KEYS, PAGE = 160, 50
SMALL_PAGES = f"import sys; from auditor.scanners import _s3_listing; _s3_listing.PAGE = {PAGE}; from auditor.cli import main; sys.exit(main())"


@pytest.fixture
def engagement(s3_server: S3Server, tmp_path: Path) -> Path:
    """A folder with somebody, and a bucket with four pages of objects, some of which hold somebody too."""
    client = s3_server.client()
    client.create_bucket(Bucket="resume")
    bodies = [f"닉네임,연계정보\n{person.nickname},{person.ci}\n".encode() for person in people(40, 5)]

    def put(index: int) -> None:
        body = bodies[index // 8] if index % 8 < 2 else b"a line of a log\n"
        client.put_object(Bucket="resume", Key=f"{index:05}.csv", Body=body)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(KEYS)))
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "members.csv").write_bytes(bodies[-1])
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o600)
    file = tmp_path / "engagement.yaml"
    file.write_text(
        f"engagement: resumed\nentrusting: {{name: Example Bank}}\nvendor: {{name: Example Labs}}\n"
        f"contract: {{ends: 2025-03-31}}\nkey_file: key\nlimits: {{requests_per_second: 60}}\ntargets:\n"
        f"  - {{name: first, local: {{paths: [first]}}}}\n"
        f"  - name: bucket\n    s3:\n      bucket: resume\n      endpoint_url: {s3_server.endpoint_url}\n"
        f"      region: {s3_server.region}\n      credentials_file: {s3_server.auditor.write(tmp_path / 'credentials')}\n",
        "utf-8",
    )
    return file


def command(engagement: Path, output: Path, *more: str) -> list[str]:
    return [sys.executable, "-c", SMALL_PAGES, "audit", str(engagement), "--output", str(output), "--quiet", *more]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPO)}


def audited(engagement: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(engagement, output, *more), capture_output=True, text=True, env=environment(), check=False
    )


def report(output: Path) -> dict[str, Any]:
    """All that a report says but for when and by which run."""
    told: dict[str, Any] = json.loads((output / "report.json").read_text("utf-8"))
    del told["response"]["plan"], told["course"]["trend"]
    for moment in ("id", "started", "finished"):
        del told["run"][moment]
    for finding in told["findings"]:
        del finding["track"]["first_seen"]
    return told


def asked(output: Path) -> Counter[str]:
    counted: Counter[str] = Counter()
    for line in (output / "journal.jsonl").read_text("utf-8").splitlines():
        counted.update(json.loads(line).get("requests", {}))
    return counted


def wait_out_midnight() -> None:
    """Reports count days to the day on which an audit began, in the bank's calendar: two that begin now begin on one day."""
    zone = zone_of_party(Party(name="Example Bank"))
    while (datetime.now(zone) + timedelta(seconds=30)).date() != datetime.now(zone).date():
        time.sleep(1)


def test_a_killed_audit_goes_on_where_it_was(engagement: Path, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    wait_out_midnight()
    undisturbed = subprocess.Popen(command(engagement, whole), env=environment(), stdout=subprocess.DEVNULL)
    process = subprocess.Popen(command(engagement, killed), env=environment())
    deadline = time.monotonic() + 120
    while position(killed) <= PAGE and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert not (killed / "report.json").exists(), "it was killed before its end"
    left = (killed / NAME).read_bytes()
    assert not [person for person in people(40, 5) if person.ci.encode() in left or person.nickname.encode() in left]
    assert b"KeyMarker" not in (killed / NAME).read_bytes(), "names of objects may be somebody's numbers"
    read = position(killed) - 1
    assert read in (PAGE, 2 * PAGE, 3 * PAGE), "whole pages, behind the folder's one file"
    asked_before = asked(killed)

    done = audited(engagement, killed, "--resume")
    assert done.returncode == 1, done.stderr
    assert undisturbed.wait(120) == 1
    assert report(killed) == report(whole)
    again = asked(killed) - asked_before
    assert (again["s3 ListObjectVersions"], again["s3 GetObject"]) == ((KEYS - read) // PAGE + 1, KEYS - read)
    assert again["s3 GetBucketAcl"] == 0
    assert not (killed / NAME).exists(), "a complete audit leaves nothing to go on with"
    assert not (whole / NAME).exists()


def position(output: Path) -> int:
    try:
        return Earlier(output / NAME).count
    except (OSError, ValueError):
        return 0
