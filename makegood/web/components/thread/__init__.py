"""The thread: the words for where a stage stands."""

STATE_WORDS = {
    "done": "Done",
    "now": "Now",
    "not_yet": "Not yet",
    "lost": "Lost here",
    "never": "Never reached",
}
