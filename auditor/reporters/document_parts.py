"""What every part of report.json is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from auditor.model.text import Bilingual

LevelName = Literal["note", "low", "medium", "high", "critical"]
StatusName = Literal["pass", "fail", "error", "not-applicable", "not-checked"]
CertificateName = Literal["none", "declared", "verified", "contradicted"]


class Part(BaseModel):
    """What all parts share: no other fields than these, and descriptions from the docstrings."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, from_attributes=True)


class Words(Part):
    """One text in English and Korean."""

    en: str
    ko: str


def words(text: Bilingual) -> Words:
    """The model's bilingual text as the report's."""
    return Words(en=text.en, ko=text.ko)
