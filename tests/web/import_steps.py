"""What the page for imports does, as steps of tests."""

import time
from typing import Any

from starlette.testclient import TestClient

ORIGIN = {"Origin": "http://127.0.0.1:8000"}
PATIENCE = 60.0


class Importing:
    """What the page does: list, send, decide, start, ask."""

    def __init__(self, browser: TestClient) -> None:
        self.browser = browser
        self.job: dict[str, Any] = {}

    def call(self, method: str, path: str, **given: Any) -> Any:
        """Ask the server."""
        return self.browser.request(method, f"/api/imports{path}", headers=ORIGIN, **given)

    def gather(self, files: dict[str, bytes]) -> dict[str, Any]:
        """List files and send each; return the import."""
        listed = [{"name": name, "size": len(content)} for name, content in files.items()]
        self.job = self.call("POST", "", json={"files": listed}).json()
        for number, content in enumerate(files.values()):
            sent = self.send(number, content)
            assert sent.status_code == 200, sent.text
        return self.look()

    def look(self, **wish: Any) -> dict[str, Any]:
        """Look at the first file as what is wished; return the import when all looks are over."""
        if wish:
            asked = self.call("POST", f"/{self.job['id']}/files/0/look", json={"settings": {}, **wish})
            assert asked.status_code == 200, asked.text
        until = time.monotonic() + PATIENCE
        while True:
            self.job = self.call("GET", f"/{self.job['id']}").json()
            if all(file["state"] != "looking" for file in self.job["files"]):
                return self.job
            assert time.monotonic() < until, "the look does not end"
            time.sleep(0.05)

    def send(self, number: int, content: bytes) -> Any:
        """Send a file."""
        return self.call("PUT", f"/{self.job['id']}/files/{number}", content=content)

    def start(self, **chosen: Any) -> Any:
        """Start with what is proposed, but for what is chosen of every file."""
        names = ("number", "action", "site", "method")
        files = [{**{name: file[name] for name in names}, **chosen} for file in self.job["files"]]
        return self.call("POST", f"/{self.job['id']}/start", json={"files": files})

    def wait(self) -> dict[str, Any]:
        """Return the import when it is over."""
        until = time.monotonic() + PATIENCE
        while (job := self.call("GET", f"/{self.job['id']}").json())["state"] == "running":
            assert time.monotonic() < until, "the import does not end"
            time.sleep(0.05)
        return job

    def run(self, files: dict[str, bytes], **chosen: Any) -> dict[str, dict[str, Any]]:
        """Import files and return what came of each by name."""
        self.gather(files)
        started = self.start(**chosen)
        assert started.status_code == 200, started.text
        return {file["name"]: file for file in self.wait()["files"]}
