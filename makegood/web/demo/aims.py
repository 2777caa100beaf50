"""What the example programme aims at."""

from makegood.articulate.actions import AimWords


def _aim(name: str, *, purpose: str, objective: str) -> AimWords:
    return AimWords(
        name=name,
        purpose=purpose,
        objective=objective,
        objective_of="the department of the example",
        objective_source="its plan, made up for the example",
    )


AIMS: dict[str, AimWords] = {
    "soon": _aim(
        "Help comes soon, near home",
        purpose="People wait less, and travel less, for the help they need.",
        objective="Care closer to home",
    ),
    "staff": _aim(
        "Staff stay, and stay well",
        purpose="Those who do the work have a say in it, are ill less and leave less.",
        objective="A workforce that lasts",
    ),
    "choice": _aim(
        "People decide how they are helped",
        purpose="Those who use a service choose who comes, when and for what.",
        objective="Choice and control",
    ),
    "company": _aim(
        "Fewer people are lonely",
        purpose="Older people see somebody every week.",
        objective="Connected communities",
    ),
    "money": _aim(
        "More is spent nearby",
        purpose="What public money buys is made by people who live there.",
        objective="Growth in every place",
    ),
}
BY_MEASURE: dict[str, tuple[str, tuple[str, ...]]] = {
    "sickness": ("staff", ("sdg/8",)),
    "vacancies": ("staff", ("sdg/8", "ascof-2023/6")),
    "waiting": ("soon", ("sdg/3", "ppn-002/5")),
    "falls": ("soon", ("sdg/3", "ascof-2023/4")),
    "volunteering": ("company", ("ascof-2023/5",)),
}
"""Which aim a promise serves that is known by a measure, and which codes it carries."""
