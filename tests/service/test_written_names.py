"""Lists of names are read as they are written, whatever the names hold."""

from hypothesis import given
from hypothesis import strategies as st

from address_match.service.written_names import names_in, written_names

NAMES = st.text(st.sampled_from('a "\n,é'), min_size=1).map(str.strip).filter(bool)


@given(st.lists(NAMES))
def test_what_is_written_is_read(names: list[str]) -> None:
    assert names_in(written_names(names)) == tuple(names)


def test_a_quote_within_a_name_is_no_sign() -> None:
    assert names_in('6" main, road') == ('6" main', "road")
