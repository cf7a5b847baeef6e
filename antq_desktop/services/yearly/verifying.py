"""Says of the code on a paper whether that certificate is genuine and still holds, without a network.

The signature proves who issued the paper; whether it still holds stands only in the register kept here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_desktop.documents import qr_reading
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.recognition import number_text
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, summary, trust
from antq_desktop.exchange.summary import SummaryRefused
from antq_desktop.exchange.trust import DeviceKey, Trust
from antq_desktop.runtime.language import _
from antq_desktop.runtime.language import sentence as said
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.receiving_side import receiving_keys
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.services.yearly.certificate_facts import CertificateFacts, facts_of, from_summary
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries.verification import RegisteredCertificate, registered, told_before
from antq_desktop.storage.unit_of_work import Reading, Store

#: What each outcome is called, for people.
SENTENCES = {
    "valid": N_(
        "Certificate {number} of {year} for «{name}» is valid: it agrees with the register kept here. "
        "{unit} issued it on {day}."
    ),
    "withdrawn": N_(
        "Certificate {number} of {year} for «{name}» is genuine but no longer valid: {unit} withdrew it on "
        "{withdrawn_on} ({reason})."
    ),
    "superseded": N_(
        "Certificate {number} of {year} for «{name}» is genuine but no longer valid: {unit} withdrew it on "
        "{withdrawn_on} ({reason}) and issued certificate {valid_now} in its place."
    ),
    "unknown": N_(
        "The code is genuine: {unit} signed it. But certificate {number} of {year} for «{name}» is not in the "
        "register kept here. Its data may not have come yet; ask that unit whether it still holds."
    ),
    "altered": N_(
        "The code is genuine, but the register kept here says something else of certificate {number} of {year} of "
        "{unit}. The record was altered since the paper was printed. Ask that unit, and do not rely on the paper."
    ),
    "key-revoked": N_(
        "The key that signed this code was withdrawn, and no register kept here backs certificate {number} of {year} "
        "for «{name}». Do not rely on the paper; ask {unit}."
    ),
}
_REVOKED_SINCE = N_(
    "The key of the laptop that printed it was withdrawn since; the certificate was issued before that."
)


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """What a code is worth. ``state``: valid, withdrawn, superseded, unknown, altered or refused.

    ``code`` is stable and says why; ``sentence`` is for people. ``facts`` are those of the code, None when it is not
    genuine; ``signed_by`` names the commune; ``valid_now`` is the number that stands in place of a superseded one.
    """

    text: str
    state: str
    code: str
    sentence: str
    facts: CertificateFacts | None = None
    signed_by: str = ""
    withdrawn_on: date | None = None
    reason: str = ""
    valid_now: int | None = None
    remark: str = ""

    @property
    def exit_code(self) -> Exit:
        """What the command line ends with for this paper."""
        if self.state == "valid":
            return Exit.DONE
        return Exit.REFUSED if self.state in {"altered", "refused"} else Exit.FINDINGS


@dataclass(frozen=True, slots=True)
class _Signer:
    """Somebody whose certificates are known here: one key of one laptop of one commune."""

    unit_name: str
    unit_codes: frozenset[str]
    device_id: str
    key: DeviceKey


class Verifying:
    """Checks codes against the keys and the register of the open workspace, a commune's or a receiving unit's."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    @staticmethod
    def codes_in(path: Path, progress: Progress | None = None) -> list[str]:
        """Return the codes of certificates on a picture or PDF; where there is none of ours, whatever codes there are.

        Raises what ``documents.qr_reading.codes_in`` raises.
        """
        texts = qr_reading.codes_in(path, progress)
        return [text for text in texts if text.startswith(summary.PREFIX)] or texts

    def check(self, text: str) -> CertificateCheck:
        """Return what the code ``text`` is worth. Raises NotInitialised."""
        return self.check_all([text])[0]

    def check_all(self, texts: Iterable[str]) -> list[CertificateCheck]:
        """Return what each code is worth, in order; that somebody looked stands in the journal."""
        with self._store.writing(self._session.user) as work:
            signers = self._signers(work)
            checks = [self._check(work, text, signers) for text in texts]
            for check in checks:
                note = (
                    f"{check.state} {check.facts.unit_code} {check.facts.year}" if check.facts else check.code
                )
                number = check.facts.number_text if check.facts else ""
                work.note(Deed("certificate_checked", "certificates", number, note=note))
            work.commit()
        return checks

    def _check(self, work: Reading, text: str, signers: Mapping[str, _Signer]) -> CertificateCheck:
        found: list[_Signer] = []

        def lookup(short_id: str) -> bytes | None:
            signer = signers.get(short_id)
            if signer is None:
                return None
            found.append(signer)
            return keys.from_text(signer.key.sign)

        try:
            facts = from_summary(summary.open_summary(text, lookup))
            if facts.unit_code not in found[0].unit_codes:
                # One commune cannot issue in the name of another.
                raise SummaryRefused  # noqa: TRY301 - one way out for every code that is not genuine
        except SummaryRefused as refused:
            return CertificateCheck(text, "refused", refused.code, said(refused))
        return self._judged(work, text, facts, found[0])

    def _judged(self, work: Reading, text: str, facts: CertificateFacts, signer: _Signer) -> CertificateCheck:
        record = registered(work, facts.unit_code, facts.kind, facts.year, facts.number)
        state = _state(facts, record)
        revoked = signer.key.status == "revoked"
        if revoked and not (record and self._backed(work, signer, record)):
            state = "key-revoked"
        check = CertificateCheck(
            text=text,
            state="refused" if state == "key-revoked" else state,
            code=state,
            sentence="",
            facts=facts,
            signed_by=signer.unit_name,
            remark=_(_REVOKED_SINCE) if revoked and state != "key-revoked" else "",
        )
        if record and state in {"withdrawn", "superseded"}:
            check = replace(
                check,
                withdrawn_on=record.certificate.withdrawn_on,
                reason=record.certificate.withdrawn_reason or "",
                valid_now=record.valid_now,
            )
        return replace(check, sentence=_sentence_of(check, facts))

    def _backed(self, work: Reading, signer: _Signer, record: RegisteredCertificate) -> bool:
        """Whether the register backs a paper that a key signed which was withdrawn since.

        The commune's own register always does. At a receiving unit it does only if the laptop told of the certificate
        before the event from which on its key is not believed any more.
        """
        if self._store.unit_code in signer.unit_codes:
            return True
        until = signer.key.revoked_from
        place = record.certificate
        return until is not None and told_before(work, place.unit_code, signer.device_id, place.id, until)

    def _signers(self, work: Reading) -> dict[str, _Signer]:
        """Return whose certificates are known here, by the short name of the key; earlier and withdrawn keys too."""
        if work.local("role", "commune") == "receiving":
            return _of_trust(receiving_keys.trusted(work, self._store))
        document = kept.trust_document(work)
        signers = _of_trust(trust.read_kept(document)) if document else {}
        own = device_keys.find(work)
        if own is not None:
            name = setting(work, "commune")["name"] or self._store.unit_code
            key = DeviceKey(keys.to_text(own.sign_public), own.seal_public)
            signer = _Signer(name, frozenset({self._store.unit_code}), self._store.device_id, key)
            signers.setdefault(summary.short_id(own.sign_public).hex(), signer)
        return signers


def _of_trust(document: Trust) -> dict[str, _Signer]:
    codes: dict[str, set[str]] = {}
    # A paper from before a merger names the old code.
    for code in (*(unit.unit_code for unit in document.units), *document.merged):
        codes.setdefault(document.current_code(code), set()).add(code)
    return {
        summary.short_id(keys.from_text(key.sign)).hex(): _Signer(
            unit.name, frozenset(codes[document.current_code(unit.unit_code)]), device.device_id, key
        )
        for unit in document.units
        for device in unit.devices
        for key in device.keys
    }


def _state(facts: CertificateFacts, record: RegisteredCertificate | None) -> str:
    if record is None:
        return "unknown"
    if facts_of(record.certificate, record.recognition) != facts:
        return "altered"
    if record.certificate.withdrawn_on is None:
        return "valid"
    return "withdrawn" if record.valid_now is None else "superseded"


def _sentence_of(check: CertificateCheck, facts: CertificateFacts) -> str:
    return _(
        SENTENCES[check.code],
        number=facts.number_text,
        year=facts.year,
        name=facts.unit_name,
        unit=check.signed_by,
        day=_day(facts.issued_on),
        withdrawn_on=_day(check.withdrawn_on),
        reason=check.reason,
        valid_now=number_text(check.valid_now or 0),
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
