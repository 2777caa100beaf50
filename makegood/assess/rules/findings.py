"""What must be true of findings."""

from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_assessor_is_independent(*, belongs_to_provider: bool) -> None:
    """ASS-01 No one judges their own work: the assessor does not belong to the provider."""
    if belongs_to_provider:
        raise RuleBroken("ASS-01", "You belong to the provider, so someone else must assess this.")


def check_finding_has_reasons(*, reasons: str) -> None:
    """ASS-02 A finding has its reasons: what the evidence shows, in words anyone can follow."""
    if not reasons.strip():
        raise RuleBroken("ASS-02", "Give the reasons for the finding.")


def check_provider_was_heard(*, has_reply: bool, reply_by: date | None, today: date) -> None:
    """ASS-03 The provider is heard: a finding is published after the reply, or once its time is up."""
    if not has_reply and (reply_by is None or today <= reply_by):
        until = f" until {reply_by:%-d %B %Y}" if reply_by else ""
        raise RuleBroken("ASS-03", f"The provider may reply{until}. Publish it after that.")


def check_finding_cites_evidence(*, has_analysis: bool, stories: int) -> None:
    """ASS-04 A finding rests on evidence: it cites the analysis, a story, or both."""
    if not has_analysis and not stories:
        raise RuleBroken("ASS-04", "Cite at least one piece of evidence.")


def check_finding_is_a_draft(*, is_draft: bool) -> None:
    """ASS-05 What was sent stays sent: a finding is changed only while it is a draft."""
    if not is_draft:
        raise RuleBroken("ASS-05", "This finding was sent to the provider. It stays as it is.")


def check_story_may_be_cited(*, told_for: int, commitment: int, is_withdrawn: bool) -> None:
    """ASS-06 Evidence is its own: a finding cites stories of its commitment that still stand."""
    if told_for != commitment or is_withdrawn:
        raise RuleBroken("ASS-06", "One of the stories cannot be cited. Choose again.")


def check_finding_against_evidence_says_why(*, verdict: str, wrong: int, words: str) -> None:
    """ASS-07 A finding against the evidence says why: other than the numbers say, or on wrong figures.

    ``verdict`` is what the numbers say, where the finding says otherwise; ``wrong`` is how many of the
    figures it rests on were found wrong and are not corrected.
    """
    if words.strip():
        return
    if verdict:
        raise RuleBroken("ASS-07", f"The numbers say “{verdict}”, and you find otherwise. Say why.")
    if wrong:
        were = "1 figure was" if wrong == 1 else f"{wrong} figures were"
        raise RuleBroken("ASS-07", f"{were} found wrong. Say why the finding holds all the same.")
