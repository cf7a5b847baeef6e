"""One function of the program verifies signatures, through libsodium; every weak key is refused where one comes in."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from antq_desktop.exchange import check_number, container, enrolment, envelope, keys
from antq_desktop.exchange.keys import DeviceKeys, WeakKey
from antq_desktop.exchange.manifest import PAYLOAD_TYPE, EnrolManifest, PublicKeys, encode
from antq_desktop.exchange.manifest_rules import ManifestRefused
from tests.exchange.test_keys import SMALL_ORDER

NUMBER = "01234-56789-01234-56789-01234-56789"
#: Other libraries that verify Ed25519, and the ways past our own function in the one that is used.
_OTHERS = {"cryptography", "Crypto", "ed25519", "ecdsa", "securesystemslib", "OpenSSL", "jwt"}
_WAYS = {"VerifyKey", "crypto_sign_open", "crypto_sign_verify_detached", "crypto_sign_ed25519ph_final_verify"}


def test_no_other_module_verifies(repository: Path) -> None:
    for path in sorted((repository / "antq_desktop").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            name.name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for name in node.names
        } | {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not imported & _OTHERS, path
        if path.name != "keys.py" or path.parent.name != "exchange":
            named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            named |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            assert not named & _WAYS, path


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_no_weak_key_is_enrolled(tmp_path: Path, point: str) -> None:
    """A request that names a weak key, whole in all else: signed, and under the right number."""
    own: DeviceKeys = keys.generate()
    made, _content = enrolment.make_request(
        own,
        unit_code="04978",
        device_id="d1",
        number=NUMBER,
        now=datetime(2026, 11, 20, tzinfo=UTC),
        schema_version=1,
    )
    weak = keys.to_text(bytes.fromhex(point))
    public = PublicKeys(weak, own.seal_public)
    facts: dict[str, object] = {
        "unit_code": "04978",
        "device_id": "d1",
        "sign": weak,
        "seal": own.seal_public,
    }
    forged = EnrolManifest(
        bundle_id=made.bundle_id,
        sender=made.sender,
        created_at=made.created_at,
        schema_version=1,
        keys=public,
        check=check_number.mac(NUMBER, "enrol", facts),
    )
    path = tmp_path / "forged.antq"
    path.write_bytes(container.head_of(envelope.seal(PAYLOAD_TYPE, encode(forged), [own.sign_seed])))
    with pytest.raises((WeakKey, ManifestRefused)):
        enrolment.read_request(path, NUMBER)
