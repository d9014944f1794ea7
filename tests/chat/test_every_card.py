"""Every maker of cards makes a card that Discord accepts, of everything that its types can hold."""

import datetime as dt
from dataclasses import replace
from typing import get_args

from card_judge import TEXTS, TYPED, buttons_of, judge, texts_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.explanation import ConceptMatch, Explanation, RunnerUp
from bot.answers.gaps import Gap
from bot.answers.model import Answer, Assurance, Policy, Quote, Summary
from bot.answers.summary import summarise_places
from bot.articles.changes import Changes
from bot.articles.files import SourceFile
from bot.articles.kept import LastVersion
from bot.articles.library import KeptFile, Library, ParsedFile
from bot.articles.model import (
    PARAGRAPH,
    Article,
    BlockForm,
    Link,
    Passage,
    Problem,
    Section,
    Sentence,
)
from bot.articles.parser import read_article
from bot.chat.ui.admin_cards import (
    ServedState,
    make_reload_report,
    make_status,
    make_votes_card,
)
from bot.chat.ui.answer_cards import (
    make_answer_card,
    make_deeper_card,
    make_human_card,
    make_refusal_card,
)
from bot.chat.ui.audience import Audience
from bot.chat.ui.doctor_card import make_doctor_card
from bot.chat.ui.export_card import make_export_card
from bot.chat.ui.gap_cards import make_gap_card, make_gaps_card, make_key
from bot.chat.ui.help_card import DirectMessages, make_help_card
from bot.chat.ui.judging_card import make_judging_card
from bot.chat.ui.library_cards import (
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.ui.passage_cards import (
    OTHERS_ON_A_PAGE,
    make_others_card,
    make_verify_card,
    make_why_card,
)
from bot.chat.ui.quotation_cards import make_quotation_card
from bot.chat.ui.request_cards import make_request_card
from bot.chat.ui.source import Source
from bot.doctor.model import Check, State
from bot.editing.export import Export
from bot.quotations.checker import QuotationChecker
from bot.quotations.model import Difference, QuotationCheck, QuotedSpan
from bot.records.model import PassageVotes
from bot.reloading import FailedReload, Refusal, Reload, Served
from bot.texts import doctor as doctor_texts
from bot.versions.history import Action, Revision

MANY = settings(
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PAGES = st.integers(0, 99)
IDS = st.integers(1, 2**64 - 1)
SHAS = st.text("0123456789abcdef", min_size=64, max_size=64)
NAMES = st.text("0123456789abcdef", min_size=12, max_size=12)
SOURCES = st.just("") | st.just("https://example.org/" + "a" * 150) | TEXTS
GAPS = st.sampled_from([" ", "\n", "\n\n"])
MARKS = st.sampled_from(["", "• ", "  • ", "12. ", " " * 20 + "123456789) "])


@st.composite
def forms(draw: st.DrawFn) -> BlockForm:
    """Make how a sentence stands on its page."""
    group = draw(st.integers(1, 3))
    forms_of = (
        PARAGRAPH,
        BlockForm("item", group, draw(MARKS)),
        BlockForm("row", group, shown=draw(TEXTS)),
        BlockForm("code", group, shown=draw(TEXTS)),
    )
    return draw(st.sampled_from(forms_of))


ADDRESSES = st.sampled_from(
    [
        "https://example.org/a",
        "https://example.org:8443/ü(x)",
        "http://example.org",
        "<#1234567890123456>",
        "<@1>",
    ]
)


@st.composite
def links_of(draw: st.DrawFn, plain: str) -> tuple[Link, ...]:
    """Make links of some stretches of a text."""
    ends = sorted(draw(st.sets(st.integers(0, min(len(plain), 200)), max_size=6)))
    stretches = zip(ends[::2], ends[1::2], strict=False)
    return tuple(Link(start, end, draw(ADDRESSES)) for start, end in stretches)


def addresses_of(*articles: Article) -> set[str]:
    """Give the addresses of articles' links, and those of their pages."""
    sentences = [
        one for article in articles for section in article.sections for one in section.sentences
    ]
    return {link.address for one in sentences for link in one.links} | {
        article.source for article in articles
    }


@st.composite
def made_articles(draw: st.DrawFn, number: int = 0) -> Article:
    """Make an article that no reader made: sections without a heading, without sentences, texts of
    any kind.
    """
    file = f"{number}{draw(st.text('ab/*`_[<é', max_size=40))}.md"
    drawn = draw(
        st.lists(st.tuples(TEXTS, st.lists(st.tuples(TEXTS, GAPS), max_size=4)), max_size=4)
    )
    text = "".join(
        f"{heading}\n" + "".join(plain + gap for plain, gap in parts) for heading, parts in drawn
    )
    sections: list[Section] = []
    start, line = 0, 1
    for heading, parts in drawn:
        begin, first_line = start, line
        start, line = start + len(heading) + 1, line + 1
        sentences: list[Sentence] = []
        for plain, gap in parts:
            end, form, links = start + len(plain), draw(forms()), draw(links_of(plain))
            sentences.append(Sentence(file, line, start, end, text, plain, form, links))
            start, line = end + len(gap), line + 1
        cut = draw(st.integers(0, len(sentences)))
        passages = tuple(
            Passage(tuple(some)) for some in (sentences[:cut], sentences[cut:]) if some
        )
        parents = tuple(draw(st.lists(TEXTS, max_size=5)))
        sections.append(
            Section(file, first_line, begin, start, len(sections), heading, parents, passages)
        )
    facts = draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(SOURCES)
    return Article(
        file, 1, 0, len(text), str(number), *facts, "en", tuple(sections), text, draw(SHAS)
    )


BLOCKS = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["#", "##", "####"]), TEXTS),
    st.builds("- {}\n  1. {}\n     - {}".format, TEXTS, TEXTS, TEXTS),
    st.builds("| {} | {} |\n|---|---|\n| {} | {} |".format, TEXTS, TEXTS, TEXTS, TEXTS),
    st.builds(
        "| a | b |\n|---|---|\n| {} | x{} |".format,
        TEXTS,
        st.integers(1, 400).map("&nbsp;".__mul__),
    ),
    st.builds("```{}\n{}\n```".format, TEXTS, TEXTS),
    st.builds("> {}".format, TEXTS),
    st.builds("The {} river. It rises at {}.".format, TEXTS, TEXTS),
    TEXTS,
)
HEADERS = st.just("") | st.builds(
    "---\ntitle: {}\nauthor: Ada\ndate: 2024-01-02\nsource: https://example.org/a\n---\n".format,
    st.text("ab *_[`<é", min_size=1, max_size=300),
)
DOCUMENTS = st.builds(
    lambda header, blocks: header + "\n\n".join(blocks), HEADERS, st.lists(BLOCKS, max_size=6)
)


@st.composite
def read_libraries(draw: st.DrawFn) -> Library:
    """Read files of any text, as the program does."""
    files = draw(st.lists(st.tuples(DOCUMENTS, st.sampled_from([".md", ".txt"])), max_size=3))
    read = [
        read_article(SourceFile(f"{at}{ending}", text, "0" * 64))
        for at, (text, ending) in enumerate(files)
    ]
    return Library(tuple(article for article, _ in read if article is not None))


def made_libraries() -> st.SearchStrategy[Library]:
    """Make libraries of articles that no reader made."""
    return st.integers(0, 3).flatmap(
        lambda count: st.tuples(*(made_articles(number) for number in range(count))).map(Library)
    )


LIBRARIES = read_libraries() | made_libraries()


@st.composite
def quotes(draw: st.DrawFn, library: Library) -> Quote:
    """Quote neighbouring sentences of a library."""
    places = [(article, section) for article, section in library.sections() if section.sentences]
    article, section = draw(st.sampled_from(places))
    begin = draw(st.integers(0, len(section.sentences) - 1))
    sentences = section.sentences[begin:][: draw(st.integers(1, 3))]
    key = draw(st.sampled_from(sentences))
    return Quote(draw(NAMES), article, section, sentences, key, draw(st.floats(0, 99)), ())


def key_of(quote: Quote) -> int:
    """Tell a key sentence from all others: no two passages share one."""
    return id(quote.key)


def has_text(library: Library) -> bool:
    """Say whether anything can be quoted."""
    return any(section.sentences for _, section in library.sections())


AUDIENCES = st.builds(
    Audience,
    IDS,
    is_private=st.booleans(),
    is_reply=st.booleans(),
    has_votes=st.booleans(),
    can_share=st.booleans(),
    has_humans=st.booleans(),
    has_links=st.booleans(),
    is_editor=st.booleans(),
)
TURNS = st.none() | st.builds(Turn, TYPED, TYPED, st.just(()))


@MANY
@given(LIBRARIES.filter(has_text), st.data())
def test_cards_of_answers(library: Library, data: st.DataObject) -> None:
    """An answer, its other passages, what is verified, what is passed on."""
    question, before, audience = data.draw(TYPED), data.draw(TYPED), data.draw(AUDIENCES)
    quoted = data.draw(
        st.lists(quotes(library), min_size=1, max_size=OTHERS_ON_A_PAGE, unique_by=key_of)
    )
    answer = Answer(
        question,
        "answer",
        data.draw(st.floats(0, 1)),
        "",
        tuple(quoted),
        tuple(data.draw(st.lists(NAMES, max_size=6, unique=True))),
        missing=tuple(data.draw(st.lists(TYPED, max_size=7))),
        corrections=tuple(data.draw(st.lists(st.tuples(TYPED, TYPED), max_size=7))),
        before=data.draw(TURNS),
        assurance=data.draw(st.sampled_from(Assurance)),
    )
    code = {"link", "code block"}
    has_links = audience.has_links
    addresses = addresses_of(*library.articles) if has_links else ()
    judge(make_answer_card(answer, audience), code, addresses)
    ids = data.draw(st.lists(NAMES, min_size=len(quoted), max_size=6, unique=True))
    others = make_others_card(
        question, before, quoted, ids, data.draw(st.integers(0, 1)), has_links=has_links
    )
    judge(others, code, addresses)
    human = make_human_card(
        data.draw(IDS), data.draw(IDS), question, before, quoted[:2], has_links=has_links
    )
    judge(human, {*code, "role", "user"}, addresses)
    source = Source.of(quoted[0], audience.asker_id)
    judge(make_deeper_card(question, before, source, ids, is_editor=audience.is_editor))
    different = {quote.id: quote for quote in quoted}
    judge(make_judging_card(question, quoted[0], list(different.values())), {"code", "heading"})
    sha = data.draw(st.sampled_from([quoted[0].article.sha256[:8], "f" * 8]))
    card, file = make_verify_card(quoted[0], quoted[0].start, quoted[0].end, sha)
    judge(card, {"code", "code block"})
    assert file is None or file[1].decode() == quoted[0].text


@MANY
@given(LIBRARIES, st.data())
def test_cards_of_refusals(library: Library, data: st.DataObject) -> None:
    """A refusal with any message, and with any sections as the nearest."""
    places = list(library.sections())
    closest = (
        data.draw(st.lists(st.sampled_from(places), max_size=3, unique_by=id)) if places else []
    )
    answer = Answer(
        data.draw(TYPED),
        "none",
        0.0,
        data.draw(TYPED.filter(str.strip)) + ".",
        closest=tuple(closest),
        before=data.draw(TURNS),
    )
    judge(make_refusal_card(answer, data.draw(AUDIENCES)))


@MANY
@given(LIBRARIES.filter(lambda library: bool(library.articles)), st.data())
def test_cards_of_requests(library: Library, data: st.DataObject) -> None:
    """Every request, for articles of any names and sections."""
    asked = st.sampled_from(
        [
            "tl;dr",
            "in one sentence",
            "who wrote this",
            "date of the article",
            "source?",
            "word count",
            "which articles are there",
            "list the sections",
            "what language is this in",
            "is there anything about water and them",
        ]
    )
    audience = data.draw(AUDIENCES)
    answer = Answerer(library).answer(data.draw(asked))
    code = {"link", "code block"}
    addresses = addresses_of(*library.articles) if audience.has_links else ()
    if answer.kind in ("summary", "about"):
        judge(make_request_card(answer, audience), code, addresses)


CONCEPTS = st.builds(
    ConceptMatch,
    TYPED,
    st.floats(0, 1),
    st.sampled_from(["itself", "part", "synonym", "elsewhere", "nowhere"]),
    TYPED,
    TEXTS,
    st.booleans(),
)


@MANY
@given(LIBRARIES.filter(has_text), st.lists(CONCEPTS, max_size=60), st.data())
def test_cards_of_reasons(
    library: Library, concepts: list[ConceptMatch], data: st.DataObject
) -> None:
    """Why a passage was chosen, for any number of concepts, with or without a runner-up."""
    runner_up = st.builds(
        lambda place, share: RunnerUp(place[0], place[1], place[2], share),
        st.sampled_from([*library.passages()]),
        st.floats(0, 1),
    )
    why = Explanation(tuple(concepts), data.draw(st.none() | runner_up))
    judge(
        make_why_card(data.draw(TYPED), data.draw(TYPED), data.draw(quotes(library)), why),
        {"link", "code block"},
    )
    linked = make_why_card("", data.draw(TYPED), data.draw(quotes(library)), why, has_links=True)
    judge(linked, {"link", "code block"}, addresses_of(*library.articles))


@MANY
@given(LIBRARIES, PAGES, st.data())
def test_cards_of_lists_and_pages(library: Library, page: int, data: st.DataObject) -> None:
    """Lists of articles and of sections, every section as pages and as a summary."""
    judge(make_articles_card(library.articles, page))
    if library.articles:
        judge(make_sections_card(library.articles, page))
        judge(make_sections_card(library.articles[:1], page))
    places = list(library.sections())
    for article, section in places:
        sentence = data.draw(st.none() | st.integers(0, 5))
        judge(
            make_reading_card(article, section, data.draw(st.none() | PAGES), sentence),
            {"link", "code block"},
        )
        linked = make_reading_card(
            article, section, data.draw(st.none() | PAGES), sentence, has_links=True
        )
        judge(linked, {"link", "code block"}, addresses_of(article))
    summed = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=60)) if places else []
    summaries = [Summary(article, section, section.sentences[:3]) for article, section in summed]
    for some in (summarise_places(places), summaries, summaries[:1]):
        if some:
            audience = data.draw(AUDIENCES)
            plain = replace(audience, has_links=False)
            judge(make_summary_card(some, len(some) + data.draw(PAGES), plain))
            linked = make_summary_card(some, len(some), replace(audience, has_links=True))
            judge(linked, (), addresses_of(*(one.article for one in some)))


@st.composite
def spans(draw: st.DrawFn, library: Library) -> QuotedSpan:
    """Make a place where a claim may stand: in a heading, in sentences, or in both."""
    article, section = draw(st.sampled_from(list(library.sections())))
    begin = draw(st.integers(0, len(section.sentences)))
    sentences = section.sentences[begin:][: draw(st.integers(0, 3))]
    is_from_heading = draw(st.booleans())
    start = section.start if is_from_heading or not sentences else sentences[0].start
    end = sentences[-1].end if sentences else section.start + len(section.heading)
    return QuotedSpan(
        article.file, 1, start, end, article, section, sentences, draw(TEXTS), draw(st.booleans())
    )


DIFFERENCES = st.builds(
    Difference, st.sampled_from(["same", "added", "left out", "changed"]), TYPED, TEXTS
)


@MANY
@given(LIBRARIES, st.data())
def test_cards_of_checked_claims(library: Library, data: st.DataObject) -> None:
    """Any check, as its type can hold it: every kind, up to five places, any differences."""
    places = list(library.sections())
    check = QuotationCheck(
        data.draw(TYPED),
        data.draw(
            st.sampled_from(["found", "with omissions", "altered", "not found", "too short"])
        ),
        tuple(data.draw(st.lists(spans(library), max_size=5))) if places else (),
        tuple(data.draw(st.lists(DIFFERENCES, max_size=20))),
    )
    nearest = data.draw(st.lists(st.sampled_from(places), max_size=3)) if places else []
    judge(make_quotation_card(check, nearest, can_share=data.draw(st.booleans())), {"strike"})


PROBLEMS = st.builds(
    Problem,
    TEXTS,
    st.integers(1, 9_999_999),
    st.integers(0, 999),
    st.sampled_from(["error", "warning", "note"]),
    TEXTS,
    TEXTS,
)
FACTS = st.lists(TYPED, max_size=9)
TIMES = st.integers(10**9, 4 * 10**9).map(lambda time: dt.datetime.fromtimestamp(time, dt.UTC))
REVISIONS = st.builds(
    Revision, PAGES, TIMES, st.sampled_from(get_args(Action)), st.integers(0, 2**63), st.just({})
)
STATES = st.builds(ServedState, TIMES, st.none() | REVISIONS, has_changed=st.booleans())
CHECKS = st.builds(
    Check, st.sampled_from(list(doctor_texts.NAMES)), st.sampled_from(get_args(State)), TYPED, TYPED
)
CHANGED = st.lists(TEXTS, max_size=30).map(tuple)
CHANGED_SECTIONS = st.lists(st.tuples(TEXTS, TEXTS), max_size=30).map(tuple)
CHANGES = st.builds(
    Changes, CHANGED, CHANGED, CHANGED, CHANGED_SECTIONS, CHANGED_SECTIONS, CHANGED_SECTIONS
)


@MANY
@given(LIBRARIES, st.lists(PROBLEMS, max_size=60), CHANGES, st.data())
def test_cards_for_admins(
    library: Library, problems: list[Problem], changes: Changes, data: st.DataObject
) -> None:
    """What a reload did, what is served, how votes fell, what was asked in vain."""
    synonym_count = data.draw(st.none() | st.integers(0, 999))
    kept = {
        article.file: KeptFile(
            ParsedFile(None, article.sha256, 0, article, ()),
            LastVersion("a" * 64, data.draw(TIMES), data.draw(st.none() | TIMES)),
        )
        for article in library.articles
    }
    library = replace(library, kept=kept)
    for refusal in get_args(Refusal):
        confirmation = "0123456789ab" if refusal == "fewer" else ""
        report = Reload(
            not refusal, changes, synonym_count, tuple(problems), library, 1.5, refusal,
            confirmation=confirmation, why_unkept=data.draw(TEXTS),
        )  # fmt: skip
        card = make_reload_report(report)
        judge(card, {"timestamp"})
        assert [button.label for button in buttons_of(card)] == (
            ["Serve it all the same"] if confirmation else []
        )
        if refusal:
            restart = data.draw(st.none() | st.builds(Served, PAGES, PAGES))
            failed = FailedReload(data.draw(TIMES), refusal, tuple(problems), restart)
            state = data.draw(STATES)
            status = make_status(library, problems, data.draw(FACTS), state, failed)
            judge(status, {"timestamp", "user", "code"})
    state = data.draw(STATES)
    status = make_status(library, problems, data.draw(FACTS), state)
    judge(status, {"timestamp", "user", "code"})
    told = "\n".join(texts_of(status))
    assert ("No problems." in told) is (not problems)
    votes = [
        (PassageVotes("0" * 12, *data.draw(st.tuples(PAGES, PAGES))), place)
        for place in (*library.passages(), None)
    ]
    judge(make_votes_card(votes))
    day = dt.date(2026, 11, 22)
    place = next(library.sections(), None)
    asked = data.draw(st.lists(TYPED, max_size=12))
    times = data.draw(PAGES)
    made = [Gap({}, place, asked[at:], times, day) for at in range(len(asked))]
    # The records hold each question once.
    gaps = list({make_key(gap): gap for gap in made}.values())
    for is_cleared in (True, False):
        judge(make_gaps_card(gaps, times, 0, looked_at=500, is_cleared=is_cleared))
    for gap in gaps:
        judge(make_gap_card(gap))


@MANY
@given(st.lists(CHECKS, min_size=1, max_size=30), st.lists(TYPED.filter(bool), max_size=30))
def test_cards_of_the_doctor_and_of_an_export(checks: list[Check], names: list[str]) -> None:
    """What was found, and what was left out, however long and odd it is."""
    card = make_doctor_card(checks)
    judge(card, {"heading"})
    assert ("All is well" in "\n".join(texts_of(card))) is not any(
        check.state in ("warning", "error") for check in checks
    )
    judge(make_export_card(Export((), len(names), tuple(names))), {"heading"})


@MANY
@given(read_libraries(), st.data())
def test_cards_of_what_is_really_said(library: Library, data: st.DataObject) -> None:
    """What the answerer and the checker say of files of any text, to questions of any text and of
    their own words.
    """
    answerer, checker = Answerer(library, Policy(threshold=0.0)), QuotationChecker(library)
    own = [sentence.plain for _, section in library.sections() for sentence in section.sentences]
    own += [section.heading for _, section in library.sections()]
    typed = data.draw(TYPED | (st.sampled_from(own) if own else TYPED))[:4_000]
    audience = data.draw(AUDIENCES)
    answer = answerer.answer(typed)
    code = {"link", "code block"}
    addresses = addresses_of(*library.articles) if audience.has_links else ()
    if answer.kind == "answer":
        judge(make_answer_card(answer, audience), code, addresses)
    elif answer.kind == "none":
        judge(make_refusal_card(answer, audience))
    elif answer.kind in ("summary", "about"):
        judge(make_request_card(answer, audience), code, addresses)
    for quote in answer.quotes:
        explained = answerer.explain(typed, quote.id)
        assert explained is not None
        judge(make_why_card(typed, "", *explained), code)
    wholes = [" ".join(own[at : at + 3]) for at in range(len(own))]
    # A file of thousands of sentences is not checked whole.
    claims = data.draw(st.lists(st.sampled_from([*own, *wholes]), max_size=8)) if own else []
    for claim in (typed, *claims):
        check = checker.check(claim)
        judge(make_quotation_card(check, answer.closest), {"strike"})


@MANY
@given(st.lists(TYPED, max_size=4), st.booleans())
def test_cards_of_help(examples: list[str], is_curating: bool) -> None:  # noqa: FBT001
    """With examples of any text, and for those who may manage."""
    commands = [("c" * 32, "d" * 100)] * 12
    curating = commands[:6] if is_curating else []
    about = examples[0] if examples else ""
    direct = DirectMessages(can_open=is_curating, about=about)
    judge(make_help_card(examples, commands, curating, direct), {"code", "italic"})


def test_what_is_left_out_in_many_places_has_a_card() -> None:
    """A claim of hundreds of pieces, each found: the places that a card does not hold are
    counted.
    """
    text = "\n".join(f"w{number} x{number} y{number} z." for number in range(120))
    article, _ = read_article(SourceFile("a.md", f"# T\n\n## H\n\n{text}\n", "0" * 64))
    assert article is not None
    claim = " … ".join(f"w{number} x{number} y{number}" for number in range(120))
    check = QuotationChecker(Library((article,))).check(claim)
    assert check.kind == "with omissions"
    assert len(check.spans) == 120
    card = make_quotation_card(check, ())
    judge(card)
    assert texts_of(card)[-1] == "-# … and 90 more places"


def test_one_place_is_named_once() -> None:
    """A claim that stands twice in a line, or in parts, stands in one place; in two lines in
    two.
    """
    text = "The Orrin ends at Lisk. Herons nest there. The Orrin ends at Lisk."
    article, _ = read_article(SourceFile("a.md", f"# T\n\n## H\n\n{text}\n\n{text}\n", "0" * 64))
    assert article is not None
    checker = QuotationChecker(Library((article,)))
    both = ["-# **H** · T · a.md:5", "-# **H** · T · a.md:7"]
    for claim, places in (
        ("The Orrin ends at Lisk.", both),
        ("The Orrin ends at … Herons nest there.", both[:1]),
    ):
        check = checker.check(claim)
        assert len(check.spans) > len(places)
        assert texts_of(make_quotation_card(check, ()))[2:] == places


def test_hundreds_of_short_summaries_have_a_card() -> None:
    """Those that a card does not hold are counted."""
    text = "# T\n\n" + "".join(f"## {number}\n\nA.\n\n" for number in range(200))
    article, _ = read_article(SourceFile("a.md", text, "0" * 64))
    assert article is not None
    card = make_summary_card(
        summarise_places([(article, one) for one in article.sections]), 200, Audience(1)
    )
    judge(card)
    assert "more sections: name one" in texts_of(card)[-1]
