"""Makes the acknowledgement for a unit: the same one again while there is nothing new to say."""

import hashlib
from contextlib import closing
from dataclasses import replace

from antq_desktop.exchange import acknowledgement, keys, names, seal
from antq_desktop.exchange.acknowledgement import (
    Acknowledgement,
    BundleSeen,
    ChainTaken,
    Conflict,
    SetAside,
)
from antq_desktop.exchange.manifest import SCHEMA_VERSION, DocumentDraft, Recipient, Sender
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.receiving_side import receiving_keys
from antq_desktop.services.receiving_side.set_aside_events import reason_of
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.devices import acknowledged_above
from antq_desktop.storage.receiving import SentAcknowledgement, SetAsideRow
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: How many of a unit's bundles an acknowledgement names: those judged last, oldest first.
_NAMED_BUNDLES = 200
#: Longest text in an acknowledgement; what another program sent may be longer.
_MAX_TEXT = 400


class Acknowledging:
    """Numbers, seals and keeps acknowledgements."""

    def __init__(self, store: Store, paths: WorkspacePaths) -> None:
        self._store = store
        self._paths = paths

    def make(self, work: Writing, unit_code: str) -> SentAcknowledgement:
        """Return the acknowledgement for ``unit_code`` inside the open transaction. Raises NotInitialised, NoLaptopLeft, SpoolFailed."""
        held = receiving_keys.kept(work)
        before = kept.last_sent(work, unit_code)
        document, signed = receiving_keys.signed_trust(work, self._store, unit_code)
        said = self._content(work, unit_code, signed.decode())
        content_sha256 = hashlib.sha256(acknowledgement.encode(said)).hexdigest()
        above = acknowledged_above(work)
        if before is not None and before.sequence > above and before.content_sha256 == content_sha256:
            return before
        said = replace(
            said,
            sequence=max(before.sequence if before else 0, above) + 1,
            prev_sha256=bytes.fromhex(before.sha256) if before else None,
        )
        recipients = receiving_keys.recipients_of(document, unit_code)
        draft = DocumentDraft(
            kind="ack",
            bundle_id=names.new_id(work.at),
            sender=Sender(self._store.unit_code, self._store.device_id, held.own.key_id),
            recipient=Recipient(unit_code, tuple(keys.key_id(each) for each in recipients)),
            schema_version=SCHEMA_VERSION,
            catalogue_versions={},
            created_at=work.at,
            trust_version=document.version,
        )
        made = seal.seal_document(
            draft,
            acknowledgement.encode(said),
            seed=held.own.sign_seed,
            recipients=recipients,
            target=self._paths.outgoing / f"{draft.bundle_id}{names.SUFFIX}",
        )
        sent = SentAcknowledgement(
            unit_code=unit_code,
            sequence=said.sequence,
            sha256=made.sha256.hex(),
            content_sha256=content_sha256,
            file_name=names.file_name(made.manifest),
            at=work.at_text,
            container=made.path.read_bytes(),
        )
        made.path.unlink()
        kept.keep_sent(work, sent)
        return sent

    @staticmethod
    def _content(work: Reading, unit_code: str, signed_trust: str) -> Acknowledgement:
        """Return what there is to say to a unit, numbered 1, so that two of the same are equal."""
        with closing(kept.each_aside(work, unit_code)) as rows:
            events, conflicts = acknowledgement.first_of(map(_told, rows))
        return Acknowledgement(
            unit_code=unit_code,
            sequence=1,
            prev_sha256=None,
            chains=tuple(
                ChainTaken(end.device_id, end.epoch, end.last_seq, end.head_hash)
                for end in kept.chain_ends(work, unit_code)
            ),
            bundles=tuple(
                BundleSeen(row.bundle_id, bytes.fromhex(row.sha256), row.verdict, row.code)
                for row in kept.newest_bundles(work, unit_code, _NAMED_BUNDLES)
            ),
            set_aside=events,
            set_aside_total=kept.count_aside(work, unit_code),
            conflicts=conflicts,
            trust=signed_trust,
        )


def _told(row: SetAsideRow) -> tuple[SetAside, Conflict | None]:
    key = row.entity_id[:_MAX_TEXT]
    reason = reason_of(row.code, row.facts)[:_MAX_TEXT]
    event = SetAside(row.device_id, row.epoch, row.seq, row.entity, key, row.code, reason)
    if row.code != "concurrent":
        return event, None
    return event, Conflict(row.entity, key, (row.facts["ours"], row.facts["theirs"]))
