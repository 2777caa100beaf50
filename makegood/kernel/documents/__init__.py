"""Documents to take away: PDF that a screen reader reads, and Word files."""
