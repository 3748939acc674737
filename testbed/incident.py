"""Replays the incident: exactly N distinct people over a developer's home directory and a bucket.

``scatter(people)`` decides who lies where: every place holds some people who are nowhere else (so that missing one
place changes the total) and many who are elsewhere too. ``seed_home`` and ``seed_bucket`` write the places and return
the Truth about them; ``Truth.merge`` joins both. The same people and seed give the same bytes.
"""

from __future__ import annotations

import grp
import os
import pwd
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from testbed import decoys, leftovers
from testbed.dump import mysqldump
from testbed.people import DEFAULT_SEED, Person

Where = Literal["home", "bucket"]

#: Place → (share of all people who are only here, share of the common pool that is here as well). The pool is who
#: is left, and the dump holds all of it.
SHARES: dict[str, tuple[float, float]] = {
    "korean-csv": (0.05, 0.20),
    "raw-name-csv": (0.02, 0.05),
    "export-csv": (0.04, 0.45),
    "api-log": (0.02, 0.15),
    "api-log-query": (0.01, 0.02),
    "access-log": (0.03, 0.04),
    "rotated-log": (0.01, 0.03),
    "dump": (0.00, 1.00),
    "nested-archive": (0.06, 0.30),
    "fixtures": (0.01, 0.01),
    "deleted-object": (0.04, 0.50),
    "overwritten-object": (0.01, 0.02),
    "current-object": (0.03, 0.10),
}
SMALLEST = 2 * len(SHARES)

NESTED = "backup/server-backup-20250402.zip"
NESTED_MEMBERS = ("var/backups/db-20250131.tar.gz", "dump/members.csv")
DUMP = "backup/nft_prod_20250328.sql"
DELETED_KEY = "exports/2025/members-full.csv"
#: The name as an old Korean Windows writes it: bytes that are not UTF-8 (which macOS's file system refuses).
RAW_NAME = b"Desktop/" + "연계정보_백업.csv".encode("utf-8" if sys.platform == "darwin" else "cp949")
GAPS = ("Documents/고객자료_전달용.zip", "Documents/본인확인_화면.png")
UNREADABLE = "private"
#: (month, day) in 2025 on which a file was last written. Those after March were written after the contract's end.
DAYS = {
    "Downloads/nft_회원목록_20250214.csv": (2, 14),
    os.fsdecode(RAW_NAME): (5, 2),
    "work/export/users_export.csv": (3, 21),
    "logs/api-2025-03-10.jsonl": (3, 10),
    "logs/api-2025-02-24.jsonl.gz": (2, 24),
    "logs/access.log": (3, 11),
    DUMP: (3, 28),
    NESTED: (4, 2),
    f"{decoys.PROJECT}/test/fixtures/users.json": (6, 11),
    GAPS[0]: (4, 2),
    GAPS[1]: (3, 24),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One file, archive member or object version that holds people.

    ``path`` is relative to the home directory, or the object's key; ``members`` leads into nested archives; ``cis`` is
    who lies there. ``version`` is ``noncurrent`` for what a plain listing of the bucket does not show.
    """

    name: str
    where: Where
    path: bytes
    cis: frozenset[str]
    members: tuple[str, ...] = ()
    version: Literal["current", "noncurrent"] = "current"

    @property
    def people(self) -> int:
        """How many distinct people lie here."""
        return len(self.cis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was seeded. ``clean``: files without personal data; ``credentials``: of those, the ones that hold secrets;
    ``gaps``: files nobody can examine; ``unreadable``: a directory the auditor's account may not enter."""

    places: tuple[Place, ...]
    clean: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    unreadable: str | None = None

    @property
    def cis(self) -> frozenset[str]:
        """The CI of everybody."""
        return frozenset().union(*(place.cis for place in self.places))

    @property
    def people(self) -> int:
        """Distinct people over all places together."""
        return len(self.cis)

    def merge(self, other: Truth) -> Truth:
        """Both together."""
        return Truth(
            places=self.places + other.places,
            clean=self.clean + other.clean,
            credentials=self.credentials + other.credentials,
            gaps=self.gaps + other.gaps,
            unreadable=self.unreadable or other.unreadable,
        )


def scatter(people: Sequence[Person], seed: int = DEFAULT_SEED) -> dict[str, list[Person]]:
    """Place name → who lies there, in the order of the file. ValueError below SMALLEST people."""
    if len(people) < SMALLEST:
        raise ValueError(f"at least {SMALLEST} people, or some place would hold nobody of its own: {len(people)}")
    chance = random.Random(f"scatter-{seed}-{len(people)}")
    left = chance.sample(people, len(people))
    own: dict[str, list[Person]] = {}
    for name, (alone, _) in SHARES.items():
        count = max(1, round(alone * len(people))) if alone else 0
        own[name], left = left[:count], left[count:]
    placed: dict[str, list[Person]] = {}
    for name, (_, shared) in SHARES.items():
        also = left if shared == 1 else chance.sample(left, round(shared * len(left)))
        placed[name] = sorted(own[name] + also, key=lambda person: person.number)
    return placed


def seed_home(
    root: Path,
    people: Sequence[Person],
    *,
    seed: int = DEFAULT_SEED,
    reader: str | None = None,
    unreadable: bool = False,
) -> Truth:
    """Write the developer's home directory at ``root`` (must not exist yet).

    ``reader`` is the account that must be able to read it: files are 0640 and directories 0750 with its group, but
    one dump that is world-readable. Changing the group needs root; without root the files belong to the own user.
    ``unreadable`` adds a directory that the reader may not enter. FileExistsError if ``root`` exists.
    """
    placed, chance = scatter(people, seed), random.Random(f"home-{seed}-{len(people)}")
    files: dict[bytes, bytes] = {os.fsencode(path): data for path, data in decoys.files(chance).items()}
    clean = tuple(sorted(os.fsdecode(path) for path in files))
    places: list[Place] = []

    def put(name: str, path: str | bytes, data: bytes, *also: str, members: tuple[str, ...] = ()) -> None:
        raw = os.fsencode(path)
        files[raw] = data
        cis = frozenset(person.ci for group in (name, *also) for person in placed[group])
        places.append(Place(name=name, where="home", path=raw, members=members, cis=cis))

    put("korean-csv", "Downloads/nft_회원목록_20250214.csv", leftovers.korean_csv(placed["korean-csv"]))
    put("raw-name-csv", RAW_NAME, leftovers.short_csv(placed["raw-name-csv"]))
    put("export-csv", "work/export/users_export.csv", leftovers.export_csv(placed["export-csv"]))
    log = leftovers.api_log(placed["api-log"], placed["api-log-query"], chance)
    put("api-log", "logs/api-2025-03-10.jsonl", log, "api-log-query")
    put("access-log", "logs/access.log", leftovers.access_log(placed["access-log"], chance))
    rotated = leftovers.gzipped(leftovers.api_log(placed["rotated-log"], [], chance))
    put("rotated-log", "logs/api-2025-02-24.jsonl.gz", rotated, members=("api-2025-02-24.jsonl",))
    put("dump", DUMP, _dump(placed, seed))
    put("nested-archive", NESTED, _nested(placed["nested-archive"], chance), members=NESTED_MEMBERS)
    put("fixtures", f"{decoys.PROJECT}/test/fixtures/users.json", leftovers.fixtures_json(placed["fixtures"]))
    files[os.fsencode(GAPS[0])] = leftovers.locked_zip("고객자료.xlsx", 40_000, datetime(2025, 4, 2), chance)
    files[os.fsencode(GAPS[1])] = decoys.png(chance)
    if unreadable:  # people who are elsewhere too: not being able to see them changes no total
        files[os.fsencode(f"{UNREADABLE}/members.csv")] = leftovers.short_csv(placed["dump"][:50])
    _write(root, files, reader)
    if unreadable:
        (root / UNREADABLE).chmod(0o700 if os.geteuid() == 0 else 0o000)
        if os.geteuid() == 0:
            os.chown(root / UNREADABLE, 0, 0)
    return Truth(
        places=tuple(places),
        clean=clean,
        credentials=decoys.CREDENTIALS,
        gaps=GAPS,
        unreadable=UNREADABLE if unreadable else None,
    )


def seed_bucket(client: Any, bucket: str, people: Sequence[Person], *, seed: int = DEFAULT_SEED) -> Truth:
    """Make the bucket (versioning on) and fill it; ``client`` is a writer's boto3 S3 client."""
    placed, chance = scatter(people, seed), random.Random(f"bucket-{seed}-{len(people)}")
    client.create_bucket(Bucket=bucket)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    clean = {
        "assets/metadata/1.json": b'{"name":"Token #1","image":"ipfs://placeholder/1.png"}\n',
        "build/package-lock.json": decoys.package_lock(chance, 300),
        "reports/orders_202503.csv": decoys.orders(chance, 400),
    }
    objects = {
        "airdrop/targets_202503.jsonl": leftovers.targets_jsonl(placed["current-object"]),
        f"{DUMP}.gz": leftovers.gzipped(_dump(placed, seed)),
    }
    # What a plain listing hides: one version below a delete marker, one below a newer, harmless version.
    client.put_object(Bucket=bucket, Key=DELETED_KEY, Body=leftovers.export_csv(placed["deleted-object"]))
    client.delete_object(Bucket=bucket, Key=DELETED_KEY)
    client.put_object(
        Bucket=bucket, Key="config/seed-users.csv", Body=leftovers.short_csv(placed["overwritten-object"])
    )
    clean["config/seed-users.csv"] = b"nickname,ci\r\n"
    for key, data in {**objects, **clean}.items():
        client.put_object(Bucket=bucket, Key=key, Body=data)

    def place(name: str, key: str, who: str, *, current: bool, members: tuple[str, ...] = ()) -> Place:
        return Place(
            name=name,
            where="bucket",
            path=key.encode(),
            members=members,
            version="current" if current else "noncurrent",
            cis=frozenset(person.ci for person in placed[who]),
        )

    places = (
        place("deleted-object", DELETED_KEY, "deleted-object", current=False),
        place("overwritten-object", "config/seed-users.csv", "overwritten-object", current=False),
        place("current-object", "airdrop/targets_202503.jsonl", "current-object", current=True),
        place("dump-copy", f"{DUMP}.gz", "dump", current=True, members=(Path(DUMP).name,)),
    )
    return Truth(places=places, clean=tuple(sorted(clean)))


def _dump(placed: Mapping[str, Sequence[Person]], seed: int) -> bytes:
    """The same bytes in the home directory and in the bucket."""
    return mysqldump(placed["dump"], random.Random(f"dump-{seed}-{len(placed['dump'])}"))


def _nested(people: Sequence[Person], chance: random.Random) -> bytes:
    """A zip of a server's files, with a tar.gz of the database, with the member list as CSV."""
    inner_moment = datetime(2025, 1, 31, 3, 0, tzinfo=UTC)
    inner = {
        NESTED_MEMBERS[1]: leftovers.export_csv(people),
        "dump/README.txt": "운영 DB 백업 (2025-01-31)\n".encode(),
    }
    outer = {
        "etc/nginx/nginx.conf": b"worker_processes 2;\nhttp { server { listen 80; } }\n",
        "srv/web/yarn.lock": decoys.yarn_lock(chance, 60),
        NESTED_MEMBERS[0]: leftovers.tar_gz(inner, inner_moment),
    }
    return leftovers.zipped(outer, datetime(2025, 4, 2, 19, 12))


def _write(root: Path, files: Mapping[bytes, bytes], reader: str | None) -> None:
    """Write the files, then their permissions and times, then the directories', which each write had changed."""
    root.mkdir(parents=True)
    group = _group(reader)
    for raw, data in files.items():
        path = root / os.fsdecode(raw)  # a name that is not UTF-8 becomes surrogates, and the same bytes again
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        _settle(path, 0o644 if raw == os.fsencode(DUMP) else 0o640, group, _moment(raw))
    # Anybody may pass through, or the world-readable dump would not be.
    for folder in {
        parent for raw in files for parent in (root / os.fsdecode(raw)).parents if root in (parent, *parent.parents)
    }:
        _settle(folder, 0o755, group, datetime(2025, 6, 12, 9, 30, tzinfo=UTC))


def _group(reader: str | None) -> int | None:
    if reader is None or os.geteuid() != 0:
        return None
    return grp.getgrgid(pwd.getpwnam(reader).pw_gid).gr_gid


def _moment(path: bytes) -> datetime:
    """A plausible moment: early 2025, the contract's last months, unless DAYS knows better."""
    chance = random.Random(path)
    month, day = DAYS.get(os.fsdecode(path), (chance.randint(1, 3), chance.randint(1, 28)))
    return datetime(2025, month, day, chance.randint(9, 20), chance.randint(0, 59), tzinfo=UTC)


def _settle(path: Path, mode: int, group: int | None, moment: datetime) -> None:
    if group is not None:
        os.chown(path, -1, group)
    path.chmod(mode)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
