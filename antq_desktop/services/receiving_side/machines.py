"""Whom a receiving unit believes, as its officers change it: keys withdrawn, communes merged, its own keys made anew."""

from dataclasses import dataclass, field
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput, KnownFailure, NotFound
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, sticks
from antq_desktop.intake.national_list import commune
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.services.receiving_side import receiving_keys, withdrawals
from antq_desktop.services.receiving_side.merged_units import CurrentUnit, merged_units
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.recovery import trouble
from antq_desktop.services.recovery.mending import ReasonMissing
from antq_desktop.services.session import Session
from antq_desktop.storage import devices
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries.undone import doubted_count
from antq_desktop.storage.receiving import DeviceRow
from antq_desktop.storage.unit_of_work import Reading, Store


class NoSuchLaptop(NotFound):
    code = "no-such-laptop"
    sentence = N_("No laptop «{what}» of that unit has a key in use here. Look at the list of laptops again.")


class NumberNotPositive(BadInput):
    code = "number-not-positive"
    sentence = N_(
        "Type the number of the first change that is not believed any more, or «all» for none at all."
    )


class CannotMerge(KnownFailure):
    code = "cannot-merge"
    sentence = N_(
        "«{old}» cannot go under «{later}»: they are one unit already, or «{old}» goes under another code."
    )


@dataclass(frozen=True, slots=True)
class MachineRow:
    """One key of one laptop. ``current_…``: the unit that its own goes under by now; ``why`` it was withdrawn, by whom and when.

    ``is_replaced``: a later key of the laptop is in use, and this one is believed until somebody withdraws it. Numbers are 0
    where nothing came yet, times ISO texts in UTC, empty where there is none.
    """

    unit_code: str
    unit_name: str
    current_code: str
    current_name: str
    device_id: str
    key_id: str
    status: str
    revoked_from: int | None
    enrolled_at: str
    epoch: int
    last_seq: int
    why: str
    withdrawn_by: str
    withdrawn_at: str
    is_replaced: bool

    @property
    def id(self) -> str:
        return f"{self.unit_code}/{self.device_id}/{self.key_id}"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was withdrawn; ``taken_since``: changes taken in before that no key vouches for any more. A person looks."""

    unit_code: str
    device_id: str
    keys: int
    taken_since: int
    changes: Changes = field(default_factory=Changes)


class Machines:
    """Use cases of a receiving unit with the laptops and keys that it believes."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def rows(self) -> list[MachineRow]:
        """Return every key that was ever enrolled, by unit and laptop."""
        with self._store.reading() as work:
            return machine_rows(work)

    def write_trust(self, unit_code: str, path: Path) -> None:
        """Write whom this unit believes as far as ``unit_code`` needs it, signed, as ``path``: what another verifier asks for.

        It holds public keys and names alone. Raises NothingReceived, NotInitialised, Stick… failures.
        """
        with self._store.reading() as work:
            if not kept.enrolled(work, unit_code):
                raise NothingReceived(what=unit_code)
            _document, signed = receiving_keys.signed_trust(work, self._store, unit_code)
        sticks.check_target(path.parent, len(signed))
        try:
            write_whole(path, signed)
        except OSError as error:
            raise sticks.failure_of(error, path.parent, len(signed)) from error

    def revoke(
        self, unit_code: str, device_id: str, since: int | None, reason: str, key_id: str = ""
    ) -> Withdrawn:
        """Believe the keys of a laptop, or only ``key_id``, no more from change ``since`` on (None: for nothing at all).

        Its next bundle needs a new key, enrolled under a new check number. Every laptop learns of it with its next
        acknowledgement. A key that was withdrawn may be withdrawn again from an earlier change, never from a later one. Raises ReasonMissing, NumberNotPositive, NoSuchLaptop, NotInitialised, Restored.
        """
        why = _reason(reason)
        if since is not None and since < 1:
            raise NumberNotPositive(value=since)
        with self._store.writing(self._session.user) as work:
            self._check(work)
            found = [
                row.key_id
                for row in kept.enrolled(work, unit_code)
                if row.device_id == device_id and key_id in {"", row.key_id} and _tightens(row, since)
            ]
            if not found:
                raise NoSuchLaptop(what=device_id)
            version = receiving_keys.next_trust_version(work)
            devices.withdraw(work, found, since, version)
            devices.renew_trust(work, version, receiving_keys.merged_with(work, unit_code))
            work.note(withdrawals.deed(device_id, found, since, why))
            taken = doubted_count(work, unit_code, device_id)
            return Withdrawn(unit_code, device_id, len(found), taken, work.commit())

    def merge(self, old: str, later: str, reason: str) -> Changes:
        """Let the unit ``old`` go under the code ``later``: its laptops go on, and whoever counts counts them together.

        What the old unit sent stays recorded under the old code, as its records say of themselves, and its laptop goes
        on under that code in its files; whoever shows or counts asks for the current code. The laptops of the two do not
        take in each other's bundles: their records meet here.
        Raises ReasonMissing, NothingReceived, NotFound (no commune), CannotMerge, NotInitialised, Restored.
        """
        why = _reason(reason)
        with self._store.writing(self._session.user) as work:
            self._check(work)
            if not kept.enrolled(work, old):
                raise NothingReceived(what=old)
            if not kept.enrolled(work, later):
                commune(later)
            is_merged = receiving_keys.current_code(work, old) != old
            if is_merged or receiving_keys.current_code(work, later) == old:
                raise CannotMerge(old=old, later=later)
            devices.merge(work, old, later)
            together = receiving_keys.merged_with(work, later)
            devices.renew_trust(work, receiving_keys.next_trust_version(work), together)
            work.note(Deed("units_merged", "devices", old, {"unit_code": [old, later]}, why))
            return work.commit()

    def renew_recovery(self, reason: str) -> str:
        """Make a new recovery key; return its identity, to be printed once and kept nowhere.

        Bundles sealed before open with the one before. Raises ReasonMissing, NotInitialised, Restored.
        """
        why = _reason(reason)
        with self._store.writing(self._session.user) as work:
            self._check(work)
            identity = receiving_keys.renew_recovery(work)
            work.note(Deed("recovery_renewed", "security", note=why))
            work.commit()
        return identity

    def change_root(self, reason: str) -> str:
        """Make a new root key, signed for by the one before; return the name of the new one.

        Raises ReasonMissing, NotInitialised, Restored.
        """
        why = _reason(reason)
        with self._store.writing(self._session.user) as work:
            self._check(work)
            name = keys.key_id(receiving_keys.change_root(work))
            work.note(Deed("root_changed", "security", name, note=why))
            work.commit()
        return name

    @staticmethod
    def _check(work: Reading) -> None:
        receiving_keys.kept(work)
        trouble.check(work)


def machine_rows(work: Reading, unit_code: str | None = None) -> list[MachineRow]:
    """Return every key that was ever enrolled, or those of one unit, by unit and laptop."""
    ends = {(end.unit_code, end.device_id): end for end in kept.chain_ends(work, unit_code)}
    keys_there = kept.enrolled(work, unit_code)
    # In the order of their enrolment, so the last one in use of each laptop takes the place of those before it.
    newest = {(key.unit_code, key.device_id): key.key_id for key in keys_there if key.status == "active"}
    now_in = merged_units(work)
    return [
        _row(
            work,
            key,
            end=ends.get((key.unit_code, key.device_id)),
            current=now_in.get(key.unit_code, CurrentUnit(key.unit_code, key.unit_name)),
            is_replaced=key.status == "active" and newest[key.unit_code, key.device_id] != key.key_id,
        )
        for key in keys_there
    ]


def _row(
    work: Reading,
    device: DeviceRow,
    *,
    end: kept.ChainEnd | None,
    current: CurrentUnit,
    is_replaced: bool,
) -> MachineRow:
    revoked = device.status == "revoked"
    line = withdrawals.last_of(work, device.device_id, device.key_id) if revoked else None
    return MachineRow(
        unit_code=device.unit_code,
        unit_name=device.unit_name,
        current_code=current.code,
        current_name=current.name,
        device_id=device.device_id,
        key_id=device.key_id,
        status=device.status,
        revoked_from=device.revoked_from,
        enrolled_at=device.enrolled_at,
        epoch=end.epoch if end else 0,
        last_seq=end.last_seq if end else 0,
        why=line.note if line else "",
        withdrawn_by=line.user if line else "",
        withdrawn_at=line.at if line else "",
        is_replaced=is_replaced,
    )


def _tightens(row: DeviceRow, since: int | None) -> bool:
    """Whether a withdrawal from ``since`` on takes away anything that the key still vouches for."""
    if row.status == "active":
        return True
    return row.revoked_from is not None and (since is None or since < row.revoked_from)


def _reason(text: str) -> str:
    why = clean(text)
    if not why:
        raise ReasonMissing(field="reason")
    return why
