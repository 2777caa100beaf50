"""What must be true of what is captured."""

from makegood.capture.rules.asking import (
    check_questions_are_few_and_told_apart,
)
from makegood.capture.rules.calling import (
    check_call_reaches_somebody,
    check_it_was_read_back,
)
from makegood.capture.rules.checking import (
    check_count_is_as_it_stands,
    check_it_is_not_disputed_yet,
    check_it_says_how,
    check_there_is_a_figure,
    check_verified_from_outside,
    check_verifier_is_another,
    check_words_are_given,
)
from makegood.capture.rules.complaining import (
    check_answer_says_something,
    check_complaint_says_something,
)
from makegood.capture.rules.documents import (
    check_document_can_be_kept,
    check_document_is_described,
    check_document_stands,
    check_document_time_is_whole,
    check_withdrawal_says_why,
)
from makegood.capture.rules.figures import (
    check_commitment_is_in_numbers,
    check_contract_is_in_force,
    check_doubts_are_answered,
    check_figure_is_asked_for,
    check_figure_is_there,
    check_it_was_found_wrong,
    check_parts_make_a_share,
    check_value_is_what_its_parts_make,
    check_why_there_is_none,
)
from makegood.capture.rules.files import (
    check_file_can_be_read,
    check_file_does_no_harm,
    check_file_may_be_added,
    check_photo_is_described,
    check_story_has_room,
)
from makegood.capture.rules.safeguarding import (
    check_concern_is_about_what_stands,
    check_named_person_belongs,
    check_somebody_is_told_when_harm_is_said,
)
from makegood.capture.rules.samples import (
    check_finding_is_whole,
    check_one_sample_at_a_time,
    check_sample_is_drawn,
    check_sample_is_from_outside,
    check_sample_is_whole,
    check_sample_size,
)
from makegood.capture.rules.showing import (
    check_file_may_be_shown,
    check_file_tells_no_place,
    check_what_is_published_was_read,
)
from makegood.capture.rules.stories import (
    check_basis_fits,
    check_consent_fits_basis,
    check_it_was_agreed_before,
    check_link_opens_what_stands,
    check_named_story_has_a_name,
    check_omissions_lie_in_the_words,
    check_story_link_is_open,
    check_teller_lets_everyone_read,
)
from makegood.capture.rules.versions import (
    check_version_is_another,
    check_version_is_checked_by_another,
    check_version_is_of_what_stands,
)

__all__ = [
    "check_answer_says_something",
    "check_basis_fits",
    "check_call_reaches_somebody",
    "check_commitment_is_in_numbers",
    "check_complaint_says_something",
    "check_concern_is_about_what_stands",
    "check_consent_fits_basis",
    "check_contract_is_in_force",
    "check_count_is_as_it_stands",
    "check_document_can_be_kept",
    "check_document_is_described",
    "check_document_stands",
    "check_document_time_is_whole",
    "check_doubts_are_answered",
    "check_figure_is_asked_for",
    "check_figure_is_there",
    "check_file_can_be_read",
    "check_file_does_no_harm",
    "check_file_may_be_added",
    "check_file_may_be_shown",
    "check_file_tells_no_place",
    "check_finding_is_whole",
    "check_it_is_not_disputed_yet",
    "check_it_says_how",
    "check_it_was_agreed_before",
    "check_it_was_found_wrong",
    "check_it_was_read_back",
    "check_link_opens_what_stands",
    "check_named_person_belongs",
    "check_named_story_has_a_name",
    "check_omissions_lie_in_the_words",
    "check_one_sample_at_a_time",
    "check_parts_make_a_share",
    "check_photo_is_described",
    "check_questions_are_few_and_told_apart",
    "check_sample_is_drawn",
    "check_sample_is_from_outside",
    "check_sample_is_whole",
    "check_sample_size",
    "check_somebody_is_told_when_harm_is_said",
    "check_story_has_room",
    "check_story_link_is_open",
    "check_teller_lets_everyone_read",
    "check_there_is_a_figure",
    "check_value_is_what_its_parts_make",
    "check_verified_from_outside",
    "check_verifier_is_another",
    "check_version_is_another",
    "check_version_is_checked_by_another",
    "check_version_is_of_what_stands",
    "check_what_is_published_was_read",
    "check_why_there_is_none",
    "check_withdrawal_says_why",
    "check_words_are_given",
]
