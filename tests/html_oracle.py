"""What a browser shows of a page, told by html5lib, which builds the tree as the HTML standard
says.

It knows nothing of the bot. What the bot leaves out by the name of the element is left out here
too; what it leaves out by class, role or place is not.
"""

import warnings
from collections.abc import Iterator
from typing import Any

import html5lib

NOT_SHOWN = frozenset(
    "audio button canvas datalist iframe label nav noembed noframes noscript object script select style svg template"
    " textarea title video".split()
)
# Between these, words do not join.
APART = frozenset(
    "address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu ol optgroup option p plaintext pre"
    " search section summary table tbody td tfoot th thead tr ul xmp".split()
)


def shown_text(page: str) -> str:
    """Give the text of a page, with blanks where elements end that stand apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return "".join(texts_of(document))


def texts_of(element: Any) -> Iterator[str]:
    """Give the texts inside an element, and the one behind it."""
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2]
        between = " " if name in APART else ""
        if name not in NOT_SHOWN:
            yield between + (element.text or "")
            for inner in element:
                yield from texts_of(inner)
            yield between
    yield element.tail or ""
