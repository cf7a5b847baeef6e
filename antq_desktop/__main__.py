"""The two ways in: the window for people, the command line for scripts and rescue."""

import sys


def command_line() -> int:
    """Run ``antq`` and return its exit code."""
    from antq_desktop.cli.main import main

    return main()


def window() -> int:
    """Open the window and return its exit code; ``--smoke`` only proves that the program is whole."""
    from antq_desktop.ui.start import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(command_line() if sys.argv[1:] else window())
