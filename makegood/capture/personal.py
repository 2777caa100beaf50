"""What stories hold about people: no account leads to them, only the link their teller has."""

from dataclasses import replace
from functools import partial

from makegood.capture.models import (
    Check,
    Concern,
    ConcernStep,
    Dispute,
    Document,
    DocumentWords,
    NamedPerson,
    Reminder,
    ReminderRound,
    Sample,
    SampleItem,
    Story,
    StoryFile,
    StoryFileWords,
    StoryLink,
    StoryPrompts,
    StoryPublication,
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
        Check,
        "that you checked a figure",
        "level",
        by="made_by",
        words={"how": "what you looked at", "made_at": "when"},
    ),
    done_for_organisation(
        Dispute,
        "that you disputed a figure",
        *("reference", "state", "outcome"),
        by="opened_by",
        words={
            "reason": "why it was disputed",
            "answer": "what was answered",
            "answered_by": "who answered",
            "why": "why it ended so",
            "resolved_by": "who resolved it",
            "opened_at": "when",
        },
    ),
    replace(
        done_for_organisation(
            Sample,
            "that you drew a sample of figures",
            *("reference", "state", "drawn_from", "seed", "sentence"),
            by="announced_by",
            words={
                "announced_at": "when",
                "why_not_whole": "why it was not looked through whole",
                "closed_by": "that you closed it",
                "closed_at": "when it was closed",
            },
        ),
        or_whose="closed_by",
    ),
    replace(
        done_for_organisation(
            Document,
            "that you gave a document as evidence",
            *("reference", "readers", "said_digest"),
            by="added_by",
            words={
                "added_at": "when",
                "withdrawn_because": "why it was withdrawn",
                "withdrawn_by": "that you withdrew it",
                "withdrawn_at": "when it was withdrawn",
            },
        ),
        or_whose="withdrawn_by",
    ),
    replace(
        done_for_organisation(
            DocumentWords,
            "what a document is called that you gave",
            by="title",
            words={"summary": "what it shows"},
        ),
        whose="document__added_by",
    ),
    done_for_organisation(
        SampleItem,
        "that you looked at a figure that was drawn",
        *("name", "found"),
        by="found_by",
        words={"note": "what you found", "found_at": "when"},
    ),
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
        seen_by="The named persons of the provider and of the commissioner, and whoever runs this Makegood.",
        stays="That it was said, and when, stays: somebody answers for what was done. It leads to nobody.",
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
        seen_by="Those who judge the evidence.",
        stays="Nothing stays of it. Your private link takes it away: no account leads to it.",
    ),
    _story(
        store=StoryFile,
        holds={
            "who_else": "whether somebody else can be seen or heard in it",
            "added_at": "when you added it",
        },
        plain=("public_id", "said_digest"),
        kept="As long as this Makegood stands. It counts what was added and taken away.",
        seen_by="Nobody but whoever runs this Makegood.",
        stays="That something was added, and taken away, is counted. It leads to nobody.",
    ),
)
