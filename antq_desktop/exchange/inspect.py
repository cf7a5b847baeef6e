"""Says what a file claims to be, for anyone who holds it: needs no key and no workspace, and proves nothing."""

from pathlib import Path
from typing import Any

from antq_desktop.exchange import container, opening, plain_fields
from antq_desktop.exchange.check_number import spoken_digest


def describe(path: Path) -> dict[str, Any]:
    """Return the readable label of ``path`` as JSON values, with the hash and size of the whole file.

    ``sha256`` is 64 hex digits, ``digits`` the same in 6 groups of 5. Raises what ``opening.look`` raises.
    """
    file = opening.look(path)
    whole = container.sha256_of(path)
    return {
        "file": str(path),
        "sha256": whole.hex(),
        "digits": spoken_digest(whole),
        "size": path.stat().st_size,
        **plain_fields.write(file.claims),
        "kind": file.claims.kind,
    }
