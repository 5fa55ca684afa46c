"""Draft -> facts. Each is measured once and kept on the draft; judging them is for rules and grounding."""
