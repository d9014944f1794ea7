"""The questions of some days as a picture.

In: figures. Out: a PNG, and its text for those who do not see it. matplotlib is imported only where
something is drawn: it is of the extra ``charts``, and takes long. Drawn in a thread, one at a time.
"""

import importlib.util
import io
import logging
import threading
from collections.abc import Sequence
from typing import Any

from bot.chat.figures import DayFigures, Statistics
from bot.texts import figures as texts

NAME = "questions.png"

# On a phone the picture is about 330 px wide: letters are then 13 px high.
_INCHES = (5.0, 3.7)
_DOTS_PER_INCH = 200
_PAD_INCHES = 0.12
_LETTERS_PT = 14
# The picture has a ground of its own, on which the colours are told apart in light and dark, also
# by those who see no red or green.
_GROUND, _LETTERS, _GRID = "#22252b", "#e9ebee", "#4a4f58"
_ANSWERED, _REFUSED = "#4fb286", "#f0b34e"
_STRIPES = "///"
_BAR_WIDTH = 0.8
# So many days are named below the bars.
_NAMED_DAYS = 4

_drawing = threading.Lock()
# matplotlib tells at INFO how it lists its fonts.
logging.getLogger("matplotlib").setLevel(logging.WARNING)


def can_draw() -> bool:
    """Say whether what draws is installed."""
    return importlib.util.find_spec("matplotlib") is not None


def draw_questions(days: Sequence[DayFigures]) -> bytes:
    """Draw a bar for each day, what was answered below what was not."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 (an extra, slow)
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    file = io.BytesIO()
    with _drawing:
        layout = ConstrainedLayoutEngine(w_pad=_PAD_INCHES, h_pad=_PAD_INCHES)
        figure = Figure(_INCHES, _DOTS_PER_INCH, facecolor=_GROUND, layout=layout)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot(facecolor=_GROUND)
        _draw_bars(axes, days)
        _dress(axes, days)
        figure.savefig(file, format="png")
    return file.getvalue()


def describe_questions(statistics: Statistics) -> str:
    """Say what the picture shows."""
    days = statistics.days
    busiest = max(days, key=_count)
    return texts.ALT_TEXT(
        first=days[0].day,
        last=days[-1].day,
        answered=statistics.answered,
        refused=statistics.refused,
        busiest=busiest.day,
        most=_count(busiest),
    )


def _draw_bars(axes: Any, days: Sequence[DayFigures]) -> None:  # noqa: ANN401 (of the extra)
    places = range(len(days))
    answered = [one.answered for one in days]
    refused = [one.refused for one in days]
    axes.bar(places, answered, _BAR_WIDTH, color=_ANSWERED, label=texts.PICTURE_ANSWERED())
    axes.bar(
        places,
        refused,
        _BAR_WIDTH,
        bottom=answered,
        facecolor=_REFUSED,
        # Whoever does not see the colours sees the stripes.
        hatch=_STRIPES,
        edgecolor=_GROUND,
        linewidth=0,
        label=texts.PICTURE_REFUSED(),
    )


def _dress(axes: Any, days: Sequence[DayFigures]) -> None:  # noqa: ANN401 (of the extra)
    """Name what the bars show, in letters that a phone can show."""
    axes.set_title(texts.PICTURE_TITLE(), color=_LETTERS, fontsize=_LETTERS_PT + 2, loc="left")
    step = max(1, (len(days) - 1) // (_NAMED_DAYS - 1))
    named = range(len(days) - 1, -1, -step)
    axes.set_xticks(list(named), [texts.PICTURE_DAY(day=days[one].day) for one in named])
    axes.tick_params(colors=_LETTERS, labelsize=_LETTERS_PT, length=0)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=4)
    axes.set_ylim(bottom=0, top=max(1, *map(_count, days)) * 1.05)
    axes.grid(axis="y", color=_GRID)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.12),
        ncols=2,
        fontsize=_LETTERS_PT,
        labelcolor=_LETTERS,
        frameon=False,
        handlelength=1,
    )


def _count(figures: DayFigures) -> int:
    return figures.answered + figures.refused
