"""One rule file, between reading and use."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from auditor.model.noun import noun
from auditor.ruleset.kinds import Kind
from auditor.yamlfile import Document


@noun
class RuleFile:
    """One rule file. `name` is its path within `directory`, with `/`. `rule` is None where the file has problems."""

    kind: Kind
    directory: Path
    name: str
    document: Document = field(repr=False)
    rule: Any = None

    @property
    def id(self) -> str:
        """The id as written; "" where there is none."""
        id = self.document.get("id")
        return id if isinstance(id, str) else ""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.directory / self.name
