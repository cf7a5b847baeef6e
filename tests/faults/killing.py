"""Kills a job at every step that a disk can show, and does it again; ``python -m tests.faults.killing JOB FOLDER EACH TURN``.

One run of the job shows after which steps the files are others than before. A child that does the same job on a copy is then
killed (SIGKILL) before each such step: whatever a kill at any step leaves on the disk is looked at. Of the other steps, which
leave the same files as one of those, every ``EACH``-th is tried too, beginning with another one each ``TURN``.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.faults.kill_jobs import JOBS, Job, Sides, make_sides


def before_each_step(look: Callable[[], None]) -> None:
    """Have ``look`` called before each statement, commit and step of the disk of this process."""

    def heard(*_given: Any, **_named: Any) -> None:
        look()

    for name in ("before_cursor_execute", "commit", "rollback"):
        sa.event.listen(sa.Engine, name, heard)

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            look()
            return real(*given, **named)

        return call

    for name in ("fsync", "replace", "unlink", "rename"):
        setattr(os, name, watched(getattr(os, name)))


class Killing:
    """A job on copies of what was prepared in ``folder``."""

    def __init__(self, job: Job, folder: Path) -> None:
        self._job = job
        self._before = folder / "before"
        self._copy = folder / "copy"
        self._before.mkdir()
        os.environ["ANTQ_COUNTERS"] = str(self._before / "profile")
        sides = make_sides(self._before)
        job.prepare(sides)
        sides.close()

    def copy(self) -> None:
        """Lay out a fresh copy."""
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._before, self._copy)
        os.environ["ANTQ_COUNTERS"] = str(self._copy / "profile")

    def steps(self) -> tuple[list[int], int]:
        """Do the whole job once; return the steps before which the files have changed, and how many steps there are."""
        self.copy()
        ready, told = os.pipe()
        go_on, goes = os.pipe()

        def wait() -> None:
            os.write(told, b".")
            os.read(go_on, 1)

        child = self._start(wait, (ready, goes))
        os.close(told)
        os.close(go_on)
        changed, last, step = [], b"", 0
        while os.read(ready, 1):
            step += 1
            now = self._files()
            if now != last:
                changed.append(step)
            last = now
            os.write(goes, b".")
        os.close(ready)
        os.close(goes)
        _pid, status = os.waitpid(child, 0)
        if status:
            raise RuntimeError("the job failed without a kill")
        return changed, step

    def kill_before(self, step: int) -> None:
        """Begin the job on a fresh copy and kill it before its n-th step."""
        self.copy()
        left = step

        def strike() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        _pid, status = os.waitpid(self._start(strike, ()), 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError(f"step {step} was not reached, or the job failed: {status}")

    def stands(self) -> object:
        sides = Sides(self._copy)
        try:
            return self._job.stands(sides)
        finally:
            sides.close()

    def do_again(self) -> str:
        """Do the job on what was left of it, then the whole way; return what both sides hold."""
        sides = Sides(self._copy)
        try:
            for kind in ("bundle", "ack"):
                sides.files(kind)
            self._job.run(sides)
            return self._job.finish(sides)
        finally:
            sides.close()

    def _start(self, look: Callable[[], None], not_mine: tuple[int, ...]) -> int:
        child = os.fork()
        if child:
            return child
        for pipe in not_mine:
            os.close(pipe)
        sides = Sides(self._copy)
        _ = sides[self._job.side]
        before_each_step(look)
        try:
            self._job.run(sides)
            os._exit(0)
        finally:
            os._exit(70)

    def _files(self) -> bytes:
        """Return a hash of all names and contents."""
        found = hashlib.sha256()
        for path in sorted(self._copy.rglob("*")):
            found.update(os.fsencode(path) + b"\0")
            # The index of the log lies in shared memory; the next who opens the database makes it anew.
            if path.is_file() and not path.name.endswith("-shm"):
                found.update(hashlib.sha256(path.read_bytes()).digest())
        return found.digest()


def main(name: str, folder: Path, each: int, turn: int) -> None:
    killing = Killing(JOBS[name], folder)
    killing.copy()
    whole = [killing.stands()]
    changed, count = killing.steps()
    whole.append(killing.stands())
    half_done, ends = [], {killing.do_again()}
    tried = sorted({*changed, *range(turn % each + 1, count + 1, each)})
    for step in tried:
        killing.kill_before(step)
        stands = killing.stands()
        if stands not in whole:
            half_done.append(f"step {step}: {stands}, neither of {whole}")
        ends.add(killing.do_again())
    told = {
        "steps": count,
        "changed": len(changed),
        "tried": len(tried),
        "half_done": half_done,
        "ends": sorted(ends),
    }
    print(json.dumps(told))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
