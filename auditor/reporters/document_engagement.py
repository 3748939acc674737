"""The part of report.json that repeats the engagement: the parties, the contract, what was agreed and certified."""

from __future__ import annotations

from datetime import date
from typing import Literal

from auditor.reporters.document_parts import Part


class PartyFacts(Part):
    """A company of the contract."""

    name: str
    country: str
    contact: str
    time_zone: str
    """Its calendar; empty: the country's."""


class ClauseFacts(Part):
    """What the contract's clauses are called."""

    purpose: str
    protection: str
    sub_vendors: str
    residency: str
    inspection: str


class SubVendorFacts(Part):
    """A company the vendor passes work on to."""

    name: str
    country: str
    targets: list[str]
    consented: date | None
    """Null: the entrusting company did not agree to it."""
    entities: list[str]
    """Empty: all that the vendor may hold."""
    reference: str


class SentFacts(Part):
    """One handover of data to the vendor."""

    sent: date
    entities: list[str]
    subjects: int | None
    extract: str


class ResidencyFacts(Part):
    """Where data may be stored."""

    countries: list[str]
    regions: list[str]


class ContactFacts(Part):
    """Whom to call."""

    role: str
    party: str
    name: str
    email: str
    phone: str


class ExceptionFacts(Part):
    """Data that must be kept longer by law."""

    entities: list[str]
    basis: str
    until: date
    live: bool
    """Whether it held on the day of the audit."""
    places: list[str]
    paths: list[str]
    reference: str


class ContractFacts(Part):
    """The contract's dates."""

    signed: date | None
    ends: date | None
    destroy_within_days: int
    clause: str
    clauses: ClauseFacts


class AgreedFacts(Part):
    """What the vendor may hold."""

    entities: list[str]
    purpose: str
    places: list[str]
    until: date | None
    protection: Literal["any", "encrypted"]


class CertificateFacts(Part):
    """The vendor's destruction certificate."""

    declared: date
    scope: list[str]
    subjects: int | None
    reference: str


class TargetFacts(Part):
    """Where was audited. The address holds no credential."""

    name: str
    kind: Literal["local", "ssh", "s3", "azure", "database"]
    address: str
    country: str
    """As declared; empty: nobody said."""


class EngagementFacts(Part):
    """The engagement as it was."""

    id: str
    file: str
    digest: str
    """SHA-256 of the engagement file, hexadecimal."""
    entrusting: PartyFacts
    vendor: PartyFacts
    contract: ContractFacts
    agreed_data: list[AgreedFacts]
    sub_vendors: list[SubVendorFacts]
    data_sent: list[SentFacts]
    residency: ResidencyFacts | None
    """Null: the contract limits no place."""
    contacts: list[ContactFacts]
    exceptions: list[ExceptionFacts]
    destruction: CertificateFacts | None
    targets: list[TargetFacts]
