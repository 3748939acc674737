"""What scanners say of controls, in Korean, for messages and reports: `korean`.

A control's `detail` is English wherever programs read it. A module for each kind of target holds its `SENTENCES`: a regular
expression of an English sentence, or of a part of one that others are put together from, and its Korean.
tests/unit/test_control_words.py reads the scanners for sentences without one.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.model.control_words import buckets, containers, databases, servers

_SENTENCES: Final = tuple(
    (re.compile(english), words)
    for english, words in (*databases.SENTENCES, *buckets.SENTENCES, *containers.SENTENCES, *servers.SENTENCES)
)
"""In this order: a whole sentence stands before the parts that it holds."""


def korean(detail: str) -> str:
    """A control's detail in Korean; what is not known here stays as it is."""
    for pattern, words in _SENTENCES:
        detail = pattern.sub(words, detail)
    return detail
