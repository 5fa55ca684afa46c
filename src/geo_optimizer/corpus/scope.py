"""Of all that a check finds, what is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo_optimizer.corpus.baseline import Baseline
    from geo_optimizer.corpus.changes import Changes
    from geo_optimizer.report.result import Checked


@dataclass(frozen=True, slots=True)
class Scope:
    """Only what touches changed lines, and only what a baseline does not have."""

    changes: Changes | None = None
    baseline: Baseline | None = None

    @property
    def is_everything(self) -> bool:
        return self.changes is None and self.baseline is None

    def __call__(self, checked: Checked) -> Checked:
        """What is left of a file's findings."""
        if self.changes is not None:
            checked = self.changes.only(checked)
        return self.baseline.without_known(checked) if self.baseline is not None else checked
