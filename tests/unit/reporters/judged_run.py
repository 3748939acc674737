"""A run whose policies have said what they say of some evidence, for what is made of their verdicts."""

from __future__ import annotations

from dataclasses import replace

from auditor import registry
from auditor.judge import about_targets
from auditor.model.finding import Evidence, Run
from auditor.model.rule import Ruleset


def judged(run: Run, ruleset: Ruleset, evidence: Evidence) -> Run:
    """The run with its policies' verdicts about targets; all else as it was."""
    said = {
        rule.id: about_targets(tuple(registry.load("checks", rule.check)(rule, evidence)))
        for rule in ruleset.policies
        if rule.id in {policy.rule for policy in run.policies}
    }
    return replace(run, policies=tuple(replace(policy, targets=said.get(policy.rule, {})) for policy in run.policies))
