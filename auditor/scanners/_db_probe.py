"""`auditor doctor` for a database: who we are there, what we may read, and whether we could write, by the grants alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import DatabaseTarget
from auditor.scanners._db_session import listed

_GRANT = "Have the vendor grant what docs/vendor-access-databases.md lists."
_TOO_STRONG = "The account is too strong: have the vendor take away all but reading (docs/vendor-access-databases.md)."


def probes(
    target: DatabaseTarget,
    scan: Callable[[], Iterator[Asset | Gap | Control]],
    opened: Callable[[Asset], AbstractContextManager[BinaryIO]],
) -> Iterator[Probe]:
    """Each step in turn; what is ok and has a cure all the same is a warning."""

    def probe(what: str, ok: bool, detail: str = "", cure: str = "") -> Probe:
        return Probe(target=target.name, what=what, ok=ok, detail=detail, cure=cure, warning=ok and bool(cure))

    try:
        found = list(scan())
    except TargetError as error:
        yield probe("connect", False, error.detail, error.cure)
        return
    controls = {control.name: control for control in found if isinstance(control, Control)}
    tables = [item for item in found if isinstance(item, Asset)]
    gaps = [item for item in found if isinstance(item, Gap)]
    account = controls["database.account"]
    yield probe("connect", True, f"as {account.value}: {account.detail}")
    refused = [gap.path for gap in gaps if gap.code == GapCode.PERMISSION_DENIED]
    if refused:
        yield probe("read every table", False, f"not readable, or not all of it: {listed(refused)}.", _GRANT)
    else:
        yield probe("read every table", True, f"{len(tables):,} listed")
    if tables:
        try:
            with opened(tables[0]) as stream:
                stream.read(1 << 16)
            yield probe("read rows", True, tables[0].path)
        except ReadError as error:
            if error.code == GapCode.NOT_SAMPLED:
                yield probe("read rows", True, tables[0].path)
            else:
                yield probe("read rows", False, f"{tables[0].path}: {error.detail}", _GRANT)
    writes = controls["database.account_writes"]
    if writes.value is None:
        yield probe("cannot write", True, f"could not be determined: {writes.detail}", _GRANT)
    elif writes.value:
        yield probe("cannot write", True, writes.detail, _TOO_STRONG)
    else:
        yield probe("cannot write", True, writes.detail)
    for name, what in (("database.passwordless", "passwords"), ("database.readers", "who may read")):
        control = controls.get(name)
        if control is not None and control.value is None:
            yield probe(what, True, f"will not be checked: {control.detail}", _GRANT)
