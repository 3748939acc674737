"""An engagement file as written. rules/schema/engagement.schema.json is generated from this (`make schema`)."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from auditor.engagement.fields import Country, Line, Moment, Name, TimeZone
from auditor.engagement.places import File, TargetFile
from auditor.engagement.terms import (
    ClausesFile,
    ContactFile,
    DataSentFile,
    ExceptionFile,
    ResidencyFile,
    SubVendorFile,
)
from auditor.model.text import Language
from auditor.yamltypes import Switch, Whole, WholeDays, Written, mistake, parse_size, quote


def _size(value: str) -> str:
    if not parse_size(value):
        raise mistake(f"{quote(value)} is no size", "write a number and a unit, such as 64GB or 512MiB")
    return value


def parse_window(text: str) -> tuple[int, int] | None:
    """Minutes from midnight of `22:00-06:00`; None for anything else."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-4]):([0-5]\d)", text.strip())
    if not found:
        return None
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return (start, end) if end <= 24 * 60 and start != end else None


def _window(value: str) -> str:
    if parse_window(value) is None:
        raise mistake(f"{quote(value)} says no hours", 'write "22:00-06:00", in the time of the vendor\'s country')
    return value


def _bandwidth(value: str) -> str:
    if not parse_size(value.removesuffix("/s")):
        raise mistake(f"{quote(value)} is no bandwidth", "write a number and a unit, such as 20MB/s")
    return value


def _scheduler(value: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):\d{1,5}", value):
        raise mistake(f"{quote(value)} is no address of a scheduler", "write tls://HOST:8786")
    return value


class PartyFile(Written):
    """A company of the contract."""

    name: Line = Field(description="the company's name", examples=["Example Bank"])
    country: Country = Field(
        "KR", description="ISO 3166 code; sets the text encodings tried and the calendar", examples=["KR", "TH"]
    )
    contact: str = Field("", description="whom the report names for questions", examples=["privacy@bank.example"])
    time_zone: TimeZone | None = Field(
        None, description="its calendar, where the country alone does not tell it", examples=["Europe/Berlin"]
    )


class ContractFile(Written):
    """The contract's dates, whole days in the entrusting company's calendar."""

    signed: Moment | None = Field(None, description="the day it was signed", examples=["2024-09-01"])
    ends: Moment = Field(
        description="the last day of the contract: a date, or counted from another day",
        examples=["2025-03-31", "contract.signed + 365d"],
    )
    destroy_within: WholeDays = Field(
        "5d",
        description="how long after the end data must be destroyed, in days or weeks",
        examples=["5d"],
        validate_default=True,
    )
    clause: str = Field("", description="the clause that says so, quoted in the report", examples=["제12조 2항"])
    clauses: ClausesFile | None = Field(None, description="other clauses, by what they are about")


class AgreedDataFile(Written):
    """Data the vendor may hold."""

    entities: tuple[Line, ...] = Field(
        min_length=1, description="kinds of data (auditor rules list)", examples=[["KR_CI", "NICKNAME"]]
    )
    purpose: str = Field("", description="what for", examples=["NFT wallet"])
    places: tuple[Line, ...] = Field((), description="where: target names or free words", examples=[["prod-db"]])
    until: Moment | None = Field(
        None,
        description="until which day: a date, or contract.ends + 5d; left out: the contract's end",
        examples=["contract.ends", "contract.ends + 5d", "2025-03-31"],
    )
    protection: Literal["any", "encrypted"] = Field("any", description="how the values must be stored")


class DestructionFile(Written):
    """The vendor's destruction certificate (파기확인서)."""

    declared: Moment = Field(description="the day the vendor declares for the destruction", examples=["2025-04-03"])
    scope: tuple[Line, ...] = Field(
        (), description="names of the targets it covers; left out: all", examples=[["dev-server", "bucket"]]
    )
    subjects: Whole | None = Field(None, ge=0, description="how many people's data it declares", examples=[17551])
    reference: str = Field("", description="the document's title or number", examples=["파기확인서 2025-11"])


class RegisterFile(Written):
    """The bank's register of its own customers; it needs the key that it was built with as the engagement's key."""

    file: File = Field(description="what `auditor register build` wrote (docs/register.md)", examples=["register.bin"])


class ExecutorFile(Written):
    """A cluster that examines in place of this machine (docs/scale.md)."""

    cures: ClassVar = {
        "ca": 'did you mean "ca_file"?',
        "cert": 'did you mean "cert_file"?',
        "key": 'did you mean "key_file"?',
    }

    address: Annotated[str, AfterValidator(_scheduler)] = Field(
        description="its dask scheduler; tcp:// only on this machine", examples=["tls://scheduler.bank.example:8786"]
    )
    ca_file: File | None = Field(
        None, description="certificate authority of the cluster (PEM)", examples=["cluster-ca.pem"]
    )
    cert_file: File | None = Field(None, description="our certificate (PEM)", examples=["audit.pem"])
    key_file: File | None = Field(None, description="its private key (PEM, mode 600)", examples=["audit-key.pem"])


Bytes = Annotated[str, AfterValidator(_size)]


class BudgetsFile(Written):
    """How much reading one file may cost; what is hit becomes a gap, and what was read before it is kept (docs/coverage.md)."""

    archive_depth: Whole | None = Field(None, ge=1, le=200, description="archives inside one another", examples=[16])
    members: Whole | None = Field(
        None, ge=1, le=1_000_000, description="members of all archives in one file", examples=[1000000]
    )
    expanded_bytes: Bytes | None = Field(
        None, description="bytes that come out of archives in one file", examples=["64GiB"]
    )
    seconds_per_asset: Whole | None = Field(
        None, ge=1, description="processor time for one file, besides a second for each MiB of it", examples=[300]
    )
    spool_bytes: Bytes | None = Field(
        None,
        description="the largest file that must be read backwards (7z, office documents, databases)",
        examples=["4GiB"],
    )
    worker_memory: Bytes | None = Field(None, description="memory of each worker process", examples=["512MiB"])
    people_bytes: Bytes | None = Field(
        None,
        description="disk for counting people exactly, 16 bytes for each place an identifier stands in; beyond it they are estimated",
        examples=["8GiB"],
    )


class LimitsFile(Written):
    """How hard the vendor's machines may be worked (docs/vendor-access.md)."""

    cures: ClassVar = {"rate": 'did you mean "requests_per_second"?', "hours": 'did you mean "window"?'}

    bandwidth: Annotated[str, AfterValidator(_bandwidth)] | None = Field(
        None, description="bytes a second read of a target", examples=["20MB/s"]
    )
    requests_per_second: Whole | None = Field(None, ge=1, description="requests a second", examples=[50])
    connections: Whole = Field(
        2, ge=1, le=16, description="SSH connections to one server at the same time", examples=[4]
    )
    window: Annotated[str, AfterValidator(_window)] | None = Field(
        None,
        description="hours in the vendor's country: before them the audit waits, after them the rest is a gap",
        examples=["22:00-06:00"],
    )


class EngagementFile(Written):
    """One contract with one vendor: what was agreed, and where to look."""

    engagement: Name = Field(description="its identifier; findings keep it", examples=["nft-platform-2024"])
    entrusting: PartyFile = Field(description="the entrusting company (위탁자)", examples=[{"name": "Example Bank"}])
    vendor: PartyFile = Field(description="the vendor (수탁자)", examples=[{"name": "Example Labs"}])
    contract: ContractFile = Field(description="the contract's dates", examples=[{"ends": "2025-03-31"}])
    targets: tuple[TargetFile, ...] = Field(
        min_length=1,
        description="what to audit",
        examples=[[{"name": "handover", "local": {"paths": ["./delivered"]}}]],
    )
    agreed_data: tuple[AgreedDataFile, ...] = Field((), description="data the vendor may hold, and until when")
    sub_vendors: tuple[SubVendorFile, ...] = Field((), description="companies the vendor passes work on to")
    data_sent: tuple[DataSentFile, ...] = Field((), description="what was handed over to the vendor, and when")
    residency: ResidencyFile | None = Field(None, description="where data may be stored; left out: anywhere")
    contacts: tuple[ContactFile, ...] = Field((), description="whom to call")
    exceptions: tuple[ExceptionFile, ...] = Field(
        (), description="data that must be kept longer by law, and until when"
    )
    destruction: DestructionFile | None = Field(None, description="the destruction certificate, once there is one")
    key_file: File | None = Field(
        None, description="the engagement's fingerprint key (docs/fingerprints.md)", examples=["engagement.key"]
    )
    register_: RegisterFile | None = Field(
        None, alias="register", description="the bank's register of its own customers: which of the data found is ours?"
    )
    executor: ExecutorFile | None = Field(None, description="a cluster that examines in place of this machine")
    budgets: BudgetsFile | None = Field(None, description="how much reading one file may cost")
    limits: LimitsFile | None = Field(None, description="how hard the vendor's machines may be worked")
    ocr: Switch = Field(False, description="read pictures and scanned pages with tesseract, one to two seconds each")
    password_file: File | None = Field(
        None, description="passwords to try on what is encrypted, one a line", examples=["passwords.txt"]
    )
    waivers: File | None = Field(
        None, description="file of findings that are accepted for a while (docs/course.md)", examples=["waivers.yaml"]
    )
    languages: tuple[Language, ...] = Field(("en", "ko"), min_length=1, description="of the report, in order")
