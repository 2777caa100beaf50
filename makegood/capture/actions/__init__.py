"""What can be done in this room; the only place that writes."""

from makegood.capture.actions.calls import (
    Reach,
    ToldInCall,
    ask_for_call,
    cancel_call,
    end_old_calls,
    note_call,
    send_call_link,
    write_call_down,
)
from makegood.capture.actions.checks import (
    answer_dispute,
    check_document,
    check_figure,
    dispute_document,
    open_dispute,
    resolve_dispute,
)
from makegood.capture.actions.complaints import (
    answer_complaint,
    complain,
    end_complaint,
    end_old_complaints,
    send_complaint_link,
)
from makegood.capture.actions.counted import check_stories, dispute_stories
from makegood.capture.actions.documents import DocumentSaid, add_document, withdraw_document
from makegood.capture.actions.erasing import erase_again, note_what_was_erased
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
    end_names_left_behind,
    name_safeguarding_person,
    raise_concern,
)
from makegood.capture.actions.samples import (
    announce_sample,
    answer_item,
    close_sample,
    draw_sample,
)
from makegood.capture.actions.standing_by import stand_by_figure
from makegood.capture.actions.stories import (
    MINE,
    OnPaper,
    Whose,
    change_consent,
    send_private_link,
    tell_story,
    withdraw_story,
)
from makegood.capture.actions.versions import add_version, check_version, remove_version

__all__ = [
    "MINE",
    "MOST_QUESTIONS",
    "DocumentSaid",
    "OnPaper",
    "Reach",
    "ToldInCall",
    "Whose",
    "act_on_concern",
    "add_document",
    "add_story_file",
    "add_version",
    "announce_sample",
    "answer_complaint",
    "answer_dispute",
    "answer_item",
    "ask_for_call",
    "cancel_call",
    "capture_gap",
    "capture_measurement",
    "change_consent",
    "check_document",
    "check_figure",
    "check_stories",
    "check_version",
    "close_sample",
    "close_story_link",
    "complain",
    "correct_capture",
    "discard_capture",
    "dispute_document",
    "dispute_stories",
    "draw_sample",
    "end_complaint",
    "end_names_left_behind",
    "end_old_calls",
    "end_old_complaints",
    "end_publication",
    "erase_again",
    "give_figure",
    "name_safeguarding_person",
    "note_call",
    "note_what_was_erased",
    "open_dispute",
    "open_story_link",
    "prepare_publication",
    "preview_capture",
    "publish_story",
    "raise_concern",
    "remind_of_figures",
    "remove_story_file",
    "remove_version",
    "resolve_dispute",
    "send_call_link",
    "send_complaint_link",
    "send_private_link",
    "set_prompts",
    "stand_by_figure",
    "store_capture",
    "tell_story",
    "withdraw_document",
    "withdraw_story",
    "write_call_down",
]
