"""What became of a bundle, as the one JSON document of a command says it."""

from dataclasses import asdict
from typing import Any

from antq_desktop.services.receiving_side.taking_in import BundleVerdict


def verdict_of(verdict: BundleVerdict) -> dict[str, Any]:
    """Return the verdict on one file."""
    return {
        "file": verdict.file,
        "bundle_id": verdict.bundle_id,
        "verdict": verdict.verdict,
        "code": verdict.code,
        "seq_from": verdict.seq_from,
        "seq_to": verdict.seq_to,
        "new_events": verdict.new_events,
        "set_aside_count": verdict.set_aside_count,
        "set_aside": [asdict(event) for event in verdict.set_aside],
    }
