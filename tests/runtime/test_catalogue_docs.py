"""The page about catalogues says of the shipped ones what they say themselves."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from antq_desktop.domain import criteria
from antq_desktop.domain.catalogue_statuses import status_counts, summed
from antq_desktop.domain.criteria import AnswerKind, Origin, Status, UnitKind
from antq_desktop.domain.grading import parse_grading
from antq_desktop.domain.unit_facts import UNIT_FACTS
from antq_desktop.domain.unit_scope import parse_scope
from antq_desktop.domain.yearly_process import Detail, Evidence, Need, parse_process
from antq_desktop.runtime.catalogue_files import read_shipped

STATUSES: tuple[Status, ...] = get_args(Status)


def line(name: str, counts: Mapping[Status, int]) -> str:
    return f"| {name} | {' | '.join(str(counts[status]) for status in STATUSES)} | {sum(counts.values())} |"


def test_the_page_counts_what_the_files_say(repository: Path) -> None:
    page = (repository / "docs" / "catalogues.md").read_text(encoding="utf-8")
    counts = status_counts(
        [
            *(read_shipped(f"tt124-2021-dieu{n}", criteria.parse) for n in (4, 5, 6, 7)),
            read_shipped("tt124-2021-pham-vi", parse_scope),
            read_shipped("tt124-quy-trinh", parse_process),
            read_shipped("qd510-2022", parse_grading),
        ]
    )
    table = "\n".join(
        [
            f"| catalogue | {' | '.join(STATUSES)} | all |",
            "|---|---:|---:|---:|---:|---:|",
            *(line(f"`{name}`", one) for name, one in counts.items()),
            line("all", summed(counts)),
        ]
    )
    written = re.search(r"<!-- statuses -->\n(.*?)\n?<!-- /statuses -->", page, re.DOTALL)
    assert written is not None
    assert written[1] == table


def test_the_page_names_every_word_of_the_schema(repository: Path) -> None:
    page = (repository / "docs" / "catalogues.md").read_text(encoding="utf-8")
    words = [
        word for kind in (Status, AnswerKind, Origin, UnitKind, Evidence, Need, Detail) for word in get_args(kind)
    ]  # fmt: skip
    assert [word for word in (*words, *UNIT_FACTS) if f"`{word}`" not in page] == []
