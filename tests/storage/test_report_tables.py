"""Targets and reports keep what they are given, frozen content and all, and their tables come and go."""

from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.periodic_reports import PeriodicReport, ReportState, TypedText
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import (
    AreaFigures,
    Compared,
    Figure,
    KindFigures,
    ModelFigures,
    ReportContent,
    Section,
    Sender,
    UnitResult,
)
from antq_desktop.domain.targets import Target
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.records import from_body, kind_of, to_body
from antq_desktop.storage.unit_of_work import Store

SENDER = Sender(
    parent="Công an tỉnh Phú Thọ",
    agency="Công an xã Kim Bôi",
    agency_in_text="Công an xã Kim Bôi",
    place="Kim Bôi",
    addressee="Công an tỉnh Phú Thọ",
    signer_post="Trưởng Công an xã",
    signer="Hà Quang Vinh",
)
FIGURE = Figure(
    indicator="share_signed",
    name="Tỷ lệ hộ đã ký cam kết",
    unit="%",
    now=Ratio(2, 3),
    before=Ratio(0, 3),
    last_year=None,
    part="households_signed",
    whole="households_living",
)
CONTENT = ReportContent(
    sender=SENDER,
    catalogue_version="1",
    catalogue_sha256="ab" * 32,
    layout_version="1",
    before=Compared("2025-Q4", "signed"),
    last_year=Compared("2025-Q1", "none"),
    replaces=date(2026, 3, 16),
    sections=(Section(id="cam-ket", title="Cam kết", generated="…", typed="", figures=(FIGURE,)),),
    areas=(
        AreaFigures(
            name="Toàn xã",
            households=None,
            people=None,
            signed=None,
            absent=None,
            refused=None,
            models=1,
            activities=2,
            result="",
            decision="",
        ),
    ),
    models=(ModelFigures(name="Tổ liên gia", sites=None, groups=None, members=None, activities=2),),
    kinds=(KindFigures(name="Tuần tra", activities=2, quantities={"ca": 4}),),
    units=(UnitResult(name="Xóm Bãi Chạo", result="Đạt", decision="—"),),
)
REPORT = PeriodicReport(
    id="r1",
    unit_code="04978",
    period="2026-Q1",
    year=2026,
    first=date(2025, 12, 15),
    last=date(2026, 3, 14),
    edition=2,
    state=ReportState.SIGNED,
    reason="Ghi thiếu",
    number="24/BC-CAX",
    texts={"cam-ket": TypedText("Đã ký đủ.", "…")},
    remarks=("Tốt",),
    tasks=("Ký bù",),
    content=CONTENT,
    signed_by="An",
    signed_on=date(2026, 3, 16),
)
TARGET = Target(
    id="t1",
    unit_code="04978",
    year=2026,
    period="2026-Q1",
    level="area",
    indicator="share_signed",
    measured="percent",
    at_least=97_50,
    set_by="Kế hoạch 12",
)
DRAFT = PeriodicReport(
    id="r2", unit_code="04978", period="2026", year=2026, first=date(2025, 12, 15), last=date(2026, 12, 14)
)


def test_what_was_frozen_comes_back_as_it_was(store: Store) -> None:
    with store.writing("An") as work:
        report, draft, target = work.save(REPORT), work.save(DRAFT), work.save(TARGET)
        work.commit()
    with store.reading() as work:
        assert work.get(PeriodicReport, "r1") == report
        assert work.get(PeriodicReport, "r2") == draft
        assert work.get(PeriodicReport, "r2").content is None
        assert work.get(Target, "t1") == target
    assert report.content == CONTENT


def test_what_was_frozen_travels_whole() -> None:
    for record in (REPORT, DRAFT, TARGET):
        assert from_body(kind_of(type(record)), to_body(record), {}) == record


def test_the_tables_come_and_go(store: Store) -> None:
    migrate(store.engine, "0004")
    with store.engine.connect() as connection:
        assert not {"targets", "periodic_reports"} & set(sa.inspect(connection).get_table_names())
    migrate(store.engine)
    with store.writing("An") as work:
        work.save(REPORT)
        work.commit()
    with store.reading() as work:
        assert work.all(PeriodicReport, year=2026)[0].content == CONTENT
