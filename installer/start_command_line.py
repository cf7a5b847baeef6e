"""Where the frozen command line starts."""

import sys

from antq_desktop.__main__ import command_line

sys.exit(command_line())
