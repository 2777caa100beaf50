"""What can be done in this room; the only place that writes."""

from makegood.capture.actions.checks import (
    answer_dispute,
    check_figure,
    open_dispute,
    resolve_dispute,
)
from makegood.capture.actions.documents import DocumentSaid, add_document, withdraw_document
from makegood.capture.actions.figures import (
    capture_gap,
    capture_measurement,
    correct_capture,
    discard_capture,
    preview_capture,
    store_capture,
)
from makegood.capture.actions.files import add_story_file, remove_story_file
from makegood.capture.actions.giving import give_figure
from makegood.capture.actions.links import close_story_link, open_story_link
from makegood.capture.actions.prompts import MOST_QUESTIONS, set_prompts
from makegood.capture.actions.publishing import (
    end_publication,
    prepare_publication,
    publish_story,
)
from makegood.capture.actions.reminders import remind_of_figures
from makegood.capture.actions.safeguarding import (
    act_on_concern,
    name_safeguarding_person,
    raise_concern,
)
from makegood.capture.actions.samples import (
    announce_sample,
    answer_item,
    close_sample,
    draw_sample,
)
from makegood.capture.actions.stories import (
    MINE,
    OnPaper,
    Whose,
    change_consent,
    erase_again,
    send_private_link,
    tell_story,
    withdraw_story,
)

__all__ = [
    "MINE",
    "MOST_QUESTIONS",
    "DocumentSaid",
    "OnPaper",
    "Whose",
    "act_on_concern",
    "add_document",
    "add_story_file",
    "announce_sample",
    "answer_dispute",
    "answer_item",
    "capture_gap",
    "capture_measurement",
    "change_consent",
    "check_figure",
    "close_sample",
    "close_story_link",
    "correct_capture",
    "discard_capture",
    "draw_sample",
    "end_publication",
    "erase_again",
    "give_figure",
    "name_safeguarding_person",
    "open_dispute",
    "open_story_link",
    "prepare_publication",
    "preview_capture",
    "publish_story",
    "raise_concern",
    "remind_of_figures",
    "remove_story_file",
    "resolve_dispute",
    "send_private_link",
    "set_prompts",
    "store_capture",
    "tell_story",
    "withdraw_document",
    "withdraw_story",
]
