"""What a PostgreSQL database holds: tables, materialized views, large objects, and what of them the account may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._db_session import listed, shown

Ask = Callable[..., list[tuple[Any, ...]]]

_TABLES: Final = """
select n.nspname, c.relname, c.relkind::text, c.reltuples::int8,
  (c.relpages::int8 + coalesce(t.relpages, 0)) * current_setting('block_size')::int8,
  has_schema_privilege(n.oid, 'USAGE') and (has_table_privilege(c.oid, 'SELECT') or has_any_column_privilege(c.oid, 'SELECT')),
  case when has_table_privilege(c.oid, 'SELECT') then 0 else
    (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and not has_column_privilege(c.oid, a.attnum, 'SELECT')) end,
  row_security_active(c.oid), c.relispopulated
from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_class t on t.oid = c.reltoastrelid
where c.relkind in ('r', 'm', 'f', 'v') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
  and (cardinality(%(schemas)s::text[]) = 0 or n.nspname = any(%(schemas)s::text[]))
order by n.nspname collate "C", c.relname collate "C"
"""
_COLUMNS: Final = """
select a.attname, coalesce(nullif(t.typbasetype, 0), t.oid)::int8 from pg_attribute a join pg_type t on t.oid = a.atttypid
join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relname = %(table)s and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
order by a.attnum
"""
_LARGE_OBJECTS: Final = """
select l.oid::int8, r.rolsuper or pg_has_role(l.lomowner, 'USAGE') or has_any or current_setting('lo_compat_privileges')::bool
from pg_largeobject_metadata l join pg_roles r on r.rolname = current_user
cross join lateral (select exists (select from aclexplode(l.lomacl) x where x.privilege_type = 'SELECT'
  and (x.grantee = 0 or pg_has_role(x.grantee, 'USAGE'))) as has_any) acl
order by l.oid
"""
_BYTEA: Final = 17
_LONG: Final = frozenset({17, 25, 1043, 1042})
"""bytea, text, varchar, char: what a value of megabytes is."""


@noun
class Locator:
    """Which table, by its name and as it was listed; or which large object."""

    schema: str = ""
    table: str = ""
    kind: str = "r"
    rows: int = 0
    size: int = 0
    large_object: int | None = None


@noun
class Column:
    """A column the account may read. `long`: its values may be very long."""

    name: str
    bytes: bool
    long: bool


class Listing:
    """Lists one database."""

    def __init__(self, target: DatabaseTarget, ask: Ask) -> None:
        self._target = target
        self._ask = ask

    def run(self) -> Iterator[Asset | Gap | Control]:
        """Tables by schema and name, then large objects."""
        views: list[str] = []
        tables: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        found: list[Asset | Gap] = []
        for schema, table, kind, count, size, readable, hidden, secured, filled in self._ask(
            _TABLES, {"schemas": list(self._target.schemas)}
        ):
            path = shown(schema, table)
            if kind == "v":
                views.append(path)
                continue
            tables[schema] += 1
            rows[schema] += max(0, count)
            unknown[schema] += count < 0
            where = Locator(schema=schema, table=table, kind=kind, rows=max(0, count), size=size)
            asset = Asset(target=self._target.name, path=path, locator=where, size=size)
            if kind == "f":
                detail = (
                    "a foreign table: its rows lie on another server, and reading it would make this one connect there"
                )
                found.append(asset.gap(GapCode.LEFT_OUT, detail))
            elif not readable:
                found.append(asset.gap(GapCode.PERMISSION_DENIED, "the account may not read the table"))
            elif filled:
                found.append(asset)
                if hidden:
                    detail = f"the account may not read {hidden} of the table's columns"
                    found.append(asset.gap(GapCode.PERMISSION_DENIED, detail, part=True))
                if secured:
                    detail = "row-level security may hide rows from the account (let it have BYPASSRLS)"
                    found.append(asset.gap(GapCode.PERMISSION_DENIED, detail, part=True))
        for schema in self._target.schemas:
            if schema not in tables and not any(view.startswith(f"{shown(schema)}.") for view in views):
                detail = "there is no such schema, or it holds no table"
                yield Gap(
                    target=self._target.name, path=printable(schema), code=GapCode.NOT_FOUND, detail=detail
                )  # fmt: skip
        for schema in sorted(tables):
            detail = f"About {rows[schema]:,} rows by the server's own statistics."
            if unknown[schema]:
                detail += f" It has none of {unknown[schema]:,} of the tables."
            yield self._control("database.tables", tables[schema], detail, shown(schema))
        if views:
            detail = f"Not read by themselves, as they show rows of tables: {listed(views)}."
            yield self._control("database.views", len(views), detail)
        yield from found
        if not self._target.schemas:
            yield from self._large_objects()

    def columns(self, cursor: Any, where: Locator) -> list[Column]:
        """A table's columns as they are now."""
        found = cursor.execute(_COLUMNS, {"schema": where.schema, "table": where.table}).fetchall()
        return [Column(name=name, bytes=kind == _BYTEA, long=kind in _LONG) for name, kind in found]

    def _large_objects(self) -> Iterator[Asset | Gap]:
        refused = 0
        for number, readable in self._ask(_LARGE_OBJECTS):
            if readable:
                yield Asset(
                    target=self._target.name, path=f"large objects/{number}", locator=Locator(large_object=number)
                )
            else:
                refused += 1
        if refused:
            yield Gap(
                target=self._target.name, path="large objects", code=GapCode.PERMISSION_DENIED,
                detail=f"the account may not read {refused:,} large objects",
            )  # fmt: skip

    def _control(self, name: str, value: int, detail: str, path: str = "") -> Control:
        return Control(target=self._target.name, name=name, value=value, detail=detail, path=path)
