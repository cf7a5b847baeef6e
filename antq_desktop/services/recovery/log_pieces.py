"""The files that a laptop is rebuilt from: proven, each with the secret that opens it, in the order of their logs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, opening
from antq_desktop.exchange.manifest import BundleManifest, Sender
from antq_desktop.exchange.opening import SealedBlob, Unproven, WrongKind, WrongRecipient
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import device_keys
from antq_desktop.storage.applying import keep_file
from antq_desktop.storage.unit_of_work import Reading, Writing


class PieceMissing(Refused):
    code = "piece-missing"
    sentence = N_(
        "The files do not follow on each other: what comes before change {seq} is missing. Choose all files at once."
    )


class FilesMissing(Refused):
    code = "files-missing"
    sentence = N_(
        "These are not all files that were handed back at one time. Choose all of them at once; nothing was taken in."
    )


class OtherHistory(Refused):
    code = "other-history"
    sentence = N_(
        "The files tell another history of this laptop than the backup. Nothing was taken; ask the receiving unit."
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A proven part of a log and what opens it."""

    file: Unproven
    label: BundleManifest
    identity: str

    def entries(self, progress: Progress) -> Iterator[opening.Entry]:
        with closing(opening.entries(self.file, self.label, self.identity, progress)) as entries:
            yield from entries


def proven(work: Reading, looked: Sequence[Unproven], key_of: Callable[[Sender], bytes]) -> list[Piece]:
    """Return the files by laptop, epoch and number. Raises WrongKind, WrongRecipient and what ``key_of`` raises."""
    secrets = {keys.key_id(keys.recipient_of(each)): each for each in device_keys.opening(work)}
    found = []
    for file in looked:
        label = opening.prove(file, key_of)
        if not isinstance(label, BundleManifest):
            raise WrongKind
        identity = next((secrets[each] for each in label.recipient.key_ids if each in secrets), None)
        if identity is None:
            raise WrongRecipient
        found.append(Piece(file, label, identity))
    return sorted(found, key=_place)


def keep_named(work: Writing, blob: SealedBlob) -> None:
    """Keep the bytes of an attachment that a record of this unit names."""
    named = work.find(Attachment, blob.sha256.hex())
    if named is not None and named.size == blob.size:
        keep_file(work, blob.sha256.hex(), blob.chunks)


def _place(piece: Piece) -> tuple[str, int, int]:
    return piece.label.sender.device_id, piece.label.epoch, piece.label.seq_from
