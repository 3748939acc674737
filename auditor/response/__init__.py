"""What a finished run comes to: requirements, checklist, certificate item by item, what to do. Pure functions."""

from __future__ import annotations

from auditor.model.finding import Evidence, Run
from auditor.model.response import Response
from auditor.model.rule import Ruleset
from auditor.response import certificate, checklist, matrix, playbook


def respond(run: Run, ruleset: Ruleset, scope_evidence: Evidence) -> Response:
    """All of it for one run. `scope_evidence` holds every gap, also those accepted beforehand: accepting is not examining.

    At the gate (no engagement file) there is no contract to answer for: only the matrix.
    """
    frameworks = tuple(matrix.results(ruleset, run))
    if not run.engagement.file:
        return Response(frameworks=frameworks)
    exposure, names = playbook.exposure_of(run), scope_evidence.names
    return Response(
        frameworks=frameworks,
        checklists=tuple(checklist.fill(form, run, names) for form in ruleset.checklists),
        scope=tuple(certificate.items(ruleset, run, scope_evidence)),
        exposure=exposure,
        plan=playbook.plan(ruleset.playbooks, exposure, run.started, names),
    )
