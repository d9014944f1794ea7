"""Laws of people's files and folders, one or two for each kind of thing that they hold
(``kinds.yaml``).

Folders are written and read as the program reads them.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.library import Library, build
from bot.articles.model import Problem
from bot.articles.problems import group_problems

NOUNS = "ferry harbour lantern rope orchard beehive library windmill kettle".split()
SAID = "The ferry leaves at six."
nouns = st.sampled_from(NOUNS)
names = st.lists(nouns, min_size=1, max_size=4)


def read(files: Mapping[str, str | bytes]) -> tuple[Library, list[Problem]]:
    """Read a folder of files, by their names."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return build(Path(folder))


def plain_of(library: Library) -> str:
    """Give all that is read."""
    return " ".join(passage.plain for _, _, passage in library.passages())


HEADINGS = ["## Part", "### Part", "###### Part", "Part\n----"]


@given(
    names,
    st.sampled_from([" ", "-", "_"]),
    st.lists(st.sampled_from([*HEADINGS, SAID]), min_size=1, max_size=6),
    st.sampled_from(["", "---\nmood: blue\ntags: [a]\n---\n", "+++\nweight = 3\n+++\n"]),
)
def test_a_heading_further_below_is_no_title(
    words: list[str], between: str, blocks: list[str], header: str
) -> None:
    """The file's name is, until the header or a single heading of level 1 says another one."""
    name = f"{between.join(words)}.md"
    body = "\n\n".join(blocks) + f"\n\n{SAID}\n"
    spaced = between == " " and len(words) > 1
    expected = " ".join(words) if spaced else " ".join(words).capitalize()
    for text, title in (
        (header + body, expected),
        (f"{header}# A *new* harbour\n\n{body}", "A new harbour"),
        (f"---\ntitle: Old\n---\n{body}", "Old"),
        (f"---\ntitle: Old\n---\n# A new harbour\n\n{body}", "Old"),
    ):
        library, _ = read({name: text})
        assert [article.title for article in library.articles] == [title]


VALUES = [
    "x", "[Half open]", "{a: {b: {c: {d: e}}}}", "[[[[x]]]]", "2024-13-77", "'", '"', "&a *a", "|",
    "\n  - a\n  - b: c", "\n  a:\n    b:\n      c:\n        d: e", "!!python/object:x", "yes", "", "\t",
]  # fmt: skip
HEADERS = ["---\n{}\n---\n", "---\n{}\n...\n", "+++\n{}\n+++\n", "---\r\n{}\r\n---\r\n"]


@given(
    st.sampled_from(["md", "markdown", "mdx", "txt", "text", "MD", "Txt"]),
    st.integers(0, 14),
    st.sampled_from(HEADERS),
    st.lists(
        st.tuples(
            st.sampled_from(["title", "tags", "mood", "menu", "date"]), st.sampled_from(VALUES)
        ),
        max_size=5,
    ),
    st.sampled_from([": ", " = ", ":"]),
)
def test_a_file_is_served_however_deep_and_whatever_its_header(
    ending: str, depth: int, header: str, entries: list[tuple[str, str]], sign: str
) -> None:
    """An unreadable header costs a warning, never the file."""
    lines = "\n".join(f"{key}{sign}{value}" for key, value in entries)
    name = f"{'folder/' * depth}page.{ending}"
    library, problems = read({name: f"{header.format(lines)}\n{SAID}\n"})
    assert SAID in plain_of(library)
    assert [problem for problem in problems if problem.severity == "error"] == []


@given(st.lists(st.sampled_from(["faq", "rules", "map"]), min_size=2, max_size=5), st.data())
def test_files_with_one_name_are_all_served(stems: list[str], data: st.DataObject) -> None:
    """Of whatever endings, in whatever folders; each has an id of its own."""
    endings = st.sampled_from(["md", "mdx", "txt", "markdown", "html", "srt"])
    files: dict[str, str | bytes] = {}
    for number, stem in enumerate(stems):
        folder = data.draw(st.sampled_from(["", "old/"]))
        files[f"{folder}{stem}.{data.draw(endings)}"] = (
            f"1\n00:00:01,000 --> 00:00:09,000\nPage {number} says: {SAID}\n"
        )
    library, _ = read(files)
    assert [article.file for article in library.articles] == sorted(files)
    assert len({article.id for article in library.articles}) == len(files)


# Sentences that say nothing about each other, by language, with encodings that people have them in.
SAYINGS = {
    "en": [
        "The key hangs behind the door.", "You can borrow a boat with it.", "It is not for sale.",
        "We have been here since the spring.", "They will open when the bell rings.",
        "Who was there has seen the light.",
    ],
    "de": [
        "Der Schlüssel hängt hinter der Tür.", "Man kann damit ein Boot ausleihen.",
        "Das ist nicht für den Verkauf.", "Wir sind seit dem Frühling hier.",
        "Sie öffnen, wenn die Glocke läutet.", "Wer nicht da war, hat auch nichts gesehen.",
    ],
    "fr": [
        "La clé est derrière la porte.", "On peut emprunter un bateau avec elle.",
        "Ce n’est pas à vendre.", "Nous sommes ici depuis le printemps.",
        "Ils ouvrent quand la cloche sonne.", "Celui qui était là a vu la lumière.",
    ],
    "es": [
        "La llave está detrás de la puerta.", "Con ella se puede pedir un barco.",
        "Esto no se vende.", "Estamos aquí desde la primavera.",
        "Abren cuando suena la campana.", "El que estuvo allí ha visto la luz del año.",
    ],
    "pl": [
        "Klucz wisi za drzwiami.", "Można z nim wypożyczyć łódź.", "To nie jest na sprzedaż.",
        "Jesteśmy tutaj od wiosny.", "Otwierają, kiedy dzwoni dzwon.",
        "Kto był tam, ten widział światło.",
    ],
    "uk": [
        "Ключ висить за дверима.", "З ним можна взяти човен.", "Це не продається.",
        "Ми тут від весни.", "Вони відчиняють, коли дзвонить дзвін.", "Хто був там, той бачив світло.",
    ],
    "ru": [
        "Ключ висит за дверью.", "С ним можно взять лодку.", "Это не продаётся.",
        "Мы здесь с весны.", "Они открывают, когда звонит колокол.", "Кто был там, тот видел свет.",
    ],
    "ja": [
        "鍵はドアの後ろにあります。", "それで船を借りることができます。", "これは売り物ではありません。",
        "私たちは春からここにいます。", "鐘が鳴ると開きます。", "そこにいた人は光を見ました。",
    ],
}  # fmt: skip
ENCODINGS = {
    "en": ["cp1252"], "de": ["cp1252", "iso8859-1"], "fr": ["cp1252"], "es": ["cp1252", "iso8859-15"],
    "pl": ["cp1250", "iso8859-2"], "uk": ["cp1251"], "ru": ["cp1251", "koi8-r"],
    "ja": ["cp932", "euc-jp"],
}  # fmt: skip
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
languages = st.sampled_from(sorted(SAYINGS))


@st.composite
def said_in(draw: st.DrawFn, language: str, least: int = 1) -> list[str]:
    """Say several things in a language."""
    some = st.lists(st.sampled_from(SAYINGS[language]), min_size=least, max_size=6, unique=True)
    return draw(some)


@given(languages, st.data(), st.sampled_from(["md", "txt"]))
def test_a_file_is_read_as_it_was_written_or_not_at_all(
    language: str, data: st.DataObject, ending: str
) -> None:
    """With a byte order mark, always; in an older encoding, where it is certain: never as another
    text.
    """
    said = data.draw(said_in(language))
    encoding = data.draw(st.sampled_from([*UNICODE, *ENCODINGS[language]]))
    text = f"{' '.join(said)}\n"
    library, problems = read({f"page.{ending}": text.encode(encoding, "ignore")})
    expected = text.encode(encoding, "ignore").decode(encoding)
    assert all(article.text.lstrip("\ufeff") == expected for article in library.articles)
    if encoding in UNICODE:
        assert len(library.articles) == 1
    elif not library.articles:
        assert [problem.severity for problem in problems] == ["error"]


@given(st.lists(languages, min_size=1, max_size=4, unique=True), st.data())
def test_each_article_of_a_folder_is_in_its_own_language(
    chosen: list[str], data: st.DataObject
) -> None:
    """Whatever its neighbours are in; what its header says goes first."""
    files: dict[str, str | bytes] = {}
    for language in chosen:
        said = " ".join(data.draw(said_in(language, least=5)))
        files[f"{language}.md"] = f"# 1\n\n{said}\n"
        files[f"{language}-stated.md"] = f"---\nlanguage: sv\n---\n# 2\n\n{said}\n"
    library, _ = read(files)
    assert {article.file: article.language for article in library.articles} == {
        name: "sv" if "stated" in name else name.removesuffix(".md") for name in files
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(["layout", "weight", "my_key", "cover", "sidebar"]), nouns),
        unique_by=lambda entry: entry[0],
        max_size=5,
    ),
    st.integers(1, 12),
)
def test_what_is_common_is_no_warning_and_what_is_odd_is_told_once(
    entries: list[tuple[str, str]], count: int
) -> None:
    """Keys that mean nothing here and files of a heading alone are no faults; one fault in many
    files is one line.
    """
    header = "".join(f"{key}: {value}\n" for key, value in entries)
    files: dict[str, str | bytes] = {
        "stub.md": "# A heading alone\n",
        "other.md": f"Other. {SAID}\n",
    }
    for number in range(count):
        files[f"good{number}.md"] = f"---\n{header}---\n# Good {number}\n\nPage {number}. {SAID}\n"
        files[f"odd{number}.md"] = f"# Odd {number}\n\n```\nPage {number}. {SAID}\n"
    library, problems = read(files)
    assert len(library.articles) == 2 * count + 1
    assert {problem.severity for problem in problems if problem.file == "stub.md"} == {"note"}
    assert not [problem for problem in problems if problem.file.startswith(("good", "other"))]
    odd = [group for group in group_problems(problems) if group.severity == "warning"]
    assert [len(group.problems) for group in odd] == [count]


MACHINERY = [
    "node_modules/pack/README.md", ".git/notes.md", ".obsidian/plugins/a/README.md", "_drafts/new.md",
    ".trash/old.md", ".hidden.md", "SUMMARY.md", "__pycache__/a.txt", "_sidebar.md", "page.md~",
]  # fmt: skip
DRAFTS = [
    "---\ndraft: true\n---\n", "+++\ndraft = true\n+++\n", "---\ntitle: New\nDraft: yes\n---\n",
    '---\ntags: [a]\ndraft: "true"\n---\n',
]  # fmt: skip


@given(
    st.lists(nouns, max_size=4),
    st.lists(st.sampled_from(MACHINERY), max_size=4),
    st.lists(st.sampled_from(DRAFTS), max_size=3),
)
def test_machinery_and_drafts_are_never_served(
    folders: list[str], machinery: list[str], drafts: list[str]
) -> None:
    """In whatever folder they lie; what lies beside them is served."""
    files: dict[str, str | bytes] = {
        str(PurePosixPath(*folders, name)): f"Never. {SAID}\n" for name in machinery
    }
    for number, header in enumerate(drafts):
        files[str(PurePosixPath(*folders, f"draft{number}.md"))] = f"{header}\nNever {number}.\n"
    good = str(PurePosixPath(*folders, "page.md"))
    library, problems = read({**files, good: f"{SAID}\n"})
    assert [article.file for article in library.articles] == [good]
    assert [problem for problem in problems if problem.severity == "error"] == []


# Whole sentences with what looks like an end inside, by language.
UNCUT = {
    "en": [
        "The plugin needs ASP.NET or Node.js 18.2 on the server.", "Use a tool, e.g. The Gimp, for it.",
        "It costs approx. 40 euros.", "See Tab. 2 and Fig. 3 for the sizes.", "Ask Dr. Lee about it.",
        "Version 2.0.1 is the newest.", "Bring rope (cf. the list).", "Open config.yaml and save it.",
        "The law is i.e. not new.", "Is it No. 5 or not?", "Go to example.org/a.b now!",
    ],
    "de": [
        "Das kostet ca. 40 Euro.", "Man nimmt z. B. Seil dafür.", "Siehe Abb. 3 auf der Seite.",
        "Fragen Sie Dr. Lehmann danach.", "Es gilt Nr. 5 der Liste.", "Ist die Datei a.txt da?",
    ],
    "fr": [
        "Prenez p. ex. une corde.", "Voir fig. 3 pour la taille.", "Demandez à M. Dupont demain.",
        "Le fichier a.txt est ici.",
    ],
    "pl": [
        "Weź np. linę i wodę.", "Zob. rys. 3 na stronie.", "To jest tzw. stary most.",
        "Plik a.txt jest tutaj.",
    ],
}  # fmt: skip


@given(st.sampled_from(sorted(UNCUT)), st.data(), st.sampled_from(["md", "txt"]))
def test_no_sentence_is_cut_inside(language: str, data: st.DataObject, ending: str) -> None:
    """Behind an abbreviation, in a name of a file, a version or a place; between them, each is."""
    kinds = st.sampled_from([*UNCUT[language], *SAYINGS[language]])
    said = data.draw(st.lists(kinds, min_size=1, max_size=6))
    text = f"---\nlanguage: {language}\n---\n\n{' '.join(said)}\n"
    library, _ = read({f"page.{ending}": text})
    found = [sentence.plain for _, section in library.sections() for sentence in section.sentences]
    assert found == said


SPEAKERS = ["Ada", "Bo Lind", "DR. LEE", "Speaker 2"]


def as_captions(turns: list[tuple[str, str]], form: str) -> str:
    """Write turns as WebVTT or SubRip, each in a cue."""
    cues = []
    for number, (name, said) in enumerate(turns):
        begin, end = (f"00:{number:02}:{second}" for second in ("01", "09"))
        if form == "vtt":
            cues.append(f"{begin}.000 --> {end}.000 align:start\n<v {name}>{said}</v>\n")
        else:
            cues.append(f"{number + 1}\n{begin},000 --> {end},000\n{name}: {said}\n")
    return ("WEBVTT\n\n" if form == "vtt" else "") + "\n".join(cues)


@given(st.data(), st.sampled_from(["vtt", "srt", "txt", "md"]))
def test_who_speaks_is_not_what_is_said(data: st.DataObject, form: str) -> None:
    """Each turn has its speaker's name before it; times and marks are nowhere, and an answer
    stands in one passage with its question.
    """
    pair = data.draw(st.lists(st.sampled_from(SPEAKERS), min_size=2, max_size=2, unique=True))
    things = data.draw(st.lists(nouns, min_size=2, max_size=5, unique=True))
    turns = []
    for noun in things:
        turns += [(pair[0], f"Where is the {noun}?"), (pair[1], f"It hangs behind the {noun}.")]
    if form in ("vtt", "srt"):
        text = as_captions(turns, form)
    else:
        text = "\n\n".join(f"{name}: {said}" for name, said in turns) + "\n"
    library, _ = read({f"talk.{form}": text})
    found = [
        (sentence.form.mark, sentence.plain)
        for _, section in library.sections()
        for sentence in section.sentences
    ]
    assert found == [(f"{name}: ", said) for name, said in turns]
    passages = [passage.plain for _, _, passage in library.passages()]
    for noun in things:
        both = f"Where is the {noun}? It hangs behind the {noun}."
        assert any(both in passage for passage in passages)
