"""A finding's course in SARIF: suppressions (3.35) and properties."""

from __future__ import annotations

from typing import Any

from auditor.model.course import Track


def suppressions(track: Track) -> list[dict[str, Any]]:
    """Why a result does not count; empty for one that does, as 3.27.23 asks of a tool that knows suppressions."""
    suppression = track.suppression
    if suppression is None:
        return []
    made: dict[str, Any] = {
        "kind": "external",
        "status": "accepted",
        "properties": {"by": suppression.kind, "id": suppression.by},
    }
    if suppression.reason:
        made["justification"] = suppression.reason
    if suppression.owner:
        made["properties"]["owner"] = suppression.owner
    if suppression.expires:
        made["properties"]["expires"] = suppression.expires.isoformat()
    return [made]


def track_properties(track: Track) -> dict[str, Any]:
    """First seen, due day and where it stands; nothing of what is unknown."""
    known = {
        "firstSeen": track.first_seen.isoformat() if track.first_seen else None,
        "reopened": track.reopened.isoformat() if track.reopened else None,
        "due": track.due.isoformat() if track.due else None,
        "remediation": track.state.value if track.state else None,
        "knownByBaseline": track.known,
    }
    return {name: value for name, value in known.items() if value is not None}
