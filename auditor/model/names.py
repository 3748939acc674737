"""What kinds of data are called in sentences: people read names, machines read codes (`KR_CI`), which stay in fields of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from auditor.model.noun import noun
from auditor.model.text import Bilingual

_PROPER: Final = frozenset({"Chinese", "Korean", "Thai"})


@noun(kw_only=False)
class Names:
    """`titles` by entity: as they stand at the head of a line (`Connecting information (CI)`)."""

    titles: Mapping[str, Bilingual] = field(default_factory=dict)

    def of(self, entity: str) -> Bilingual:
        """The name as it stands within a sentence; the code itself where nobody gave it a title."""
        title = self.titles.get(entity)
        return Bilingual(en=entity, ko=entity) if title is None else Bilingual(en=_within(title.en), ko=title.ko)

    def all(self, entities: Iterable[str]) -> Bilingual:
        """Several, each once, in the order of their codes."""
        named = [self.of(entity) for entity in sorted(set(entities))]
        return Bilingual(en=", ".join(name.en for name in named), ko=", ".join(name.ko for name in named))


def _within(title: str) -> str:
    """`Payment card number` → `payment card number`; `IBAN` and `Thai national ID` stay."""
    first = title.partition(" ")[0]
    return title if first in _PROPER or not first[1:].islower() else title[:1].lower() + title[1:]
