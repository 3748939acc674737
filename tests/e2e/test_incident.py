"""The incident of docs: a real sshd and a real S3 server, a made-up vendor's leftovers, and what the audit says of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from commands import run, run_here, text

from testbed import engagement, incident, snapshot
from testbed.incident import Truth
from testbed.people import people
from testbed.s3 import S3Server
from testbed.sshd import Sshd, keygen

COUNT = 700
"""Another number than the demo's: the report's must follow what was seeded."""

pytestmark = [pytest.mark.e2e, pytest.mark.integration]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One seeded vendor and its engagement."""

    folder: Path
    home: Path
    file: Path
    truth: Truth
    ssh: Sshd
    s3: S3Server

    def auditor(self, *words: str | Path, input: str = "") -> subprocess.CompletedProcess[str]:
        return text(run_here(*words, cwd=self.folder, input=input.encode()))

    def changed(self, name: str, **changes: Any) -> Path:
        """The engagement with some of its ssh or s3 keys changed (`ssh__port=1`; None takes a key out)."""
        document = yaml.safe_load(self.file.read_text("utf-8"))
        for key, value in changes.items():
            kind, _, word = key.partition("__")
            (target,) = [target for target in document["targets"] if kind in target]
            if value is None:
                target[kind].pop(word, None)
            else:
                target[kind][word] = str(value) if isinstance(value, Path) else value
        for word in ("signed", "ends"):
            document["contract"][word] = str(document["contract"][word])
        document["destruction"]["declared"] = str(document["destruction"]["declared"])
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        return path


@pytest.fixture(scope="module")
def case(server_folder: Path, sshd_server: Sshd, s3_server: S3Server) -> Iterator[Case]:
    folder = server_folder / "incident"
    home = folder / "home"
    folder.mkdir(mode=0o755)
    customers = people(COUNT)
    truth = incident.seed_home(home / "minsu", customers, reader=sshd_server.user)
    bucket = "nft-assets-e2e"
    truth = truth.merge(incident.seed_bucket(s3_server.client(), bucket, customers))
    file = engagement.write(
        folder / "engagement.yaml", ssh=sshd_server, home=home, s3=s3_server, bucket=bucket,
        credentials=s3_server.auditor.write(folder / "auditor.credentials"),
        key_file=engagement.write_key(folder / "fingerprint.key"), subjects=COUNT,
    )  # fmt: skip
    yield Case(folder=folder, home=home, file=file, truth=truth, ssh=sshd_server, s3=s3_server)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def audited(case: Case) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    before = snapshot.tree(case.home), snapshot.bucket(case.s3.client(), "nft-assets-e2e")
    done = text(run("audit", case.file, "--output", "out", "--matches", "m.jsonl", cwd=case.folder))
    after = snapshot.tree(case.home), snapshot.bucket(case.s3.client(), "nft-assets-e2e")
    assert [*snapshot.difference(before[0], after[0]), *snapshot.difference(before[1], after[1])] == []
    return done, json.loads((case.folder / "out/report.json").read_text("utf-8"))


def test_the_certificate_is_contradicted_and_the_people_are_counted(
    audited: tuple[subprocess.CompletedProcess[str], dict[str, Any]],
) -> None:
    done, report = audited
    assert done.returncode == 1, done.stderr
    assert "CERTIFICATE CONTRADICTED" in done.stdout
    assert f"{COUNT} people" in done.stdout
    assert report["summary"]["people"] == COUNT
    assert report["certificate"] == "contradicted"


def test_every_place_is_found_with_exactly_its_people(
    case: Case, audited: tuple[subprocess.CompletedProcess[str], dict[str, Any]]
) -> None:
    lines = [json.loads(line) for line in (case.folder / "m.jsonl").read_text("utf-8").splitlines()]
    found: dict[frozenset[str], list[str]] = {}
    by_path: dict[tuple[str, str | None], set[str]] = {}
    for line in lines:
        if line["entity"] == "KR_CI" and line["protection"] == "clear":
            by_path.setdefault((line["path"], line["version"]), set()).add(line["fingerprint"])
    for (path, _), values in by_path.items():
        found.setdefault(frozenset(values), []).append(path)
    for place in case.truth.places:
        asked = "\n".join(sorted(place.cis)) + "\n"
        printed = case.auditor("fingerprint", "--entity", "KR_CI", "--key-file", "fingerprint.key", input=asked)
        assert frozenset(printed.stdout.split()) in found, f"{place.name}: {place.people} people"


def test_nothing_else_is_reported(case: Case, audited: tuple[subprocess.CompletedProcess[str], dict[str, Any]]) -> None:
    _, report = audited
    secrets = set(case.truth.credentials)
    held = {place.path.decode("utf-8", "replace") for place in case.truth.places}  # an old version of it holds people
    for finding in report["findings"]:
        for clean in set(case.truth.clean) - held:
            if finding["path"] and finding["path"].endswith(f"/{clean}"):
                assert clean in secrets, finding
                assert finding["entity"] == "CREDENTIAL", finding


def test_no_output_holds_a_clear_value(
    case: Case, audited: tuple[subprocess.CompletedProcess[str], dict[str, Any]]
) -> None:
    done, _ = audited
    outputs = {path.name: path.read_bytes() for path in [*case.folder.glob("out/*"), case.folder / "m.jsonl"]}
    outputs["terminal"] = (done.stdout + done.stderr).encode()
    secrets = [case.s3.auditor.secret_key, case.s3.auditor.access_key]
    for person in people(COUNT)[::10]:
        secrets += [person.ci, person.ci.replace("/", "\\/"), quote(person.ci, safe=""), person.di]
        secrets += [word for word in (person.mobile, person.email, person.wallet) if word]
    for name, content in outputs.items():
        assert [secret[:4] for secret in secrets if secret.encode() in content] == [], name


def test_what_could_not_be_examined_is_named(
    case: Case, audited: tuple[subprocess.CompletedProcess[str], dict[str, Any]]
) -> None:
    _, report = audited
    gaps = [gap["path"] for gap in report["gaps"]]
    for expected in case.truth.gaps:
        assert [path for path in gaps if f"/{expected}" in path], expected
    assert len(gaps) == len(case.truth.gaps)


def test_lookup_answers_for_a_customer(case: Case, audited: object) -> None:
    customer, stranger = next(iter(case.truth.cis)), people(1, 7)[0].ci
    done = case.auditor(
        "lookup", "out", "--entity", "KR_CI", "--key-file", "fingerprint.key", input=f"{stranger}\n{customer}\n"
    )
    assert done.returncode == 1
    assert "1\tabsent" in done.stdout
    assert "2\tfound" in done.stdout


def test_a_second_audit_finds_nothing_new(case: Case, audited: object) -> None:
    done = case.auditor("audit", case.file, "--output", "out", "--quiet")
    assert done.returncode == 1
    report = json.loads((case.folder / "out/report.json").read_text("utf-8"))
    assert {finding["change"] for finding in report["findings"]} == {"unchanged"}
    assert report["gone"] == []


def test_a_sample_of_both_servers_is_the_same_again_and_verifies_nothing(case: Case) -> None:
    profiles = case.folder / "own/profiles"
    profiles.mkdir(parents=True)
    (profiles / "few.yaml").write_text(
        "id: few\ntitle: {en: Few, ko: 표본}\nfail_on: note\npolicies: [destruction-certificate]\nsample: {per_folder: 1}\n",
        "utf-8",
    )
    reports = []
    for output in ("few-1", "few-2"):
        done = case.auditor("audit", case.file, "--output", output, "--rules", "own", "--profile", "few", "--quiet")
        assert done.returncode in (1, 3), done.stderr
        assert "Only a sample was examined" in done.stdout
        reports.append(json.loads((case.folder / output / "report.json").read_text("utf-8")))
    one, other = reports
    assert one["data"] == other["data"]
    assert one["course"]["sampling"] == other["course"]["sampling"]
    assert one["course"]["sampling"]["repeatable"]
    assert {gap["target"] for gap in one["gaps"] if gap["code"] == "NOT_SAMPLED"} == {"dev-server", "bucket"}
    assert all(0 < target["examined"] < target["assets"] for target in one["coverage"])
    assert one["certificate"] != "verified"


def test_doctor_reaches_everything(case: Case) -> None:
    done = case.auditor("doctor", case.file)
    assert done.returncode == 0, done.stdout
    assert "FAIL" not in done.stdout


def test_a_wrong_host_key_is_refused_and_the_rest_goes_on(case: Case) -> None:
    file = case.changed("wrong-key", ssh__host_key="SHA256:" + "A" * 43)
    done = case.auditor("audit", file, "--output", "wrong-key")
    assert done.returncode == 1  # the bucket's findings
    report = json.loads((case.folder / "wrong-key/report.json").read_text("utf-8"))
    (gap,) = [gap for gap in report["gaps"] if gap["target"] == "dev-server"]
    assert gap["code"] == "HOST_KEY_REFUSED"
    assert case.ssh.host_key_fingerprint in gap["detail"]
    doctor = case.auditor("doctor", file)
    assert doctor.returncode == 3
    assert case.ssh.host_key_fingerprint in doctor.stdout


def only_ssh(case: Case, name: str, **changes: Any) -> tuple[int, str, dict[str, Any]]:
    file = case.changed(name, **{f"ssh__{key}": value for key, value in changes.items()})
    done = case.auditor("audit", file, "--output", f"out-{name}", "--target", "dev-server")
    assert "Traceback" not in done.stderr, done.stderr
    report = json.loads((case.folder / f"out-{name}/report.json").read_text("utf-8"))
    (gap,) = [gap for gap in report["gaps"] if gap["target"] == "dev-server"]
    assert report["certificate"] == "declared"
    return done.returncode, done.stdout, gap


def test_an_unknown_host_is_refused(case: Case) -> None:
    empty = case.folder / "known_hosts"
    empty.touch()
    code, _, gap = only_ssh(case, "unknown", host_key=None, known_hosts=empty)
    assert (code, gap["code"]) == (3, "HOST_KEY_REFUSED")


def test_a_wrong_key_is_refused(case: Case) -> None:
    stranger = case.folder / "stranger"
    keygen(stranger)
    code, _, gap = only_ssh(case, "stranger", key_file=stranger)
    assert (code, gap["code"]) == (3, "AUTHENTICATION_FAILED")


def test_a_wrong_password_is_refused(case: Case) -> None:
    password = case.folder / "password"
    password.write_text("not-the-password\n")
    with Sshd(folder=case.folder / "ssh2", password_authentication=True, public_key_authentication=False) as server:
        code, output, gap = only_ssh(
            case, "password", key_file=None, password_file=password, port=server.port,
            host_key=server.host_key_fingerprint, agent=False,
        )  # fmt: skip
    assert (code, gap["code"]) == (3, "AUTHENTICATION_FAILED")
    assert "not-the-password" not in output + json.dumps(gap)


def test_a_server_that_is_not_there(case: Case) -> None:
    code, _, gap = only_ssh(case, "gone", port=1)
    assert (code, gap["code"]) == (3, "UNREACHABLE")


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("no-bucket", {"s3__bucket": "no-such-bucket-here"}, {"NO_SUCH_BUCKET_AVAILABLE"}),
        ("no-server", {"s3__endpoint_url": "http://127.0.0.1:1"}, {"UNREACHABLE"}),
    ],
)
def test_a_bucket_out_of_reach(case: Case, name: str, changes: dict[str, str], code: set[str]) -> None:
    file = case.changed(name, **changes)
    done = case.auditor("audit", file, "--output", name, "--target", "bucket")
    assert done.returncode == 3, done.stdout
    report = json.loads((case.folder / name / "report.json").read_text("utf-8"))
    assert {gap["code"] for gap in report["gaps"] if gap["target"] == "bucket"} == code
    assert "Traceback" not in done.stderr


def test_wrong_bucket_credentials(case: Case) -> None:
    wrong = case.folder / "wrong.credentials"
    wrong.write_text("[default]\naws_access_key_id = NOBODY\naws_secret_access_key = not-the-secret-key\n")
    file = case.changed("wrong-credentials", s3__credentials_file=wrong)
    done = case.auditor("audit", file, "--output", "wrong-credentials", "--target", "bucket")
    assert done.returncode == 3
    report = (case.folder / "wrong-credentials/report.json").read_text("utf-8")
    (gap,) = [gap for gap in json.loads(report)["gaps"] if gap["target"] == "bucket"]
    assert gap["code"] == "AUTHENTICATION_FAILED"
    assert "not-the-secret-key" not in report + done.stdout + done.stderr


def test_a_folder_without_permission_is_a_gap_and_the_rest_is_found(case: Case) -> None:
    locked = case.home / "minsu" / "locked"
    locked.mkdir(mode=0o000)
    try:
        done = case.auditor("audit", case.file, "--output", "locked", "--target", "dev-server")
    finally:
        locked.rmdir()
    assert done.returncode == 1
    report = json.loads((case.folder / "locked/report.json").read_text("utf-8"))
    (gap,) = [gap for gap in report["gaps"] if gap["code"] == "PERMISSION_DENIED"]
    assert gap["path"].endswith("/minsu/locked")
    assert any(finding["path"].endswith("users_export.csv") for finding in report["findings"] if finding["path"])
