"""What is suggested, what is left out, and how much of either is right on invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.capture import rules
from makegood.capture.identifying import LONGEST, pieces, suggestions
from makegood.capture.leaving_out import Omission, apart, omissions_from, parts_of, read_out
from makegood.capture.states import LeftOut
from tests.identifying.measured import SENTENCES, UNSEEN, measured, sentences
from tests.rules.refusing import refused


def test_cap_07_consent_comes_before_publication() -> None:
    """CAP-07"""
    rules.check_teller_lets_everyone_read(is_public=True)
    with refused("CAP-07", saying="only the assessor"):
        rules.check_teller_lets_everyone_read(is_public=False)


@pytest.mark.parametrize("places", [[(0, 4)], [(0, 2), (2, 4)], []])
def test_cap_08_what_is_left_out_lies_in_the_words(places: list[tuple[int, int]]) -> None:
    """CAP-08"""
    rules.check_omissions_lie_in_the_words(places, length=4)


@pytest.mark.parametrize(
    "places", [[(0, 5)], [(0, 3), (2, 4)], [(2, 4), (0, 1)], [(1, 1)], [(-1, 2)]]
)
def test_cap_08_what_does_not_fit_is_refused(places: list[tuple[int, int]]) -> None:
    """CAP-08"""
    with refused("CAP-08"):
        rules.check_omissions_lie_in_the_words(places, length=4)


def test_parts_say_what_stood_there() -> None:
    left_out = [Omission(start=8, end=14, kind=LeftOut.NAME)]
    assert read_out(parts_of("I thank Sandra.", left_out)) == "I thank [a name]."
    assert omissions_from([each.row for each in left_out]) == left_out


@given(
    words=st.text(max_size=60),
    places=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8),
)
def test_nothing_left_out_is_read(words: str, places: list[tuple[int, int]]) -> None:
    found = [
        Omission(start=start, end=min(start + length, len(words)), kind=LeftOut.OTHER)
        for start, length in places
        if start < len(words)
    ]
    left_out = apart(found)
    rules.check_omissions_lie_in_the_words([(o.start, o.end) for o in left_out], length=len(words))
    gone = {place for each in found for place in range(each.start, each.end)}
    read = "".join(part.text for part in parts_of(words, left_out) if not part.is_left_out)
    assert read == "".join(one for place, one in enumerate(words) if place not in gone)


@given(st.text(alphabet="AaBb .,@0123456789’'-/\n", max_size=400))
def test_whatever_is_typed_suggestions_lie_in_it(words: str) -> None:
    found = suggestions(words)
    rules.check_omissions_lie_in_the_words([(o.start, o.end) for o in found], length=len(words))


def test_there_are_enough_sentences_of_every_kind() -> None:
    known = list(sentences(SENTENCES))
    assert len(known) >= 300
    assert {each.kind for _, marked in known for each in marked} == set(LeftOut) - {LeftOut.OTHER}


def test_suggestions_are_as_good_as_is_said() -> None:
    known, unseen = measured(SENTENCES), measured(UNSEEN)
    assert (known.recall, known.precision) >= (0.97, 0.98)
    assert unseen.recall >= 0.69
    assert unseen.precision >= 0.92


@pytest.mark.parametrize(
    "words",
    [
        "\n" * 15_000,
        "Ann\n" * 4_000,
        "Ab-" * 5_000,
        "a." * 7_500,
        "Ann Road. " * 1_500,
        "word " * 3_000,
        "é" * 15_000,
    ],
)
def test_what_is_looked_at_at_once_is_bounded_and_nothing_is_passed_over(words: str) -> None:
    found = list(pieces(words))
    assert "".join(piece for _, piece in found) == words
    assert all(len(piece) <= LONGEST for _, piece in found)
    assert all(words.startswith(piece, begins) for begins, piece in found)
    assert all(each.end <= len(words) for each in suggestions(words))


def test_a_long_paragraph_is_parted_between_sentences_and_names_keep_their_place() -> None:
    words = "She came at six. " * 60 + "Then Maureen Okafor rang. " + "It rained. " * 60
    assert all(piece.endswith(". ") for _, piece in pieces(words))
    assert [each.of(words) for each in suggestions(words)] == ["Maureen Okafor"]
