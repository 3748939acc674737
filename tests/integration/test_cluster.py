"""Audits on a cluster: dask's own scheduler and worker processes, over TLS, beside an audit on this machine alone."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from long_files import PART, write_long_files
from own_recognizer import write_recognizer

from auditor.cli import main
from auditor.errors import InputError, ReadError
from auditor.extractors.limits import Limits
from auditor.journal import Journal
from auditor.model.asset import Asset, GapCode
from auditor.model.course import Track
from auditor.model.engagement import Contract, Engagement, LocalTarget, Party, S3Target, SshTarget, Target
from auditor.model.engagement import Executor as Address
from auditor.model.finding import Run
from auditor.model.rule import Ruleset
from auditor.parts import Part
from auditor.pipeline import Job, audit
from auditor.progress import Progress
from auditor.rulecommands import load as load_rules
from auditor.scanners.local import LocalScanner
from auditor.store.sqlite import Store
from auditor.workers import remote, shard
from auditor.workers.cluster import Cluster, Engine
from auditor.workers.engine import connect
from testbed.certificates import certificate
from testbed.process import wait_until
from testbed.s3 import S3Server
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

REPO = Path(__file__).parents[2]
PASSWORD = "canary-password-7f3a"
KEY = b"canary-fingerprint-key-of-a-bank"
RULES = load_rules([], examples=True)


# ── A cluster ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(kw_only=True)
class Dask:
    """A scheduler with workers, all of whose logs are as talkative as they can be."""

    folder: Path
    address: str = ""
    workers: int = 0

    def files(self, name: str) -> list[str]:
        tls = self.folder / "tls"
        return ["--tls-ca-file", f"{tls}/ca.pem", "--tls-cert", f"{tls}/{name}.pem", "--tls-key", f"{tls}/{name}-key.pem"]  # fmt: skip

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "debug", "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "0"}
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *command, "--no-dashboard"], stdout=stream, stderr=stream, env=environment, cwd=self.folder,
            )  # fmt: skip

    def worker(self) -> subprocess.Popen[bytes]:
        self.workers += 1
        log = f"worker-{self.workers}"
        process = self.start(
            log, "worker", self.address, *self.files("node"), "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1",
            "--local-directory", str(self.folder / log),
        )  # fmt: skip
        path = self.folder / f"{log}.log"
        wait_until(
            lambda: b"Registered to" in path.read_bytes(),
            seconds=40,
            what=log,
            log=path,
            alive=lambda: process.poll() is None,
        )
        return process

    def logs(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.glob("*.log"))

    @property
    def executor(self) -> Address:
        tls = self.folder / "tls"
        return Address(
            address=self.address, ca_file=tls / "ca.pem", cert_file=tls / "audit.pem", key_file=tls / "audit-key.pem"
        )


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    folder = tmp_path_factory.mktemp("dask")
    (folder / "tls").mkdir()
    ca = certificate(folder / "tls", "ca", None)
    for name in ("node", "audit"):
        certificate(folder / "tls", name, ca)
    cluster = Dask(folder=folder)
    where = folder / "scheduler.json"
    processes = [
        cluster.start(
            "scheduler", "scheduler", *cluster.files("node"), "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(where)
        )
    ]  # fmt: skip
    try:
        wait_until(where.exists, seconds=40, what="scheduler", log=folder / "scheduler.log", alive=lambda: processes[0].poll() is None)  # fmt: skip
        while not cluster.address:
            try:
                cluster.address = json.loads(where.read_text())["address"]
            except ValueError:
                time.sleep(0.05)
        assert cluster.address.startswith("tls://127.0.0.1:")
        processes += [cluster.worker(), cluster.worker()]
        yield cluster
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


# ── What is audited ─────────────────────────────────────────────────────────────────────────────────────────────────


def write_tree(folder: Path, files: int, seed: int) -> Path:
    """Small tables and logs, people who stand in several of them, and what cannot be read."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    phones = [f"010-{rng.randrange(2000, 9999)}-{rng.randrange(1000, 9999)}" for _ in range(files * 4)]
    for number in range(files):
        rows = "".join(f"{n},별명{rng.randrange(10**6)},{rng.choice(phones)},{rng.randbytes(64).hex()}\n" for n in range(12))  # fmt: skip
        (folder / f"m{number:03}.csv").write_text("no,nickname,phone,ci\n" + rows, encoding="utf-8")
    (folder / "app.log").write_text("".join(f"call {phone}\n" for phone in phones[:40]), encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.write(folder / "m000.csv", "copy.csv")
    repository = folder / "repository"
    repository.mkdir()
    (repository / "old.txt").write_text("call 010-7654-3219\n")
    git = [
        "git",
        "-C",
        str(repository),
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@t.example",
        "-c",
        "commit.gpgsign=false",
    ]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "old"]):
        subprocess.run([*git, *command], check=True)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> LocalTarget:
    return LocalTarget(name="delivery", paths=(write_tree(tmp_path_factory.mktemp("local") / "tree", 24, 1),))


@dataclass
class Audited:
    """What an audit says, in an order that does not depend on which worker was first."""

    run: Run

    @property
    def said(self) -> dict[str, Any]:
        run = self.run
        gaps = sorted(
            (gap.target, gap.path, str(gap.code), gap.detail, gap.size, gap.version or "") for gap in run.gaps
        )
        return {
            "findings": [replace(finding, track=Track()) for finding in run.findings],  # when each run met it
            "observations": run.observations, "gaps": gaps, "people": run.people, "certain": run.people_certain,
            "coverage": run.coverage, "controls": run.controls,
        }  # fmt: skip

    @property
    def paths(self) -> list[str]:
        """Of the findings."""
        return [finding.verdict.path for finding in self.run.findings]

    @property
    def gaps(self) -> list[tuple[str, str]]:
        return sorted((str(gap.code), Path(gap.path).name) for gap in self.run.gaps)


def run(
    folder: Path,
    *targets: Target,
    executor: Address | None = None,
    progress: Progress | None = None,
    rules: Ruleset = RULES,
    journal: Path | None = None,
) -> Audited:
    """An audit in which files of 256 KiB are examined in parts."""
    engagement = Engagement(
        id="t", entrusting=Party(name="B"), vendor=Party(name="V"), contract=Contract(ends=date(2025, 3, 31)), targets=targets,
    )  # fmt: skip
    profile = rules.profile("scheduled")
    job = Job(
        engagement=engagement, ruleset=rules, profile=profile, fail_on=profile.fail_on, key=KEY, key_kept=True, workers=2,
        only=frozenset(target.name for target in targets), passwords=(PASSWORD,), executor=executor, journal=Journal(journal),
        limits=Limits(part_bytes=PART),
    )  # fmt: skip
    with Store(folder / f"{time.monotonic_ns()}.sqlite") as store, job.journal:
        return Audited(audit(job, store, progress or Progress()))


@pytest.fixture(scope="module")
def alone(tree: LocalTarget, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The tree, audited by this machine."""
    found = run(tmp_path_factory.mktemp("alone"), tree)
    assert len(found.run.findings) > 24
    assert found.run.people > 24
    assert [name for _, name in found.gaps] == ["broken.zip"]
    return found


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Cluster.__init__.__kwdefaults__
    monkeypatch.setitem(Cluster.__init__.__kwdefaults__, "shard_assets", 4)


def on(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> Address:
    """Any other executor in dask's place."""
    monkeypatch.setattr("auditor.workers.engine.connect", lambda address: Engine(executor))
    return Address(address="tcp://127.0.0.1:1")


def logged_in(server: Sshd) -> int:
    return server.log.read_text("utf-8", "replace").count("Accepted publickey")


def journalled(path: Path) -> dict[str, Counter[str]]:
    """Requests by target and kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in map(json.loads, path.read_text().splitlines()):
        counts[line["target"]].update(line.get("requests", {}))
    return counts


class Tells(Progress):
    """Calls something with the number of files of which it was told."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.files = 0
        self.bytes = 0
        self._tell = tell

    def file(self, path: str) -> None:
        self.files += 1
        self._tell(self.files)

    def read(self, bytes: int) -> None:
        self.bytes += bytes


# ── The same findings ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("small_shards")
def test_servers_and_buckets_give_what_this_machine_alone_gives_and_secrets_stay_out_of_logs(
    dask: Dask, sshd_server: Sshd, server_folder: Path, tmp_path: Path
) -> None:
    there = write_tree(server_folder / "cluster", 5, 2)
    for path in (write_long_files(tmp_path / "long") / "members.csv", tmp_path / "long" / "app.log"):
        (there / path.name).write_bytes(path.read_bytes())
    ssh = SshTarget(
        name="server", host="127.0.0.1", port=sshd_server.port, user=sshd_server.user, host_key=sshd_server.host_key_fingerprint,
        key_file=sshd_server.client_key, paths=(str(there),),
    )  # fmt: skip
    with S3Server(folder=server_folder / "cluster-moto", kind="moto") as server:
        client = server.client()
        client.create_bucket(Bucket="left", CreateBucketConfiguration={"LocationConstraint": server.region}) if server.region != "us-east-1" else client.create_bucket(Bucket="left")  # fmt: skip
        for path in sorted(there.glob("*.*")):
            client.put_object(Bucket="left", Key=f"a/{path.name}", Body=path.read_bytes())
        bucket = S3Target(
            name="bucket", bucket="left", endpoint_url=server.endpoint_url, region=server.region,
            credentials_file=server.auditor.write(tmp_path / "credentials"),
        )  # fmt: skip
        here = run(tmp_path, ssh, bucket, journal=tmp_path / "here")
        progress = Tells(lambda files: None)
        connections = logged_in(sshd_server)
        cluster = run(tmp_path, ssh, bucket, executor=dask.executor, progress=progress, journal=tmp_path / "there")
        connections = logged_in(sshd_server) - connections
        secret = server.auditor.secret_key
    assert cluster.said == here.said
    assert {coverage.target: coverage.gaps > 0 for coverage in cluster.run.coverage} == {"server": True, "bucket": True}  # fmt: skip
    assert progress.files == sum(coverage.assets for coverage in cluster.run.coverage)
    assert progress.bytes == sum(coverage.bytes for coverage in cluster.run.coverage)

    asked, lines = journalled(tmp_path / "there"), [*map(json.loads, (tmp_path / "there").read_text().splitlines())]
    assert asked["bucket"] == journalled(tmp_path / "here")["bucket"], "each request of the workers, and none twice"
    assert sum(line["did"] == "connected" for line in lines) == connections > 1, "as sshd itself counts"
    assert {line["target"] for line in lines if "worker" in line} == {"server", "bucket"}
    assert len({line["worker"] for line in lines if "worker" in line}) == 2

    logs = dask.logs()
    assert b"examine_shard" in logs
    private = sshd_server.client_key.read_text().splitlines()[2]
    for canary in (PASSWORD, secret, private, KEY.decode(), KEY.hex(), "m001.csv", str(there)):
        assert canary.encode() not in logs, canary


@pytest.mark.usefixtures("small_shards")
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    dask: Dask, tree: LocalTarget, alone: Audited, tmp_path: Path
) -> None:
    victim = dask.worker()

    def kill(files: int) -> None:
        if files == 8:
            os.kill(victim.pid, signal.SIGKILL)

    found = run(tmp_path, tree, executor=dask.executor, progress=Tells(kill))
    assert victim.wait(10) == -signal.SIGKILL
    assert found.said == alone.said


def test_a_worker_that_is_killed_over_a_part_of_a_long_file_changes_nothing(dask: Dask, tmp_path: Path) -> None:
    target = LocalTarget(name="long", paths=(write_long_files(tmp_path / "long"),))
    alone = run(tmp_path, target)
    victim = dask.worker()
    progress = Tells(lambda files: None)

    def kill(size: int) -> None:
        progress.bytes += size
        if victim.poll() is None:
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait(10)

    progress.read = kill  # type: ignore[method-assign]
    found = run(tmp_path, target, executor=dask.executor, progress=progress)
    assert victim.returncode == -signal.SIGKILL
    assert found.said == alone.said
    assert progress.bytes == sum(path.stat().st_size for path in (tmp_path / "long").iterdir())


def test_the_command_reads_the_cluster_from_the_engagement(
    dask: Dask, tree: LocalTarget, alone: Audited, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: str(getattr(dask.executor, name)) for name in ("ca_file", "cert_file", "key_file")}
    engagement = {
        "engagement": "t", "entrusting": {"name": "B"}, "vendor": {"name": "V"}, "contract": {"ends": "2025-03-31"},
        "targets": [{"name": "delivery", "local": {"paths": [str(tree.paths[0])]}}], "executor": {"address": dask.address, **files},
    }  # fmt: skip
    (tmp_path / "e.yaml").write_text(json.dumps(engagement))
    (tmp_path / "key").write_bytes(KEY)
    (tmp_path / "key").chmod(0o600)
    code = main(["audit", str(tmp_path / "e.yaml"), "--key-file", str(tmp_path / "key"), "--output", str(tmp_path / "out"), "--quiet"])  # fmt: skip
    assert code == 1, capsys.readouterr()
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert len(report["findings"]) == len(alone.run.findings)
    assert b"tls://" in dask.logs()


# ── What is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://10.1.2.3:8786", "in the clear"),
        ("tcp://scheduler.bank.example:8786", "in the clear"),
        ("tls://scheduler.bank.example:8786", "certificate"),
        ("scheduler:8786", "no address"),
        ("inproc://127.0.0.1/1", "no address"),
    ],
)
def test_an_address_that_is_not_safe_is_refused_with_its_cure(address: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        connect(Address(address=address))
    assert caught.value.problems[0].cure


def test_a_certificate_of_another_authority_is_refused(dask: Dask, tmp_path: Path) -> None:
    certificate(tmp_path, "own", None)
    stranger = replace(dask.executor, cert_file=tmp_path / "own.pem", key_file=tmp_path / "own-key.pem")
    with pytest.raises(InputError, match="does not accept our certificate"):
        connect(stranger)


def test_another_version_on_the_workers_is_refused_before_anything_is_read(
    tree: LocalTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Newer:
        __version__ = "99"

    monkeypatch.setattr(remote, "auditor", Newer)
    with ThreadPoolExecutor(1) as threads, pytest.raises(InputError, match="version 99"):
        run(tmp_path, tree, executor=on(threads, monkeypatch))


# ── What fails ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Fails(ThreadPoolExecutor):
    """Fails the tasks from one number to another; 0 is the start."""

    def __init__(self, error: BaseException, first: int, last: int) -> None:
        super().__init__(1)
        self._error, self._first, self._last = error, first, last
        self._count = -1
        self._good: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._count += 1
        if not self._first <= self._count <= self._last:
            self._good.append(super().submit(fn, *args, **kwargs))
            return self._good[-1]
        wait(self._good)
        time.sleep(0.2)  # so that their results are taken first
        failed: Future[Any] = Future()
        failed.set_exception(self._error)
        return failed


@pytest.mark.usefixtures("small_shards")
def test_a_shard_given_up_by_the_cluster_is_a_gap_for_each_of_its_assets(
    tree: LocalTarget, alone: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledWorker(Exception):  # noqa: N818 - dask's own name
        """As dask's."""

    with Fails(KilledWorker("canary"), 3, 3) as executor:
        found = run(tmp_path, tree, executor=on(executor, monkeypatch))
    lost = [gap for gap in found.run.gaps if gap.code == GapCode.WORKER_CRASHED]
    assert len(lost) == 4
    assert all("KilledWorker" in gap.detail and "canary" not in gap.detail for gap in lost)
    assert found.run.coverage[0].examined == alone.run.coverage[0].examined - 4
    paths = {gap.path for gap in lost}
    assert found.paths == [path for path in alone.paths if path not in paths]


@pytest.mark.usefixtures("small_shards")
def test_a_lost_scheduler_makes_the_rest_of_the_target_a_gap(
    tree: LocalTarget, alone: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(tree, name="second")
    with Fails(BrokenExecutor(), 4, 10**9) as executor:
        found = run(tmp_path, tree, other, executor=on(executor, monkeypatch))
    whole = [(gap.target, str(gap.code)) for gap in found.run.gaps if not gap.path]
    assert whole == [("delivery", "UNREACHABLE"), ("second", "UNREACHABLE")]
    assert 0 < len(found.run.findings) < len(alone.run.findings)


@pytest.mark.usefixtures("small_shards")
def test_ctrl_c_keeps_what_arrived_and_says_what_did_not(
    tree: LocalTarget, alone: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(files: int) -> None:
        if files == 8:
            raise KeyboardInterrupt

    began = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        found = run(tmp_path, tree, executor=on(threads, monkeypatch), progress=Tells(stop), journal=tmp_path / "j")
    assert time.monotonic() - began < 15
    assert found.run.interrupted
    assert [(gap.target, str(gap.code)) for gap in found.run.gaps if not gap.path] == [("delivery", "INTERRUPTED")]
    assert {line["did"] for line in map(json.loads, (tmp_path / "j").read_text().splitlines())} == {"lost"}
    assert 0 < len(found.run.findings) < len(alone.run.findings)


def test_results_too_long_for_a_shard_are_split_or_read_by_the_audit_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard, "RESULT_BYTES", 6_000)
    folder = tmp_path / "d"
    folder.mkdir()
    for name, calls in (("a.log", 2), ("b.log", 900), ("c.log", 3)):
        (folder / name).write_text("".join(f"call 010-{2345 + n}-{6789 - n}\n" for n in range(calls)))
    target = LocalTarget(name="d", paths=(folder,))
    sent: list[int] = []
    examine = remote._Bench.examine

    def counted(bench: Any, packed: bytes, assets: list[Asset], part: Part | None) -> bytes:
        sent.append(len(assets))
        return examine(bench, packed, assets, part)

    monkeypatch.setattr(remote._Bench, "examine", counted)
    with ThreadPoolExecutor(1) as threads:
        found = run(tmp_path, target, executor=on(threads, monkeypatch))
    assert sent == [0, 3, 2, 1]
    assert found.said == run(tmp_path, target).said
    assert found.paths


def test_a_parser_that_dies_on_the_cluster_costs_one_asset_there_too(
    tree: LocalTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_recognizer(tmp_path / "rules", "deadly_there")
    monkeypatch.syspath_prepend(tmp_path / "rules")
    folder = write_tree(tmp_path / "deliver", 4, 3)
    (folder / "m002b.txt").write_text("phone: 010-2345-6789\n" + "y\n" * 200_000 + "abort now\n")
    rules = load_rules([tmp_path / "rules"], examples=True)
    with ThreadPoolExecutor(1) as threads:
        found = run(tmp_path, LocalTarget(name="d", paths=(folder,)), executor=on(threads, monkeypatch), rules=rules)
    assert [name for code, name in found.gaps if code == "WORKER_CRASHED"] == ["m002b.txt"]
    assert {f"m00{n}.csv" for n in range(4)} <= {Path(path).name for path in found.paths}


def test_another_machine_s_file_of_the_same_name_is_not_taken_for_the_one_listed(tree: LocalTarget) -> None:
    asset = next(item for item in LocalScanner(tree).scan() if isinstance(item, Asset) and item.name.endswith(".csv"))
    files = remote._SharedFiles(LocalScanner(tree))
    with files.open(asset) as stream:
        assert stream.read(3)
    assert asset.modified is not None
    for other in (replace(asset, size=1), replace(asset, modified=asset.modified + timedelta(minutes=1))):
        with pytest.raises(ReadError, match="shared file system"), files.open(other):
            pass
