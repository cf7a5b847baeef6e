"""What the steps of one import know together: the file, what was corrected, what was decided, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from antq_desktop.domain.wording import N_
from antq_desktop.intake.household_sheet import HouseholdSheet, TableChoice
from antq_desktop.intake.legacy_encodings import Encoding
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.intake import ImportResult, Intake
from antq_desktop.services.intake_plan import ImportPlan

#: The fields of a household that a column can fill, as message ids, in the order they are offered.
FIELD_NAMES = {
    "head": N_("Head of household"),
    "birth": N_("Born"),
    "citizen_id": N_("Citizen id"),
    "hamlet": N_("Residential area"),
    "address": N_("Address"),
    "members": N_("Persons"),
    "phone": N_("Phone"),
    "signed": N_("Signed on"),
}
ENCODING_NAMES: dict[Encoding, str] = {
    "unicode": N_("Unicode"),
    "tcvn3": N_("TCVN3 (.VnTime fonts)"),
    "vni": N_("VNI (VNI-Times fonts)"),
}
OUTCOME_NAMES = {
    "new": N_("new household"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "doubtful": N_("doubtful"),
    "faulty": N_("faulty"),
    "left_out": N_("left out"),
}


@dataclass(slots=True)
class ImportDraft:
    """Filled step by step; going back keeps everything."""

    intake: Intake
    path: Path | None = None
    choice: TableChoice = field(default_factory=TableChoice)
    corrections: dict[tuple[int, str], str] = field(default_factory=dict)
    update: bool = True
    append: bool = True
    sheet: HouseholdSheet | None = None
    plan: ImportPlan | None = None
    decisions: dict[int, str] = field(default_factory=dict)
    result: ImportResult | None = None

    def choose(self, path: Path) -> None:
        """Begin anew with another file; the same file keeps what was corrected."""
        if path != self.path:
            self.path, self.choice, self.sheet = path, TableChoice(), None
            self.corrections.clear()
            self.decisions.clear()

    def reading(self) -> Callable[[Progress], HouseholdSheet]:
        """Return the work that reads the file as it was corrected so far."""
        assert self.path is not None  # noqa: S101 - the first step does not let go on without a file
        path, choice, corrections = self.path, self.choice, dict(self.corrections)
        return lambda progress: self.intake.read(path, choice, corrections, progress)

    def reading_and_planning(self) -> Callable[[Progress], ImportPlan]:
        """Return the work that reads once more and works out what an import would do."""
        read = self.reading()
        update, append = self.update, self.append
        return lambda progress: self.intake.plan(read(progress), update=update, append=append)

    def running(self) -> Callable[[Progress], ImportResult]:
        """Return the work that imports what was planned and decided."""
        assert self.plan is not None  # noqa: S101 - the preview comes before
        plan, decisions = self.plan, dict(self.decisions)
        return lambda progress: self.intake.run(plan, decisions, progress)

    def with_table(self, sheet_name: str, header_line: int | None) -> None:
        """Read another table; its columns are found anew. Corrected cells were of the table before."""
        self.choice = replace(self.choice, sheet=sheet_name, header_line=header_line, columns=None)
        self.corrections.clear()
        self.decisions.clear()

    def with_columns(self, columns: Mapping[str, int]) -> None:
        """Fill the fields from these columns of the table that is shown."""
        assert self.sheet is not None  # noqa: S101 - columns are only shown of a sheet that was read
        table = self.sheet.chosen
        self.choice = replace(
            self.choice, sheet=table.sheet_name, header_line=table.header_line, columns=dict(columns)
        )
