"""A verdict: which shape and colour each word takes."""
