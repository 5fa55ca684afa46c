"""Write what is made from the code: `docs/rules.md` and `geo-optimizer.schema.json`.

    python scripts/write_reference.py

A test checks that both are current.
"""

from __future__ import annotations

import json
from pathlib import Path

from geo_optimizer.config.schema import schema
from geo_optimizer.report.rulebook import page
from geo_optimizer.rules import RULES

ROOT = Path(__file__).resolve().parents[1]


def reference() -> dict[Path, str]:
    """Each file and what it should hold."""
    return {
        ROOT / "docs" / "rules.md": page(RULES),
        ROOT / "geo-optimizer.schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
    }


if __name__ == "__main__":
    for path, text in reference().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
