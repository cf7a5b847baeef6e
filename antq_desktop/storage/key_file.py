"""Keeps the database's key wrapped beside it, so that a passphrase can change without rewriting the database.

The file is JSON. The random 32-byte database key is wrapped twice (XSalsa20-Poly1305): under the passphrase through
Argon2id, and under the recovery key that is printed once on a sheet. Wrong passphrases make the next try wait longer;
the count stands in the file itself, so starting the program anew does not reset it.
"""

import json
import secrets
from base64 import b32decode, b32encode, b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from antq_desktop.domain.errors import BadInput, KnownFailure, MachineFailed
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import write_whole

SHORTEST_PASSPHRASE = 8
_FREE_TRIES = 3
_LONGEST_WAIT_SECONDS = 900
_WRAPPED_BYTES = SecretBox.NONCE_SIZE + SecretBox.KEY_SIZE + SecretBox.MACBYTES
#: Bytes of the salt, of the key under the passphrase and of the key under the recovery key.
_SIZES = [argon2id.SALTBYTES, _WRAPPED_BYTES, _WRAPPED_BYTES]
_NEVER = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one Argon2id derivation costs: passes and bytes of memory."""

    passes: int = 3
    memory: int = 64 * 1024 * 1024


class WrongPassphrase(KnownFailure):
    code = "wrong-passphrase"
    sentence = N_("The passphrase is not right. Check Caps Lock and the typing method, then try again.")


class WrongRecoveryKey(KnownFailure):
    code = "wrong-recovery-key"
    sentence = N_("The recovery key is not right. Compare it with the printed sheet, group by group.")


class TooManyTries(KnownFailure):
    code = "too-many-tries"
    sentence = N_("The passphrase was wrong several times. Wait {seconds} seconds, then try again.")


class PassphraseTooShort(BadInput):
    code = "passphrase-too-short"
    sentence = N_("The passphrase is too short: it needs at least {shortest} signs. Choose a longer one.")


class KeyFileDamaged(MachineFailed):
    code = "key-file-damaged"
    sentence = N_("The key file «{file}» cannot be read. Take it back from a backup of this workspace.")


class KeyFile:
    """The key file at ``path``. ``clock`` gives aware UTC times."""

    def __init__(self, path: Path, clock: Callable[[], datetime], cost: Cost | None = None) -> None:
        self._path = path
        self._clock = clock
        self._cost = cost or Cost()

    def exists(self) -> bool:
        return self._path.exists()

    def create(self, passphrase: str) -> tuple[bytes, str]:
        """Make a new database key and write the file. Return (32-byte key, recovery key to print once)."""
        key = secrets.token_bytes(32)
        recovery = secrets.token_bytes(20)
        self._write(
            {
                "format": 1,
                "passphrase": self._wrapped(passphrase, key),
                "recovery": b64encode(SecretBox(_stretch(recovery)).encrypt(key)).decode(),
                "wrong": 0,
                "wrong_at": None,
            }
        )
        return key, _in_groups(b32encode(recovery).decode())

    def unlock(self, passphrase: str) -> bytes:
        """Return the database key. Raises WrongPassphrase, TooManyTries, KeyFileDamaged."""
        content = self._read()
        self._refuse_haste(content)
        slot = content["passphrase"]
        try:
            box = SecretBox(
                _derive(
                    passphrase, b64decode(slot["salt"]), Cost(passes=slot["passes"], memory=slot["memory"])
                )
            )
            key = box.decrypt(b64decode(slot["wrapped"]))
        except CryptoError:
            content["wrong"] += 1
            content["wrong_at"] = self._clock().isoformat()
            self._write(content)
            raise WrongPassphrase from None
        if content["wrong"]:
            # A full disk must not keep out who knows the passphrase; the count then simply stands.
            with suppress(OSError):
                self._write({**content, "wrong": 0, "wrong_at": None})
        return key

    def unlock_with_recovery_key(self, recovery_key: str) -> bytes:
        """Return the database key. Raises WrongRecoveryKey, KeyFileDamaged."""
        plain = "".join(sign for sign in recovery_key.upper() if sign.isalnum())
        try:
            recovery = b32decode(plain)
            return SecretBox(_stretch(recovery)).decrypt(b64decode(self._read()["recovery"]))
        except (CryptoError, ValueError):
            raise WrongRecoveryKey from None

    def change_passphrase(self, key: bytes, passphrase: str) -> None:
        """Wrap ``key`` under a new passphrase; the recovery key goes on working."""
        content = self._read()
        self._write({**content, "passphrase": self._wrapped(passphrase, key), "wrong": 0, "wrong_at": None})

    def _wrapped(self, passphrase: str, key: bytes) -> dict[str, Any]:
        if len(clean(passphrase)) < SHORTEST_PASSPHRASE:
            raise PassphraseTooShort(shortest=SHORTEST_PASSPHRASE)
        salt = secrets.token_bytes(argon2id.SALTBYTES)
        wrapped = SecretBox(_derive(passphrase, salt, self._cost)).encrypt(key)
        return {
            "kdf": "argon2id",
            "passes": self._cost.passes,
            "memory": self._cost.memory,
            "salt": b64encode(salt).decode(),
            "wrapped": b64encode(wrapped).decode(),
        }

    def _refuse_haste(self, content: dict[str, Any]) -> None:
        beyond = content["wrong"] - _FREE_TRIES
        if beyond < 0 or content["wrong_at"] is None:
            return
        wait = min(2.0 ** min(beyond + 1, 20), _LONGEST_WAIT_SECONDS)
        passed = (self._clock() - datetime.fromisoformat(content["wrong_at"])).total_seconds()
        # A clock that was set back must not lock an officer out for years: then the whole wait starts once more.
        left = wait - passed if passed >= 0 else wait
        if passed < 0:
            self._write({**content, "wrong_at": self._clock().isoformat()})
        if left > 0:
            raise TooManyTries(seconds=int(left) + 1)

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_bytes())
            slot = content["passphrase"]
            sizes = [len(b64decode(text)) for text in (slot["salt"], slot["wrapped"], content["recovery"])]
            numbers = [content["wrong"], slot["passes"], slot["memory"]]
            datetime.fromisoformat(content["wrong_at"] or _NEVER)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeyFileDamaged(file=self._path.name) from error
        if sizes != _SIZES or not all(type(number) is int for number in numbers):
            raise KeyFileDamaged(file=self._path.name)
        return dict(content)

    def _write(self, content: dict[str, Any]) -> None:
        write_whole(self._path, json.dumps(content, indent=1).encode())


class OtherKeyFile(KnownFailure):
    code = "other-key-file"
    sentence = N_(
        "The key file of this folder does not belong to this database. Put the key file of this receiving unit back."
    )


class Vault:
    """Seals single values under the database key, for what must lie outside the encrypted file."""

    def __init__(self, key: bytes) -> None:
        self._box = SecretBox(_stretch(key, b"antq values"))

    def seal(self, name: str, value: object) -> str:
        """Return the JSON ``value`` sealed as ASCII text; it opens under the same ``name`` only."""
        return b64encode(self._box.encrypt(json.dumps([name, value]).encode())).decode()

    def open(self, name: str, sealed: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value. Raises OtherKeyFile when it was sealed with another key or under another name."""
        try:
            said, value = json.loads(self._box.decrypt(b64decode(sealed)))
        except (CryptoError, ValueError) as error:
            raise OtherKeyFile from error
        if said != name:
            raise OtherKeyFile
        return value


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return argon2id.kdf(
        SecretBox.KEY_SIZE, clean(passphrase).encode(), salt, opslimit=cost.passes, memlimit=cost.memory
    )


def _stretch(secret: bytes, use: bytes = b"antq recovery") -> bytes:
    # 160 random bits need no slow derivation; the tag only keeps the uses of a key apart.
    from hashlib import blake2b

    return blake2b(secret, digest_size=SecretBox.KEY_SIZE, person=use).digest()


def _in_groups(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
