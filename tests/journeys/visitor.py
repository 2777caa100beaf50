"""Somebody at a real browser, whose every page is looked over as it arrives."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, Request, Response, expect

from makegood.people.models import Person
from tests.factories.sign_in import sign_in
from tests.journeys.keyboard import Keyboard

NARROWEST = 320
STEP, SETTLING, PATIENCE = 10, 2_000, 20_000
"""Milliseconds: between two looks, for a press to begin something, for a page to come."""
LED_ON = "() => !document.querySelector('meta[http-equiv=refresh]')"
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"
AXE = "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
MEANT = "the server responded with a status of"  # the browser repeats it in its console


class Visitor:
    """One person, one fresh browser context, the keyboard.

    Every page met is checked: axe finds nothing, the console is silent, every request is
    answered, and nothing scrolls sideways at 320 px. With scripts off axe cannot run. How a page
    looks does not hang on the database, so axe and the width are asked on one of them alone.
    """

    def __init__(
        self, page: Page, *, address: str, axe: str, scripts: bool, pictures: Path
    ) -> None:
        self.page = page
        self.address = address
        self.scripts = scripts
        self.keyboard = Keyboard(page)
        self.met: list[str] = []
        self._axe = axe
        self._pictures = pictures
        self._status = 200
        self._arrived = False
        self._leaving = False
        self._looks = connection.vendor == "sqlite"
        self._faults: list[str] = []
        self._listen()

    # Going places.

    def open(self, path: str, *, status: int = 200) -> None:
        """Go to an address of the platform, expecting this status."""
        self.page.goto(path if "://" in path else f"{self.address}{path}")
        self._look_over(expected=status)

    def become(self, person: Person, *, minutes_ago: float = 0) -> None:
        """Be signed in as this person, without the form, which has a journey of its own."""
        client = Client()
        sign_in(client, person, minutes_ago=minutes_ago)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.page.context.add_cookies([cookie])

    def press(self, name: str, *, role: Any = "button", status: int = 200) -> None:
        """Tab to a button and press it with Enter."""
        self.tab_to(role, name)
        self._after(lambda: self.keyboard.press("Enter"), status=status)

    def follow(self, name: str, *, status: int = 200) -> None:
        """Tab to a link and follow it."""
        self.press(name, role="link", status=status)

    def tab_to(self, role: Any, name: str) -> None:
        """Press Tab until the element of this role with exactly this name has focus."""
        target = self.page.get_by_role(role, name=name, exact=True)
        self.keyboard.tab_to(target, what=f"{role} “{name}”")

    # Answering.

    def write(self, label: str, text: str) -> None:
        """Type into the field with this label, replacing what is there."""
        self.keyboard.write(self.field(label), text, what=label)

    def choose(self, label: str) -> None:
        """Choose the radio button, or tick the checkbox, with this label."""
        self.keyboard.choose(self.field(label), what=label)

    def select(self, label: str, option: str) -> None:
        """Pick an option from the list with this label."""
        self.keyboard.select(self.field(label), option, what=label)

    def write_day(self, legend: str, day: date) -> None:
        """Type a day into the three boxes of the question with this legend."""
        boxes = self.page.get_by_role("group", name=legend, exact=True)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            box = boxes.get_by_label(part, exact=True)
            self.keyboard.write(box, str(number), what=f"{part} of {legend}")

    def attach(self, label: str, file: Path) -> None:
        """Tab to the file field with this label and give it a file."""
        target = self.field(label)
        self.keyboard.tab_to(target, what=label)
        target.set_input_files(file)

    def field(self, label: str) -> Locator:
        """Return the field whose label is exactly this, needed or optional, whatever its hint or error."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$"))

    # Looking.

    def see(self, text: str | re.Pattern[str]) -> None:
        """Fail unless this text is on the page, where a person can see it."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def heading(self) -> str:
        """Return the words of the page's main heading."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def screenshot(self, name: str) -> Path:
        """Keep a picture of the whole page in var/screenshots."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        path = self._pictures / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def check_axe(self) -> None:
        """Fail listing what axe finds on this page; with scripts off, do nothing."""
        if not self.scripts:
            return
        self.page.evaluate(self._axe)
        found = self.page.evaluate(AXE)
        told = [f"{v['id']}: {v['help']}\n    {_where(v)}" for v in found]
        assert not told, f"axe on {self.page.url}:\n  " + "\n  ".join(told)

    def check_narrow(self) -> None:
        """Fail if the page scrolls sideways at 320 px."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROWEST, "height": 640})
        over = self.page.evaluate(OVERFLOW)
        if size:
            self.page.set_viewport_size(size)
        assert over <= 0, f"{self.page.url} scrolls sideways by {over} px at {NARROWEST} px"

    # How it is done.

    def _after(self, act: Callable[[], None], *, status: int = 200) -> None:
        self._arrived = self._leaving = False
        act()
        self._wait(lambda: self._leaving or self._arrived, most=SETTLING)
        self._wait(lambda: not self._leaving, most=PATIENCE)
        if self._arrived:
            self._look_over(expected=status)

    def _wait(self, until: Callable[[], bool], *, most: int) -> None:
        for _ in range(most // STEP):
            if until():
                return
            self.page.wait_for_timeout(STEP)

    def _look_over(self, *, expected: int) -> None:
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(LED_ON)  # a page that only leads on is no place to look around
        self.page.wait_for_load_state("load")
        url = self.page.url
        self.met.append(url)
        assert self._status == expected, f"{url} answered {self._status}, not {expected}"
        if self._looks:
            self.check_axe()
            self.check_narrow()
        assert not self.page.locator('a[href=""]').count(), f"on {url} a link leads nowhere"
        faults, self._faults = self._faults, []
        assert not faults, f"on {url}: " + "; ".join(faults)

    def _listen(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._faults.append(f"script error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)
        self.page.on("framenavigated", self._on_arrival)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and MEANT not in message.text:
            self._faults.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        self._leaving = self._leaving or self._is_way_out(request)

    def _is_way_out(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self.page.main_frame

    def _on_failure(self, request: Request) -> None:
        if self._is_way_out(request):
            self._leaving = False
        failure = request.failure or ""
        if "ERR_ABORTED" not in failure:  # the browser left the page, or took a download
            self._faults.append(f"{request.url} failed: {failure}")

    def _on_response(self, response: Response) -> None:
        if self._is_way_out(response.request):
            self._status = response.status
        elif response.status >= 400:
            self._faults.append(f"{response.url} answered {response.status}")

    def _on_arrival(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self._arrived, self._leaving = True, False


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
