"""Articles and questions in many languages, in one folder each and all in one."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.ids import section_ids
from bot.answers.language_groups import group_by_language
from bot.answers.model import AnswerKind
from bot.articles.library import Library, build

# By language: articles by name, and questions in other inflections with the words that answer them.
CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "de": (
        {
            "ausleihe": "# Ausleihe\n\nMitglieder dürfen zwei Boote gleichzeitig ausleihen. Wer ein Boot beschädigt, "
            "meldet das sofort dem Hafenmeister und bezahlt die Reparatur.",
            "schluessel": "# Schlüssel\n\nDer Schlüssel für das Bootshaus liegt bei der Bäckerei in der Straße neben "
            "dem Hafen. Man bekommt ihn dort gegen eine Unterschrift.",
            "beitrag": "# Beitrag\n\nDer Beitrag kostet vierzig Euro im Jahr. Er wird im März von den Konten der "
            "Mitglieder abgebucht.",
        },
        {
            "wie viele boote darf ein mitglied ausleihen": "zwei Boote",
            "wo bekomme ich bitte die schluessel fürs bootshaus": "Schlüssel für das Bootshaus",
            "was kosten die beiträge": "vierzig Euro",
        },
    ),
    "fr": (
        {
            "tchap": "# Messageries\n\nTchap est la messagerie du service public. Les agents y discutent entre eux et "
            "avec leurs partenaires.",
            "cantine": "# Cantine\n\nLa cantine est au deuxième étage. Elle est ouverte à tous les agents pendant la "
            "semaine.",
            "cotisation": "# Cotisations\n\nLa cotisation coûte vingt euros. L'eau et l'électricité sont comprises "
            "dans ce prix pour tous les membres.",
        },
        {
            "c'est quoi tchap": "messagerie du service public",
            "ou se trouve la cantine ?": "deuxième étage",
            "est-ce que l’eau est comprise": "L'eau et l'électricité",
        },
    ),
    "es": (
        {
            "reglas": "# Reglas\n\nLos insultos están prohibidos en todos los canales. Quien insulta a otra persona "
            "recibe una advertencia de los moderadores.",
            "inscripcion": "# Inscripciones\n\nLa inscripción se hace en la oficina del puerto. Está abierta de lunes "
            "a viernes para todos los vecinos.",
            "llaves": "# Llaves\n\nLas llaves del almacén las guarda el conserje. Se las da a los socios que se las "
            "piden por la mañana.",
        },
        {
            "donde hago las inscripciones": "oficina del puerto",
            "quién tiene la llave del almacen": "conserje",
            "se puede insultar": "insult",
        },
    ),
    "pt": (
        {
            "reuniao": "# Reunião\n\nA reunião começa às oito na sala azul. Quem não pode vir avisa os moderadores "
            "antes do almoço.",
            "barcos": "# Barcos\n\nOs sócios podem alugar dois barcos de cada vez. Ninguém deve navegar sozinho à "
            "noite.",
            "chave": "# Chaves\n\nA chave da cozinha fica com a zeladora. Ela não a empresta às crianças.",
        },
        {
            "onde são as reunioes": "sala azul",
            "quantos barcos um socio pode alugar": "dois barcos",
            "quem tem as chaves da cozinha": "zeladora",
        },
    ),
    "it": (
        {
            "acqua": "# Rifugio\n\nL'acqua del rifugio viene dalla sorgente. Non è potabile e si deve bollire prima di "
            "bere.",
            "barche": "# Barche\n\nI soci possono prendere in prestito due barche alla volta. Nessuno deve navigare "
            "da solo di notte.",
            "chiave": "# Chiavi\n\nLa chiave della cantina è dal custode. Il custode abita nella casa gialla accanto "
            "al molo.",
        },
        {
            "da dove viene l'acqua": "sorgente",
            "quante barche puo prendere un socio": "due barche",
            "dov'è la chiave delle cantine": "custode",
        },
    ),
    "pl": (
        {
            "lodzie": "# Łodzie\n\nCzłonkowie mogą pożyczyć dwie łodzie naraz. Nikt nie powinien żeglować sam w nocy.",
            "piekarnia": "# Piekarnia\n\nPiekarnia otwiera się o siódmej rano. Zamyka się, gdy sprzedany zostanie "
            "ostatni bochenek chleba.",
            "klucz": "# Klucze\n\nKlucz do magazynu ma dozorca. Dozorca mieszka w żółtym domu obok portu.",
        },
        {
            "ile łodzi można pożyczyć": "dwie łodzie",
            "kiedy jest otwarcie piekarni": "siódmej",
            "kto ma klucze do magazynu": "dozorca",
        },
    ),
    "uk": (
        {
            "chovny": "# Човни\n\nЧлени клубу можуть позичати два човни одночасно. Ніхто не повинен плавати вночі сам.",
            "pekarnia": "# Пекарня\n\nПекарня відчиняється о сьомій ранку. Вона зачиняється, коли продано останню "
            "хлібину.",
            "kliuch": "# Ключі\n\nКлюч від складу має сторож. Сторож живе в жовтому будинку біля порту.",
        },
        {
            "скажіть, скільки човнів можна позичити": "два човни",
            "о котрій відчиняються пекарні": "сьомій",
            "у кого ключі від складу": "сторож",
        },
    ),
    "ru": (
        {
            "lodki": "# Лодки\n\nЧлены клуба могут брать две лодки одновременно. Никто не должен плавать ночью один.",
            "vznos": "# Взносы\n\nЕжемесячный взнос составляет сто рублей. Его платят все участники ещё до начала "
            "месяца.",
            "kluch": "# Ключи\n\nКлюч от нового склада хранится у сторожа. Сторож живёт в жёлтом доме возле порта.",
        },
        {
            "сколько лодок можно брать": "две лодки",
            "какой размер взноса": "сто рублей",
            "у кого ключи от новых складов": "сторожа",
        },
    ),
    "tr": (
        {
            "tekneler": "# Tekneler\n\nÜyeler aynı anda iki tekne ödünç alabilir. Kimse gece yalnız yelken açmamalı, "
            "çünkü bu çok tehlikeli.",
            "firin": "# Fırın\n\nFırın sabah yedide açılır ve son ekmek satılınca kapanır. Pazar günü ise hiç ekmek "
            "yok.",
            "anahtar": "# Anahtar\n\nDeponun anahtarı kapıcıda durur. Bu kapıcı limanın yanındaki sarı evde oturur ve "
            "her gün oradadır.",
        },
        {
            "kaç tekneyi ödünç alabilirim": "iki tekne",
            "firin ne zaman açılıyor": "yedide",
            "depo anahtarları nerede": "kapıcıda",
        },
    ),
    "nl": (
        {
            "boten": "# Boten\n\nLeden mogen twee boten tegelijk lenen. Niemand mag 's nachts alleen zeilen, want dat "
            "is gevaarlijk.",
            "bakkerij": "# Bakkerij\n\nDe bakkerij opent om zeven uur en sluit als het laatste brood verkocht is. Op "
            "zondag is er geen brood.",
            "sleutel": "# Sleutels\n\nDe sleutel van het magazijn ligt bij de conciërge. Hij woont in het gele huis "
            "naast de haven.",
        },
        {
            "hoeveel boten mag een lid lenen": "twee boten",
            "wanneer gaan de bakkerijen open": "zeven uur",
            "waar liggen de sleutels van het magazijn": "conciërge",
        },
    ),
    "zh": (
        {
            "船": "# 租船\n\n会员一次可以借两条船，但是晚上谁也不能单独出航。",
            "面包店": "# 面包店\n\n面包店早上七点开门，最后一个面包卖完就关门。",
            "钥匙": "# 钥匙\n\n仓库的钥匙在管理员那里，他住在港口旁边的黄房子里。",
        },
        {"会员可以借几条船": "两条船", "面包店几点开门": "七点", "谁有仓库的钥匙": "管理员"},
    ),
    "ja": (
        {
            "船": "# 貸し船\n\n会員は一度に二隻の船を借りられますが、夜に一人で航海してはいけません。",
            "パン屋": "# パン屋\n\nパン屋は朝七時に開き、最後のパンが売れると閉まります。",
            "鍵": "# 鍵\n\n倉庫の鍵は管理人が持っています。管理人は港のそばの黄色い家に住んでいます。",
        },
        {
            "会員は船を何隻借りられますか": "二隻",
            "パン屋は何時に開きますか": "七時",
            "倉庫の鍵は誰が持っていますか": "管理人",
        },
    ),
    "ko": (
        {
            "배": "# 배 대여\n\n회원은 한 번에 배 두 척을 빌릴 수 있지만 밤에 혼자 항해하면 안 됩니다.",
            "빵집": "# 빵집\n\n빵집은 아침 일곱 시에 열고 마지막 빵이 팔리면 닫습니다.",
            "열쇠": "# 열쇠\n\n창고 열쇠는 관리인이 가지고 있습니다. 관리인은 항구 옆 노란 집에 삽니다.",
        },
        {
            "회원이 배를 몇 척 빌릴 수 있어요": "두 척",
            "빵집이 언제 열어요": "일곱 시",
            "창고의 열쇠를 누가 가지고 있나요": "관리인",
        },
    ),
}
ENGLISH = {
    "dogs": "# Dogs\n\nDogs are welcome in the garden of the club, but they have to be on a lead at all times.",
    "lamps": "# Lamps\n\nThe lamps of the pier are lit by the keeper when the sun has gone down behind the hills.",
}
QUESTIONS = [
    (language, question) for language, (_, questions) in CASES.items() for question in questions
]


def write(folder: Path, articles: dict[str, str]) -> Library:
    """Write articles and read them."""
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return build(folder)[0]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answer from one folder that holds the articles of all languages."""
    articles = dict(ENGLISH)
    for language, (texts, _) in CASES.items():
        articles |= {f"{language}-{name}": text for name, text in texts.items()}
    return Answerer(write(tmp_path_factory.mktemp("mixed"), articles))


@pytest.mark.parametrize("language", CASES)
def test_the_language_of_each_article_is_found(language: str, tmp_path: Path) -> None:
    """None of them states it."""
    library = write(tmp_path, CASES[language][0])
    assert {article.language for article in library.articles} == {language}


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_a_question_is_answered_in_its_language(
    language: str, question: str, tmp_path: Path
) -> None:
    """It has other inflections than the article, and accents left out."""
    articles, questions = CASES[language]
    answer = Answerer(write(tmp_path, articles)).answer(question)
    assert answer.kind == "answer"
    assert questions[question] in " ".join(
        sentence.plain for sentence in answer.quotes[0].sentences
    )


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_a_question_finds_its_language_among_others(
    language: str, question: str, mixed: Answerer
) -> None:
    """The folder holds articles on the same things in thirteen languages."""
    answer = mixed.answer(question)
    assert answer.kind == "answer"
    assert answer.quotes[0].article.language == language
    assert CASES[language][1][question] in " ".join(
        sentence.plain for sentence in answer.quotes[0].sentences
    )


def test_what_one_language_refuses_is_asked_of_the_others(mixed: Answerer) -> None:
    """An English question for a word that only French articles have is answered from there."""
    answer = mixed.answer("what is Tchap")
    assert answer.kind == "answer"
    assert answer.quotes[0].article.language == "fr"


def test_what_every_language_refuses_is_refused(mixed: Answerer) -> None:
    """Each is asked, and none knows anything of it."""
    refused = mixed.answer("How do I repair a zeppelin engine in winter?")
    assert (refused.kind, refused.quotes) == ("none", ())


def test_passages_of_all_languages_are_found_by_id(mixed: Answerer) -> None:
    """They are quoted and explained; and each index is sound."""
    assert len(mixed.indexes) == len(CASES) + 1
    assert mixed.is_sound()
    for question in ("wo liegen die Schlüssel", "у кого ключ від складу", "are dogs welcome"):
        quote = mixed.answer(question).quotes[0]
        again = mixed.quote(question, quote.id)
        assert again is not None
        assert again.id == quote.id
        assert mixed.explain(question, quote.id) is not None
        assert mixed.find_passage(quote.id) is not None
        # As it is quoted in a conversation that was about something else.
        in_conversation = mixed.quote(question, quote.id, "meadow")
        assert in_conversation is not None
        assert in_conversation.id == quote.id
        section = section_ids(quote.article)[quote.section.number]
        assert mixed.find_section(section) == (quote.article, quote.section)
        assert mixed.answer(question, quote.article.id).quotes[0].id == quote.id
    assert mixed.quote("dogs", "none") is None
    assert mixed.explain("dogs", "none") is None
    assert mixed.find_section("none") is None


def test_packed_indexes_answer_the_same(mixed: Answerer) -> None:
    """All languages are packed together."""
    again = Answerer(mixed.library, packed=mixed.pack())
    for _, question in QUESTIONS:
        assert again.answer(question) == mixed.answer(question)


def test_a_short_article_goes_with_the_main_language(tmp_path: Path) -> None:
    """A title and a line of names tell no language."""
    articles = (
        CASES["pl"][0]
        | {"kontakt": "# Kontakt\n\nAnna, Piotr, Ewa: 555 12 34."}
        | {"dogs": ENGLISH["dogs"]}
    )
    groups = dict(group_by_language(write(tmp_path, articles)))
    assert next(iter(groups)) == "pl"
    assert {article.id for article in groups["pl"].articles} == {*CASES["pl"][0], "kontakt"}


def test_a_folder_of_one_language_has_one_index(tmp_path: Path) -> None:
    """It is the library as it is."""
    library = write(tmp_path, ENGLISH)
    assert group_by_language(library) == [("en", library)]
    assert group_by_language(Library()) == [("en", Library())]


@pytest.mark.parametrize("character", ["鍵", "船", "钥", "배"])
def test_a_lone_character_still_finds(character: str, mixed: Answerer) -> None:
    """Words of one character are words."""
    assert mixed.answer(character).kind == "answer"


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=30)
def test_no_question_raises(mixed: Answerer, question: str) -> None:
    """Law: any text is answered or refused, and something is said."""
    answer = mixed.answer(question)
    assert answer.kind in get_args(AnswerKind)
    assert answer.quotes or answer.summaries or answer.message
