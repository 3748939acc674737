"""Container images as umoci and skopeo write them, and as docker itself does (built here after its layouts)."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest
from damage import mutations
from extracting import everything, gaps, tables, walk

from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Content, Member

USERS = "name,ci,day\nkim,DELETEDCANARY,2024-01-01\n"


def run(directory: Path, *command: str) -> None:
    subprocess.run(command, cwd=directory, check=True, capture_output=True)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """An image of two layers, the second of which deletes a file of the first; as OCI layouts and as docker's archive."""
    base = tmp_path_factory.mktemp("image")
    run(base, "umoci", "init", "--layout", "img")
    run(base, "umoci", "new", "--image", "img:v1")
    run(base, "umoci", "unpack", "--rootless", "--image", "img:v1", "one")
    app = base / "one" / "rootfs" / "srv" / "app"
    app.mkdir(parents=True)
    (app / "users.csv").write_text(USERS)
    (app / "keep.txt").write_text("KEPTCANARY\n")
    run(base, "umoci", "repack", "--image", "img:v1", "one")
    run(base, "umoci", "unpack", "--rootless", "--image", "img:v1", "two")
    (base / "two" / "rootfs" / "srv" / "app" / "users.csv").unlink()
    run(base, "umoci", "repack", "--image", "img:v1", "two")
    run(base, "umoci", "config", "--image", "img:v1", "--config.env", "DB_PASSWORD=ENVCANARY",
        "--history.created_by", "/bin/sh -c TOKEN=HISTORYCANARY make")  # fmt: skip
    run(base, "tar", "cf", "layout.tar", "-C", "img", ".")
    policy = ["skopeo", "copy", "--insecure-policy", "oci:img:v1"]
    run(base, *policy, "docker-archive:docker.tar:app:v1")
    run(base, *policy, "oci-archive:oci.tar:v1")
    run(base, "gzip", "-k", "docker.tar")
    return {name: (base / name).read_bytes() for name in ("layout.tar", "oci.tar", "docker.tar", "docker.tar.gz")}


def paths(contents: list[Content]) -> list[str]:
    return [item.asset.path for item in contents if isinstance(item, Member)]


@pytest.mark.parametrize("name", ["layout.tar", "oci.tar", "docker.tar", "docker.tar.gz"])
def test_layers_in_order_with_what_is_deleted_later(images: dict[str, bytes], name: str) -> None:
    contents = list(walk(name, images[name]))
    assert gaps(contents) == []
    found = [path.split("!/", 1)[1] for path in paths(contents) if "!/layer " in path]
    first, second = (path for path in found if "!/" not in path)
    assert first.startswith("layer 1 of 2 (sha256:")
    assert second.startswith("layer 2 of 2 (sha256:")
    assert f"{first}!/srv/app/users.csv (deleted in a later layer)" in found
    assert f"{first}!/srv/app/keep.txt" in found
    assert any(table.columns == ("name", "ci", "day") for table in tables(contents))
    assert {"DELETEDCANARY", "KEPTCANARY", "ENVCANARY"} <= set(everything(contents).split())


@pytest.mark.parametrize("name", ["oci.tar", "docker.tar"])
def test_environment_and_history_are_fields(images: dict[str, bytes], name: str) -> None:
    contents = list(walk(name, images[name]))
    found = [
        (column, value)
        for table in tables(contents)
        if "!/image config (sha256:" in table.asset.path
        for column, array in zip(table.columns, table.arrays, strict=True)
        for value in array.to_pylist()
    ]
    assert ("config.Env.DB_PASSWORD", "ENVCANARY") in found
    assert ("created_by", "/bin/sh -c TOKEN=HISTORYCANARY make") in found


def tar_of(files: dict[str, bytes | None], links: dict[str, str] | None = None) -> bytes:
    """A tar of files (None: a folder) and symbolic links."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
            info.size = len(data or b"")
            archive.addfile(info, io.BytesIO(data or b""))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return file.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


LAYERS = [
    tar_of(
        {"app/": None, "app/users.csv": USERS.encode(), "app/data/a.txt": b"A", "app/data/b.txt": b"B", "etc/x": b"X"}
    ),
    tar_of({"app/.wh.users.csv": b"", "app/data/.wh..wh..opq": b"", "app/data/c.txt": b"C"}),
    tar_of({".wh.etc": b""}),
]
CONFIG = json.dumps(
    {"config": {"Env": ["A=1", "SECRET=ENVCANARY=x", "A=2"]}, "history": [{"created_by": "ARG T=ARGCANARY"}]}
).encode()


def docker_25() -> bytes:
    """docker save since version 25: an OCI layout with docker's own manifest.json behind it."""
    blobs = {f"blobs/sha256/{digest(each)}": each for each in (*LAYERS, CONFIG)}
    names = [f"blobs/sha256/{digest(each)}" for each in LAYERS]
    listing = [{"Config": f"blobs/sha256/{digest(CONFIG)}", "RepoTags": ["app:v1"], "Layers": names}]
    manifest = json.dumps({
        "schemaVersion": 2, "config": {"digest": f"sha256:{digest(CONFIG)}"},
        "layers": [{"digest": f"sha256:{digest(each)}"} for each in LAYERS],
    }).encode()  # fmt: skip
    blobs[f"blobs/sha256/{digest(manifest)}"] = manifest
    index = {"schemaVersion": 2, "manifests": [{"digest": f"sha256:{digest(manifest)}"}]}
    return tar_of({
        "blobs/": None, **dict(sorted(blobs.items())), "index.json": json.dumps(index).encode(),
        "manifest.json": json.dumps(listing).encode(), "oci-layout": b'{"imageLayoutVersion":"1.0.0"}',
    })  # fmt: skip


def docker_old() -> bytes:
    """docker save before: a folder a layer, one of which is a link to another."""
    names = [digest(b"id" + each) for each in LAYERS]
    again = "f" * 64
    layers = [f"{name}/layer.tar" for name in [*names, again]]
    files = {
        f"{name}/{part}": data
        for name, layer in zip(names, LAYERS, strict=True)
        for part, data in (("VERSION", b"1.0"), ("json", b'{"id":"x"}'), ("layer.tar", layer))
    }
    listing = [{"Config": f"{digest(CONFIG)}.json", "RepoTags": None, "Layers": layers}]
    files |= {f"{digest(CONFIG)}.json": CONFIG, "manifest.json": json.dumps(listing).encode()}
    return tar_of(dict(sorted(files.items())), {f"{again}/layer.tar": f"../{names[2]}/layer.tar"})


@pytest.mark.parametrize("data", [docker_25(), docker_old(), gzip.compress(docker_25())], ids=["25", "old", "gz"])
def test_docker_save(data: bytes) -> None:
    contents = list(walk("app.tar", data))
    assert gaps(contents) == []
    inner = [path.split("!/", 2)[2] for path in paths(contents) if path.count("!/") == 2]
    assert set(inner) >= {
        "app/users.csv (deleted in a later layer)", "app/data/a.txt (deleted in a later layer)", "app/data/c.txt",
        "app/data/b.txt (deleted in a later layer)", "etc/x (deleted in a later layer)",
    }  # fmt: skip
    seen = everything(contents)
    assert all(canary in seen for canary in ("DELETEDCANARY", "ENVCANARY=x", "ARGCANARY"))
    assert sum(path.count("!/") == 1 and "!/layer " in path for path in paths(contents)) == 3  # each once


def test_a_layer_that_is_not_there_is_a_gap() -> None:
    listing = json.dumps([{"Config": "x.json", "Layers": ["a" * 64 + "/layer.tar"]}]).encode()
    (gap,) = gaps(list(walk("app.tar", tar_of({"manifest.json": listing}))))
    assert gap.code == GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES
    assert gap.path.startswith("app.tar!/layer 1 of 1 (sha256:aaaaaaaa")


def test_an_image_too_large_to_keep_is_read_under_its_own_names() -> None:
    contents = list(walk("app.tar", docker_25(), limits=Limits(spool_bytes=1000)))
    assert gaps(contents) == []
    assert "DELETEDCANARY" in everything(contents)
    assert any("!/blobs/sha256/" in path and path.endswith("!/app/users.csv") for path in paths(contents))


@pytest.mark.parametrize(
    "listing",
    [b"[", b"{}", b'[{"Layers": 5}]', b'[{"Layers": [5, null]}]', b'[{"Layers": []}]', b"[" * 100_000, b'{"manifests": {}}',
     b'{"manifests": [{"digest": 5}, 7, {"digest": "sha256:x"}]}', b'[{"Layers": ["../../etc/passwd"]}]'],
)  # fmt: skip
def test_a_list_that_makes_no_sense_hides_nothing(listing: bytes) -> None:
    for name in ("manifest.json", "index.json"):
        files: dict[str, bytes | None] = {
            f"blobs/sha256/{digest(LAYERS[0])}": LAYERS[0],
            f"{digest(CONFIG)}.json": CONFIG,
            name: listing,
        }
        seen = everything(walk("x.tar", tar_of(files)))
        assert "DELETEDCANARY" in seen
        assert "ARGCANARY" in seen


def test_a_description_with_a_field_twice_is_read_as_it_is() -> None:
    config = b'{"config": {"Env": ["A=FIRST"]}, "config": {"Env": ["A=SECOND"]}}'
    listing = json.dumps([{"Config": f"{digest(config)}.json", "Layers": []}]).encode()
    seen = everything(walk("x.tar", tar_of({f"{digest(config)}.json": config, "manifest.json": listing})))
    assert "FIRST" in seen
    assert "SECOND" in seen


def test_damage_is_told_and_the_rest_is_read() -> None:
    data = docker_25()
    for turn, (damaged, cut) in enumerate(mutations(data, 200, 3)):
        contents = list(walk("app.tar", damaged))
        if cut:
            assert gaps(contents) or "DELETEDCANARY" in everything(contents)
        elif b"DELETEDCANARY" in damaged:
            assert "DELETEDCANARY" in everything(contents) or gaps(contents), turn
