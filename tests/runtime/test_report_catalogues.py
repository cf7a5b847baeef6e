"""The shipped layout of reports and the usual targets name only figures that exist, and of the right kind."""

from antq_desktop.domain.indicators import Share, parse_indicators
from antq_desktop.domain.periods import PERIOD_NAMES
from antq_desktop.domain.report_layout import PLACE
from antq_desktop.domain.targets import Target, check_target
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.services.catalogues import ShippedCatalogues

CATALOGUES = ShippedCatalogues()
FIGURES = read_shipped("indicators", parse_indicators)
INDICATORS = FIGURES.indicators


def test_every_figure_of_the_layout_exists() -> None:
    assert CATALOGUES.report_layout.indicators - INDICATORS.keys() == set()


def test_the_table_has_figures_of_one_number_each() -> None:
    shown = [name for each in CATALOGUES.report_layout.sections.values() for name in each.indicators]
    assert [name for name in shown if INDICATORS[name].kind == "tally"] == []


def test_only_figures_of_one_number_are_compared() -> None:
    compared = [
        match[1]
        for section in CATALOGUES.report_layout.sections.values()
        for sentence in section.sentences
        for match in PLACE.finditer(sentence.text)
        if match[2]
    ]
    assert compared
    assert [name for name in compared if INDICATORS[name].kind == "tally"] == []


def test_the_part_and_the_whole_of_every_share_stand_in_the_table() -> None:
    """The workbook works shares out from these rows."""
    layout = CATALOGUES.report_layout
    shown = {name for each in layout.sections.values() for name in each.indicators}
    for name in shown:
        formula = INDICATORS[name].formula
        if isinstance(formula, Share):
            assert {formula.part.measure, formula.whole.measure} <= shown, name


def test_sentences_end_as_sentences() -> None:
    for section in CATALOGUES.report_layout.sections.values():
        for sentence in section.sentences:
            assert sentence.text.endswith("."), section.id


def test_the_usual_targets_can_be_set() -> None:
    for usual in CATALOGUES.usual_targets.targets.values():
        target = Target(
            id="",
            unit_code="",
            year=2026,
            period=f"2026-{usual.part}" if usual.part else "2026",
            level=usual.level,
            indicator=usual.indicator,
            measured=usual.measured,
            at_least=usual.at_least,
        )
        assert usual.part in PERIOD_NAMES
        assert check_target(target, FIGURES, []) == ()
