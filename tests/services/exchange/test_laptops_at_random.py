"""Two laptops work, send, lose, repeat and decide in any order; when all is delivered and decided, all sides are equal."""

import os
import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.conflicts import Choice, SideInTheWay
from antq_desktop.services.commune_side.sending import NothingToSend
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.window import Window

if TYPE_CHECKING:
    from antq_desktop.services.commune_side.conflict_sides import Conflict
    from tests.services.exchange.conftest import Laptops

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")
STEPS = int(os.environ.get("ANTQ_LAPTOPS_STEPS", "40"))
SEEDS = int(os.environ.get("ANTQ_LAPTOPS_SEEDS", "2"))
#: To so many receiving units the same sticks are brought.
ORDERS = 3
TODAY = date(2026, 11, 20)
WHY = "Theo sổ của xóm"


@dataclass
class Game:
    """The three sides, every bundle that was ever sealed, and the dice."""

    two: "Laptops"
    dice: random.Random
    area_id: str
    sealed: list[Path] = field(default_factory=list)

    @property
    def laptops(self) -> tuple[Application, Application]:
        return self.two.first, self.two.second

    def step(self) -> None:
        deed = self.dice.choice(
            (self.add, self.edit, self.edit, self.sign, self.sign_twice, self.delete, self.send, self.send)
        )
        laptop = self.dice.choice(self.laptops)
        deed(laptop)
        if self.dice.random() < 0.3:
            self.bring()
        if self.dice.random() < 0.2:
            self.decide(laptop)

    def add(self, laptop: Application) -> None:
        home = Household(
            id="",
            unit_code="",
            area_id=self.area_id,
            head=f"Bùi {self.dice.random()}",
            birth="1980",
            members=1,
        )
        laptop.households.save(home)

    def edit(self, laptop: Application) -> None:
        home = self._any(laptop)
        if home:
            # Few values, so that both laptops sometimes change the same thing to the same.
            laptop.households.save(replace(home, members=self.dice.randint(1, 3)))

    def sign(self, laptop: Application) -> None:
        home = self._any(laptop)
        if home:
            state = self.dice.choice((CommitmentState.SIGNED, CommitmentState.REFUSED))
            signed = (TODAY, home.head) if state is CommitmentState.SIGNED else (None, None)
            with suppress(KnownFailure):  # it may have a paper under another id
                laptop.commitments.record(home.id, laptop.commitments.yearly().id, state, *signed)

    def delete(self, laptop: Application) -> None:
        home = self._any(laptop)
        if home:
            with (
                suppress(KnownFailure),
                self.two.parties.store(laptop).writing("An") as work,
            ):  # it may have papers
                work.delete(home, "Nhập nhầm")
                work.commit()

    def sign_twice(self, laptop: Application) -> None:
        """Write a paper under an id of its own, as another program might: it may want the place of the other laptop's."""
        home = self._any(laptop)
        if home:
            with suppress(KnownFailure), self.two.parties.store(laptop).writing("An") as work:
                work.save(
                    Commitment(
                        id=f"{self.dice.random()}",
                        unit_code="04978",
                        household_id=home.id,
                        campaign_id=work.all(Campaign)[0].id,
                        year=2026,
                    )
                )
                work.commit()

    def send(self, laptop: Application) -> None:
        with suppress(NothingToSend):
            self.sealed.append(self.two.seal(laptop))

    def bring(self) -> None:
        """Carry some sticks, old and new, in any order, to one side."""
        some = self.dice.sample(self.sealed, self.dice.randint(0, len(self.sealed)))
        take = self.dice.choice(
            [*(each.laptops.take for each in self.laptops), self.two.upper.receiving.receive]
        )
        take(some)
        if self.dice.random() < 0.3:
            self.two.tell_all()

    def decide(self, laptop: Application) -> None:
        for conflict in laptop.conflicts.open():
            self._decide(laptop, conflict)

    def end(self) -> None:
        """Bring everything everywhere; one laptop decides what is left, until nothing is."""
        for _ in range(2):
            for laptop in self.laptops:
                self.send(laptop)
            for take in (*(each.laptops.take for each in self.laptops), self.two.upper.receiving.receive):
                take(self.sealed)
            self.two.tell_all()
            if not any(laptop.conflicts.count() for laptop in self.laptops):
                return
            self.decide(self.dice.choice([each for each in self.laptops if each.conflicts.count()]))
        raise AssertionError([each.conflicts.open() for each in self.laptops])

    def shares(self) -> list[list[Path]]:
        """Return every bundle, in any order and some of them together."""
        files = self.dice.sample(self.sealed, len(self.sealed))
        cuts = sorted(self.dice.sample(range(len(files)), self.dice.randint(0, len(files) - 1)))
        return [files[start:end] for start, end in pairwise([0, *cuts, len(files)])]

    def _decide(self, laptop: Application, conflict: "Conflict") -> None:
        places: list[int | None] = list(range(len(conflict.sides)))
        if conflict.code == "clash":
            places.append(None)
        self.dice.shuffle(places)
        for place in places:
            with suppress(SideInTheWay):
                laptop.conflicts.decide(laptop.conflicts.find(conflict.id), Choice(place, {}), WHY)
                return

    def _any(self, laptop: Application) -> Household | None:
        rows = laptop.households.page(HouseholdFilter(), Window(limit=100))
        return laptop.households.get(self.dice.choice(rows).id) if rows else None


@pytest.mark.parametrize("seed", range(4))
def test_whatever_they_do_all_sides_are_equal_in_the_end(two: "Laptops", seed: int) -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.first.commitments.yearly()
    two.exchange()
    game = Game(two, random.Random(seed), area.id)
    for _ in range(STEPS):
        game.step()
    game.end()
    assert two.upper.receiving.set_aside() == []
    two.assert_equal()
    assert all(laptop.journal.check().holds for laptop in game.laptops)


@pytest.mark.only_on_file
@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_order_the_sticks_come_in_every_receiving_unit_has_the_same(
    two: "Laptops", seed: int
) -> None:
    """What stands, the versions, and what was set aside with its reason, while nothing was decided yet."""
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.first.commitments.yearly()
    two.exchange()
    game = Game(two, random.Random(seed), area.id)
    two.parties.store(two.upper).close()
    folders = [two.parties.folder / f"upper-{n}" for n in range(ORDERS)]
    for folder in folders:
        shutil.copytree(two.parties.folder / "receiving", folder, ignore=shutil.ignore_patterns("*.lock"))
    for _ in range(STEPS):
        laptop = game.dice.choice(game.laptops)
        game.dice.choice((game.add, game.edit, game.sign, game.sign_twice, game.delete, game.send))(laptop)
        if game.dice.random() < 0.1:
            laptop.laptops.take(game.sealed)
    for laptop in game.laptops:
        game.send(laptop)
    found = []
    for folder in folders:
        upper = two.parties.open(folder)
        for some in game.shares():
            upper.receiving.receive(some)
        aside = [
            (each.device_id, each.epoch, each.seq, each.entity, each.entity_id, each.code, each.reason)
            for each in upper.receiving.set_aside()
        ]
        found.append((two.parties.rows(upper), aside))
        upper.close()
    assert all(each == found[0] for each in found)
