import re
from datetime import date

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""The one form in which a day is asked for."""
DAY_IN_WORDS = "YYYY-MM-DD, such as 2021-03-21"


def written_day(text: str) -> date:
    """Return the day that is written as YYYY-MM-DD; raises ValueError for every other form, and for what is no day.

    >>> written_day("2021-03-21")
    datetime.date(2021, 3, 21)
    """
    if not re.fullmatch(DAY, text):
        raise ValueError(f"{text!r} is no day of the form {DAY_IN_WORDS}")
    return date.fromisoformat(text)
