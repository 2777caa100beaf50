"""Hostile words, put wherever the platform takes words, and looked for wherever it shows any."""
