"""What XML cannot hold is found, however long the text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from framework_coder.exchange.refi.outgoing import is_astral, is_legal

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ANY = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("\x00\x0b\ufffe\uffff\ud800\U0001f600 a")
)


@given(ANY, st.sampled_from([1, 600]))
def test_what_xml_forbids_is_found_in_short_and_long_texts(text: str, times: int) -> None:
    assert is_legal(text * times) == (_FORBIDDEN.search(text) is None)


@given(st.text())
def test_characters_outside_the_basic_plane_are_found(text: str) -> None:
    assert is_astral(text.encode()) == any(ord(sign) > 0xFFFF for sign in text)
