"""What a bank agreed with a vendor, and where the vendor's data may be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from auditor.model.noun import noun
from auditor.model.text import Language


@noun
class Party:
    """A company of the contract. `country` is an ISO 3166 alpha-2 code and sets the default text encodings.

    `time_zone` names its calendar (`Europe/Berlin`) where the country's own is not known here (model/calendar.py).
    """

    name: str
    country: str = "KR"
    contact: str = ""
    time_zone: str = ""


@noun
class Clauses:
    """What the contract's other clauses are called, as a report quotes them; the destruction clause is `Contract.clause`."""

    purpose: str = ""
    protection: str = ""
    sub_vendors: str = ""
    residency: str = ""
    inspection: str = ""


@noun
class Contract:
    """The contract's dates; all are whole days in the entrusting company's calendar."""

    signed: date | None = None
    ends: date | None = None
    destroy_within: timedelta = timedelta(days=5)
    clause: str = ""
    clauses: Clauses = Clauses()


@noun
class AgreedData:
    """What the vendor may hold: entities by name, targets by name, until a date (None: the contract's end)."""

    entities: tuple[str, ...]
    purpose: str = ""
    places: tuple[str, ...] = ()
    until: date | None = None
    protection: Literal["any", "encrypted"] = "any"


@noun
class SubVendor:
    """A company the vendor passes work on to (재수탁자), and the targets it holds.

    `consented`: the day the entrusting company agreed to it; None: it never did. `entities`: what it may hold (empty: all
    that the vendor may).
    """

    name: str
    targets: tuple[str, ...]
    country: str = ""
    consented: date | None = None
    entities: tuple[str, ...] = ()
    reference: str = ""


@noun
class DataSent:
    """One handover of data to the vendor. `extract` is the source: the file, table or interface it was taken from."""

    sent: date
    entities: tuple[str, ...]
    subjects: int | None = None
    extract: str = ""


@noun
class Residency:
    """Where data may be stored: ISO 3166 countries, and regions of cloud services by name (empty: any of the countries)."""

    countries: tuple[str, ...]
    regions: tuple[str, ...] = ()


@noun
class Contact:
    """Whom to call. `party` says whose they are."""

    role: Literal["privacy-officer", "contract", "security", "incident", "audit"]
    party: Literal["entrusting", "vendor"]
    name: str = ""
    email: str = ""
    phone: str = ""


@noun
class Retained:
    """Data that must be kept after the contract by law: an exception from destruction until the end of `until`.

    `places` are targets by name and `paths` globs of paths in them (empty: everywhere). `basis` names the law.
    """

    entities: tuple[str, ...]
    basis: str
    until: date
    places: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    reference: str = ""


@noun
class LocalTarget:
    """Files and folders on this machine; what `auditor gate` scans."""

    name: str
    paths: tuple[Path, ...]


@noun
class SshTarget:
    """A server reached by SSH: bulk reading by one fixed command where `shell` is left on and the server allows it, else SFTP.

    `sudo`: the fixed commands are run as `sudo -n`. `default_excludes`: leave out what no person keeps data in.

    The host must be known before anything is sent: `host_key` ("SHA256:…") pins it, else `known_hosts`
    (default ~/.ssh/known_hosts) must hold it. Unset fields come from `config_file` (default ~/.ssh/config).
    """

    name: str
    host: str
    port: int | None = None
    user: str | None = None
    host_key: str | None = None
    known_hosts: Path | None = None
    key_file: Path | None = None
    certificate_file: Path | None = None
    password_file: Path | None = None
    agent: bool = True
    config_file: Path | None = None
    jump: SshTarget | None = None
    paths: tuple[str, ...] = (".",)
    exclude: tuple[str, ...] = ()
    default_excludes: bool = True
    shell: bool = True
    sudo: bool = False
    timeout: float = 30.0


@noun
class S3Target:
    """A bucket on S3 or a compatible service. Credentials: `credentials_file` (AWS INI) or boto3's own chain; with them the role
    `role_arn` is taken, if there is one. Without `prefixes` the whole bucket is in scope. `requester_pays`: we pay for requests.
    """

    name: str
    bucket: str
    prefixes: tuple[str, ...] = ()
    endpoint_url: str | None = None
    region: str | None = None
    profile: str | None = None
    credentials_file: Path | None = None
    role_arn: str | None = None
    external_id: str | None = None
    requester_pays: bool = False
    ca_file: Path | None = None
    versions: Literal["all", "current"] = "all"
    timeout: float = 30.0


@noun
class AzureTarget:
    """A container of Azure Blob Storage. Credentials: `credentials_file` (a SAS token or the account's key), else the environment's
    AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_KEY. `endpoint_url`: None for Azure itself. Without `prefixes` all of it is in scope.
    """

    name: str
    account: str
    container: str
    prefixes: tuple[str, ...] = ()
    endpoint_url: str | None = None
    credentials_file: Path | None = None
    ca_file: Path | None = None
    versions: Literal["all", "current"] = "all"
    timeout: float = 30.0


Engine = Literal["postgresql", "mysql", "redis", "sqlite"]
"""The database servers there is a client for; `mysql` is MariaDB too."""


@noun
class DatabaseTarget:
    """A database, directly or through `via`'s SSH connection. Of `sqlite` only `file` counts.

    `database` is PostgreSQL's database or Redis' number, empty for all of Redis and of MySQL. `schemas`: only these (MySQL: databases).
    `sample`: rows (Redis: keys) read of each table at most; None: all. `tls`: None means encrypted and verified, except through SSH
    and on this machine. `statement_timeout` seconds bound the reading of one table.
    """

    name: str
    engine: Engine
    host: str = ""
    port: int | None = None
    user: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    tls: Literal["verify", "unverified", "off"] | None = None
    database: str = ""
    schemas: tuple[str, ...] = ()
    file: Path | None = None
    sample: int | None = None
    via: SshTarget | None = None
    timeout: float = 30.0
    statement_timeout: float = 3600.0


Target = LocalTarget | SshTarget | S3Target | AzureTarget | DatabaseTarget


@noun
class Destruction:
    """The vendor's destruction certificate: what it declares destroyed, and when."""

    declared: date
    scope: tuple[str, ...] = ()
    subjects: int | None = None
    reference: str = ""


@noun
class Executor:
    """The cluster that examines: its scheduler's address (`tls://host:port`), our certificate and whom we trust (PEM)."""

    address: str
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None


@noun
class Budgets:
    """How much reading one file may cost, where the defaults (docs/coverage.md) are not to hold; None: the default."""

    archive_depth: int | None = None
    members: int | None = None
    expanded_bytes: int | None = None
    seconds_per_asset: int | None = None
    spool_bytes: int | None = None
    worker_memory: int | None = None
    people_bytes: int | None = None


@noun
class AccessLimits:
    """How hard the vendor's machines may be worked: bytes and requests a second, connections to a server, and the hours
    (minutes from midnight in the vendor's country, first and last; the last may lie on the next day).
    """

    bandwidth: int | None = None
    requests_per_second: int | None = None
    connections: int = 2
    window: tuple[int, int] | None = None


@noun
class Engagement:
    """One contract with one vendor: the whole of an engagement file, checked."""

    id: str
    entrusting: Party
    vendor: Party
    contract: Contract
    targets: tuple[Target, ...]
    agreed_data: tuple[AgreedData, ...] = ()
    sub_vendors: tuple[SubVendor, ...] = ()
    data_sent: tuple[DataSent, ...] = ()
    residency: Residency | None = None
    contacts: tuple[Contact, ...] = ()
    exceptions: tuple[Retained, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)
    """Where each target stands, as the vendor declares it: ISO 3166 by target name."""
    destruction: Destruction | None = None
    key_file: Path | None = None
    register_file: Path | None = None
    executor: Executor | None = None
    budgets: Budgets = Budgets()
    limits: AccessLimits = AccessLimits()
    ocr: bool = False
    password_file: Path | None = None
    waivers_file: Path | None = None
    languages: tuple[Language, ...] = ("en", "ko")
    file: str = ""
    digest: str = field(default="", metadata={"note": "SHA-256 of the engagement file, hexadecimal"})
