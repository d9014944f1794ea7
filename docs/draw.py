# ruff: noqa: INP001, T201 - docs is no package, and a command prints
"""Draws recorded Discord messages as the client shows them, in its dark theme.

`python docs/draw.py payloads.json OUTDIR`

In goes a list of {"name", "author", "kind": "message" | "ephemeral" | "modal", "reply_to",
"payload"}; the payload is what was sent to the API: a message, or an interaction response around
one. Out come NAME.html and NAME.png. reply_to is null, {"author", "content"} or {"author",
"command"}; "time" and "names" ({id: name}) may be given. It needs Chromium and nothing from the
network: pictures in messages are drawn as boxes, unless they stand in a `data:` address.
tests/discord_markdown.py reads the Markdown; sizes and colours are those of the client in 2026,
taken by eye.
"""

import argparse
import html
import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from discord_markdown import Node, read

Json = dict[str, Any]
EPHEMERAL = 1 << 6
SLACK_PX = 200  # a headless window shows a little less than it is high
AVATAR_COLOURS = ["#5865f2", "#3ba55d", "#c9772b", "#9b59b6", "#1f8b8b", "#c0566f"]
ICONS = {
    "link": "M13 4h7v7M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
    "down": "M5 9l7 7 7-7",
    "file": "M6 3h8l4 4v14H6ZM14 3v4h4",
}
CSS = """
*, ::before { box-sizing: border-box; }
html { background: #1a1a1e; }
body { margin: 0; color: #dfe0e2;
  font: 400 16px/22px "gg sans", "Noto Sans", Helvetica, Arial, sans-serif;
  -webkit-font-smoothing: antialiased; overflow: hidden; }
main { padding: 16px 0; position: relative; }
a, .blue { color: #00a8fc; text-decoration: none; }
svg { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; flex: none;
  }
.message { position: relative; padding: 2px 48px 2px 72px; min-height: 44px; }
.phone .message { padding-right: 16px; padding-left: 68px; }
.message.ephemeral { background: rgba(88, 101, 242, .07); box-shadow: inset 2px 0 #5865f2;
  padding-top: 6px;
  padding-bottom: 6px; }
.avatar { display: flex; align-items: center; justify-content: center; border-radius: 50%;
  color: #fff; flex: none;
  font-weight: 600; }
.message > .avatar { position: absolute; left: 16px; width: 40px; height: 40px; font-size: 18px;
  margin-top: 2px; }
.head { display: flex; align-items: center; gap: 4px; white-space: nowrap; }
.author { font-weight: 500; color: #fbfbfb; overflow: hidden; text-overflow: ellipsis; }
.app { background: #5865f2; color: #fff; font-size: 11px; line-height: 15px; font-weight: 600;
  border-radius: 4px;
  padding: 0 5px; }
time { color: #94959c; font-size: 12px; font-weight: 500; margin-left: 4px; }
.reply { display: flex; align-items: center; gap: 4px; font-size: 14px; line-height: 18px;
  color: #b9bac0;
  height: 18px;
  margin-bottom: 4px; position: relative; white-space: nowrap; min-width: 0; }
.reply::before { content: ""; position: absolute; left: -36px; top: 8px; width: 32px; height: 13px;
  border-left: 2px solid #46474e; border-top: 2px solid #46474e; border-top-left-radius: 6px; }
.reply .avatar { width: 16px; height: 16px; font-size: 9px; }
.reply b { font-weight: 500; color: #dfe0e2; }
.reply .excerpt { overflow: hidden; text-overflow: ellipsis; }
.command { color: #a9bbff; background: rgba(88, 101, 242, .24); border-radius: 4px; padding: 0 3px;
  font-weight: 500; }
.only-you { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; color: #94959c;
  font-size: 12px;
  line-height: 16px;
  margin-top: 6px; }
.text { white-space: break-spaces; overflow-wrap: anywhere; }
.stack { display: flex; flex-direction: column; gap: 8px; align-items: stretch; }
.body > .stack { margin-top: 4px; }
.small { font-size: 14px; line-height: 18px; }

strong, .b { font-weight: 700; }
h1, h2, h3 { font-weight: 700; line-height: 1.375; color: #fbfbfb; margin: 16px 0 8px;
  font-size: 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.25em; }
.text > :is(h1, h2, h3):first-child { margin-top: 8px; }
.small > :is(h1, h2, h3):first-child { margin-top: 0; }
.small :is(h1, h2, h3) { margin: 12px 0 4px; }
.small > :is(h1, h2, h3):last-child { margin-bottom: 0; }
.subtext { font-size: .8125rem; line-height: 1.125rem; color: #94959c; display: block; }
.small .subtext { font-size: 12px; line-height: 16px; }
.quote { display: flex; } .quote::before { content: ""; width: 4px; border-radius: 4px;
  background: #55565e;
  flex: none; }
.quote > div { padding: 0 8px 0 12px; min-width: 0; max-width: 90%; }
code { font: 85% / 1.3 "gg mono", "Source Code Pro", "Noto Sans Mono", Consolas, monospace;
  background: #2a2a30;
  border: 1px solid #3a3a41; border-radius: 4px; padding: 0 .2em; white-space: pre-wrap; }
pre { margin: 6px 0 0; } pre code { display: block; font-size: 14px; line-height: 18px;
  padding: 8px;
  background: #242429;
  max-width: 90%; }
.small pre code { font-size: 12px; line-height: 16px; max-width: 100%; }
ul, ol { margin: 4px 0 0; padding-left: 1.4em; white-space: normal; } ol { padding-left: 1.7em; }
li { white-space: break-spaces; margin-bottom: 4px; } li :is(ul, ol) { margin-top: 4px; }
.spoiler { background: #46474e; color: transparent; border-radius: 4px; }
.spoiler * { color: transparent !important; }
.mention { background: rgba(88, 101, 242, .24); color: #a9bbff; border-radius: 4px; padding: 0 2px;
  font-weight: 500; }
.moment { background: rgba(151, 151, 159, .16); border-radius: 3px; padding: 0 2px; }
.emoji { display: inline-block; width: 1.375em; height: 1.375em; border-radius: 4px;
  background: #46474e;
  font-size: 1em;
  vertical-align: bottom; text-align: center; overflow: hidden; color: #dfe0e2;
  line-height: 1.375em; }

.container { position: relative; background: #242429; border: 1px solid #35353c;
  border-radius: 8px; padding: 16px;
  max-width: 600px; overflow: hidden; }
.container.accent { padding-left: 19px; }
.container.accent::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; width: 4px;
  background: var(--accent); }
.section { display: flex; gap: 16px; align-items: flex-start; } .section > .stack { flex: 1;
  min-width: 0;
  gap: 4px; }
.separator { height: 1px; flex: none; } .separator.line { background: #3d3d45; }
  .separator.large { margin: 8px 0; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 6px;
  min-height: 32px;
  min-width: 60px;
  max-width: 100%; padding: 2px 12px; border-radius: 8px; font-size: 14px; line-height: 18px;
  font-weight: 500;
  border: 1px solid rgba(255, 255, 255, .08); color: #fff; overflow-wrap: anywhere; flex: none; }
.button.s2, .button.s5, .button.s6 { background: rgba(151, 151, 159, .14);
  border-color: rgba(151, 151, 159, .06);
  color: #ebebed; }
.button.s1, .button.s6 { background: #5865f2; } .button.s3 { background: #00863a; }
.button.s4 { background: #d22d39; }
.off { opacity: .5; }
.select, .input { display: flex; align-items: center; justify-content: space-between; gap: 8px;
  width: 100%;
  max-width: 400px;
  min-height: 40px; padding: 8px 12px; border-radius: 8px; background: #1d1d21;
  border: 1px solid #3a3a41;
  color: #94959c;
  font-size: 16px; line-height: 20px; }
.select .chosen { color: #dfe0e2; }
.options { width: 100%; max-width: 400px; background: #28282d; border: 1px solid #3a3a41;
  border-radius: 8px;
  padding: 8px; }
.picture { background: #35353c; border-radius: 8px; display: flex; align-items: center;
  justify-content: center;
  color: #94959c; font-size: 12px; line-height: 16px; text-align: center; padding: 6px;
  overflow: hidden;
  flex: none; }
.picture img { width: 100%; height: 100%; object-fit: cover; }
.thumbnail { width: 85px; height: 85px; }
.gallery { display: grid; gap: 4px; grid-template-columns: repeat(2, 1fr); max-width: 550px; }
.gallery .picture { aspect-ratio: 16 / 9; }
.gallery .picture:only-child { grid-column: span 2; aspect-ratio: auto; min-height: 120px; }
.file { display: flex; align-items: center; gap: 8px; background: #242429;
  border: 1px solid #35353c;
  border-radius: 8px;
  padding: 12px; max-width: 520px; }
.container .file { background: #2c2c32; } .container :is(.gallery, .file) { max-width: none; }
.unknown { border: 1px dashed #d22d39; color: #ff7f87; padding: 4px 8px; font-size: 12px; }

.embed { display: grid; grid-template-columns: auto; border-left: 4px solid var(--accent);
  border-radius: 4px;
  background: #242429; padding: 8px 16px 16px 12px; max-width: 516px; width: fit-content; }
.embed.pictured { grid-template-columns: auto min-content; column-gap: 16px; }
.embed > * { margin-top: 8px; grid-column: 1; min-width: 0; }
.embed .thumbnail { grid-column: 2; grid-row: 1 / 8; width: 80px; height: 80px; }
.embed .title { font-weight: 600; } .embed .title:not(.blue) { color: #fbfbfb; }
  .embed .by { font-size: 14px;
  line-height: 18px; font-weight: 600; }
.embed .fields { display: grid; grid-template-columns: repeat(12, 1fr); gap: 8px;
  grid-column: 1 / -1; }
.embed .fields .b { font-weight: 600; color: #fbfbfb; }
.embed .foot { font-size: 12px; line-height: 16px; grid-column: 1 / -1; color: #dfe0e2; }
.embed .wide { grid-column: 1 / -1; aspect-ratio: 16 / 9; min-width: 280px; }

.backdrop { background: #0e0e10; padding: 32px 16px; }
.modal { margin: 0 auto; width: 442px; max-width: 100%; background: #242429;
  border: 1px solid #35353c;
  border-radius: 12px;
  padding: 24px; display: flex; flex-direction: column; gap: 20px;
  box-shadow: 0 8px 32px rgba(0, 0, 0, .5); }
.modal header { display: flex; align-items: center; gap: 12px; font-size: 20px; line-height: 24px;
  font-weight: 700;
  color: #fbfbfb; }
.modal header .avatar { width: 24px; height: 24px; font-size: 12px; }
.modal .warning { font-size: 14px; line-height: 18px; color: #b9bac0; }
.modal .label { font-weight: 500; color: #ebebed; margin-bottom: 8px; line-height: 20px; }
.modal .label small { display: block; font-size: 14px; line-height: 18px; font-weight: 400;
  color: #94959c;
  margin-top: 2px; }
.modal .label i { color: #ff7f87; font-style: normal; }
.modal .select, .modal .input, .modal .options { max-width: none; }
.modal .input.tall { min-height: 88px; align-items: flex-start; }
  .modal .input.filled { color: #dfe0e2;
  white-space: pre-wrap; }
.modal footer { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.modal footer .button { min-height: 38px; }
.choice { display: flex; align-items: flex-start; gap: 10px; margin-top: 8px; line-height: 20px; }
.choice::before { content: ""; width: 20px; height: 20px; border: 1px solid #6a6b73;
  border-radius: 50%;
  flex: none; }
.choice.square::before { border-radius: 6px; } .choice.on::before { background: #5865f2;
  border-color: #5865f2; }
.choice.on:not(.square)::before { background: #fff; border: 6px solid #5865f2; }
.choice.square.on::before { content: "✓"; color: #fff; font-size: 14px; text-align: center; }
.choice small { display: block; font-size: 12px; line-height: 16px; color: #94959c; }
.upload { border: 1px dashed #55565e; border-radius: 8px; padding: 20px; text-align: center;
  color: #94959c;
  font-size: 14px; }
"""


# Markdown -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Writer:
    """Writes nodes of Markdown as HTML; names gives what an id is called."""

    names: dict[str, str] = field(default_factory=dict)

    def markdown(self, text: str) -> str:
        """Give the HTML of Markdown source."""
        return self.nodes(read(text))

    def nodes(self, nodes: list[Node]) -> str:
        """Give the HTML of nodes."""
        return "".join(map(self.node, nodes))

    def node(self, node: Node) -> str:
        """Give the HTML of one node."""
        inside = self.nodes(node.children) if node.children else html.escape(node.text)
        match node.kind:
            case "text":
                return inside
            case "heading":
                return f"<h{node.target}>{inside}</h{node.target}>"
            case "quote":
                return f'<div class="quote"><div>{inside}</div></div>'
            case "code block":
                return f"<pre><code>{inside}</code></pre>"
            case "list":
                return (
                    f'<ol start="{node.target}">{inside}</ol>'
                    if node.target
                    else f"<ul>{inside}</ul>"
                )
            case "masked link" | "link":
                return f"<a>{inside}</a>"
            case "user" | "role" | "channel" | "command" | "navigation" | "everyone":
                return f'<span class="mention">{html.escape(self.called(node))}</span>'
            case "timestamp":
                return f'<span class="moment">{html.escape(shown_moment(node.target))}</span>'
            case "emoji" | "shortcode":
                return f'<span class="emoji">{html.escape(node.target[:1])}</span>'
            case "spoiler" | "subtext":
                return f'<span class="{node.kind}">{inside}</span>'
            case _:
                tags = {
                    "bold": "strong",
                    "italic": "em",
                    "underline": "u",
                    "strike": "s",
                    "code": "code",
                    "item": "li",
                }
                tag = tags.get(node.kind, "span")
                return f"<{tag}>{inside}</{tag}>"

    def called(self, node: Node) -> str:
        """Give the name behind an id."""
        sign = {
            "user": "@",
            "role": "@",
            "channel": "#",
            "command": "/",
            "navigation": "#",
            "everyone": "@",
        }[node.kind]
        return sign + self.names.get(node.target, node.target)

    def text(self, source: str, kind: str = "") -> str:
        """Give a block of Markdown."""
        return f'<div class="text {kind}">{self.markdown(source)}</div>'


def shown_moment(target: str) -> str:
    """Give the moment of a timestamp in the style that it asks for, in UTC."""
    seconds, _, style = target.partition(":")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, ValueError, OSError):
        return "Invalid Date"
    if style == "R":
        return since(datetime.now(UTC).timestamp() - moment.timestamp())
    day = f"{moment.day} {moment:%B %Y}"
    clock = f"{moment:%H:%M}"
    styles = {
        "t": clock,
        "T": f"{moment:%H:%M:%S}",
        "d": f"{moment:%d/%m/%Y}",
        "D": day,
        "F": f"{moment:%A}, {day} {clock}",
    }
    return styles.get(style, f"{day} {clock}")


def since(seconds: float) -> str:
    """Give a span as `3 days ago` or `in 3 days`."""
    units = [
        ("year", 31_557_600),
        ("month", 2_629_800),
        ("day", 86_400),
        ("hour", 3_600),
        ("minute", 60),
        ("second", 1),
    ]
    name, size = next((unit for unit in units if abs(seconds) >= unit[1]), units[-1])
    number = round(abs(seconds) / size)
    words = f"{number} {name}{'s' * (number != 1)}"
    return f"{words} ago" if seconds >= 0 else f"in {words}"


# Components ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawer:
    """Draws components, by the number of their type."""

    writer: Writer
    small: bool = False

    def all(self, components: list[Json]) -> str:
        """Give the HTML of components below each other."""
        return "".join(map(self.one, components))

    def one(self, component: Json) -> str:
        """Give the HTML of one component.

        One that is not known is drawn as a red box, so that it is noticed.
        """
        drawers = {
            1: self.row,
            2: self.button,
            3: self.select,
            4: self.text_input,
            **dict.fromkeys((5, 6, 7, 8), self.select),
            9: self.section,
            10: self.text_display,
            11: self.thumbnail,
            12: self.gallery,
            13: self.file,
            14: self.separator,
            17: self.container,
            18: self.label,
            19: self.upload,
            21: self.choices,
            22: self.choices,
            23: self.checkbox,
        }
        number = component.get("type", 0)
        if number not in drawers:
            return (
                f'<div class="unknown">component of type {html.escape(str(number))} is not '
                f"drawn</div>"
            )
        return drawers[number](component)

    def row(self, component: Json) -> str:
        """Draw an action row."""
        return f'<div class="row">{self.all(component.get("components", []))}</div>'

    def button(self, component: Json) -> str:
        """Draw a button."""
        style = component.get("style", 2)
        off = " off" if component.get("disabled") else ""
        inside = (
            emoji(component.get("emoji"))
            + f"<span>{html.escape(component.get('label') or '')}</span>"
        )
        return (
            f'<span class="button '
            f's{style}{off}">{inside}{icon("link") if style == 5 else ""}</span>'
        )

    def select(self, component: Json) -> str:
        """Draw a closed select menu."""
        chosen = [option for option in component.get("options", []) if option.get("default")]
        kinds = {5: "a user", 6: "a role", 7: "someone", 8: "a channel"}
        empty = (
            component.get("placeholder") or f"Select {kinds.get(component['type'], 'an option')}"
        )
        shown = ", ".join(option["label"] for option in chosen) or empty
        off = " off" if component.get("disabled") else ""
        inside = (
            f"<span "
            f'class="{"chosen" if chosen else ""}">{html.escape(shown)}</span>{icon("down", 20)}'
        )
        return f'<div class="select{off}">{inside}</div>'

    def section(self, component: Json) -> str:
        """Draw texts with a button or picture beside them."""
        texts = self.all(component.get("components", []))
        return (
            f'<div class="section"><div '
            f'class="stack">{texts}</div>{self.one(component.get("accessory", {}))}</div>'
        )

    def text_display(self, component: Json) -> str:
        """Draw text."""
        return self.writer.text(component.get("content", ""), "small" if self.small else "")

    def thumbnail(self, component: Json) -> str:
        """Draw a small picture."""
        return picture(component.get("media", {}), component, "thumbnail")

    def gallery(self, component: Json) -> str:
        """Draw pictures side by side."""
        pictures = "".join(
            picture(item.get("media", {}), item) for item in component.get("items", [])
        )
        return f'<div class="gallery">{pictures}</div>'

    def file(self, component: Json) -> str:
        """Draw a file to download."""
        return file_card(
            component.get("name") or component.get("file", {}).get("url", "").rpartition("/")[2]
        )

    def separator(self, component: Json) -> str:
        """Draw space, with a line unless there is none."""
        line = " line" if component.get("divider", True) else ""
        return (
            f"<div "
            f'class="separator{line}{" large" if component.get("spacing") == 2 else ""}"></div>'
        )

    def container(self, component: Json) -> str:
        """Draw a frame, with its bar of colour."""
        accent = component.get("accent_color")
        bar = f' accent" style="--accent: {colour(accent)}' if accent is not None else ""
        inside = Drawer(self.writer, small=True).all(component.get("components", []))
        return f'<div class="container{bar}"><div class="stack">{inside}</div></div>'

    # In modals

    def label(self, component: Json) -> str:
        """Draw what stands above an input, and the input."""
        inner = component.get("component", {})
        return (
            f"<div>{label(component, required=inner.get('required', True))}{self.one(inner)}</div>"
        )

    def text_input(self, component: Json) -> str:
        """Draw a field to type in, with its own label when it brings one.

        It does so in an action row.
        """
        above = (
            label(component, required=component.get("required", True))
            if component.get("label")
            else ""
        )
        value = component.get("value") or ""
        kind = f"input{' tall' if component.get('style') == 2 else ''}{' filled' if value else ''}"
        return (
            f"{above}<div "
            f'class="{kind}">{html.escape(value or component.get("placeholder") or "")}</div>'
        )

    def upload(self, _component: Json) -> str:
        """Draw a place to drop files."""
        return '<div class="upload">Drop files here or <span class="blue">browse</span></div>'

    def choices(self, component: Json) -> str:
        """Draw the options of a radio group or of a checkbox group."""
        square = " square" if component["type"] == 22 else ""
        options = component.get("options", [])
        return "".join(
            choice(option, f"{square}{' on' if option.get('default') else ''}")
            for option in options
        )

    def checkbox(self, component: Json) -> str:
        """Draw a single checkbox."""
        return choice(component, f" square{' on' if component.get('default') else ''}")


def colour(number: int) -> str:
    """Give a colour of the API as CSS."""
    return f"#{number:06x}"


def icon(name: str, size: int = 16) -> str:
    """Draw a small sign."""
    return (
        f'<svg viewBox="0 0 24 24" width="{size}" height="{size}"><path d="{ICONS[name]}"/></svg>'
    )


def emoji(partial: Json | None) -> str:
    """Draw the emoji of a button: itself, or a box when it is one of a server's own."""
    if not partial:
        return ""
    name = html.escape(partial.get("name") or "")
    return f'<span class="emoji">{name[:1]}</span>' if partial.get("id") else f"<span>{name}</span>"


def picture(media: Json, facts: Json, kind: str = "") -> str:
    """Draw a picture: itself when it is in the address.

    Else a box with its description or file name is drawn.
    """
    url = media.get("url", "")
    name = facts.get("description") or url.rpartition("/")[2]
    inside = (
        f'<img src="{html.escape(url)}">' if url.startswith("data:image/") else html.escape(name)
    )
    return f'<div class="picture {kind}">{inside}</div>'


def file_card(name: str) -> str:
    """Draw a file to download."""
    return (
        f'<div class="file">{icon("file", 24)}<span class="blue">{html.escape(name)}</span></div>'
    )


def label(component: Json, *, required: bool) -> str:
    """Draw what stands above an input."""
    star = " <i>*</i>" if required else ""
    below = (
        f"<small>{html.escape(component['description'])}</small>"
        if component.get("description")
        else ""
    )
    return f'<div class="label">{html.escape(component.get("label") or "")}{star}{below}</div>'


def choice(option: Json, kind: str) -> str:
    """Draw an option that can be ticked."""
    below = (
        f"<small>{html.escape(option['description'])}</small>" if option.get("description") else ""
    )
    return (
        f"<div "
        f'class="choice{kind}"><span>{html.escape(option.get("label") or "")}{below}</span></div>'
    )


# Messages -----------------------------------------------------------------------------------------


def draw_embed(embed: Json, writer: Writer) -> str:
    """Draw an embed."""
    parts = []
    if thumbnail := embed.get("thumbnail"):
        parts.append(picture(thumbnail, {}, "thumbnail"))
    if author := embed.get("author"):
        parts.append(f'<div class="by">{html.escape(author["name"])}</div>')
    if title := embed.get("title"):
        kind = "title blue" if embed.get("url") else "title"
        parts.append(f'<div class="{kind} text">{writer.markdown(title)}</div>')
    if description := embed.get("description"):
        parts.append(writer.text(description, "small"))
    if fields := embed.get("fields"):
        parts.append(f'<div class="fields">{"".join(draw_fields(fields, writer))}</div>')
    if image := embed.get("image"):
        parts.append(picture(image, {}, "wide"))
    foot = [
        html.escape(embed.get("footer", {}).get("text", "")),
        html.escape(embed.get("timestamp", "")[:10]),
    ]
    if any(foot):
        parts.append(f'<div class="foot">{" • ".join(filter(None, foot))}</div>')
    pictured = " pictured" if thumbnail else ""
    accent = colour(embed["color"]) if embed.get("color") is not None else "#35353c"
    return f'<div class="embed{pictured}" style="--accent: {accent}">{"".join(parts)}</div>'


def draw_fields(fields: list[Json], writer: Writer) -> Iterator[str]:
    """Draw the fields of an embed: up to three inline ones share a line."""
    line: list[Json] = []
    for index, entry in enumerate(fields):
        line.append(entry)
        following = fields[index + 1] if index + 1 < len(fields) else {}
        if entry.get("inline") and following.get("inline") and len(line) < 3:
            continue
        for part in line:
            name = f'<div class="b">{writer.markdown(part["name"])}</div>'
            span = 12 // len(line)
            value = writer.markdown(part["value"])
            yield f'<div class="text small" style="grid-column: span {span}">{name}{value}</div>'
        line = []


def avatar(name: str) -> str:
    """Draw a disc with the first letter of a name."""
    shade = AVATAR_COLOURS[zlib.crc32(name.encode()) % len(AVATAR_COLOURS)]
    return (
        f'<span class="avatar" style="background: {shade}">{html.escape(name[:1].upper())}</span>'
    )


def draw_reply(reply: Json, writer: Writer) -> str:
    """Draw the line above a message: what it answers."""
    author = html.escape(reply["author"])
    if command := reply.get("command"):
        words = f'used <span class="command">{html.escape("/" + command.removeprefix("/"))}</span>'
    else:
        words = writer.markdown(" ".join(reply.get("content", "").split()))
    return (
        f'<div class="reply">{avatar(reply["author"])}<b>{author}</b><span '
        f'class="excerpt">{words}</span></div>'
    )


def draw_message(entry: Json, payload: Json) -> str:
    """Draw a message with all that belongs to it."""
    writer = Writer(entry.get("names", {}))
    hidden = entry["kind"] == "ephemeral" or bool(payload.get("flags", 0) & EPHEMERAL)
    moment = html.escape(entry.get("time", "Today at 12:34"))
    author = html.escape(entry["author"])
    embeds = "".join(draw_embed(embed, writer) for embed in payload.get("embeds", []))
    files = "".join(file_card(file.get("filename", "")) for file in payload.get("attachments", []))
    if any(component.get("type") in {12, 13, 17} for component in payload.get("components", [])):
        files = ""  # a message of components shows its files itself
    stack = embeds + files + Drawer(writer).all(payload.get("components", []))
    body = [
        writer.text(payload["content"]) if payload.get("content") else "",
        f'<div class="stack">{stack}</div>' * bool(stack),
    ]
    only = (
        f'<div class="only-you">{icon("eye")}Only you can see this • <span '
        f'class="blue">Dismiss message</span></div>'
    )
    return (
        f'<div class="message{" ephemeral" * hidden}">'
        + (draw_reply(entry["reply_to"], writer) if entry.get("reply_to") else "")
        + f'{avatar(entry["author"])}<div class="head"><span '
        f'class="author">{author}</span><span class="app">APP</span>'
        f'<time>{moment}</time></div><div class="body">{"".join(body)}{only * hidden}</div></div>'
    )


def draw_modal(entry: Json, payload: Json) -> str:
    """Draw a form over the darkened chat."""
    author = html.escape(entry["author"])
    warning = (
        f"This form will be submitted to {author}. Do not share passwords or other sensitive "
        f"information."
    )
    inside = Drawer(Writer(entry.get("names", {}))).all(payload.get("components", []))
    title = html.escape(payload.get("title", ""))
    return (
        f'<div class="backdrop"><div '
        f'class="modal"><header>{avatar(entry["author"])}{title}</header>'
        f'<div class="warning">{warning}</div>{inside}'
        '<footer><span class="button s2">Cancel</span><span class="button '
        's1">Submit</span></footer></div></div>'
    )


def draw_entry(entry: Json) -> str:
    """Draw one recorded message or form."""
    payload = entry["payload"]
    payload = payload["data"] if isinstance(payload.get("data"), dict) else payload
    return draw_modal(entry, payload) if entry["kind"] == "modal" else draw_message(entry, payload)


def draw_page(entry: Json, width: int) -> str:
    """Give the page of one recorded message, or of several below one another.

    Its script writes the height into the title.
    """
    drawn = "".join(map(draw_entry, entry.get("entries", [entry])))
    device = "phone" if width < 600 else "desktop"
    frame = f'style="width: {width}px{"; padding: 0" if entry.get("kind") == "modal" else ""}"'
    measure = (
        "document.title = Math.ceil(document.querySelector('main').getBoundingClientRect().height)"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta '
        f'charset="utf-8"><title></title><style>{CSS}</style></head>'
        f'<body class="{device}"><main '
        f"{frame}>{drawn}</main><script>{measure}</script></body></html>"
    )


# Pictures -----------------------------------------------------------------------------------------


def take_picture(page: Path, width: int, ratio: int) -> None:
    """Take the PNG of a page, as high as what is drawn on it."""
    title = re.search(
        r"<title>(\d+)</title>", run_chromium(page, (width, 800), ratio, "--dump-dom")
    )
    if title is None:
        raise RuntimeError(f"Chromium did not measure {page}")
    height = int(title[1])
    target = page.with_suffix(".png")
    target.unlink(missing_ok=True)
    size = (width, height + SLACK_PX)
    run_chromium(page, size, ratio, f"--screenshot={target.resolve()}")
    target.write_bytes(crop_png(target.read_bytes(), width * ratio, height * ratio))


def run_chromium(page: Path, size: tuple[int, int], ratio: int, what: str) -> str:
    """Run Chromium once, with a profile of its own, and give what it prints."""
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        raise RuntimeError(
            "Chromium is not installed (Debian: apt-get install chromium fonts-noto-core)"
        )
    with tempfile.TemporaryDirectory() as profile:
        switches = (
            "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
            "hide-scrollbars"
        )
        command = [
            program,
            "--headless",
            *(f"--{switch}" for switch in switches.split()),
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={profile}",
            f"--force-device-scale-factor={ratio}",
            f"--window-size={max(size[0], 500)},{size[1]}",
            what,
            page.resolve().as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)  # noqa: S603 - our own
    return done.stdout


def crop_png(data: bytes, width: int, height: int) -> bytes:
    """Keep the upper left part of a PNG.

    Rows refer only to what is above and left of them, so they can just be cut.
    """
    chunks = list(read_chunks(data))
    header = next(body for name, body in chunks if name == b"IHDR")
    full_width, full_height, depth, colour_type = struct.unpack(">IIBB", header[:10])
    if depth != 8 or colour_type not in {2, 6} or header[12]:
        raise ValueError("only plain RGB and RGBA pictures can be cut")
    width, height = min(width, full_width), min(height, full_height)
    pixel = 3 if colour_type == 2 else 4
    rows = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    stride = 1 + full_width * pixel
    kept = b"".join(rows[row * stride : row * stride + 1 + width * pixel] for row in range(height))
    parts = [
        (b"IHDR", struct.pack(">II", width, height) + header[8:]),
        (b"IDAT", zlib.compress(kept, 9)),
        (b"IEND", b""),
    ]
    return data[:8] + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def read_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the chunks of a PNG: name and body."""
    at = 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += size + 12


def main() -> None:
    """Draw every recorded message of a file."""
    parser = argparse.ArgumentParser(description="Draw recorded Discord messages as HTML and PNG.")
    parser.add_argument("payloads", type=Path, help="a JSON list of recorded messages")
    parser.add_argument("outdir", type=Path, help="where NAME.html and NAME.png go")
    parser.add_argument(
        "--width",
        type=int,
        default=800,
        help="in pixels: 800 like a desktop (default), 400 like a phone",
    )
    parser.add_argument(
        "--ratio",
        type=int,
        default=2,
        help="pixels of the picture a pixel of the page (default: 2)",
    )
    parser.add_argument(
        "--html-only", action="store_true", help="take no pictures (needs no Chromium)"
    )
    arguments = parser.parse_args()
    arguments.outdir.mkdir(parents=True, exist_ok=True)
    for entry in json.loads(arguments.payloads.read_text(encoding="utf-8")):
        page = arguments.outdir / f"{entry['name']}.html"
        page.write_text(draw_page(entry, arguments.width), encoding="utf-8")
        if not arguments.html_only:
            take_picture(page, arguments.width, arguments.ratio)
        print(page if arguments.html_only else page.with_suffix(".png"))


if __name__ == "__main__":
    main()
