"""A process that is killed at any statement or step of the disk leaves the whole job or nothing of it, and can be run again.

``tests/faults/killing.py`` says how, ``tests/faults/kill_jobs.py`` what the jobs are.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.kill_jobs import JOBS

#: All steps after which a kill leaves other files are tried in each run; of the rest every how manieth. 1 tries all.
STRIDE = int(os.environ.get("ANTQ_KILL_STRIDE", "20"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
@pytest.mark.parametrize("job", sorted(JOBS))
def test_killed_at_every_step_of(
    job: str, tmp_path: Path, repository: Path, request: pytest.FixtureRequest
) -> None:
    """Look at what the program found: nothing half-done, and the same end however often it was killed.

    Which of the other steps are tried goes with the seed of the run, which pytest-randomly prints.
    """
    turn = request.config.getoption("randomly_seed", default=0)
    command = [sys.executable, "-m", "tests.faults.killing", job, str(tmp_path), str(STRIDE), str(turn)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    # Before it, between and after it: else the steps were not counted, or the files not looked at.
    assert told["steps"] > 30, told
    assert 3 <= told["changed"] <= told["tried"], told
    assert told["half_done"] == []
    assert len(told["ends"]) == 1, told
