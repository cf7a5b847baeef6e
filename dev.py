"""Makes a checkout ready and runs it, checks it or builds it, with nothing but Python 3.11 at hand.

Standard library only, for Debian and Windows. ``python3 dev.py`` alone lists the commands.
"""

from __future__ import annotations  # an older Python must get as far as the sentence that asks for 3.11

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from

PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "installer" / "requirements-dev.lock"
SHOTS = ROOT / ".shots"
DEMO = ROOT / "demo-out"

# Debian package → what shows that it is there: a shared library, a font file, a path, a program or a Python module.
MAKE_VENV = {"python3.11-venv": "ensurepip"}
FONTS = {"fonts-liberation2": "LiberationSerif-Regular.ttf", "fonts-noto-core": "NotoSans-Regular.ttf"}
OFFSCREEN = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    **FONTS,
}
# Real FAT32 and exFAT images are mounted by root alone; for others those tests are left out.
STICKS = {
    "dosfstools": "mkfs.vfat",
    "exfatprogs": "mkfs.exfat",
    "exfat-fuse": "mount.exfat-fuse",
    "fusefat": "fusefat",
}
TESTING = {
    **OFFSCREEN,
    **(STICKS if getattr(os, "geteuid", lambda: -1)() == 0 else {}),
    "libzbar0": "libzbar.so.0",
    "age": "age",
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
}
WINDOW = {
    **OFFSCREEN,
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
SCREENSHOTS = {**WINDOW, "xvfb": "Xvfb"}
FREEZING = {**WINDOW, "binutils": "objdump", "libpython3.11": "libpython3.11.so.1.0"}


def test(extra: Sequence[str]) -> int:
    # The tests run even when a check has failed: one run tells everything. pytest has the last word on the screen.
    checked = check([])
    tested = call(python("-m", "pytest", "-n", "auto", *extra))
    return tested or checked


def check(_: Sequence[str]) -> int:
    steps = {
        "ruff check": python("-m", "ruff", "check", "--quiet"),
        "ruff format": python("-m", "ruff", "format", "--check", "--quiet"),
        "mypy": python("-m", "mypy"),
        "layers": [program("lint-imports"), "--no-logo"],
    }
    failed = 0
    for name, command in steps.items():
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        say(f"{name}: {'FAILED' if done.returncode else 'ok'} ({time.monotonic() - began:.1f} s)")
        if done.returncode:
            say(done.stdout + done.stderr)
            failed = 1
    return failed


def demo(extra: Sequence[str]) -> int:
    # The same passphrase for both, so that the window opens on the commune without asking.
    passphrase = {"ANTQ_PASSPHRASE": os.environ.get("ANTQ_PASSPHRASE") or "thu-nghiem-2026"}
    code = call([program("antq"), "demo", "--out", str(DEMO), "--force", *extra], passphrase)
    if code or not has_display():
        return code
    say("Opening the window on this commune.")
    return call([program("antq-desktop"), "--data", str(DEMO / "commune")], passphrase)


def run(extra: Sequence[str]) -> int:
    return call([program("antq-desktop"), *extra])


def build(extra: Sequence[str]) -> int:
    freeze = ("--noconfirm", "--clean", "--log-level", "WARN", "--distpath", "dist", "--workpath", "build")
    return call(python("-m", "PyInstaller", *freeze, "installer/antq.spec", *extra)) or call(
        python("-m", "pytest", "-m", "frozen", "tests/frozen")
    )


def shots(extra: Sequence[str]) -> int:
    shutil.rmtree(SHOTS, ignore_errors=True)
    with display() as variables:
        return call(python("tests/shots.py", str(SHOTS), *extra), variables)


@dataclass(frozen=True)
class Command:
    """What a command does, what the system must hold for it, and the words it opens with."""

    do: Callable[[Sequence[str]], int]
    needs: Mapping[str, str]
    sentence: str


COMMANDS = {
    "demo": Command(
        demo, OFFSCREEN, "Makes a whole commune in demo-out, prints its papers and opens the window on it."
    ),
    "test": Command(
        test, TESTING, "Checks lint, format, types and layers, then runs every test in random order."
    ),
    "run": Command(run, WINDOW, "Opens the window."),
    "check": Command(check, {}, "Checks lint, format, types and layers."),
    "build": Command(
        build, FREEZING, "Freezes the program into dist, then starts it once from an empty environment."
    ),
    "shots": Command(shots, SCREENSHOTS, "Takes a picture of every page into .shots."),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Makes this checkout ready (.venv, system libraries), then does one thing.",
        epilog="\n".join(f"{name:6} {command.sentence}" for name, command in COMMANDS.items())
        + "\n\nFurther arguments go on, as in: python3 dev.py test tests/domain -x",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("extra", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    command = COMMANDS[chosen.command]
    say(command.sentence)
    window = WINDOW if command.do is demo and has_display() else {}
    provide({**command.needs, **window})
    make_venv()
    return command.do(chosen.extra)


def make_venv() -> None:
    """Make ``.venv`` from the lock file unless it is already made from this very lock file and project."""
    import tomllib  # here, because an older Python lacks it

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tables = [sys.version, str(ROOT), project["build-system"], project["project"], project["tool"]["hatch"]]
    made_from = hashlib.sha256(json.dumps(tables).encode() + LOCK.read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == made_from:
        return
    provide(MAKE_VENV)
    say("Making .venv from installer/requirements-dev.lock; this downloads about 200 MB once.")
    install = python("-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input")
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        [*install, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)],
        [*install, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ):
        if call(command):
            sys.exit(
                "The packages could not be installed; the lines above say why. Run the same command again."
            )
    STAMP.write_text(made_from, encoding="ascii")


def provide(needs: Mapping[str, str]) -> None:
    """Install what is missing of ``needs`` as root on Debian; elsewhere print the line that does it and stop."""
    if sys.platform != "linux":
        return
    missing = [package for package, proof in needs.items() if not is_there(proof)]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    apt = shutil.which("apt-get")
    if not apt:
        files = ", ".join(needs[package] for package in missing)
        sys.exit(
            f"The system lacks {files}. Install what holds them (on Debian: {' '.join(missing)}), then try again."
        )
    if os.geteuid() != 0:
        sys.exit(
            f"The system lacks {', '.join(missing)}. Run this line, then try again:\n  sudo {' '.join(install)}"
        )
    say(f"Installing from Debian: {' '.join(missing)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if call([apt, "update", "-qq"], quiet) or call([apt, *install[1:], "-qq"], quiet):
        sys.exit(
            f"Debian could not install them; the lines above say why. The line was:\n  {' '.join(install)}"
        )
    missing = [package for package in missing if not is_there(needs[package])]
    if missing:
        sys.exit(f"Still missing after the installation: {', '.join(needs[package] for package in missing)}")


def is_there(proof: str) -> bool:
    """Whether a library loads, a font with Vietnamese lies in the system's folder, a path fits, a program or module is found."""
    if proof.startswith("/"):
        return any(Path("/").glob(proof[1:]))
    if ".so." in proof:
        try:
            ctypes.CDLL(proof)
        except OSError:
            return False
        return True
    if proof.endswith(".ttf"):
        # Liberation 1 bears the same file names as 2 and lacks most Vietnamese letters.
        return any(writes_vietnamese(font.read_bytes()) for font in Path("/usr/share/fonts").rglob(proof))
    return shutil.which(proof) is not None or importlib.util.find_spec(proof) is not None


def writes_vietnamese(font: bytes) -> bool:
    """Whether a TrueType font has a letter for "u with horn and tilde", read from its table of characters (cmap)."""
    tables = {
        font[at : at + 4]: unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * font[5], 16)
    }
    cmap = tables[b"cmap"]
    for index in range(unpack_from(">H", font, cmap + 2)[0]):
        part = cmap + unpack_from(">L", font, cmap + 8 + 8 * index)[0]
        form, _, _, twice = unpack_from(">4H", font, part)
        if form == 4:  # noqa: PLR2004 - the number of the form that holds all letters up to U+FFFF
            ends = unpack_from(f">{twice // 2}H", font, part + 14)
            starts = unpack_from(f">{twice // 2}H", font, part + 16 + twice)
            if any(start <= ord("\u1eef") <= end for start, end in zip(starts, ends, strict=True)):
                return True
    return False


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Give the variables of a display for a window: the one there is, else an Xvfb for as long as it is needed."""
    if has_display():
        yield {}
        return
    server = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(server, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as xvfb:
        try:
            assert xvfb.stdout is not None  # noqa: S101 - it is a pipe, two lines above
            number = xvfb.stdout.readline().strip()
            if not number:
                sys.exit("Xvfb did not start; run Xvfb -displayfd 1 to see why.")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            xvfb.terminate()


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def python(*arguments: str) -> list[str]:
    return [program("python"), *arguments]


def program(name: str) -> str:
    """Return the path of a program of ``.venv``."""
    return str(PROGRAMS / (f"{name}.exe" if os.name == "nt" else name))


def call(command: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(variables or {})}, check=False).returncode


def say(words: str) -> None:
    print(words, flush=True)


def start_again_with_the_right_python() -> int:
    for launcher in (["python3.11"], ["py", "-3.11"]):
        if shutil.which(launcher[0]):
            return subprocess.run([*launcher, *sys.argv], check=False).returncode
    return sys.exit("This program needs Python 3.11, which is not here. Install it, then try again.")


if __name__ == "__main__":
    sys.exit(main() if sys.version_info[:2] == PYTHON else start_again_with_the_right_python())
