"""A code on a paper is worth what the key and the register kept here say, at the commune and at the receiving unit."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.exchange import keys
from antq_desktop.exchange.summary import sign_summary
from antq_desktop.runtime import language
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.yearly.certificate_facts import facts_of, to_summary
from antq_desktop.storage import tables

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ISSUED = date(2026, 11, 19)


@dataclass
class Office:
    """The commune that issues certificates, and what it prints on them."""

    parties: "Parties"

    def save(self, *records: SelfAssessment | Recognition | Certificate) -> list[Certificate]:
        with self.parties.store(self.parties.commune).writing("An") as work:
            saved = [work.save(record) for record in records]
            work.commit()
        return [record for record in saved if isinstance(record, Certificate)]

    def issue(self, number: int = 1, unit: str = "Xóm Bãi Chạo") -> Certificate:
        assessment = SelfAssessment(
            id=f"a{number}",
            unit_code="04978",
            unit_kind="residential_area",
            unit_id=unit,
            year=2026,
            catalogue_id="tt124-2021-dieu4",
            catalogue_version="1",
            catalogue_sha256="0" * 64,
            answers={},
            result="met",
            reasons=(),
            state="final",
            assessed_on=date(2026, 11, 5),
        )
        recognition = Recognition(
            id=f"r{number}",
            unit_code="04978",
            assessment_id=assessment.id,
            unit_kind="residential_area",
            unit_id=unit,
            unit_name=unit,
            year=2026,
            decision_number="412/QĐ-UBND",
            decision_date=date(2026, 11, 18),
            decided_by="UBND xã Kim Bôi",
            signer="Đinh Công Thắng",
            signer_post="CHỦ TỊCH",
        )
        return self.save(assessment, recognition, self.certificate(number, recognition.id))[0]

    @staticmethod
    def certificate(number: int, recognition_id: str) -> Certificate:
        return Certificate(
            id=f"c{number}",
            unit_code="04978",
            recognition_id=recognition_id,
            year=2026,
            kind="recognition",
            number=number,
            issued_on=ISSUED,
        )

    def withdraw(self, certificate: Certificate) -> Certificate:
        why = "Có vụ việc sau khi công nhận"
        changed = replace(certificate, withdrawn_on=date(2026, 11, 20), withdrawn_reason=why)
        return self.save(changed)[0]

    def code(self, certificate: Certificate, **other: str | int) -> str:
        with self.parties.store(self.parties.commune).writing("An") as work:
            seed = device_keys.ensure(work).sign_seed
            work.commit()
        return self.signed(seed, certificate, **other)

    def signed(self, seed: bytes, certificate: Certificate, **other: str | int) -> str:
        with self.parties.store(self.parties.commune).reading() as work:
            facts = facts_of(certificate, work.get(Recognition, certificate.recognition_id))
        return sign_summary(seed, {**to_summary(facts), **other})

    def deliver(self) -> None:
        (verdict,) = self.parties.receive(self.parties.send().path)
        assert (verdict.verdict, verdict.set_aside) == ("taken", ())

    def revoke(self, revoked_from: int | None) -> None:
        with self.parties.store(self.parties.receiving).writing("Bình") as work:
            row = sa.update(tables.devices).values(status="revoked", revoked_from=revoked_from)
            work.connection.execute(row)
            work.commit()


@pytest.fixture
def office(parties: "Parties") -> Office:
    return Office(parties)


def state(side: Application, text: str) -> str:
    check = side.verifying.check(text)
    expected = {"valid": 0, "withdrawn": 1, "superseded": 1, "unknown": 1, "altered": 3, "refused": 3}
    assert check.exit_code == expected[check.state]
    assert check.sentence
    assert "{" not in check.sentence
    return check.state


def test_a_paper_is_valid_at_whoever_holds_its_record(office: Office) -> None:
    text = office.code(office.issue())
    commune, upper = office.parties.commune, office.parties.receiving
    check = commune.verifying.check(text)
    assert (check.state, check.exit_code, check.signed_by) == ("valid", Exit.DONE, "Xã Kim Bôi")
    assert check.facts is not None
    assert (check.facts.number_text, check.facts.unit_name, check.facts.issued_on) == (
        "01/GCN",
        "Xóm Bãi Chạo",
        ISSUED,
    )
    assert state(upper, text) == "unknown"
    office.deliver()
    assert state(upper, text) == "valid"


def test_a_withdrawn_paper_is_withdrawn_at_whoever_knows_it(office: Office) -> None:
    certificate = office.issue()
    text = office.code(certificate)
    office.deliver()
    office.withdraw(certificate)
    check = office.parties.commune.verifying.check(text)
    assert (check.state, check.withdrawn_on, check.reason) == (
        "withdrawn",
        date(2026, 11, 20),
        "Có vụ việc sau khi công nhận",
    )
    assert "20/11/2026" in check.sentence
    assert state(office.parties.receiving, text) == "valid", "the stick has not brought it yet"
    office.deliver()
    assert state(office.parties.receiving, text) == "withdrawn"


def test_a_withdrawn_paper_names_the_one_in_its_place(office: Office) -> None:
    first = office.issue()
    text = office.code(first)
    office.withdraw(first)
    second = office.save(office.certificate(2, first.recognition_id))[0]
    office.deliver()
    for side in (office.parties.commune, office.parties.receiving):
        check = side.verifying.check(text)
        assert (check.state, check.valid_now) == ("superseded", 2)
        assert "02/GCN" in check.sentence
        assert state(side, office.code(second)) == "valid"


def test_a_second_decision_for_the_same_unit_stands_in_place_of_the_first(office: Office) -> None:
    first = office.issue(1)
    text = office.code(first)
    office.withdraw(first)
    with office.parties.store(office.parties.commune).reading() as work:
        decided = work.get(Recognition, "r1")
    office.save(
        replace(decided, id="r1b", decision_number="533/QĐ-UBND", version={}), office.certificate(2, "r1b")
    )
    assert state(office.parties.commune, text) == "superseded"


def test_a_record_that_says_something_else_is_told(office: Office) -> None:
    certificate = office.issue()
    text = office.code(certificate)
    with office.parties.store(office.parties.commune).reading() as work:
        decided = work.get(Recognition, certificate.recognition_id)
    office.save(replace(decided, unit_name="Xóm Khác"))
    assert state(office.parties.commune, text) == "altered"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_sign_of_a_code_is_refused(office: Office, data: st.DataObject) -> None:
    text = _code_of_the_day(office)
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(SIGNS).filter(lambda each: each != text[at]))
    assert state(office.parties.receiving, text[:at] + sign + text[at + 1 :]) == "refused"


def test_every_sign_of_a_code_changed_once_is_refused(office: Office) -> None:
    text = _code_of_the_day(office)
    changed = [
        text[:at] + SIGNS[(SIGNS.index(text[at]) + 1) % len(SIGNS)] + text[at + 1 :]
        for at in range(len(text))
    ]
    changed += [text[:end] for end in range(len(text))] + [text + "0", "", text.lower()]
    checks = office.parties.receiving.verifying.check_all(changed)
    assert {check.state for check in checks} == {"refused"}
    assert len(checks) == 2 * len(text) + 3


def _code_of_the_day(office: Office) -> str:
    with office.parties.store(office.parties.commune).reading() as work:
        kept = work.find(Certificate, "c1")
    if kept is None:
        kept = office.issue()
        office.deliver()
    text = office.code(kept)
    assert state(office.parties.receiving, text) == "valid"
    return text


def test_another_key_or_another_communes_name_is_refused(office: Office) -> None:
    certificate = office.issue()
    office.deliver()
    stranger = keys.generate().sign_seed
    for side in (office.parties.commune, office.parties.receiving):
        assert state(side, office.signed(stranger, certificate)) == "refused"
        assert state(side, office.code(certificate, u="04981")) == "refused"


@pytest.mark.parametrize("other", [{"d": "2026-13-01"}, {"n": "1"}, {"y": "2026"}, {"r": 7}, {"x": "1"}])
def test_a_signed_code_that_is_no_certificate_is_refused(office: Office, other: dict[str, str | int]) -> None:
    assert state(office.parties.commune, office.code(office.issue(), **other)) == "refused"


def test_the_register_decides_where_the_key_was_withdrawn_since(office: Office) -> None:
    before = office.issue(1)
    office.deliver()
    upper = office.parties.receiving
    with office.parties.store(office.parties.commune).reading() as work:
        head = work.connection.execute(sa.select(sa.func.max(tables.outbox.c.seq))).scalar_one()
    after = office.issue(2, "Xóm Lầm")
    office.deliver()
    codes = [office.code(before), office.code(after), office.code(before, n=9)]
    office.revoke(head + 1)
    checks = upper.verifying.check_all(codes)
    assert [(each.state, each.code) for each in checks] == [
        ("valid", "valid"),
        ("refused", "key-revoked"),
        ("refused", "key-revoked"),
    ]
    assert checks[0].remark
    assert not any(each.remark for each in checks[1:])
    office.revoke(None)
    assert [each.code for each in upper.verifying.check_all(codes)] == ["key-revoked"] * 3


def test_a_commune_knows_its_papers_before_it_is_enrolled(bare: "Parties") -> None:
    office = Office(bare)
    text = office.code(office.issue())
    assert state(bare.commune, text) == "valid"
    assert state(bare.receiving, text) == "refused"


def test_from_the_printed_paper_to_the_answer(office: Office, tmp_path: Path) -> None:
    certificates = [office.issue(1), office.issue(2, "Xóm Lầm")]
    out = tmp_path / "giấy.pdf"
    office.parties.commune.printing.certificates([each.id for each in certificates], out)
    verifying = office.parties.commune.verifying
    codes = verifying.codes_in(out)
    assert [check.facts and check.facts.number for check in verifying.check_all(codes)] == [1, 2]
    assert [check.state for check in verifying.check_all(codes)] == ["valid", "valid"]
    with office.parties.commune.printing.preview(out) as shown:
        page = shown.image(0, 150)
    size = (page.width, page.height)
    picture = Image.frombuffer("RGB", size, page.pixels, "raw", "BGRX", page.stride, 1)
    picture.rotate(7, expand=True, fillcolor=(90, 80, 70)).save(tmp_path / "chụp.jpg", quality=70)
    assert verifying.codes_in(tmp_path / "chụp.jpg") == codes[:1]


def test_that_somebody_looked_stands_in_the_journal(office: Office) -> None:
    text = office.code(office.issue())
    state(office.parties.commune, text)
    state(office.parties.commune, "ANTQ1:XYZ")
    lines = office.parties.journal(office.parties.commune)
    assert "certificate_checked valid 04978 2026" in lines
    assert "certificate_checked summary-refused" in lines


@pytest.mark.parametrize("chosen", ["vi", "en"])
def test_every_outcome_can_be_said(office: Office, chosen: str) -> None:
    certificate = office.issue()
    codes = [office.code(certificate), office.code(certificate, n=9), "ANTQ1:"]
    office.withdraw(certificate)
    language.choose(chosen)
    try:
        sentences = {check.sentence for check in office.parties.commune.verifying.check_all(codes)}
    finally:
        language.choose("vi")
    assert len(sentences) == 3
