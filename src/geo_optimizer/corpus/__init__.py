"""Many drafts: finding them, reading them, writing them whole or not at all."""
