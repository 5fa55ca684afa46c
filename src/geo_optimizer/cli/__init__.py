"""click: flags -> options, bytes in, bytes out, exit codes. No decisions."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; whatever happens, also while it is loaded, no traceback reaches a user."""
    try:
        from geo_optimizer.cli.app import run

        code = run()
    except KeyboardInterrupt:
        code = 130
        if sys.stderr:
            sys.stderr.write("interrupted\n")
    sys.exit(code)
