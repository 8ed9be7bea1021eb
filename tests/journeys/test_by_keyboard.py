"""Every journey once more with a keyboard alone, and every way to sign in, in a real browser at the real server."""

import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, BrowserContext, expect

from tests.accounts.provider import CLIENT, SECRET, RealProvider, running_provider
from tests.chromium import launched
from tests.journeys.keyboard import Keys

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "questionnaires" / "examples" / "tiny.v1.yaml"
ROBIN = "robin@example.org"
PASSWORD, NEW_PASSWORD = "seven green kettles sing", "nine blue lanterns hum"
PATIENCE = 120_000


class Letterbox(socketserver.ThreadingTCPServer):
    """A mail server on loopback that keeps every letter."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Delivery)
        self.letters: list[str] = []

    def link(self, holding: str) -> str:
        """The newest link with these words in its address; waits for the letter."""
        for _ in range(300):
            found = re.findall(rf"https?://\S*{holding}\S*", "\n".join(self.letters))
            if found:
                return str(found[-1])
            time.sleep(0.1)
        raise AssertionError(f"no letter holds {holding}: {self.letters}")


class _Delivery(socketserver.StreamRequestHandler):
    server: Letterbox

    def handle(self) -> None:
        """As much of SMTP as a client of ours speaks."""
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                text = b""
                while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                    text += line
                self.server.letters.append(message_from_bytes(text, policy=policy.default).get_content())
            self._say("221 bye" if word == b"QUIT" else "250 well")
            if word == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@dataclass
class World:
    """The program, just started with mail and a provider of identities, and a browser."""

    address: str
    way_in: str
    letters: Letterbox
    provider: RealProvider
    chromium: Browser
    kept: dict[str, str] = field(default_factory=dict)

    def context(self, width: int = 1440) -> BrowserContext:
        """A browser of somebody."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 740 if width < 700 else 900}, accept_downloads=True
        )
        context.set_default_timeout(60_000)
        return context

    def keys(self, path: str, context: BrowserContext | None = None, width: int = 1440) -> Keys:
        """Somebody who has typed this address."""
        page = (context or self.context(width)).new_page()
        page.goto(path if path.startswith("http") else f"{self.address}{path}")
        hands = Keys(page)
        hands.look()
        return hands


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    expect.set_options(timeout=60_000)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch, running_provider() as provider, Letterbox() as letters:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider's half refuses plain http otherwise
        threading.Thread(target=letters.serve_forever, daemon=True).start()
        surroundings = {
            **os.environ,
            "MYTHMARK_DATA": str(tmp_path_factory.mktemp("keyboard")),
            # Passkeys are bound to a name; an address made of numbers is none.
            "MYTHMARK_URL": f"http://localhost:{port}",
            "MYTHMARK_MAIL": f"smtp://127.0.0.1:{letters.server_address[1]}",
            "MYTHMARK_OIDC_ISSUER": provider.issuer,
            "MYTHMARK_OIDC_CLIENT_ID": CLIENT,
            "MYTHMARK_OIDC_CLIENT_SECRET": SECRET,
            "MYTHMARK_OIDC_NAME": "Company account",
        }
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        with (
            subprocess.Popen(
                command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            ) as process,
            launched() as chromium,
        ):
            assert process.stdout is not None
            process.stdout.readline()
            way_in = urlsplit(process.stdout.readline().removeprefix("Sign in: ").strip()).path
            yield World(f"http://localhost:{port}", way_in, letters, provider, chromium)
            process.terminate()
            process.wait(20)
        letters.shutdown()


@pytest.fixture(scope="module")
def owner(world: World) -> BrowserContext:
    """The local owner, signed in by the printed link."""
    context = world.context()
    world.keys(world.way_in, context).follow("Sign in")
    return context


def _answer_all(hands: Keys) -> int:
    asked = 0
    while re.search(r"/(questions|beliefs)/", hands.page.url):
        hands.page.locator("main input[type=radio]").first.wait_for()
        label = hands.page.locator("main label").first.inner_text().split("\n")[0].strip()
        hands.to(label[:1] if label[:1].isdigit() else label)
        for _ in range(asked % 3 + 1):
            hands.page.keyboard.press("ArrowDown")
        expect(hands.page.locator(".save").first).to_contain_text("Saved")
        hands.stays()
        here = hands.page.url
        hands.press("Save and next")
        expect(hands.page).not_to_have_url(here)
        asked += 1
    return asked


def test_first_use_from_the_printed_link_to_an_own_pdf(world: World, owner: BrowserContext, tmp_path: Path) -> None:
    hands = world.keys("/organizations/own", owner)
    hands.follow("Start the first assessment")
    hands.type("Name", "Forecasting")
    hands.follow("Go on")
    hands.choose("Data scientist", "Data scientist")
    hands.follow("Take part")
    hands.follow("Begin")
    assert _answer_all(hands) > 5
    world.kept["assessment"] = hands.page.url.partition("/answer")[0]
    hands.page.goto(f"{world.kept['assessment']}/close")
    hands.follow("Close it for good")
    hands.page.locator(".contents").wait_for(timeout=PATIENCE)
    hands.look()
    hands.to("Download PDF")
    with hands.page.expect_download(timeout=PATIENCE) as download:
        hands.page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "own.pdf")
    with pikepdf.open(tmp_path / "own.pdf") as pdf:
        assert "assessment.yaml" in pdf.attachments


def test_an_own_pack_goes_from_upload_to_its_report(world: World, owner: BrowserContext) -> None:
    hands = world.keys("/organizations/own/questionnaires", owner)
    with hands.page.expect_file_chooser() as chooser:  # before the way there: a browser takes its time to listen
        hands.to("Questionnaire file")
        hands.page.keyboard.press("Enter")
    chooser.value.set_files(TINY)
    hands.follow("Check and upload")
    hands.press("Publish")
    expect(hands.page.locator("dialog[open]")).to_be_visible()
    hands.stays()
    hands.look()
    hands.page.keyboard.press("Escape")
    hands.stays()
    hands.press("Publish")
    hands.page.locator("dialog[open] .btn-grave").wait_for()
    hands.to("Publish")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    hands.reads("is published")
    hands.page.goto(f"{world.address}/organizations/own")
    hands.follow("Forecasting")
    hands.follow("New assessment")
    hands.to("Quarter")
    hands.page.keyboard.press("Tab")  # to the questionnaire; a place in the bar above is called almost so
    hands.page.keyboard.type("Backups")
    hands.follow("Save and open for answers")
    hands.reads("Another questionnaire")  # it asks its own questions about the models first
    hands.follow("Save and open for answers")
    hands.follow("Answer")
    hands.choose("Administrator", "Administrator")
    hands.follow("Take part")
    hands.follow("Begin")
    assert _answer_all(hands) >= 5  # its four questions and its belief
    hands.page.goto(f"{hands.page.url.partition('/answer')[0]}/close")
    hands.follow("Close it for good")
    hands.page.locator(".contents").wait_for(timeout=PATIENCE)
    hands.look()
    hands.reads("Backups, a small example")


def test_an_owner_invites_somebody_who_answers_on_a_phone(world: World, owner: BrowserContext) -> None:
    hands = world.keys("/organizations/own/teams/new", owner)
    hands.type("Name", "Search")
    hands.follow("Go on")
    world.kept["open"] = hands.page.url.partition("/answer")[0]
    hands.page.goto(f"{world.address}/organizations/own/people")
    hands.type("Email", ROBIN)
    hands.press("All teams", "Space")
    hands.follow("Invite")
    phone = world.keys(world.letters.link("/invitations/"), width=360)
    phone.type("Your name", "Robin")
    phone.type("Password", PASSWORD)
    phone.type("Password again", PASSWORD)
    phone.follow("Join")
    phone.page.goto(f"{world.kept['open']}/answer")
    phone.choose("Data scientist", "ML engineer")
    phone.follow("Take part")
    phone.follow("Begin")
    assert _answer_all(phone) > 5
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    hands.page.goto(f"{world.address}/organizations/own/people")
    hands.follow("Robin")
    hands.to("Role")
    hands.page.keyboard.type("Facil")
    hands.follow("Save")
    expect(hands.page.locator("main tr", has_text="Robin")).to_contain_text("acilitator")
    phone.page.context.close()


def test_two_editors_of_one_record_see_both_texts(world: World, owner: BrowserContext) -> None:
    if "open" not in world.kept:
        pytest.fail("the journey before this one opens the assessment")
    place = f"{world.kept['open']}/record/mon-drift"
    first, second = world.keys(place, owner), world.keys(place, owner)
    for hands, level, note in (
        (first, "Somebody compares", "We look every month."),
        (second, "For every live model", "Alerts since spring."),
    ):
        hands.choose("We do not compare them", level)
        hands.type("Note", note)
        with hands.page.expect_response(lambda answer: answer.request.method == "POST"):
            hands.press("Record")
    clash = second.page.locator(".clash")
    clash.wait_for()
    second.stays()
    second.look()
    expect(clash).to_contain_text("We look every month.")
    expect(clash).to_contain_text("Alerts since spring.")
    second.follow("Record mine instead")
    expect(second.page.locator(".take-back")).to_contain_text("Recorded")
    first.page.close()
    second.page.close()


def _code(app: TOTP, steps: int) -> str:
    """A code so many steps of half a minute away, with time enough left to type it before the next step begins."""
    left = 30 - time.time() % 30
    if left < 12:
        time.sleep(left + 0.2)
    return str(app.generate(time.time() + 30 * steps).token)


def test_robin_signs_in_by_every_way(world: World) -> None:  # noqa: PLR0915 - one evening of one person
    context = world.context()
    hands = world.keys("/sign-in", context)

    def sign_in(password: str) -> None:
        hands.page.goto(f"{world.address}/sign-in")
        hands.type("Email", ROBIN)
        hands.type("Password", password)
        hands.follow("Sign in")

    def sign_out() -> None:
        hands.page.goto(f"{world.address}/profile")
        hands.press("Robin")
        hands.follow("Sign out")

    sign_in(PASSWORD)
    hands.reads("Search")

    # An authenticator app, and what stands in for it.
    hands.page.goto(f"{world.address}/profile/second-factor")
    hands.follow("Set up an app")
    app = TOTP(key=hands.page.locator("main code").inner_text().strip(), format="base32")
    hands.type("Code of the app", _code(app, -1))
    hands.follow("Switch it on")
    hands.page.goto(f"{world.address}/profile/recovery-codes")
    hands.follow("Make ten new codes")
    codes = hands.page.locator("main li code").all_inner_texts()
    assert len(codes) == 10
    sign_out()
    sign_in(PASSWORD)
    hands.type("Code", _code(app, 0))
    hands.follow("Sign in")
    hands.page.goto(f"{world.address}/profile")
    hands.reads("Second factor")
    sign_out()
    sign_in(PASSWORD)
    hands.follow("Use a recovery code")
    hands.type("Recovery code", codes[0])
    hands.follow("Sign in")

    # A passkey, kept by a device that is played.
    device = context.new_cdp_session(hands.page)
    device.send("WebAuthn.enable")
    played = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**played, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    hands.page.goto(f"{world.address}/profile/passkeys")
    hands.type("A name for it", "Phone")
    hands.follow("Make a passkey")
    hands.follow("Ask for the passkey")
    hands.reads("Phone")
    sign_out()
    hands.page.goto(f"{world.address}/sign-in")
    hands.follow("Use a passkey")
    hands.follow("Go on")
    hands.follow("Ask for the passkey")
    hands.page.goto(f"{world.address}/profile")
    hands.reads(ROBIN)

    # The account at the company; it knows the same address.
    sign_out()
    world.provider.claims = {"sub": "r-1", "email": ROBIN, "email_verified": True, "name": "Robin"}
    hands.page.goto(f"{world.address}/sign-in")
    hands.follow("Company account")
    hands.page.goto(f"{world.address}/profile")
    hands.reads(ROBIN)

    # A password that was forgotten: every other browser is signed out by the new one.
    other = world.keys("/sign-in")
    other.follow("Forgot your password?")
    other.type("Email", ROBIN)
    other.follow("Send")
    other.page.goto(world.letters.link("/reset/"))
    other.type("New password", NEW_PASSWORD)
    other.type("New password again", NEW_PASSWORD)
    other.follow("Save")
    hands.page.goto(f"{world.address}/profile")
    hands.reads("Please sign in")
    sign_in(NEW_PASSWORD)
    hands.type("Code", _code(app, 1))
    hands.follow("Sign in")
    hands.page.goto(f"{world.address}/profile")
    hands.reads(ROBIN)
    context.close()
    other.page.context.close()
