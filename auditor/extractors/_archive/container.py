"""Images of containers in an archive: what `docker save` writes, and OCI layouts (opencontainers/image-spec v1.1).

Layers are archives of their own. They are kept until the archive ends, as what they are is often said last; then they are
handed out in their order under names people know, with what a later layer deletes from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._archive.members import Joined, Spool, member_asset, read_up_to, shown_name, within
from auditor.extractors._archive.reader import ArchiveReader, LibraryMissingError
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member, Source
from auditor.model.noun import noun

_BLOB: Final = re.compile(r"(?:.*/)?blobs/sha256/[0-9a-f]{64}")
_LAYER: Final = re.compile(r"(?:.*/)?[0-9a-f]{64}(?:/layer)?\.tar")
_CONFIG: Final = re.compile(r"(?:.*/)?[0-9a-f]{64}\.json")
_LISTING: Final = re.compile(r"((?:.*/)?)(?:manifest|index)\.json")
_JSON: Final = 4 << 20
_KEPT: Final = 32 << 20
_MOST_DELETED: Final = 200_000
_MOST_LAYERS: Final = 1_000
_GONE: Final = ".wh."
_ALL_GONE: Final = ".wh..wh..opq"


@noun
class Layer:
    """The locator of a layer's asset: its number from 0, and in which layer (the last) each path is deleted, or all below it."""

    number: int
    deleted: dict[str, int] = field(repr=False)
    emptied: dict[str, int] = field(repr=False)

    def note(self, name: str) -> str:
        """What to say behind the path of a file of this layer."""
        path = name.removeprefix("./")
        gone = self.deleted.get(path, -1) > self.number
        while not gone and path:
            path = path.rpartition("/")[0]
            gone = (path in self.deleted and self.deleted[path] > self.number) or self.emptied.get(
                path, -1
            ) > self.number
        return " (deleted in a later layer)" if gone else ""


@dataclass(slots=True)
class _Kept:
    asset: Asset
    place: tuple[int, int] | None = None
    data: bytes = b""


@dataclass(slots=True, kw_only=True)
class _Image:
    config: str
    layers: list[str]


class ImageGatherer:
    """Keeps layers and what describes them."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._archive = source.asset
        self._encodings = source.encodings
        self._budget = budget
        self._spool = Spool(budget.limits)
        self._members: dict[str, _Kept] = {}
        self._listings: dict[str, bytes] = {}
        self._links: set[str] = set()
        self._passed: set[str] = set()
        self._room = _KEPT

    def wants(self, name: str) -> bool:
        """Layers, their descriptions, and what may list them."""
        if not name.endswith((".json", ".tar")) and "blobs/sha256/" not in name:
            return False
        return any(pattern.fullmatch(name) for pattern in (_LISTING, _LAYER, _CONFIG, _BLOB))

    def take(self, name: str, asset: Asset, stream: Readable) -> Iterator[Content]:
        """Keep a layer or a description; keep and hand on a list."""
        name = name.removeprefix("./")
        head = read_up_to(stream, 1)
        small = asset.size is not None and asset.size <= min(_JSON, self._room)
        if head in (b"{", b"[") and small:
            head += read_up_to(stream, _JSON)
            self._room -= len(head) + 500
            if _LISTING.fullmatch(name):
                self._listings[name] = head
            else:
                self._members[name] = _Kept(asset, data=head)
                return
        elif not _LISTING.fullmatch(name) and self._spool.has_room(asset.size) and self._room > 0:
            place = self._spool.keep(Joined(head, stream))
            if place is not None:
                self._room -= 500
                self._members[name] = _Kept(asset, place)
                return
            yield asset.gap(GapCode.FILE_EXCEEDS_SIZE_LIMIT, "larger than the archive says")
        self._passed.add(name)
        yield Member(asset=asset, stream=cast(BinaryIO, Joined(head, stream)))

    def linked(self, name: str) -> None:
        """Older versions of docker write a layer that comes again as a link."""
        if self._room > 0 and self.wants(name):
            self._room -= 200
            self._links.add(name.removeprefix("./"))

    def finish(self) -> Iterator[Content]:
        """The images' layers in their order, their descriptions, and what belongs to no image."""
        done: set[str] = set()
        try:
            for image in self._images():
                yield from self._image(image, done)
        except ReadError as error:
            yield self._archive.gap(error.code, error.detail)
        for name, kept in self._members.items():
            if name not in done:
                yield Member(asset=kept.asset, stream=self._open(kept))

    def close(self) -> None:
        """The temporary file goes."""
        self._spool.close()

    def _image(self, image: _Image, done: set[str]) -> Iterator[Content]:
        deleted: dict[str, int] = {}
        emptied: dict[str, int] = {}
        for number, name in enumerate(image.layers):
            if name in self._members and number:
                self._read_deleted(self._members[name], number, deleted, emptied)
        count = len(image.layers)
        for number, name in enumerate(image.layers):
            digest = (re.findall(r"[0-9a-f]{64}", name) or [""])[-1][:8]
            said = f"layer {number + 1} of {count} (sha256:{digest})"
            if name not in self._members:
                if name not in self._links and name not in self._passed and name not in done:
                    detail = "this layer is not in the archive"
                    asset = member_asset(self._archive, within(self._archive, said))
                    yield asset.gap(GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, detail)
            elif name not in done:
                done.add(name)
                kept = self._members[name]
                path = within(self._archive, said)
                asset = member_asset(self._archive, path, size=kept.asset.size)
                layer = Layer(number=number, deleted=deleted, emptied=emptied)
                yield Member(asset=replace(asset, locator=layer), stream=self._open(kept))
        if image.config in self._members and image.config not in done:
            kept = self._members[image.config]
            digest = (re.findall(r"[0-9a-f]{64}", image.config) or [""])[-1][:8]
            data = _with_named_variables(kept.data)
            if data is not None:
                done.add(image.config)
                path = within(self._archive, f"image config (sha256:{digest}).json")
                asset = member_asset(self._archive, path, size=len(data))
                yield Member(asset=asset, stream=cast(BinaryIO, Joined(data)))

    def _open(self, kept: _Kept) -> BinaryIO:
        return cast(BinaryIO, Joined(kept.data) if kept.place is None else self._spool.segment(kept.place))

    def _read_deleted(self, kept: _Kept, number: int, deleted: dict[str, int], emptied: dict[str, int]) -> None:
        """What the layer deletes from those below it. A damaged one is told of when it is read as an archive."""
        if kept.place is None:
            return
        head = self._spool.segment(kept.place).read(4096)
        try:
            with ArchiveReader(self._spool.segment(kept.place), head, self._budget) as reader:
                for entry in reader.entries():
                    self._budget.check()
                    folder, _, name = entry.name.decode("utf-8", "replace").removeprefix("./").rpartition("/")
                    if not name.startswith(_GONE) or len(deleted) + len(emptied) > _MOST_DELETED:
                        continue
                    folder = shown_name(folder.encode(), self._encodings) if folder else ""
                    if name == _ALL_GONE:
                        emptied[folder] = number
                    else:
                        shown = shown_name(name[len(_GONE) :].encode(), self._encodings)
                        deleted[f"{folder}/{shown}" if folder else shown] = number
        except (ReadError, LibraryMissingError):
            if self._budget.spent:
                raise

    def _images(self) -> list[_Image]:
        images: list[_Image] = []
        for name, data in self._listings.items():
            match = _LISTING.fullmatch(name)
            folder = match[1] if match else ""
            listing = _parsed(data)
            if isinstance(listing, list):
                for item in listing[:_MOST_LAYERS]:
                    if isinstance(item, dict) and isinstance(item.get("Layers"), list):
                        layers = [folder + each for each in item["Layers"][:_MOST_LAYERS] if isinstance(each, str)]
                        images.append(_Image(config=f"{folder}{item.get('Config')}", layers=layers))
            elif isinstance(listing, dict):
                images += self._of_index(listing, folder, 3)
        return images

    def _of_index(self, listing: dict[str, Any], folder: str, depth: int) -> list[_Image]:
        """The images that an OCI index names, or an index in it."""
        images = []
        for item in _dicts(listing.get("manifests"))[:_MOST_LAYERS]:
            kept = self._members.get(_blob(folder, item))
            manifest = _parsed(kept.data) if kept is not None else None
            if not isinstance(manifest, dict):
                continue
            if "manifests" in manifest and depth:
                images += self._of_index(manifest, folder, depth - 1)
            elif isinstance(manifest.get("layers"), list) and isinstance(manifest.get("config"), dict):
                layers = [_blob(folder, each) for each in _dicts(manifest["layers"])[:_MOST_LAYERS]]
                images.append(_Image(config=_blob(folder, manifest["config"]), layers=layers))
        return images


def _blob(folder: str, item: dict[str, Any]) -> str:
    return f"{folder}blobs/{str(item.get('digest')).replace(':', '/', 1)}"


def _dicts(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field that stands twice would hide its first value: such a description is read as it is."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _with_named_variables(data: bytes) -> bytes | None:
    """An image's description, its environment (`["PASSWORD=x"]`) as fields of their own; None if it is none."""
    try:
        config = json.loads(data, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return None
    if not isinstance(config, dict):
        return None
    for key in ("config", "container_config"):
        part = config.get(key)
        if isinstance(part, dict) and isinstance(part.get("Env"), list):
            named: dict[str, str] = {}
            for item in part["Env"]:
                name, _, value = str(item).partition("=")
                named[name if name not in named else f"{name} ({len(named)})"] = value
            part["Env"] = named
    return json.dumps(config, ensure_ascii=False).encode("utf-8", "replace")
