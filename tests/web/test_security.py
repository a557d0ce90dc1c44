"""Attacks on the server: strangers, other sites' pages, names that point here, hostile words."""

from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import HOST, ORIGIN, Interface

from framework_coder.web.pages import embed
from framework_coder.web.security import own_hosts

PAGES = [
    "/",
    "/matrix",
    "/journal",
    "/look.css",
    "/api/matrix/changes?since=0&shape=x",
    "/api/news?since=0",
    "/api/openapi.json",
]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_told_without_the_cookie(stranger: Interface, address: str) -> None:
    answer = stranger.browser.get(address)
    assert answer.status_code == 401
    assert "S01" not in answer.text


@pytest.mark.parametrize("guess", ["", "guess", "Schlüssel", "\ud800", "\0"])
def test_a_guess_is_refused_whatever_letters_it_has(stranger: Interface, guess: str) -> None:
    asked = quote(guess, errors="surrogatepass")
    assert stranger.browser.get(f"/open?token={asked}").status_code == 401
    cookie = f"{stranger.guard.cookie}={guess}".encode(errors="surrogatepass")
    assert stranger.browser.get("/", headers={"Cookie": cookie}).status_code == 401


def test_the_opening_link_lets_one_browser_in_and_then_no_other(stranger: Interface) -> None:
    assert stranger.browser.get("/open?token=guess").status_code == 401
    answer = stranger.browser.get(f"/open?token={stranger.guard.token}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.browser.get("/").status_code == 200
    stranger.browser.cookies.clear()
    assert stranger.browser.get(f"/open?token={stranger.guard.token}").status_code == 401


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:9000", "localhost.evil.example:8000", ""],
)
def test_a_name_that_was_pointed_here_by_somebody_else_is_refused(interface: Interface, host: str) -> None:
    assert interface.browser.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_the_names_of_this_machine_are_ours(interface: Interface, host: str) -> None:
    headers = {"Host": host, "Cookie": f"{interface.guard.cookie}={interface.guard.session}"}
    assert interface.browser.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"http://{HOST}.evil.example", ""])
def test_a_change_from_another_page_is_refused_though_the_cookie_is_right(
    interface: Interface, origin: str
) -> None:
    before = interface.project.history.newest()
    assert interface.browser.post("/api/undo", headers={"Origin": origin}).status_code == 403
    assert interface.browser.post("/api/undo").status_code == 403
    assert interface.project.history.newest() == before
    assert interface.browser.post("/api/undo", headers=ORIGIN).status_code == 200


@pytest.mark.parametrize("address", ["/", "/matrix", "/static/css/base.css", "/nowhere"])
def test_every_answer_carries_the_policy(interface: Interface, address: str) -> None:
    headers = interface.browser.get(address).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/css/../../app.py",
    ],
)
def test_no_file_outside_the_static_folder_is_served(interface: Interface, path: str) -> None:
    assert interface.browser.get(path).status_code in {404, 405}


def test_no_page_has_a_script_or_a_style_inside(interface: Interface) -> None:
    for address in ("/", "/matrix", "/journal"):
        page = interface.browser.get(address).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        for script in page.split("<script")[1:]:
            assert 'type="module" src=' in script or 'type="application/json"' in script


def test_hostile_names_are_text_on_every_page(interface: Interface) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    interface.project.sites.add("S09", hostile)
    for address in ("/", "/matrix", "/journal"):
        assert "<img src=x" not in interface.browser.get(address).text
    page = HTMLParser(interface.browser.get("/matrix").text)
    assert hostile in [head.text(deep=False) for head in page.css("#grid th.side")]


def test_data_inside_a_page_cannot_end_its_element() -> None:
    assert "<" not in embed({"a": "</script><!--\u2028&"})


def test_a_server_for_others_answers_to_the_name_it_was_given_only() -> None:
    assert own_hosts("study.local", 80) == {"study.local:80"}
