"""What stories hold about people: no account leads to them, only the link their teller has."""

from dataclasses import replace
from functools import partial

from makegood.capture.models import (
    Call,
    CallTry,
    CallWords,
    Complaint,
    ComplaintWords,
    Concern,
    ConcernStep,
    NamedPerson,
    Reminder,
    ReminderRound,
    Story,
    StoryFile,
    StoryFileWords,
    StoryLink,
    StoryPrompts,
    StoryPublication,
    StoryVersion,
    StoryVersionWords,
    StoryWords,
)
from makegood.kernel.personal import Basis, Held, done_for_organisation

_story = partial(
    Held,
    heading="Stories",
    about="People who tell what changed for them",
    why="To judge whether a promise was kept, in people’s own words.",
    basis=Basis.CONSENT,
    special="A story may tell of health or care: explicit consent, article 9(2)(a).",
    corrected="Take it back by your private link, and tell it anew.",
)

HELD = (
    Held(store=Reminder, plain=("stage",)),
    Held(store=ReminderRound),
    done_for_organisation(
        StoryLink,
        "that you opened a link for stories",
        "token",
        by="opened_by",
        words={"label": "what it is for", "opened_at": "when"},
    ),
    done_for_organisation(
        NamedPerson,
        "that you are told when somebody may be harmed",
        by="person",
        words={"named_at": "since when", "ended_at": "until when"},
    ),
    done_for_organisation(
        ConcernStep,
        "that you did something about a story in which somebody may be harmed",
        by="taken_by",
        words={"taken": "what you did", "taken_at": "when"},
    ),
    _story(
        store=Concern,
        holds={
            "raised_at": "that you said with a story that somebody is harmed or afraid, and when"
        },
        plain=("public_id",),
        kept="As long as this Makegood stands. It shows that somebody was told.",
        seen_by="The named persons of the provider and of the commissioner.",
        stays="That it was said, and when, stays: somebody answers for what was done. It leads to nobody.",
    ),
    _story(
        store=CallWords,
        holds={
            "reach": "your telephone number, or where we reach you by video",
            "called": "what we call you",
            "times": "when is a good time to call",
            "helps": "what makes a call easier for you",
        },
        kept="Until the call ends: once your story is kept, you want no call any more, or 60 days passed.",
        seen_by="Those who call: of the provider, or of the house that judges, as you chose.",
        corrected="End the call by its private address, and ask for another.",
        stays="Nothing stays of it. The private address ends the call: no account leads to it.",
    ),
    _story(
        store=Call,
        holds={
            "way": "how you asked to be called",
            "caller": "by whom",
            "asked_at": "when you asked",
            "ended_at": "when it ended",
        },
        secret={
            "secret_digest": "a scramble of your private address, from which nobody can tell it"
        },
        plain=("public_id", "words_digest"),
        kept="As long as this Makegood stands. It counts how many asked, and were called.",
        seen_by="Those who call, and whoever runs this Makegood.",
        corrected="End the call by its private address, and ask for another.",
        stays="That a call was asked for, and ended, is counted. It leads to nobody.",
    ),
    _story(
        store=ComplaintWords,
        holds={"words": "what you complained of, and what was answered"},
        plain=(),
        kept="Until you take the complaint back, or three years after it was answered.",
        seen_by="The named person of the organisation you made it to.",
        corrected="Take the complaint back by its private address, and make another.",
        stays="Nothing stays of it. The private address takes it back: no account leads to it.",
    ),
    replace(
        done_for_organisation(
            Complaint,
            "that you answered a complaint",
            "public_id",
            "words_digest",
            "answer_digest",
            by="answered_by",
            words={"answered_at": "when"},
        ),
        secret={"secret_digest": "a scramble of a private address, from which nobody can tell it"},
        seen_by="The named person, whoever complained, and whoever runs this Makegood.",
    ),
    _story(
        store=StoryVersionWords,
        holds={"words": "what you told, in another language or in Easy Read"},
        kept="Until you take your story back, or those who judge take it away.",
        seen_by="Whom you said, as far as your own words are shown.",
        stays="Nothing stays of it. Your private link takes your story back: no account leads to it.",
    ),
    replace(
        done_for_organisation(
            StoryVersion,
            "that you kept a story in other words",
            "public_id",
            "words_digest",
            by="added_by",
            words={
                "added_at": "when",
                "language": "in which language",
                "checked_by": "that you checked one",
                "checked_at": "when",
            },
        ),
        or_whose="checked_by",
    ),
    done_for_organisation(
        CallTry,
        "that you called somebody who wanted to tell a story",
        by="tried_by",
        words={"came": "what came of it", "tried_at": "when"},
    ),
    done_for_organisation(
        StoryPrompts,
        "that you said what people are asked",
        by="set_by",
        words={"questions": "what they are asked", "set_at": "when"},
    ),
    replace(
        done_for_organisation(
            StoryPublication,
            "that you published a story",
            "omissions",
            "shown_files",
            by="published_by",
            words={
                "published_at": "when",
                "ended_by": "that you stopped showing a story",
                "ended_at": "when",
            },
        ),
        or_whose="ended_by",
    ),
    _story(
        store=StoryWords,
        holds={
            "words": "what you told",
            "first_name": "your first name, if you gave it",
            "relation": "who you are to the person whose story you tell",
        },
        kept="Until you take it back.",
        seen_by="Whom you said: those who judge the evidence, or everyone, with or without your name.",
        stays="Nothing stays of the words. Your private link takes them back: no account leads to them.",
    ),
    _story(
        store=Story,
        holds={
            "told_as": "whether you use the service, care for somebody or work in it",
            "told_for": "whether it is your own story, a child’s or an adult’s who cannot decide it alone",
            "basis": "what lets you agree for them",
            "agreed_on": "when you agreed on paper, if you did",
            "consent": "who you said may read it",
            "told_at": "when you told it",
        },
        secret={"secret_digest": "a scramble of your private link, from which nobody can tell it"},
        plain=("reference", "words_digest"),
        kept="As long as this Makegood stands. It counts how many stories were told and taken back.",
        seen_by="Everyone, without the words.",
        stays="That a story was told, and taken back, is counted. It leads to nobody.",
    ),
    _story(
        store=StoryFileWords,
        holds={"description": "what you said a photo, sound, film or document shows"},
        kept="Until you take it away, or take your story back.",
        seen_by="Those who judge the evidence; everyone, where you let them and it was published.",
        stays="Nothing stays of it. Your private link takes it away: no account leads to it.",
    ),
    _story(
        store=StoryFile,
        holds={
            "who_else": "whether somebody else can be seen or heard in it",
            "is_for_all": "whether everyone may see or hear it",
            "added_at": "when you added it",
        },
        plain=("public_id", "said_digest"),
        kept="As long as this Makegood stands. It counts what was added and taken away.",
        seen_by="Nobody but whoever runs this Makegood.",
        stays="That something was added, and taken away, is counted. It leads to nobody.",
    ),
)
