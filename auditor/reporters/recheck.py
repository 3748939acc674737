"""The self-check's sentence, the same in every format."""

from __future__ import annotations

from auditor.model.finding import Run
from auditor.reporters.strings import Strings


def sentence(run: Run, strings: Strings) -> str:
    """How many lines and cells were examined twice, and whether that gave the same; where not, under which rules."""
    check = run.recheck
    if not check.sampled:
        return strings.text("recheck.none")
    said = strings.text("recheck.sampled", n=check.sampled)
    if not check.differing:
        return f"{said} {strings.text('recheck.same', n=check.sampled)}"
    return f"{said} {strings.text('recheck.differing', n=check.differing, rules=', '.join(check.rules))}"
