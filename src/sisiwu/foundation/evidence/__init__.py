"""佐证材料: optional files beside an activity: typed by content, kept by their hash, served inert."""
