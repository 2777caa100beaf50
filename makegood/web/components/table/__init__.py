"""A table: its cells, each with the words of its column."""
