"""Keeps the households of the commune: lists, single records, and all that is held on one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.commitments import STATE_NAMES, Campaign, Commitment, CommitmentState
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.households import Household, check_household
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.services.named_records import NamedRecords, named_records
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import households as queries
from antq_desktop.storage.queries import intake as intake_queries
from antq_desktop.storage.queries import journal as journal_queries
from antq_desktop.storage.queries.households import HouseholdFilter, HouseholdRow
from antq_desktop.storage.queries.intake import HeldRow
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Reading, Store

_MANY = 10_000
#: The states of a paper that tell nothing of the household.
_SILENT = (CommitmentState.NOT_ISSUED, CommitmentState.ISSUED)


@dataclass(frozen=True, slots=True)
class PersonReport:
    """Everything held on one person (Luật 91/2025/QH15: answered within two working days)."""

    citizen_id: str
    households: tuple[Household, ...]
    commitments: tuple[Commitment, ...]
    imported: tuple[HeldRow, ...]
    journal: tuple[JournalRow, ...]
    named: NamedRecords


class HouseholdHasScan(BadInput):
    code = "household-has-scan"
    sentence = N_(
        "«{head}» was not removed: a scan is attached to its paper of {year}, «{campaign}». If the household was entered "
        "twice, attach the scan to the line that stays and take it off here first. A family that moved away is marked so "
        "and keeps its papers."
    )


class HouseholdHasPaper(BadInput):
    code = "household-has-paper"
    sentence = N_(
        "«{head}» was not removed: its paper of {year}, «{campaign}», is recorded as «{state}». If the household was entered "
        "twice, record that with the line that stays and set the paper here to «not issued» first. A family that moved "
        "away is marked so and keeps its papers."
    )


class Households:
    """The households of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def count(self, which: HouseholdFilter) -> int:
        with self._store.reading() as work:
            return queries.count(work, which)

    def page(self, which: HouseholdFilter, window: Window) -> list[HouseholdRow]:
        with self._store.reading() as work:
            return queries.page(work, which, self._session.year, window)

    def find(self, text: str, limit: int = 20) -> list[HouseholdRow]:
        """Return households by words of the head's name, number, phone or address, without tone marks too."""
        return self.page(HouseholdFilter(text=text), Window(limit=limit))

    def get(self, household_id: str) -> Household:
        with self._store.reading() as work:
            return work.get(Household, household_id)

    def save(self, household: Household) -> Written[Household]:
        """Keep a household; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        cleaned = replace(
            household,
            id=household.id or self._session.new_id(),
            unit_code=self._session.unit_code,
            head=clean(household.head),
            birth=_cleaned(household.birth),
            citizen_id=_cleaned(household.citizen_id),
            phone=_cleaned(household.phone),
            address=_cleaned(household.address),
            note=clean(household.note),
        )
        remarks = accepted(check_household(cleaned, self._session.today()))
        with self._store.writing(self._session.user) as work:
            saved = work.save(cleaned)
            return Written(saved, work.commit(), remarks)

    def move_away_many(self, household_ids: Sequence[str], on: date) -> Changes:
        """Say that these households no longer live here since ``on``, all or none; their papers stay.

        One that moved away before keeps its day. Raises Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            living = [
                home
                for home in (work.get(Household, key) for key in household_ids)
                if home.residence != "moved_away"
            ]
            moved = [replace(home, residence="moved_away", moved_on=on) for home in living]
            for home in moved:
                accepted(check_household(home, self._session.today()))
            work.save_all(moved)
            return work.commit()

    def remove(self, household_id: str, reason: str) -> Changes:
        """Remove a household that was entered by mistake, with its papers as far as they tell nothing of it.

        The journal keeps what all of them said and the reason. Raises ReasonMissing, NotFound, HouseholdHasScan,
        HouseholdHasPaper.
        """
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            home = work.get(Household, household_id)
            papers = work.all(Commitment, household_id=home.id)
            _demand_silent(work, home, papers)
            for paper in papers:
                work.delete(paper, why)
            work.delete(home, why)
            return work.commit()

    def person(self, citizen_id: str, name: str = "", birth: str = "") -> PersonReport:
        """Find everything that is held on the person with this number, and note in the journal that it was asked.

        Where no number is kept it is found by the name and birth of the households found, or by those given here. What the
        journal keeps of a household that was removed is held too.
        """
        with self._store.writing(self._session.user) as work:
            number = clean(citizen_id)
            homes = work.all(Household, citizen_id=number)
            papers = [paper for home in homes for paper in work.all(Commitment, household_id=home.id)]
            imported = intake_queries.rows_about(work, number, [home.id for home in homes]) if number else []
            named = named_records(
                work, [*((home.head, home.birth) for home in homes), (clean(name), clean(birth))]
            )
            told = [home.id for home in homes] + [paper.id for paper in papers] + named.ids
            removed = journal_queries.records_naming(work, "households", number) if number else []
            for key in removed:
                told += [key, *journal_queries.records_naming(work, "commitments", key)]
            lines = [
                line
                for key in dict.fromkeys(told)
                for line in journal_queries.page(work, JournalFilter(entity_id=key), Window(limit=_MANY))
            ]
            if not homes:
                work.note(Deed("person_report"))
            for home in homes:
                work.note(Deed("person_report", "households", home.id))
            work.commit()
        return PersonReport(number, tuple(homes), tuple(papers), tuple(imported), tuple(lines), named)


def _demand_silent(work: Reading, home: Household, papers: Sequence[Commitment]) -> None:
    for paper in sorted(papers, key=lambda each: each.year):
        named = {
            "head": home.head,
            "year": paper.year,
            "campaign": work.get(Campaign, paper.campaign_id).name,
        }
        if paper.paper_sha256 is not None:
            raise HouseholdHasScan(**named)
        if paper.state not in _SILENT:
            raise HouseholdHasPaper(**named, state=STATE_NAMES[paper.state])


def _cleaned(text: str | None) -> str | None:
    return clean(text) or None if text else None
