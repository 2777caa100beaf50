"""The steps of the loop as people take them, by keyboard alone, from first word to finding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from makegood.articulate.actions import start_programme
from makegood.capture.models import Story
from makegood.measures.actions import define_measure, form_pool, import_history, open_series
from makegood.measures.states import Better, MeasureKind
from makegood.people.models import Person
from tests.factories.cast import PASSWORD, Cast
from tests.journeys.figures import DUE_ON, RULE, STARTS_ON, Figures
from tests.journeys.visitor import Visitor

NEED = "Care at home in the valley"
TITLE = "Care by people you know"
CHANGE = "fewer days lost to sickness"
WORDS = "The same two people come now. I sleep at night."
REASONS = "The figures and the story were weighed together. Neither is enough alone."
WHY = "The numbers alone say otherwise. The story says what they cannot."
REPLY = "We accept it, and we will go on measuring."
MEASURE = "Staff absence rate"
POOL = "Services like ours"


@dataclass(kw_only=True)
class Loop:
    """One promise on its way, and how people find it."""

    cast: Cast
    figures: Figures
    promise: str = ""
    story_address: str = ""
    answers: list[str] = field(default_factory=list)

    @property
    def commitment(self) -> str:
        return self.promise.replace("P-", "K-")

    @property
    def finding(self) -> str:
        return self.promise.replace("P-", "F-")


def set_the_stage(cast: Cast, *, figures: Figures) -> Loop:
    """Make what has no page yet: a programme, the measure, the comparators and their pool."""
    unit, frank = cast.support_unit, cast.frank
    start_programme(name="Right by People", summary="", run_by=unit, by=frank)
    measure = define_measure(
        name=MEASURE,
        unit="%",
        kind=MeasureKind.PERCENTAGE,
        better=Better.DOWN,
        definition="Days lost to sickness, of the days staff were due to work",
        source="the provider's own payroll",
        lowest=0,
        highest=100,
        keeper=unit,
        by=frank,
    )
    pooled = []
    for number, values in enumerate(figures.comparators, start=1):
        series = open_series(measure=measure, keeper=unit, about=f"Service {number:02}", by=frank)
        import_history(series, values=values, source="comparators", stream="measures", by=frank)
        pooled.append(series)
    form_pool(name=POOL, measure=measure, series=pooled, keeper=unit, rule=RULE, by=frank)
    return Loop(cast=cast, figures=figures)


def sign_in(somebody: Visitor, person: Person) -> None:
    """Sign in by the form, with e-mail and password, and land on the desk."""
    somebody.open("/accounts/login/")
    somebody.write("Your e-mail address", person.email)
    somebody.write("Your password", PASSWORD)
    somebody.press("Sign in")
    assert somebody.heading() == "Your desk"


def publish_a_need(erin: Visitor) -> None:
    erin.follow("See and write needs")
    erin.press("Write a need")
    erin.select("Programme", "Right by People")
    erin.select("Who buys the service?", "Valley Council")
    erin.write("What is needed?", NEED)
    erin.write("Say more", "Care for 200 people, most of them over 75")
    erin.write("What happens otherwise?", "The service stays as it is")
    erin.press("Keep as a draft")
    erin.press("Publish this need")
    erin.see("The need is published.")


def promise(alice: Visitor, loop: Loop) -> None:
    """Answer the need with one promise in numbers and stories, and submit it."""
    alice.open("/needs/")
    alice.follow(NEED)
    alice.press("Make a proposal")
    alice.select("Who makes the proposal?", "Moor View Care")
    alice.write("Title", TITLE)
    alice.write("What would you do, and how?", "A team of ten, and a calm rota")
    alice.press("Keep and go on")
    alice.press("Add a promise")
    alice.write("For whom?", "our staff")
    alice.write("What changes for them?", CHANGE)
    alice.write_day("From when?", STARTS_ON)
    alice.write_day("By when?", DUE_ON)
    alice.choose("By both")
    alice.select("Measure", MEASURE)
    alice.write("Where does it stand now?", f"{loop.figures.baseline}")
    alice.write("Where would it be without you?", f"{loop.figures.baseline}")
    alice.write("What will you reach?", f"{loop.figures.target}")
    alice.write("Why do you believe it?", "A calm rota did it for our night team")
    alice.press("Keep this promise")
    alice.follow("Go on with the proposal")
    alice.press("Check and submit")
    alice.see("For our staff: fewer days lost to sickness")
    alice.choose("This is true as far as we know, and I may send it for my organisation")
    alice.press("Submit this proposal")
    alice.see("The proposal is submitted.")
    loop.promise = re.search(r"P-\w+-\d+", alice.page.locator("main").inner_text())[0]


def contract(erin: Visitor, loop: Loop) -> None:
    """Approve, draft, settle the promise with its pool, and sign for the commissioner."""
    erin.open("/desk/")
    erin.follow(f"Decide on “{TITLE}”")
    erin.choose("Approve, and go on to a contract")
    erin.write("Reasons", "It answers the need better than what we have")
    erin.press("Record the decision")
    erin.press("Draft the contract")
    erin.select("Who will judge the evidence?", "Fair Findings")
    erin.write_day("Starts on", STARTS_ON)
    erin.write_day("Ends on", DUE_ON)
    erin.press("Begin the contract")
    erin.see(re.compile("Nobody can sign until all are."))
    assert erin.page.get_by_role("button", name="Read it once more and sign").count() == 0
    erin.follow(f"Say what becomes of it : {loop.promise}")
    erin.choose("It is contracted as promised")
    erin.press("Keep this")
    erin.follow(f"Comparison of {loop.promise}")
    erin.select("Who is it compared with?", f"{POOL}, kept by The Support Unit")
    erin.press("Keep this")
    sign(erin)


def sign(somebody: Visitor) -> None:
    somebody.press("Read it once more and sign")
    somebody.choose("I have read every commitment, and I may sign for my organisation")
    somebody.press("Sign the contract")
    somebody.see("You have signed for")


def sign_for_the_provider(alice: Visitor) -> None:
    alice.open("/desk/")
    alice.follow(f"Sign the contract for “{TITLE}”")
    alice.choose("I have read every commitment, and I may sign for my organisation")
    alice.press("Sign the contract")
    alice.see("You have signed for Moor View Care.")


def upload(alice: Visitor, loop: Loop, *, file: Path) -> None:
    """Send the history as a file, look at it, say that what looks wrong is right, keep it."""
    count = len(loop.figures.history)
    alice.open("/desk/")
    alice.follow(f"Record {MEASURE.lower()} of the year before")
    alice.follow("Send many figures in a file")
    alice.attach("File", file)
    alice.press("Check the file")
    alice.see(f"Nothing is kept yet. {count} new good rows, 0 bad.")
    alice.press("They are right: keep the good rows")
    alice.see(f"{count} new figures kept.")


def open_a_story_link(alice: Visitor, loop: Loop) -> None:
    alice.follow("Record what happened")
    alice.press("Open a link for stories")
    alice.write("What is this link for?", "People we visit")
    alice.press("Open the link")
    alice.see("First name who is told")
    here = alice.page.url
    alice.open(f"/organisations/{loop.cast.provider.slug}/safeguarding/")
    alice.select("Who is told?", str(loop.cast.alice))
    alice.press("Tell this person")
    alice.see("is told from now on.")
    alice.open(here)
    alice.write("What is this link for?", "People we visit")
    alice.press("Open the link")
    shared = alice.page.get_by_role("link", name="/tell/")
    loop.story_address = shared.inner_text().strip()


def tell(someone: Visitor, loop: Loop) -> None:
    """Tell a story without an account."""
    someone.open(loop.story_address)
    someone.write("What changed for you?", WORDS)
    someone.choose("Someone who uses the service")
    someone.choose("Anyone, without my name")
    someone.press("Send my story")
    someone.see("Thank you. Your story is kept.")
    someone.see(WORDS)


def judge(dana: Visitor, loop: Loop, *, conclusion: str) -> None:
    """Read the verdict and the story, write the finding, and send it to the provider."""
    dana.open("/desk/")
    dana.follow(f"Judge “{CHANGE}”")
    dana.see(WORDS)
    dana.follow("Look for names in stories, and publish them")
    dana.open(f"/told/{Story.objects.get()}/prepare/")
    dana.press("See how it would look")
    dana.press("Publish it")
    dana.see("The story is published.")
    dana.open("/desk/")
    dana.follow(f"Judge “{CHANGE}”")
    loop.answers = dana.page.locator(".mg-verdict, dl.mg-summary dd").all_inner_texts()
    dana.choose(conclusion)
    dana.write("Reasons", REASONS)
    dana.write("Why do you find so all the same?", WHY)
    dana.keyboard.choose(dana.page.get_by_role("checkbox"), what="the story")
    dana.press("Keep the finding as a draft")
    dana.see(WORDS)
    dana.press("Send it to the provider")
    dana.press("Send it")
    dana.see("Sent. The provider may reply until")


def reply(alice: Visitor, loop: Loop) -> None:
    alice.open("/desk/")
    alice.follow(f"Reply to the finding on “{CHANGE}”")
    alice.write("Your reply", REPLY)
    alice.press("Keep my reply")
    alice.see(REPLY)


def publish(dana: Visitor, loop: Loop) -> None:
    dana.open("/desk/")
    dana.follow(f"Publish the finding on “{CHANGE}”")
    dana.press("Publish")
    dana.press("Publish it")
    dana.see("The finding is published, with any reply beside it.")


def read(stranger: Visitor, loop: Loop) -> None:
    """Find the promise from the front page, signed out, and read its whole life."""
    stranger.open("/")
    stranger.open("/promises/")
    stranger.follow(f"{loop.promise}: fewer days lost to sickness")
    for words in (WORDS, REASONS, WHY, REPLY, "The provider replied.", f"Compared with: {POOL}."):
        stranger.see(words)
    summary = stranger.page.get_by_text("The figures behind the verdict")
    stranger.keyboard.tab_to(stranger.page.locator("summary", has=summary))
    stranger.keyboard.press("Enter")
    shown = stranger.page.locator(".mg-verdict, dl.mg-summary dd").all_inner_texts()
    assert shown[1:] == loop.answers[1:]
