"""Fill in a text, with numbers and dates as the reader's language writes them.

In: a template as of ``str.format``, and its values. Out: the text. English is what ``str.format``
makes. Elsewhere the commas and points of numbers are exchanged, and months are named. How each
language writes them is from the Unicode CLDR.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Final

from bot.texts.languages import ENGLISH, current_language

_ISO_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Between groups of three digits, and at the end of a line unbroken.
_NARROW: Final = "\u202f"
_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class _Conventions:
    """How a language writes numbers and dates.

    ``group`` and ``decimal`` are the marks in numbers; a number has groups from ``least_grouped``
    digits on. ``months`` are those of a date with a day, ``months_alone`` those of one without,
    ``short_months`` the short ones. ``day`` and ``month`` are the order of a date, as of
    ``str.format``; ``first`` is the first day of a month.
    """

    group: str
    decimal: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    month: str = "{month} {year}"
    months_alone: tuple[str, ...] = ()
    least_grouped: int = 4
    first: str = "1"


_CONVENTIONS: Final = {
    "uk": _Conventions(
        group=_NO_BREAK,
        decimal=",",
        months=tuple(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада"
            " грудня".split()
        ),
        short_months=tuple(
            "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.".split()
        ),
        day="{day} {month} {year} р.",
        month="{month} {year} р.",
        months_alone=tuple(
            "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад"
            " грудень".split()
        ),
    ),
    "ru": _Conventions(
        group=_NO_BREAK,
        decimal=",",
        months=tuple(
            "января февраля марта апреля мая июня июля августа сентября октября ноября"
            " декабря".split()
        ),
        short_months=tuple("янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.".split()),
        day="{day} {month} {year} г.",
        month="{month} {year} г.",
        months_alone=tuple(
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь"
            " декабрь".split()
        ),
    ),
    "de": _Conventions(
        group=".",
        decimal=",",
        months=tuple(
            "Januar Februar März April Mai Juni Juli August September Oktober November"
            " Dezember".split()
        ),
        short_months=tuple("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()),
        day="{day}. {month} {year}",
    ),
    "fr": _Conventions(
        group=_NARROW,
        decimal=",",
        months=tuple(
            "janvier février mars avril mai juin juillet août septembre octobre novembre"
            " décembre".split()
        ),
        short_months=tuple(
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
        ),
        day="{day} {month} {year}",
        first="1er",
    ),
    "es": _Conventions(
        group=".",
        decimal=",",
        months=tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
            " diciembre".split()
        ),
        short_months=tuple("ene feb mar abr may jun jul ago sept oct nov dic".split()),
        day="{day} de {month} de {year}",
        month="{month} de {year}",
        least_grouped=5,
    ),
    "pl": _Conventions(
        group=_NO_BREAK,
        decimal=",",
        months=tuple(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
            " listopada grudnia".split()
        ),
        short_months=tuple("sty lut mar kwi maj cze lip sie wrz paź lis gru".split()),
        day="{day} {month} {year}",
        months_alone=tuple(
            "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik"
            " listopad grudzień".split()
        ),
        least_grouped=5,
    ),
    "tr": _Conventions(
        group=".",
        decimal=",",
        months=tuple(
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()
        ),
        short_months=tuple("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara".split()),
        day="{day} {month} {year}",
    ),
}


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Fill in the placeholders. Raises KeyError for one that has no value."""
    language = current_language()
    if language == ENGLISH:
        return template.format(**values)
    return _FORMATTERS[language].vformat(template, (), values)


def tell_date(iso_date: str) -> str:
    """Write the date of an article, such as 2026-11-22 or 2026-11; in English as it stands."""
    language = current_language()
    found = _ISO_DATE.fullmatch(iso_date)
    if language == ENGLISH or found is None or found[2] is None:
        return iso_date
    conventions = _CONVENTIONS[language]
    index = int(found[2]) - 1
    if found[3] is not None:
        day = int(found[3])
        shown_day = conventions.first if day == 1 else str(day)
        month = conventions.months[index]
        return conventions.day.format(day=shown_day, month=month, year=found[1])
    month = (conventions.months_alone or conventions.months)[index]
    return conventions.month.format(month=month, year=found[1])


class _Formatter(Formatter):
    """``str.format`` with the numbers and months of a language."""

    def __init__(self, conventions: _Conventions) -> None:
        self._conventions = conventions
        self._marks = str.maketrans({",": conventions.group, ".": conventions.decimal})

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 (as of Formatter)
        if isinstance(value, date):
            return format(value, self._name_month(value, format_spec))
        if isinstance(value, int | float):
            return self._write_number(value, format_spec)
        return str(format(value, format_spec))

    def _write_number(self, value: float, format_spec: str) -> str:
        ungrouped = format(value, format_spec.replace(",", ""))
        whole_digits = ungrouped.strip().lstrip("-").partition(".")[0]
        is_grouped = len(whole_digits) >= self._conventions.least_grouped
        written = format(value, format_spec) if is_grouped else ungrouped
        return written.translate(self._marks)

    def _name_month(self, day: date, format_spec: str) -> str:
        index = day.month - 1
        long, short = self._conventions.months[index], self._conventions.short_months[index]
        return format_spec.replace("%B", long).replace("%b", short)


_FORMATTERS: Final = {
    language: _Formatter(conventions) for language, conventions in _CONVENTIONS.items()
}
