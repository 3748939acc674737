"""Checks: pure functions from evidence to verdicts. No bytes, sockets or clocks.

A check is `check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]`; a policy of `rules/policies/` names it by its
short name in `auditor/registry.py` and gives it `params`. Every check yields at least one verdict: silence is no result.
"""
