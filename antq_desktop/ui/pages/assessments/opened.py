"""What the form of an assessment is shown from, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import Catalogue
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.ui.pages.assessments.unit_rows import UnitLine


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment with the criteria it was made with, those a new one would take, and official texts by item.

    ``moved`` are the ids of the items whose figures are others by now although it is finished.
    """

    kept: SelfAssessment
    catalogue: Catalogue
    in_use: Catalogue
    officials: Mapping[str, OfficialWording]
    moved: tuple[str, ...]

    @property
    def made_with(self) -> str:
        """Which criteria decide, and whether newer ones are in use by now."""
        facts = {"title": self.catalogue.title, "version": self.catalogue.version}
        if self.catalogue.sha256 == self.in_use.sha256:
            return _("By «{title}», version {version}", **facts)
        return _(
            "By «{title}», version {version}; version {newer} is in use now, this one stays as it is",
            newer=self.in_use.version,
            **facts,
        )


def read(services: Application, line: UnitLine, assessment_id: str, year: int) -> Opened:
    """Read the assessment of a unit. Raises NotFound, CriteriaNotHere."""
    assessments = services.assessments
    catalogue = assessments.catalogue(assessment_id)
    return Opened(
        assessments.get(assessment_id),
        catalogue,
        assessments.catalogue(unit_kind=line.key.kind, year=year),
        {
            row.item: row.official
            for row in services.official_texts.rows()
            if row.catalogue_id == catalogue.id and row.official is not None
        },
        assessments.moved(assessment_id),
    )
