"""Claims of many kinds against one section: what they are taken for, and where they stand."""

from pathlib import Path

import pytest

from bot.articles.library import build
from bot.quotations.checker import QuotationChecker

TEXT = (
    "The mill of Ostby stood on the hill. Rain fell for many days on the town. "
    "The miller sold his wheel to Marn. Nobody paid the masons for the bridge. "
    "The river rose in May and took the barn."
)


@pytest.fixture
def checker(tmp_path: Path) -> QuotationChecker:
    """Check against one section."""
    text = f"# Mills\n\n## Bells for the new church\n\n{TEXT}\n"
    (tmp_path / "mills.md").write_text(text, encoding="utf-8")
    return QuotationChecker(build(tmp_path)[0])


@pytest.mark.parametrize(
    ("claim", "kind", "spans"),
    [
        ("Rain fell for many days", "found", ["Rain fell for many days"]),
        # What follows the omission stands before it; or as other words behind it.
        (
            "The mill of Ostby stood on the hill. […] mill of Ostby",
            "altered",
            ["The mill of Ostby stood on the hill."],
        ),
        (
            "The miller sold his wheel to Marn. ... zebra the zebra",
            "altered",
            ["The miller sold his wheel to Marn.", "paid the masons"],
        ),
    ],
)
def test_what_a_claim_is(
    checker: QuotationChecker, claim: str, kind: str, spans: list[str]
) -> None:
    """With the text that is nearest to it."""
    check = checker.check(claim)
    assert (check.kind, [span.text for span in check.spans]) == (kind, spans)


def test_a_heading_is_told_from_the_text_below(checker: QuotationChecker) -> None:
    """A span says whether it begins in the heading."""
    heading = checker.check("Bells for the new church").spans[0]
    below = checker.check("The miller sold his wheel").spans[0]
    assert (heading.is_from_heading, below.is_from_heading) == (True, False)
