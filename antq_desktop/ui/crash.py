"""Catches what nobody foresaw: writes it to a file, says so in one plain sentence, and lets the program go on."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from antq_desktop.runtime.atomic import write_whole
from antq_desktop.runtime.language import _

_log = logging.getLogger(__name__)


class CrashHook(QObject):
    """Installed once; safe to reach from any thread, shows in the window's thread."""

    _met = Signal(str)

    def __init__(
        self,
        folder: Path,
        tell: Callable[[str], None],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """``tell`` shows a sentence to the officer; ``folder`` receives one file for each crash."""
        super().__init__(parent)
        self._folder = folder
        self._tell = tell
        self._clock = clock
        self._telling = False
        self._met.connect(self._say)

    def install(self) -> None:
        """Take every way by which Python and Qt report what nobody caught."""
        sys.excepthook = self._of_python
        sys.unraisablehook = self._of_cleanup
        threading.excepthook = self._of_thread
        qInstallMessageHandler(_of_qt)

    def report(self, failure: BaseException) -> None:
        """Write ``failure`` to a file, then tell; used by the lane for bugs."""
        self._met.emit(self._kept(failure))

    def _of_python(
        self, _kind: type[BaseException], failure: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(failure, KeyboardInterrupt):
            sys.exit(130)
        self.report(failure)

    def _of_cleanup(self, met: "sys.UnraisableHookArgs") -> None:
        if met.exc_value is not None:
            self._kept(met.exc_value)

    def _of_thread(self, met: threading.ExceptHookArgs) -> None:
        if met.exc_value is not None:
            self.report(met.exc_value)

    def _kept(self, failure: BaseException) -> str:
        """Return the name of the file, or nothing when even that could not be written."""
        text = "".join(traceback.format_exception(failure))
        _log.error("not foreseen: %s", text)
        path = self._folder / f"loi-{self._clock():%Y%m%d-%H%M%S-%f}.txt"
        try:
            write_whole(path, text.encode())
        except OSError:
            return ""
        return str(path)

    def _say(self, path: str) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(
                _(
                    "The program met a fault of its own. What was saved is safe. The details are in «{path}».",
                    path=path,
                )
                if path
                else _(
                    "The program met a fault of its own. What was saved is safe. Close it and open it again."
                )
            )
        finally:
            self._telling = False


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _of_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "qt: %s", message)
