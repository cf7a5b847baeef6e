"""The root of every failure that an officer can meet, so that a face can tell it from a bug.

A known failure is data: a stable code, an exit code of the command line and one English message id that says
what happened, why, and what to do next, with named facts in braces. The faces translate and fill it.
"""

from enum import IntEnum
from typing import ClassVar

from antq_desktop.domain.wording import N_


class Exit(IntEnum):
    """Exit codes of the command line, fixed for scripts."""

    DONE = 0
    FINDINGS = 1
    WRONG_USE = 2
    REFUSED = 3
    MACHINE_FAILED = 4
    BUG = 70


class KnownFailure(Exception):
    """What the user, the disk or the stick can do wrong; anything else that is raised is a bug.

    ``facts`` fill the named places of ``sentence`` and are plain text, numbers or dates.
    """

    code: ClassVar[str] = "known-failure"
    exit_code: ClassVar[Exit] = Exit.WRONG_USE
    sentence: ClassVar[str] = N_("The work could not be done. Try again.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.sentence.format(**facts))
        self.facts = facts


class BadInput(KnownFailure):
    """Something typed or chosen does not fit; the sentence says what would."""

    code = "bad-input"
    sentence = N_("«{value}» does not fit here: {why} Correct it and try again.")


class NotFound(KnownFailure):
    """A record that was asked for is not in this workspace."""

    code = "not-found"
    sentence = N_("Nothing with the number «{what}» is kept in this workspace. Check the number.")


class Refused(KnownFailure):
    """A seal, key, recipient or history is not what it must be; nothing was taken."""

    code = "refused"
    exit_code = Exit.REFUSED
    sentence = N_("The file was refused and nothing of it was taken.")


class MachineFailed(KnownFailure):
    """The disk, the stick or another program stands in the way; nothing was lost."""

    code = "machine-failed"
    exit_code = Exit.MACHINE_FAILED
    sentence = N_("The machine could not do it: {why} Nothing was lost; try again.")


class Cancelled(KnownFailure):
    """The user stopped the work; nothing half-done is left."""

    code = "cancelled"
    exit_code = Exit.FINDINGS
    sentence = N_("Stopped as you asked. Nothing was changed.")
