"""Why people want an organisation of their own, and when they are asked."""

from datetime import timedelta
from enum import StrEnum


class Moment(StrEnum):
    """When somebody says why."""

    START = "start"
    YEAR_AFTER = "year after"


A_YEAR = timedelta(days=365)


class Motive(StrEnum):
    """A reason to want this form; the value is a name that stays, the words may be mended."""

    AUTONOMY = "autonomy"
    FASTER_DECISIONS = "faster decisions"
    LESS_BUREAUCRACY = "less bureaucracy"
    BETTER_SERVICE = "better service"
    ROOM_TO_TRY = "room to try"
    STAFF_VOICE = "staff voice"
    USERS_LEAD = "users lead"
    MONEY_STAYS = "money stays"
    NEW_MONEY = "new money"
    KEEP_IT_GOING = "keep it going"
    LEAST_WORST = "least worst"
    WE_HAD_TO = "we had to"

    @property
    def words(self) -> str:
        """Return the motive as people say it."""
        return {
            "autonomy": "Autonomy: to decide for ourselves how we work",
            "faster decisions": "Faster decisions",
            "less bureaucracy": "Less bureaucracy",
            "better service": "A better service for the people who use it",
            "room to try": "Room to try new things",
            "staff voice": "A say for everyone who works in it",
            "users lead": "That the people who use it lead it",
            "money stays": "To put what is left over back into the service",
            "new money": "Money that we could not apply for before",
            "keep it going": "To keep a service that would have closed or left",
            "least worst": "It was the least worst option",
            "we had to": "It was decided for us",
        }[self.value]
