"""The package and ``tools/verify_bundle.py``, which shares no code or library of signatures with it, say the same."""

import ast
import json
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from random import Random

import bundle_fields
import pytest
import verify_bundle
from securesystemslib.signer import SSlibKey

from antq_desktop.exchange import container, envelope, keys, opening
from tests.exchange.both_sides import BothSides
from tests.exchange.conftest import Bench
from tests.exchange.damaging import damaged, neutral

pytestmark = pytest.mark.skipif(not shutil.which("age"), reason="the program age is not on this machine")

DAMAGED = 1_000
GOOD = (
    "bundle", "with-papers", "old-key", "snapshot", "later-epoch", "ack", "ack-with-trust", "catalogue",
    "trust", "first-trust", "enrol",
)  # fmt: skip


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> BothSides:
    folder = tmp_path_factory.mktemp("sides")
    return BothSides(Bench(folder, keys.generate(), keys.generate(), keys.generate().seal_identity))


def test_it_shares_nothing_with_the_package(repository: Path) -> None:
    for module in (verify_bundle, bundle_fields):
        tree = ast.parse(Path(str(module.__file__)).read_bytes())
        imports = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
        }
        assert imports - sys.stdlib_module_names <= {"securesystemslib", "zstandard", "bundle_fields"}


@pytest.mark.parametrize("name", GOOD)
def test_both_accept_good_files_of_every_kind(sides: BothSides, name: str) -> None:
    good = sides.files[name]
    assert set(sides.files) == set(GOOD)
    assert sides.we_accept(good.path, good.reader)
    assert sides.they_accept(good.path, good.reader)


def test_both_say_the_same_of_a_thousand_damaged_files(sides: BothSides) -> None:
    path = sides.bench.folder / "damaged.antq"
    accepted = 0
    for number in range(DAMAGED):
        name = GOOD[number % len(GOOD)]
        path.write_bytes(damaged(sides, Random(number), sides.files[name]))
        ours = sides.we_accept(path, sides.files[name].reader)
        assert ours is sides.they_accept(path, sides.files[name].reader), (
            f"{name}, damage {number}: we say {ours}"
        )
        accepted += ours
    print(f"{DAMAGED} damaged files: both refuse {DAMAGED - accepted} and accept {accepted}")  # noqa: T201 - it is the claim
    assert accepted < DAMAGED // 4


def test_both_refuse_a_signature_that_openssl_takes(sides: BothSides) -> None:
    good = sides.files["bundle"]
    data, at = good.path.read_bytes(), opening.look(good.path).payload_offset
    fields = json.loads(data[12:at])
    bent = neutral(good.seed, data[12:at])
    fields["signatures"][0]["sig"] = b64encode(bent).decode()
    signed = bundle_fields.canonical(fields)
    held = verify_bundle.open_envelope(signed, "manifest", 1)
    public = keys.public_of(good.seed)
    key = SSlibKey(keys.key_id(public), "ed25519", "ed25519", {"public": public.hex()})
    assert held.verify([key], 1), "then this test proves nothing"
    assert not envelope.is_signed_by(
        envelope.decode(signed, "application/vnd.antq.manifest+json;v=1"), public
    )
    path = sides.bench.folder / "neutral.antq"
    path.write_bytes(container.head_of(signed) + data[at:])
    assert not sides.we_accept(path, good.reader)
    assert not sides.they_accept(path, good.reader)


def test_it_says_label_chain_counts_and_verdict_and_ends_with_its_code(
    sides: BothSides, repository: Path
) -> None:
    good = sides.files["with-papers"]
    folder = sides.bench.folder
    command: list[str | Path] = [
        sys.executable,
        repository / "tools/verify_bundle.py",
        good.path,
        "--trust",
        folder / "trust",
    ]

    def run(*more: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *more], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
        )

    done = run("--identity", folder / good.reader)
    assert done.returncode == 0, done.stderr
    for part in (
        '"kind": "bundle"',
        "signature: right",
        "chain: whole from event 1 to 2",
        "{'commitments': 1, 'households': 1}",
        "verdict: accepted",
    ):
        assert part in done.stdout
    stranger = run("--identity", folder / "COMMUNE")
    assert (stranger.returncode, "verdict: refused (recipient)" in stranger.stdout) == (3, True)
    assert run("--unit", "R0000002", "--identity", folder / good.reader).returncode == 3
    assert run("--wrong").returncode == 2
    command[2] = folder / "not-there"
    assert run().returncode == 4
