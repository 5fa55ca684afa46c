"""The offline engine: extractive, with light compression; deterministic, and nothing to download."""

from geo_optimizer.engines.offline.engine import OfflineEngine

__all__ = ["OfflineEngine"]
