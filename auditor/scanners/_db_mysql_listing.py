"""What a MySQL or MariaDB server holds, as far as the account sees it: information_schema leaves out what it may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._db_mysql_grants import Grants
from auditor.scanners._db_session import listed, shown

Ask = Callable[..., list[tuple[Any, ...]]]

SYSTEM: Final = ("information_schema", "mysql", "performance_schema", "sys")
_TABLES: Final = """
select table_schema, table_name, table_type, coalesce(table_rows, 0), coalesce(data_length, 0), coalesce(engine, '')
from information_schema.tables where table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')
order by cast(table_schema as binary), cast(table_name as binary)
"""
_COLUMNS: Final = """
select column_name, data_type, coalesce(character_set_name, ''), privileges from information_schema.columns
where table_schema = %s and table_name = %s order by ordinal_position
"""
_READABLE: Final = "select distinct table_schema, table_name from information_schema.columns where find_in_set('select', privileges) > 0"
_BINARY: Final = frozenset(
    {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit", "geometry", "point", "linestring", "polygon",
     "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection", "vector"}
)  # fmt: skip
_LONG: Final = frozenset({"mediumblob", "longblob", "mediumtext", "longtext", "json"})
_ELSEWHERE: Final = frozenset({"FEDERATED", "CONNECT", "SPIDER"})


@noun
class Locator:
    """Which table, and about how many bytes it has."""

    schema: str
    table: str
    size: int = 0

    @property
    def sql(self) -> str:
        """The name, quoted."""
        return f"{quoted(self.schema)}.{quoted(self.table)}"


@noun
class Column:
    """A column. `raw`: text under a declared encoding that is often wrong (latin1), read as it is stored."""

    name: str
    binary: bool
    raw: bool
    long: bool
    readable: bool

    @property
    def sql(self) -> str:
        """The name, quoted."""
        return quoted(self.name)


def quoted(name: str) -> str:
    """A name as SQL."""
    return "`" + name.replace("`", "``") + "`"


class Listing:
    """Lists one server."""

    def __init__(self, target: DatabaseTarget, ask: Ask) -> None:
        self._target = target
        self._ask = ask

    def run(self) -> Iterator[Asset | Gap | Control]:
        """Tables by schema and name; what the account cannot even see is a gap."""
        only = self._target.schemas
        views: list[str] = []
        tables: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        found: list[Asset | Gap] = []
        grants = Grants(self._ask("show grants"))
        readable = {(schema, table) for schema, table in self._ask(_READABLE)}
        for schema, table, kind, count, size, engine in self._ask(_TABLES):
            if only and schema not in only:
                continue
            path = shown(schema, table)
            if "VIEW" in kind:
                views.append(path)
                continue
            if kind == "SEQUENCE":
                continue
            tables[schema] += 1
            rows[schema] += int(count)
            asset = Asset(
                target=self._target.name, path=path, locator=Locator(schema=schema, table=table, size=int(size)), size=int(size)
            )  # fmt: skip
            if engine.upper() in _ELSEWHERE:
                detail = f"its rows lie on another server (engine {printable(engine)}), and reading it would make this one connect there"
                found.append(asset.gap(GapCode.LEFT_OUT, detail))
            elif (schema, table) not in readable:
                found.append(asset.gap(GapCode.PERMISSION_DENIED, "the account may not read the table"))
            else:
                found.append(asset)
                if not grants.reads(schema, table):
                    detail = "the account was granted some of the table's columns; whether it has others cannot be seen"
                    found.append(asset.gap(GapCode.PERMISSION_DENIED, detail, part=True))
        yield from self._unseen(grants)
        for schema in sorted(tables):
            detail = f"About {rows[schema]:,} rows by the server's own statistics."
            yield self._control("database.tables", tables[schema], detail, shown(schema))
        if views:
            detail = f"Not read by themselves, as they show rows of tables: {listed(views)}."
            yield self._control("database.views", len(views), detail)
        yield from found

    def columns(self, where: Locator) -> list[Column]:
        """A table's columns as they are now."""
        return [
            Column(
                name=name, binary=kind.lower() in _BINARY, raw=charset.lower() == "latin1", long=kind.lower() in _LONG,
                readable="select" in privileges.lower().split(","),
            )
            for name, kind, charset, privileges in self._ask(_COLUMNS, (where.schema, where.table))
        ]  # fmt: skip

    def _unseen(self, grants: Grants) -> Iterator[Gap]:
        """Tables without any grant are not listed at all: where the account is not granted whole schemas, some may exist."""
        if grants.reads():
            return
        if not self._target.schemas:
            detail = "the account sees only what it was granted; whether the server holds other databases is not known"
            yield Gap(
                target=self._target.name, path="other databases", code=GapCode.PERMISSION_DENIED, detail=detail
            )  # fmt: skip
        for schema in self._target.schemas:
            if not grants.reads(schema):
                detail = (
                    "the account sees only the tables it was granted; whether the database holds others is not known"
                )
                yield Gap(
                    target=self._target.name, path=printable(schema), code=GapCode.PERMISSION_DENIED, detail=detail
                )

    def _control(self, name: str, value: int, detail: str, path: str = "") -> Control:
        return Control(target=self._target.name, name=name, value=value, detail=detail, path=path)
