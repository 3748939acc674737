"""What an engagement file may say of the contract besides its dates: clauses, sub-vendors, data sent, places, contacts, exceptions."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from auditor.engagement.fields import Country, Line, Moment
from auditor.yamltypes import Whole, Written


class ClausesFile(Written):
    """What the contract's other clauses are called; a finding quotes the one it is about."""

    purpose: Line | None = Field(None, description="purpose and scope of processing", examples=["제3조"])
    protection: Line | None = Field(None, description="encryption and other safeguards", examples=["제8조"])
    sub_vendors: Line | None = Field(None, description="passing work on (재위탁)", examples=["제9조"])
    residency: Line | None = Field(None, description="places of storage", examples=["제10조"])
    inspection: Line | None = Field(None, description="the right to audit", examples=["제11조"])


class SubVendorFile(Written):
    """A company the vendor passes work on to (재수탁자)."""

    cures: ClassVar = {"consent": 'did you mean "consented", with the day of the consent?'}

    name: Line = Field(description="the company's name", examples=["Example Hosting"])
    country: Country | None = Field(None, description="ISO 3166 code", examples=["KR"])
    targets: tuple[Line, ...] = Field(
        min_length=1, description="names of the targets that it holds", examples=[["bucket"]]
    )
    consented: Moment | None = Field(
        None,
        description="the day the entrusting company agreed in writing; left out: it did not",
        examples=["2024-09-15"],
    )
    entities: tuple[Line, ...] = Field(
        (), description="kinds of data it may hold; left out: all that the vendor may", examples=[["NICKNAME"]]
    )
    reference: str = Field("", description="the consent's title or number", examples=["재위탁 동의서 2024-3"])


class DataSentFile(Written):
    """One handover of data to the vendor: the record of source and time that the Network Act decree asks for of CI."""

    sent: Moment = Field(description="the day it was handed over", examples=["2024-09-10"])
    entities: tuple[Line, ...] = Field(
        min_length=1, description="kinds of data in it (auditor rules list)", examples=[["KR_CI", "NICKNAME"]]
    )
    subjects: Whole | None = Field(None, ge=0, description="how many people's data", examples=[17551])
    extract: str = Field("", description="the source: file, table or interface", examples=["nft_members_20240910.csv"])


class ResidencyFile(Written):
    """Where the data may be stored."""

    countries: tuple[Country, ...] = Field(min_length=1, description="ISO 3166 codes", examples=[["KR"]])
    regions: tuple[Line, ...] = Field(
        (), description="cloud regions; left out: any in these countries", examples=[["ap-northeast-2"]]
    )


class ContactFile(Written):
    """Whom to call."""

    role: Literal["privacy-officer", "contract", "security", "incident", "audit"] = Field(
        description="what for", examples=["privacy-officer"]
    )
    party: Literal["entrusting", "vendor"] = Field(description="whose", examples=["vendor"])
    name: str = Field("", description="name or desk", examples=["Privacy desk"])
    email: str = Field("", description="e-mail address", examples=["privacy@vendor.example"])
    phone: str = Field("", description="telephone number", examples=["+82 2 0000 0000"])


class ExceptionFile(Written):
    """Data that must be kept longer by law; it stays a finding after `until`."""

    cures: ClassVar = {"reason": 'did you mean "basis"?', "legal_basis": 'did you mean "basis"?'}

    entities: tuple[Line, ...] = Field(
        min_length=1, description="kinds of data (auditor rules list)", examples=[["PERSON", "BANK_ACCOUNT"]]
    )
    basis: Line = Field(
        description="the law that asks for it, article included", examples=["전자상거래법 시행령 제6조"]
    )
    until: Moment = Field(description="the last day it may be kept", examples=["contract.ends + 5y"])
    places: tuple[Line, ...] = Field((), description="names of targets; left out: all", examples=[["dev-server"]])
    paths: tuple[Line, ...] = Field(
        (),
        description="globs of paths there; * matches / too, a folder covers what lies in it, and without a / it is held against each part of a path; left out: all",
        examples=[["/srv/legal"]],
    )
    reference: str = Field("", description="where it is documented", examples=["보존대장 2025-7"])
