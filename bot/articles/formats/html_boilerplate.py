"""What of an HTML page is no article: menus, notices, forms, scripts and what is hidden.

In: the tree of a page. Out: the parts of it to read, and for each element whether it is left out
and as what. Rules go by element, role and the words of class and id. Words alone never decide: a
menu consists of links, a notice of consent has a button. What holds the article is never left out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Literal

from bot.articles.formats.html_tree import HEADINGS, Element, Event, Tree

LeftOut = Literal[
    "navigation",
    "page header",
    "page footer",
    "aside",
    "form",
    "notice",
    "share",
    "hidden",
    "script",
    "media",
    "reference",
    "outside",
    "title",
]

_BY_NAME: dict[str, LeftOut] = {
    "nav": "navigation",
    "script": "script",
    "style": "script",
    "template": "script",
    "noscript": "script",
    "svg": "media",
    "iframe": "media",
    "noembed": "media",
    "noframes": "media",
    "object": "media",
    "audio": "media",
    "video": "media",
    "canvas": "media",
    "annotation": "hidden",
    "annotation-xml": "hidden",
    "title": "title",
    "select": "form",
    "textarea": "form",
    "datalist": "form",
    "option": "form",
    "optgroup": "form",
    "progress": "form",
    "meter": "form",
}
_BY_ROLE: dict[str, LeftOut] = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "search": "form",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "aside",
    "dialog": "notice",
    "alertdialog": "notice",
}
# What lies in one of these has a header, a footer and asides of its own.
_SECTIONING = ("article", "main", "section", "blockquote", "details", "figure")
_NOT_BY_WORDS = frozenset((*HEADINGS, "main", "article", "body", "table", "tbody", "tr", "td", "p"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TEXT_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_NAVIGATION_WORDS = frozenset(
    "breadcrumb breadcrumbs menu nav navbar navigation pager pagination sidebar toc".split()
)
_SHARE_WORDS = frozenset("share sharing social".split())
_ASIDE_WORDS = frozenset("ads advert advertisement newsletter promo related sponsored".split())
_CONSENT_WORDS = frozenset("consent cookie cookies gdpr".split())
# As these, elements are taken out of sight and left to programs that read aloud.
_UNSEEN_CLASSES = frozenset(
    ("sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "mw-editsection")
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# A share bar, a form or a notice of consent with more words would be an article about them.
_MOST_SHARE_WORDS = 40
_MOST_CONSENT_WORDS = 200
_QUESTION_ENDS = ("?", "？", "؟")
# So many characters are looked at for the last one of a text, and so many events for a mark.
_MOST_TRAILING = 100
_MOST_EVENTS_OF_MARK = 20


class Page:
    """A tree with what is counted in it, once for the whole page."""

    def __init__(self, tree: Tree, *, is_fragment: bool = False) -> None:
        """Count the words, and choose the parts to read: of a fragment all."""
        self.tree = tree
        # How many words lie before each event, and how many of these in links and buttons.
        self._words = [0]
        self._link_words = [0]
        # The last text before each event that is not blank.
        self._last_texts: list[Event | None] = [None]
        self._count_words()
        self._is_fragment = is_fragment
        self._in_sections = _find_inside(tree, _is_section)
        self._buttons = [element.first for element in tree.elements() if _is_control(element)]
        self._panels = self._find_panels()
        self.parts = [tree.root] if is_fragment else self._choose_parts()
        self._part_starts = [part.first for part in self.parts]

    def words(self, element: Element) -> int:
        """Count the words of an element, tags and blanks aside."""
        return self._words[element.last] - self._words[element.first]

    def is_inside(self, element: Element) -> bool:
        """Say whether an element lies in a part that is read, or is one."""
        index = bisect_right(self._part_starts, element.first) - 1
        return index >= 0 and element.last <= self.parts[index].last

    def stands_at_top(self, element: Element) -> bool:
        """Say whether no text of the part that is read stands above an element."""
        above = range(self.parts[0].first, element.first)
        return not any(self._is_shown_text(self.tree.events[index]) for index in above)

    def share_of_words(self, text: str) -> float:
        """Give the share of the words of a text that stand in the parts that are read."""
        words = _TEXT_WORD.findall(text.casefold())
        known = self._known_words()
        return sum(word in known for word in words) / max(1, len(words))

    def count_headings_like(self, texts: Sequence[str]) -> int:
        """Count the headings of the page that read like one of the texts, tags aside."""
        folded = {" ".join(_TEXT_WORD.findall(text.casefold())) for text in texts}
        source = self.tree.source
        headings = (element for element in self.tree.elements() if element.name in HEADINGS)
        return sum(
            " ".join(
                _TEXT_WORD.findall(_TAG.sub(" ", source[heading.start : heading.end]).casefold())
            )
            in folded
            for heading in headings
        )

    def _is_shown_text(self, event: Event) -> bool:
        is_shown = event.kind == "text" and event.element.name != "title" and not event.is_raw
        return is_shown and not self.tree.source[event.start : event.end].isspace()

    def _known_words(self) -> frozenset[str]:
        source = self.tree.source
        words: set[str] = set()
        for part in self.parts:
            for index in range(part.first, part.last):
                event = self.tree.events[index]
                if self._is_shown_text(event) and event.element.name not in ("a", "h1"):
                    words.update(_TEXT_WORD.findall(source[event.start : event.end].casefold()))
        return frozenset(words)

    def is_question(self, element: Element) -> bool:
        """Say whether the text of an element is a question."""
        last = self._last_texts[element.last]
        if last is None or last.start < element.start:
            return False
        start = max(last.start, last.end - _MOST_TRAILING)
        return self.tree.source[start : last.end].rstrip().endswith(_QUESTION_ENDS)

    def find_left_out(self, element: Element) -> LeftOut | None:
        """Say as what an element is left out; None where it is read."""
        if self._holds_part(element):
            return None
        if _is_hidden(element) and element.get("id") not in self._panels:
            return "hidden"
        if element.name in ("button", "label") or element.get("role") == "button":
            return self._judge_button(element)
        if element.name == "a":
            return self._judge_link(element)
        if element.name == "sup":
            return "reference" if self._is_footnote_mark(element) else None
        by_kind = _BY_NAME.get(element.name) or _BY_ROLE.get(element.get("role"))
        if element.name == "form" and self._asks_little(element):
            return "form"
        return by_kind or self._judge_region(element) or self._judge_words(element)

    def _count_words(self) -> None:
        source = self.tree.source
        words = link_words = depth_in_links = 0
        last_text: Event | None = None
        for event in self.tree.events:
            if event.kind == "text":
                count = len(source[event.start : event.end].split())
                words += count
                link_words += count if depth_in_links else 0
                last_text = event if count else last_text
            elif event.element.name in ("a", "button"):
                depth_in_links += 1 if event.kind == "open" else -1
            self._words.append(words)
            self._link_words.append(link_words)
            self._last_texts.append(last_text)

    def _find_panels(self) -> frozenset[str]:
        """Give the ids of what opens when a question is pressed: it is hidden only till then."""
        return frozenset(
            element.get("aria-controls")
            for element in self.tree.elements()
            if element.get("aria-controls") and self.is_question(element)
        )

    def _choose_parts(self) -> list[Element]:
        """Give the elements to read: what is marked as the article, or else all of the page."""
        aside = _find_inside(self.tree, _is_apart)
        marked = [
            element
            for element in self.tree.elements()
            if _is_marked(element) and element.first not in aside and self.words(element)
        ]
        mains = [element for element in marked if element.name != "article"]
        return _keep_outermost(mains) or _keep_outermost(marked) or [self.tree.root]

    def _holds_part(self, element: Element) -> bool:
        index = bisect_left(self._part_starts, element.first)
        return index < len(self.parts) and self._part_starts[index] <= element.last

    def _judge_button(self, element: Element) -> LeftOut | None:
        is_in_heading = element.parent is not None and element.parent.name in HEADINGS
        is_title = is_in_heading or self.is_question(element)
        return None if is_title else "form"

    def _judge_link(self, element: Element) -> LeftOut | None:
        """Leave out the marks by which a heading is linked to, such as "¶"."""
        parent = element.parent
        is_in_heading = parent is not None and parent.name in HEADINGS
        is_here = element.get("href").startswith("#")
        if is_in_heading and is_here and not self._has_letters(element):
            return "reference"
        return self._judge_words(element)

    def _has_letters(self, element: Element) -> bool:
        if element.last - element.first > _MOST_EVENTS_OF_MARK:
            return True
        source = self.tree.source
        events = self.tree.events[element.first : element.last]
        texts = [source[event.start : event.end] for event in events if event.kind == "text"]
        return any(character.isalnum() for text in texts for character in text)

    def _is_footnote_mark(self, element: Element) -> bool:
        """Say whether a raised text is no more than a link to a place in the page."""
        if element.last - element.first > _MOST_EVENTS_OF_MARK:
            return False
        events = self.tree.events[element.first + 1 : element.last]
        opened = [event.element for event in events if event.kind == "open"]
        return any(inner.get("href").startswith("#") for inner in opened)

    def _judge_region(self, element: Element) -> LeftOut | None:
        """Judge headers, footers and asides: those of the page go, those of a part are read."""
        is_in_section = self._is_fragment or element.first in self._in_sections
        if element.name == "aside":
            is_note = is_in_section and not self._consists_of_links(element)
            return None if is_note else "aside"
        if element.name not in ("header", "footer") or is_in_section:
            return None
        return "page header" if element.name == "header" else "page footer"

    def _judge_words(self, element: Element) -> LeftOut | None:
        """Judge an element by the words of its class and id, and by what it holds."""
        names = f"{element.get('class')} {element.get('id')}"
        if not _UNSEEN_CLASSES.isdisjoint(names.split()):
            return "hidden"
        if element.name in _NOT_BY_WORDS:
            return None
        words = frozenset(word.lower() for word in _WORD.findall(names))
        if words & _NAVIGATION_WORDS and self._consists_of_links(element):
            return "navigation"
        is_short = self.words(element) <= _MOST_SHARE_WORDS
        if words & _SHARE_WORDS and is_short and self._consists_of_links(element):
            return "share"
        if words & _ASIDE_WORDS and self._consists_of_links(element):
            return "aside"
        is_notice = words & _CONSENT_WORDS and self.words(element) <= _MOST_CONSENT_WORDS
        return "notice" if is_notice and self._has_button(element) else None

    def _asks_little(self, element: Element) -> bool:
        """Say whether a form is no more than a question with buttons, such as a search."""
        return self.words(element) <= _MOST_SHARE_WORDS and self._has_button(element)

    def _consists_of_links(self, element: Element) -> bool:
        link_words = self._link_words[element.last] - self._link_words[element.first]
        return link_words > 0 and 2 * link_words >= self.words(element)

    def _has_button(self, element: Element) -> bool:
        index = bisect_left(self._buttons, element.first)
        return index < len(self._buttons) and self._buttons[index] <= element.last


def class_words(element: Element) -> frozenset[str]:
    """Give the words of an element's class in lower case."""
    return frozenset(_WORD.findall(element.get("class").lower()))


def _find_inside(tree: Tree, is_outer: Callable[[Element], bool]) -> frozenset[int]:
    """Give the first events of all elements that lie in one of which ``is_outer`` is true."""
    inside = []
    depth = 0
    for event in tree.events:
        if event.kind == "open":
            if depth:
                inside.append(event.element.first)
            depth += is_outer(event.element)
        elif event.kind == "close":
            depth -= is_outer(event.element)
    return frozenset(inside)


def _is_section(element: Element) -> bool:
    return element.name in _SECTIONING or element.get("role") == "main"


def _is_marked(element: Element) -> bool:
    """Say whether an element is marked as what the page is about."""
    is_main = element.name == "main" or element.get("role") == "main"
    return (is_main or element.name == "article") and not _is_hidden(element)


def _is_apart(element: Element) -> bool:
    """Say whether what lies in an element is not what the page is about."""
    return element.name in ("nav", "aside", "footer", "template", "svg") or _is_hidden(element)


def _is_control(element: Element) -> bool:
    return element.name in ("button", "input") or element.get("role") == "button"


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    if "hidden" in attributes and element.get("hidden").lower() != "until-found":
        return True
    if element.name == "dialog" and "open" not in attributes:
        return True
    is_unread = element.get("aria-hidden").lower() == "true"
    return is_unread or _HIDDEN_STYLE.search(element.get("style")) is not None


def _keep_outermost(elements: Sequence[Element]) -> list[Element]:
    kept: list[Element] = []
    for element in elements:
        if not kept or element.first > kept[-1].last:
            kept.append(element)
    return kept
