"""Proof that an audit changed nothing: a digest of every file and every object version, before and after."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

#: What was looked at (a path or an object version, as text) → digest of everything about it.
Snapshot = dict[str, str]


def tree(root: Path) -> Snapshot:
    """Names, types, modes, owners, modification times (ns) and contents of everything below ``root``, and itself.

    Access times are left out: reading may change those. Needs permission to read it all; OSError otherwise.
    """
    base = os.fsencode(root)
    found: Snapshot = {}
    for folder, folders, names in os.walk(base, onerror=_raise):
        for path in [folder] if folder == base else []:
            found["."] = _digest(path)
        for name in [*folders, *names]:
            path = folder + b"/" + name
            found[ascii(os.path.relpath(path, base))[2:-1]] = _digest(path)
    return found


def bucket(client: Any, name: str) -> Snapshot:
    """Keys, version ids, ETags, sizes and times of all versions and delete markers of a bucket."""
    found: Snapshot = {}
    for page in client.get_paginator("list_object_versions").paginate(Bucket=name):
        for kind in ("Versions", "DeleteMarkers"):
            for entry in page.get(kind, []):
                about = (
                    kind,
                    entry.get("ETag"),
                    entry.get("Size"),
                    entry["IsLatest"],
                    entry["LastModified"].isoformat(),
                )
                found[f"{entry['Key']}@{entry['VersionId']}"] = repr(about)
    return found


def container(client: Any) -> Snapshot:
    """Names, snapshots, ETags, sizes, tiers, access and modification times of all blobs of an Azure container, and its own."""
    about = client.get_container_properties()
    found: Snapshot = {".": repr((about.etag, about.last_modified, about.public_access))}
    for blob in client.list_blobs(include=["snapshots", "uncommittedblobs", "metadata"]):
        facts = (blob.etag, blob.size, blob.last_modified, blob.blob_tier, blob.lease.state, blob.metadata)
        found[f"{blob.name}@{blob.snapshot}"] = repr(facts)
    return found


def difference(before: Snapshot, after: Snapshot) -> list[str]:
    """What was added, removed or changed, one line each, sorted; empty if nothing."""
    lines = [f"removed: {name}" for name in before.keys() - after.keys()]
    lines += [f"added: {name}" for name in after.keys() - before.keys()]
    lines += [f"changed: {name}" for name in before.keys() & after.keys() if before[name] != after[name]]
    return sorted(lines)


def _digest(path: bytes) -> str:
    status = os.lstat(path)
    digest = hashlib.sha256(repr((status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns)).encode())
    if stat.S_ISREG(status.st_mode):
        with Path(os.fsdecode(path)).open("rb") as stream:
            for block in iter(lambda: stream.read(1 << 20), b""):
                digest.update(block)
    elif stat.S_ISLNK(status.st_mode):
        digest.update(os.fsencode(Path(os.fsdecode(path)).readlink()))
    return digest.hexdigest()


def _raise(error: OSError) -> None:
    raise error
