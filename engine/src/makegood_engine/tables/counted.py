"""A number of things in words: 1 promise, 1,200 promises."""


def counted(many: object, thing: str, things: str = "") -> str:
    """Write a whole number and what it counts; `things` is the plural that is not `thing` with an s."""
    return f"{many:,} {thing if many == 1 else things or f'{thing}s'}"
