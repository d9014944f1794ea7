"""Cost against size: points by engine to an SVG.

Both axes are logarithmic. It is readable on light and on dark.
"""

import html
import math
from collections.abc import Iterator, Mapping, Sequence

Line = Sequence[tuple[int, float]]
"""(Passages, cost), in ascending order of passages."""

_LEFT, _TOP, _WIDTH, _HEIGHT, _RIGHT, _BOTTOM = 58, 40, 250, 260, 132, 46
_PANEL = _LEFT + _WIDTH + _RIGHT
_APART = 15
# Between light and dark, so that they stand out from both.
_COLOURS = [
    "#e5484d",
    "#d9772b",
    "#8a8f98",
    "#2b9a66",
    "#3b82d6",
    "#6aa5e3",
    "#a568cc",
    "#b3931c",
    "#12a594",
]
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#7d8590}.title{font-weight:600}"
    ".axis{stroke:#7d8590;stroke-opacity:.35}"
    "path{fill:none;stroke-width:2;stroke-linejoin:round}"
)


def render_plot(panels: Mapping[str, Mapping[str, Line]], labels: Sequence[str]) -> str:
    """Render panels side by side, each a title with lines by label.

    ``labels`` gives each label its colour by its place.
    """
    colours = {label: _COLOURS[at % len(_COLOURS)] for at, label in enumerate(labels)}
    parts = []
    for at, (title, lines) in enumerate(panels.items()):
        panel = "".join(_render_panel(title, lines, colours))
        parts.append(f'<g transform="translate({at * _PANEL})">{panel}</g>')
    width, height = _PANEL * len(panels), _TOP + _HEIGHT + _BOTTOM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">\n'
        f"<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _render_panel(
    title: str, lines: Mapping[str, Line], colours: Mapping[str, str]
) -> Iterator[str]:
    sizes = sorted({size for line in lines.values() for size, _ in line})
    costs = [cost for line in lines.values() for _, cost in line]
    lowest, highest = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))
    highest = max(highest, lowest + 1)

    def x(size: int) -> float:
        return _LEFT + _WIDTH * _share(size, math.log10(sizes[0]), math.log10(sizes[-1]))

    def y(cost: float) -> float:
        return _TOP + _HEIGHT * (1 - _share(cost, lowest, highest))

    yield f'<text class="title" x="{_LEFT}" y="20">{html.escape(title)}</text>'
    for decade in range(lowest, highest + 1):
        at = y(10.0**decade)
        yield f'<line class="axis" x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{at:.1f}" y2="{at:.1f}"/>'
        yield (
            f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**decade:,.10g}</text>'
        )
    for size in sizes:
        yield (
            f'<text x="{x(size):.1f}" y="{_TOP + _HEIGHT + 20}" '
            f'text-anchor="middle">{size:,}</text>'
        )
    yield (
        f'<text x="{_LEFT + _WIDTH / 2}" y="{_TOP + _HEIGHT + 40}" '
        f'text-anchor="middle">passages</text>'
    )
    beside = _spread({label: y(line[-1][1]) for label, line in lines.items()})
    for label, line in lines.items():
        points = [(x(size), y(cost)) for size, cost in line]
        colour = colours[label]
        yield (
            f'<path stroke="{colour}" '
            f'd="M{" L".join(f"{across:.1f} {down:.1f}" for across, down in points)}"/>'
        )
        for across, down in points:
            yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{colour}"/>'
        place = f'x="{points[-1][0] + 9:.1f}" y="{beside[label] + 4:.1f}"'
        yield f'<text {place} style="fill:{colour}">{html.escape(label)}</text>'


def _share(value: float, lowest: float, highest: float) -> float:
    """Say where a value stands between two powers of ten, 0 to 1.

    It is in the middle if they are the same.
    """
    return (math.log10(value) - lowest) / (highest - lowest) if highest > lowest else 0.5


def _spread(wanted: Mapping[str, float]) -> dict[str, float]:
    """Move labels apart, downwards, and all of them up where the last would be below the axis."""
    placed: dict[str, float] = {}
    for label, down in sorted(wanted.items(), key=lambda item: item[1]):
        placed[label] = max([down, *(other + _APART for other in placed.values())])
    beyond = max(0.0, max(placed.values()) - _TOP - _HEIGHT)
    return {label: down - beyond for label, down in placed.items()}
