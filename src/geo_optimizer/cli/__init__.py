"""click: flags -> options, bytes in, bytes out, exit codes. No decisions."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

_GARBAGE = 100_000  # objects made between collections: a draft has very many parts, and none of them is garbage while it is read


def main() -> NoReturn:
    """Run the command line, and end the process at once: to take all it has loaded apart takes longer than many a check."""
    code = exit_code()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # nobody reads it any more, or the shell has closed it
            stream.flush()
    if store := sys.modules.get("geo_optimizer.site.store"):
        store.close_all()  # what another run has written to the index meanwhile may be waiting for this one to end
    os._exit(code)


def exit_code() -> int:
    """Run the command line, and answer with the exit code; whatever happens, also while it is loaded, no traceback reaches a user."""
    gc.set_threshold(_GARBAGE, 50, 100)  # before anything is loaded: of modules, too, nothing is garbage
    try:
        from geo_optimizer.cli import app

        return app.run()
    except SystemExit as end:  # whoever read the output has enough
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        if sys.stderr:
            sys.stderr.write("interrupted\n")
        return 130
