"""The gap: how wide each bar is."""
