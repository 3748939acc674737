"""`auditor doctor` for a container: each step on the way to a blob's bytes, and what to do where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import BinaryIO, Final

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import AzureTarget
from auditor.model.text import printable
from auditor.scanners._azure_client import Container, is_loopback
from auditor.scanners._azure_controls import Controls
from auditor.scanners._azure_listing import Listing
from auditor.scanners._prefixes import in_scope
from auditor.scanners._probing import encryption, first_byte

_LOOK_AHEAD: Final = 200
_LISTING: Final = "list the container"
_TOKEN: Final = "Have the vendor make a SAS token that may read and list and nothing else (docs/vendor-access.md)."


def probes(
    target: AzureTarget, container: Callable[[], Container], opened: Callable[[Asset], AbstractContextManager[BinaryIO]]
) -> Iterator[Probe]:
    """Try each step in turn; after a failure only what can still succeed."""

    def probe(what: str, ok: bool, detail: str = "", cure: str = "", *, warning: bool = False) -> Probe:
        return Probe(target=target.name, what=what, ok=ok, detail=detail, cure=cure, warning=warning)

    try:
        client = container()
        found = list(islice(Listing(target, client).run(), _LOOK_AHEAD))
    except TargetError as error:
        what = "credentials" if error.code == GapCode.AUTHENTICATION_FAILED else _LISTING
        if error.code in (GapCode.PERMISSION_DENIED, GapCode.NO_SUCH_BUCKET_AVAILABLE):
            yield probe("credentials", True)
        yield probe(what, False, error.detail, error.cure)
        return
    assert client.access is not None
    yield probe("credentials", True, client.access.who)
    yield probe(
        _LISTING, True, ", ".join(printable(f"{client.place}/{prefix}") for prefix in in_scope(target.prefixes))
    )
    encrypted, loopback = client.endpoint.startswith("https://"), is_loopback(client.endpoint)
    way = encryption(encrypted=encrypted, loopback=loopback, travels="Requests, the token and blobs")
    yield probe("encrypted connection", *way)
    for item in found:
        match item:
            case Control(name="bucket.versions_listed", value=value, detail=detail) if value is not False:
                yield probe("list versions and snapshots", True, "" if value else detail)
            case Gap(code=code, detail=detail) if code != GapCode.INVALID_OBJECT_STATE:
                yield probe("list everything", False, detail, "Try again, and ask the vendor if it stays.")
            case _:
                pass
    yield probe("read a blob", *first_byte(found, opened, what="blob", cure=_TOKEN))
    unknown = [control for control in Controls(target, client, None).run() if "srt=sco" in control.detail]
    detail = (
        "A token for the container alone: soft delete, its public access level and locks stay unknown."
        if unknown
        else ""
    )
    yield probe("ask for the settings", True, detail)
    writes = client.access.writes
    if writes:
        detail = f"The credentials would let their holder: {', '.join(writes)}. Nothing was tried."
    elif writes is None:
        detail = "What the token's stored access policy allows is not seen from here, and nothing is ever tried."
    else:
        detail = "The token allows reading and listing alone."
    yield probe("cannot write", True, detail, "" if writes == () else _TOKEN, warning=writes != ())
