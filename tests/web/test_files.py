"""Scripts and styles: kept for good under their fingerprint, checked again elsewhere; modules named ahead."""

import re

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import Interface

from framework_coder.web.files import STATIC, fingerprint, modules_behind


def test_a_file_under_the_fingerprint_is_kept_for_good_and_any_other_is_not(interface: Interface) -> None:
    kept = interface.browser.get(f"/static/{fingerprint()}/css/base.css")
    plain = interface.browser.get("/static/css/base.css")
    assert kept.content == plain.content
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" not in plain.headers.get("Cache-Control", "")
    assert interface.browser.get("/static/0123456789ab/css/base.css").status_code == 404
    assert interface.browser.get(f"/static/{fingerprint()}/../app.py").status_code == 404


def test_a_page_names_every_module_that_its_script_will_import(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/sources/D01").text)
    named = {str(link.attributes["href"]) for link in page.css('link[rel="modulepreload"]')}
    script = str(page.css_first('script[type="module"]').attributes["src"])
    assert script in named
    for address in named:
        answer = interface.browser.get(address)
        assert answer.status_code == 200
        for name in re.findall(r'^import [^"]*"([^"]+)"', answer.text, re.MULTILINE):
            assert str(interface.browser.base_url.join(address).join(name).path) in named


def test_modules_behind_a_script_are_files_of_ours() -> None:
    found = modules_behind("js/coding/reader.js")
    assert "js/lib/decode.js" in found
    assert "vendor/lit-html.js" in found
    assert all((STATIC / path).is_file() for path in found)
