"""Whether the promise holds for a text, whatever it is."""

from __future__ import annotations

import traceback

from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.errors import GeoError
from geo_optimizer.markdown import apply_edits, invert_edits
from geo_optimizer.model import Optimization
from geo_optimizer.options import REFRESHABLE, Options
from geo_optimizer.pipeline import optimize

ADDED, REFRESHED = Options(), Options(refresh=frozenset(REFRESHABLE))


def draft_name(suffix: str) -> str:
    return f"a-draft{suffix}"


def broken(text: str, name: str) -> str | None:
    """Why optimising `text`, or refreshing what that gives, breaks the promise.

    None if it is refused for a reason, or done, undone, and done again without a change.
    """
    try:
        done = _done(text, name, ADDED)
        if isinstance(done, str):
            return None
        return _kept(text, done, name, ADDED) or _kept_when_refreshed(done.output, name)
    except GeoError as error:
        return f"{error.slug}: {error.message}"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {place.name}"


def _done(text: str, name: str, options: Options) -> Optimization | str:
    """What a run does; or why it refuses the draft. Bugs of ours are raised."""
    try:
        return optimize(text, [OfflineEngine()], options=options, path=name)
    except GeoError as error:
        if error.exit_code == 70:
            raise
        return error.message


def _kept(text: str, done: Optimization, name: str, options: Options) -> str | None:
    if apply_edits(invert_edits(done.edits, text), done.output) != text:
        return "undoing the edits does not give the source back"
    again = _done(done.output, name, options)
    if isinstance(again, str):
        return f"the output is refused: {again}"
    return f"a second run changes it: {sorted({edit.kind for edit in again.edits})}" if again.output != done.output else None


def _kept_when_refreshed(text: str, name: str) -> str | None:
    refreshed = _done(text, name, REFRESHED)
    return f"refreshing is refused: {refreshed}" if isinstance(refreshed, str) else _kept(text, refreshed, name, REFRESHED)
