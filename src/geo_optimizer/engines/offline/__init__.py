"""The offline engine: extractive, with light compression; deterministic, and nothing to download."""

from geo_optimizer.engines.offline.engine import OfflineEngine
from geo_optimizer.engines.offline.reach import unread, why_little

__all__ = ["OfflineEngine", "unread", "why_little"]
