"""Prints the papers of a unit's year: its dossier, the letter and list that put it forward, the decision that recognises it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from antq_desktop.documents.pdf import NothingToPrint, RecordResult, Rendered
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.recognition import Recognition
from antq_desktop.domain.text import clean, sort_key
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers import dossier_records, nomination_records
from antq_desktop.services.papers.assessment_paper import assessment_record
from antq_desktop.services.papers.nomination_records import put_forward
from antq_desktop.services.papers.paper_heading import heading
from antq_desktop.services.papers.press import PRINTED, Press, told
from antq_desktop.services.yearly import decisions
from antq_desktop.services.yearly.coverage import unit_rows
from antq_desktop.services.yearly.decisions import Typed, default_decider
from antq_desktop.services.yearly.unit_year import UnitYear, key_of, unit_year
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import areas
from antq_desktop.storage.unit_of_work import Reading

#: The forms that are printed for each unit, and those that name all units on one paper.
UNIT_FORMS = ("unit-registration", "meeting-minutes", "result-report", "appraisal-slip")
_ORDER = ("residential_area", "agency", "enterprise", "school")
JOINT_FORMS = ("submission-letter", "nomination-list")
_TABLES = {"residential_area": "residential_areas", "commune": "settings"}


class NotAUnitPaper(BadInput):
    code = "not-a-unit-paper"
    sentence = N_("The form «{form}» is not one of a unit's year. Choose one of: {forms}.")


class CommuneApart(BadInput):
    code = "commune-apart"
    sentence = N_(
        "The commune itself is put forward to the level above, in a letter of its own. Leave it out, or print it alone."
    )


class NotPutForward(BadInput):
    code = "not-put-forward"
    sentence = N_(
        "{name} is left out: its meeting or the appraisal did not agree. If that was recorded wrongly, correct the step."
    )


class NothingToSign(NothingToPrint):
    code = "nothing-to-sign"
    sentence = N_(
        "No unit waits for a decision of {year}, so there is none to sign. To print one that was recorded, name it by its number."
    )


class UnitPapers(Press):
    """The papers of units in one year."""

    def assessment(self, assessment_id: str, out: Path, progress: Progress | None = None) -> Rendered:
        """Print a self-assessment; one that is not finished carries the draft mark."""
        return self.self_assessments([assessment_id], out, progress)

    def self_assessments(
        self, assessment_ids: Sequence[str], out: Path, progress: Progress | None = None
    ) -> Rendered:
        """Print self-assessments into one file; all carry the draft mark when one of them is not finished."""
        with self._store.reading() as work:
            found = [work.get(SelfAssessment, key) for key in assessment_ids]
            units = [
                unit_year(work, self._catalogues, key_of(kept), kept.year) for kept in told(found, progress)
            ]
        records = [assessment_record(facts, self._session.today()) for facts in units]
        names = [facts.unit.name for facts in units]
        deeds = [Deed(PRINTED, "self_assessments", kept.id) for kept in found]
        draft = any(kept.state == "draft" for kept in found)
        return self._print("self-assessment", records, out, deeds, progress, names=names, draft=draft)

    def unit_papers(
        self, form: str, keys: Sequence[UnitKey], year: int, out: Path, progress: Progress | None = None
    ) -> Rendered:
        """Print a paper of each unit into one file, or the one letter or list that names them all.

        A unit whose meeting or appraisal said no stands in no letter and list: it is told in a result of its own, or raised
        when none remains. Raises NotAUnitPaper, CommuneApart, NotPutForward, NotFound, NothingToPrint, UnknownPaperKind,
        PaperNotWritten, Cancelled.
        """
        if form not in (*UNIT_FORMS, *JOINT_FORMS):
            raise NotAUnitPaper(form=form, forms=", ".join((*UNIT_FORMS, *JOINT_FORMS)))
        if not keys:
            raise NothingToPrint
        with self._store.reading() as work:
            units = [unit_year(work, self._catalogues, key, year) for key in told(keys, progress)]
            left_out = [
                RecordResult(number, 0, 0, (), NotPutForward(name=facts.unit.name), facts.unit.name)
                for number, facts in enumerate(
                    (facts for facts in units if form in JOINT_FORMS and not put_forward(facts)), 2
                )
            ]
            if left_out:
                units = [facts for facts in units if put_forward(facts)]
            if not units:
                raise NotPutForward(name=", ".join(result.name for result in left_out))
            if form in UNIT_FORMS:
                record = self._of_unit(form, work)
                records, names = [record(facts) for facts in units], [facts.unit.name for facts in units]
            else:
                records, names = [self._of_all(form, work, units, year)], []
        named = [facts.unit.key for facts in units]
        deeds = [
            Deed(PRINTED, _TABLES.get(key.kind, "listed_units"), key.id, {"year": year}) for key in named
        ]
        done = self._print(form, records, out, deeds, progress, names=names)
        return replace(done, results=(*done.results, *left_out))

    def decision(
        self, decision_number: str, year: int, out: Path, progress: Progress | None = None
    ) -> Rendered:
        """Print a decision that was recorded, with its list of units when there are several.

        Raises NotFound when this year has none of that number (that of the level above is not ours to print).
        """
        number = clean(decision_number)
        with self._store.reading() as work:
            kept = [
                decision
                for decision in work.all(Recognition, year=year, decision_number=number)
                if decision.unit_kind != "commune"
            ]
            if not kept:
                raise NotFound(what=number)
            # As the nomination list has them: areas first, then the kinds that are listed, each by name.
            kept.sort(key=lambda one: (_ORDER.index(one.unit_kind), sort_key(one.unit_name)))
            record = self._decision(work, kept, progress, to_sign=False)
        deeds = [Deed(PRINTED, "recognitions", decision.id) for decision in kept]
        return self._print("recognition-decision", [record], out, deeds, progress)

    def decision_to_sign(
        self,
        year: int,
        out: Path,
        assessment_ids: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> Rendered:
        """Print the decision on units that were found to meet the criteria, its number and day left open.

        Without ``assessment_ids`` all that wait for a decision. Raises NothingToSign, UnitExcluded, UnitNotManaged.
        """
        scope, typed = self._catalogues.scope, Typed("", self._session.today())
        with self._store.reading() as work:
            waiting = [
                row.id
                for row in unit_rows(work, self._catalogues, year)
                if row.id
                and row.unit_kind != "commune"
                and (row.state, row.result, row.recognised) == ("final", "met", False)
                and (assessment_ids is None or row.id in assessment_ids)
            ]
            if not waiting:
                raise NothingToSign(year=year)
            drawn = [decisions.drawn_up(work, scope, work.get(SelfAssessment, key), typed) for key in waiting]
            record = self._decision(work, drawn, progress, to_sign=True)
        deeds = [Deed(PRINTED, "self_assessments", key) for key in waiting]
        return self._print("recognition-decision", [record], out, deeds, progress)

    def _of_unit(self, form: str, work: Reading) -> Callable[[UnitYear], dict[str, Any]]:
        process = self._catalogues.process
        living = {row.id: row.households for row in areas.rows(work, None)}

        def record(facts: UnitYear) -> dict[str, Any]:
            to = default_decider(work, self._catalogues.scope, facts.unit.key.kind)
            match form:
                case "unit-registration":
                    return dossier_records.registration_record(
                        facts, process, to, living.get(facts.unit.key.id)
                    )
                case "meeting-minutes":
                    return dossier_records.minutes_record(facts)
                case "result-report":
                    return dossier_records.report_record(facts, process, to)
                case _:
                    return dossier_records.appraisal_record(facts, process, heading(work))

        return record

    def _of_all(self, form: str, work: Reading, units: Sequence[UnitYear], year: int) -> dict[str, Any]:
        if len(units) > 1 and any(facts.unit.key.kind == "commune" for facts in units):
            raise CommuneApart
        office = nomination_records.office_for(work, units)
        if form == "nomination-list":
            return nomination_records.list_record(office, units, year)
        to = default_decider(work, self._catalogues.scope, units[0].unit.key.kind)
        return nomination_records.letter_record(office, units, self._catalogues.process, to, year)

    def _decision(
        self, work: Reading, kept: Sequence[Recognition], progress: Progress | None, *, to_sign: bool
    ) -> dict[str, Any]:
        units = [
            unit_year(work, self._catalogues, key_of(decision), decision.year)
            for decision in told(kept, progress)
        ]
        return nomination_records.decision_record(work, kept, units, to_sign=to_sign)
