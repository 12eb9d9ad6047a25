"""What a person does on the pages, and what came of it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


class Visit:
    """One visit of a service by keyboard; keeps what the browser asked for and what it complained of."""

    def __init__(self, page: Page, service: str) -> None:
        self.page = page
        self.service = service
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.service}{path}")

    def type(self, text: str) -> None:
        """Type into what has the focus, key by key."""
        self.page.keyboard.type(text, delay=5)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def search(self, text: str) -> None:
        """Type an address on the search page, send it, and wait for the answer."""
        self.page.locator("#address").focus()
        self.type(text)
        self.press("Escape", "Enter")
        expect(self.page.locator("#verdict")).to_be_visible()

    def faults_of_access(self) -> list[str]:
        """What axe finds at fault with the page as it is."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
