"""Dates and times as bylines of plain text write them.

In: a line. Out: its date in ISO 8601, or whether it holds nothing but a date. Formats are those of
English news sites and e-mails. Nothing here knows where in an article the line stands.
"""

import datetime as dt
import re

# The beginnings of the names, in lower case, in the calendar's order.
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# 2031-03-14, 14 March 2031, March 14, 2031.
_DATE = re.compile(
    r"\b(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?:T\d[\d:.]*Z?)?"
    r"|(?P<day>\d{1,2})\.?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2}),?\s+(?P<year2>\d{4})"
    r")\b"
)
# 10:30, 10:30:00, 10:30 a.m., 10 am, each with a time zone or an offset from UTC.
_TIME = re.compile(
    r"\b(?:\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*\(?(?:UTC|GMT|[A-Z]{1,4}T|Z)\b\)?)?(?:\s*[+-]\d{2}:?\d{2}\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?)\s+(?:second|minute|min|hour|day|week|month|year)s?\s+ago\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)
# How often or how long something is read: news sites put it beside the date.
_VIEWS = re.compile(
    r"\b\d[\d.,]*\s*[km]?\s+(?:views?|reads?|shares?|comments?|min(?:ute)?s?(?:\s+read)?)\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:published|updated|posted|last|on|date|at|modified)\b:?", re.IGNORECASE
)
# What may stand in a line that holds a date and nothing else, besides the day of the week.
_DATE_PARTS = (_DATE, _AGO, _TIME, _VIEWS, _DATE_WORDS)


def find_date(text: str) -> str:
    """Give the first date in ``text`` as YYYY-MM-DD; "" where it is none of the calendar's."""
    found = _DATE.search(text)
    if found is None:
        return ""
    try:
        date = _read_date(found)
    except ValueError:
        return ""
    return date.isoformat()


def holds_only_date(text: str) -> bool:
    """Say whether a line has a date, a time or the like, and no word besides."""
    without_weekday = _WEEKDAY.sub("", text)
    remainder = without_weekday
    for pattern in _DATE_PARTS:
        remainder = pattern.sub("", remainder)
    has_date = remainder != without_weekday
    return has_date and not any(map(str.isalpha, remainder))


def strip_date_words(name: str) -> str:
    """Take words of a date off the end of a name, as in "Ann Lee, updated March"."""
    words = name.split()
    while len(words) > 1 and _is_date_word(words[-1]):
        words.pop()
    return " ".join(words)


def _read_date(found: re.Match[str]) -> dt.date:
    """Give the date that _DATE found; raises ValueError for one that does not exist."""
    if found["iso"]:
        return dt.date.fromisoformat(found["iso"])
    month_name = found["month"] or found["month2"]
    month = _MONTHS.index(month_name[:3].lower()) + 1
    year = int(found["year"] or found["year2"])
    day = int(found["day"] or found["day2"])
    return dt.date(year, month, day)


def _is_date_word(word: str) -> bool:
    is_month = word[:3].lower() in _MONTHS
    return is_month or _DATE_WORDS.fullmatch(word) is not None
