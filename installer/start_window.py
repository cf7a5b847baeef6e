"""Where the frozen window starts."""

import sys

from antq_desktop.__main__ import window

sys.exit(window())
