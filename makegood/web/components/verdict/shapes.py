"""The shape and the colour of every verdict the assessment can give."""

IMPROVEMENT, CONCERN, COMMON, OPEN = "improvement", "concern", "common", "open"
SHAPES: dict[str, tuple[str, str]] = {
    "delivered": (IMPROVEMENT, "▲"),
    "improved, promise not ruled out": (IMPROVEMENT, "△"),
    "improved but short": (IMPROVEMENT, "△"),
    "worse": (CONCERN, "▼"),
    "no change shown": (COMMON, "●"),
    "reached, not shown to be added": (COMMON, "◇"),
    "not reached, not shown to be added": (COMMON, "◇"),
    "no verdict": (OPEN, "○"),
    "not enough history": (OPEN, "○"),
    "too soon to tell": (OPEN, "○"),
    "cannot tell yet": (OPEN, "○"),
}


def verdict_shape(word: str) -> tuple[str, str]:
    """Return the kind and the shape of a verdict's word; an unknown word is open."""
    return SHAPES.get(str(word).strip().lower(), (OPEN, "○"))
