"""Sticks as they are: real FAT32 and exFAT file systems on images, mounted, pulled out and plugged in again."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

_WAIT = 60.0
_NEEDED = {
    "fat32": ("mkfs.vfat", "fusefat", "fsck.vfat"),
    "exfat": ("mkfs.exfat", "mount.exfat-fuse", "fsck.exfat", "losetup"),
}


class NoSuchStick(Exception):
    """This machine cannot mount such an image."""


@dataclass
class Stick:
    """A mounted image; ``folder`` is where it shows while it is plugged in."""

    kind: str
    image: Path
    folder: Path
    _loop: str = ""
    _daemon: int = 0

    def format(self, megabytes: int) -> None:
        with self.image.open("wb") as stream:
            stream.truncate(megabytes * 1024 * 1024)
        make = ["mkfs.vfat", "-F", "32", "-s", "1"] if self.kind == "fat32" else ["mkfs.exfat"]
        _run([*make, str(self.image)])

    def plug_in(self, *, locked: bool = False) -> None:
        """Show the stick under its folder; ``locked``: with its switch on read-only."""
        self.folder.mkdir(exist_ok=True)
        if self.kind == "fat32":
            # Its "rw+" means writing; plain "rw" asks for a promise of the user.
            mount = [
                "fusefat",
                "-o",
                "ro" if locked else "rw+,hard_remove",
                str(self.image),
                str(self.folder),
            ]
        else:
            self._loop = _run(["losetup", "-f", "--show", *(["-r"] if locked else []), str(self.image)])
            mount = ["mount.exfat-fuse", "-o", "ro" if locked else "rw", self._loop, str(self.folder)]
        _run(mount)
        _until(lambda: os.path.ismount(self.folder))
        self._daemon = _process_of(mount[0], mount[-2])

    def pull(self) -> None:
        """Take the stick out as people do: nobody is asked, whatever is being written."""
        os.kill(self._daemon, signal.SIGKILL)
        _until(lambda: not Path(f"/proc/{self._daemon}").exists() or _is_zombie(self._daemon))
        self._let_go("-l")

    def take_out(self) -> None:
        """Take the stick out the proper way."""
        self._let_go()
        _until(lambda: not Path(f"/proc/{self._daemon}").exists() or _is_zombie(self._daemon))

    def assert_sound(self) -> None:
        """Have the file system's own checker read the image."""
        check = ["fsck.vfat", "-n"] if self.kind == "fat32" else ["fsck.exfat", "-n"]
        done = subprocess.run([*check, str(self.image)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def remove(self) -> None:
        with suppress(ProcessLookupError):
            if self._daemon:
                os.kill(self._daemon, signal.SIGKILL)
        subprocess.run(["umount", "-l", str(self.folder)], capture_output=True, check=False)
        if self._loop:
            subprocess.run(["losetup", "-d", self._loop], capture_output=True, check=False)

    def _let_go(self, *how: str) -> None:
        _run(["umount", *how, str(self.folder)])
        self._daemon, daemon = 0, self._daemon
        _until(lambda: not Path(f"/proc/{daemon}").exists() or _is_zombie(daemon))
        if self._loop:
            _run(["losetup", "-d", self._loop])
            self._loop = ""


MakeStick = Callable[[str, int], Stick]


@pytest.fixture
def make_stick(tmp_path: Path) -> Iterator[MakeStick]:
    """Return what makes a stick of a kind and size and plugs it in; a machine that cannot leaves the test out."""
    made: list[Stick] = []

    def make(kind: str, megabytes: int) -> Stick:
        lacking = [name for name in _NEEDED[kind] if shutil.which(name) is None]
        if lacking or not Path("/dev/fuse").exists() or os.geteuid() != 0:
            pytest.skip(f"no {kind} image can be mounted here: {', '.join(lacking) or 'not allowed'}")
        stick = Stick(kind, tmp_path / f"{kind}-{len(made)}.img", tmp_path / f"USB-{kind}-{len(made)}")
        made.append(stick)
        try:
            stick.format(megabytes)
            stick.plug_in()
        except NoSuchStick as error:
            pytest.skip(f"no {kind} image can be mounted here: {error}")
        return stick

    yield make
    for stick in made:
        stick.remove()


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoSuchStick(f"{command[0]}: {(done.stderr or done.stdout).strip()}")
    return done.stdout.strip()


def _process_of(program: str, on: str) -> int:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                    if Path(words[0]).name == program and on in words:
                        return int(entry.name)
        time.sleep(0.01)
    raise NoSuchStick(f"{program} does not run")


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WAIT
    while not true():
        if time.monotonic() > deadline:
            raise NoSuchStick("waited in vain")
        time.sleep(0.005)
