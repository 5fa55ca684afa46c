"""Whether the promise holds for a text, whatever it is."""

from __future__ import annotations

import traceback

from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.errors import GeoError
from geo_optimizer.markdown import apply_edits, invert_edits
from geo_optimizer.pipeline import optimize


def draft_name(suffix: str) -> str:
    return f"a-draft{suffix}"


def broken(text: str, name: str) -> str | None:
    """Why optimising `text` breaks the promise; None if it is refused for a reason, or done, undone, and done again without a change."""
    try:
        done = optimize(text, [OfflineEngine()], path=name)
        if apply_edits(invert_edits(done.edits, text), done.output) != text:
            return "undoing the edits does not give the source back"
        again = optimize(done.output, [OfflineEngine()], path=name)
    except GeoError as error:
        return f"{error.slug}: {error.message}" if error.exit_code == 70 else None
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {place.name}"
    return f"a second run changes it: {sorted({edit.kind for edit in again.edits})}" if again.output != done.output else None
