"""Each is answered in a language of their own: by their locale, that of the server, or the
question's.
"""

import pytest
from conftest import World
from loopback.permissions import Permission
from loopback.state import User

BUILT = "Who built the first bridge over the Orrin?"


def add_member(world: World, locale: str) -> User:
    """Add a member of the server whose Discord is in a language."""
    user = world.discord.add_user(f"member-{locale}", locale=locale)
    world.discord.add_member(world.guild, user)
    return user


@pytest.mark.parametrize(
    ("locale", "labels", "refusal"),
    [
        ("en-GB", ("Follow up", "Verify"), "The articles do not answer that."),
        ("de", ("Nachfragen", "Nachprüfen"), "Die Artikel beantworten das nicht."),
        ("fr", ("Relancer", "Vérifier"), "Les articles ne répondent pas à ça."),
        ("es-419", ("Seguir preguntando", "Verificar"), "Los artículos no responden a eso."),
        ("pl", ("Dopytaj", "Sprawdź"), "Artykuły na to nie odpowiadają."),
        ("ru", ("Уточнить", "Проверить"), "Статьи на это не отвечают."),
        ("tr", ("Devamını sor", "Doğrula"), "Makaleler bunu yanıtlamıyor."),
        ("uk", ("Уточнити", "Перевірити"), "Статті на це не відповідають."),
        ("ja", ("Follow up", "Verify"), "The articles do not answer that."),
    ],
)
async def test_a_command_is_answered_in_the_language_of_who_used_it(
    own_guild: World, locale: str, labels: tuple[str, str], refusal: str
) -> None:
    """Labels, refusals; the quotation is the article's own words."""
    user = add_member(own_guild, locale)
    card = await own_guild.ask(BUILT, user)
    assert "Elda Njord built the first bridge" in card.text
    assert card.buttons[0].label == labels[0]
    opened = await own_guild.press(card, card.buttons[-1].label, user)
    assert opened is card
    assert labels[1] in [button.label for button in card.buttons]
    refused = await own_guild.ask("How tall is the moon's oldest giraffe?", user)
    assert refusal in refused.text


async def test_a_card_keeps_its_language_and_who_presses_is_answered_in_their_own(
    own_guild: World,
) -> None:
    """The question is read back from a card of any language."""
    german, french = add_member(own_guild, "de"), add_member(own_guild, "fr")
    card = await own_guild.ask(BUILT, german)
    assert f"-# Gefragt: {BUILT}" in card.text
    deeper = await own_guild.press(card, "Mehr", french)
    assert deeper.ephemeral
    assert "**Plus sur cette réponse**" in deeper.text
    assert f"-# Question\N{NO-BREAK SPACE}: {BUILT}" in deeper.text
    why = await own_guild.press(deeper, "Pourquoi ce passage", french)
    assert "**Pourquoi ce passage**" in why.text
    moderator = own_guild.discord.add_user("mo")
    may = Permission.MANAGE_MESSAGES
    own_guild.discord.add_member(own_guild.guild, moderator, permissions=may)
    assert await own_guild.press(card, "Mehr", moderator) is card
    assert "Weniger" in [button.label for button in card.buttons]
    assert "Less" not in [button.label for button in card.buttons]


async def test_what_is_shared_keeps_its_language(own_guild: World) -> None:
    """Also where a card is shared that was asked for in private."""
    german = add_member(own_guild, "de")
    card = await own_guild.use("ask", german, question=BUILT, private=True)
    shared = await own_guild.press(card, "Hier teilen", german)
    assert shared.texts[0] == f"-# Geteilt von {german.mention}"
    again = await own_guild.press(card, "Hier teilen", german)
    assert again.text == "Das ist schon geschehen."
    await own_guild.press(shared, "Mehr", german)
    assert "Entfernen" in [button.label for button in shared.buttons]


async def test_a_window_is_in_the_language_of_who_opens_it(own_guild: World) -> None:
    """And so is the answer to what is typed there."""
    polish = add_member(own_guild, "pl")
    card = await own_guild.ask(BUILT, polish)
    opened = await own_guild.discord.press(polish, card, "Dopytaj")
    window = await opened.modal()
    assert window.title == "Dopytaj"
    answered = await own_guild.discord.submit_modal(polish, opened, text="When did it fall?")
    assert "-# W nawiązaniu do „" in (await answered.answer()).text


async def test_a_mention_is_answered_in_the_language_of_the_server(own_guild: World) -> None:
    """Whatever the member's own."""
    discord, member = own_guild.discord, add_member(own_guild, "fr")
    guild = discord.add_guild("Okurlar", locale="tr")
    discord.add_member(guild, member)
    channel = discord.add_text_channel(guild, "genel")
    question = f"{discord.bot_user.mention} How tall is the moon's oldest giraffe?"
    answer = await discord.reply_to(await discord.say(member, channel, question))
    assert "Makaleler bunu yanıtlamıyor." in answer.text


@pytest.mark.parametrize(
    ("features", "refusal"),
    [
        ((), "Die Artikel beantworten das nicht."),
        (("COMMUNITY",), "The articles do not answer that."),
    ],
)
async def test_a_server_that_chose_no_language_is_answered_in_that_of_the_question(
    own_guild: World, features: tuple[str, ...], refusal: str
) -> None:
    """Discord gives English to every server; only a community chooses it."""
    discord = own_guild.discord
    guild = discord.add_guild("Leser", features=features)
    discord.add_member(guild, own_guild.member)
    channel = discord.add_text_channel(guild, "allgemein")
    question = f"{discord.bot_user.mention} Wie groß ist die älteste Giraffe auf dem Mond?"
    answer = await discord.reply_to(await discord.say(own_guild.member, channel, question))
    assert refusal in answer.text


async def test_a_direct_message_is_answered_in_its_own_language(own_guild: World) -> None:
    """A message has no locale, and there is no server; what can't be told is English."""
    channel = own_guild.discord.open_dm(own_guild.member)
    for question, refusal in (
        ("Wie groß ist die älteste Giraffe auf dem Mond?", "Die Artikel beantworten das nicht."),
        ("Який зріст у найстаршої жирафи на Місяці?", "Статті на це не відповідають."),
        ("How tall is the oldest giraffe on the moon?", "The articles do not answer that."),
    ):
        asked = await own_guild.discord.say(own_guild.member, channel, question)
        assert refusal in (await own_guild.discord.reply_to(asked)).text


async def test_choices_and_commands_are_offered_in_each_language(own_guild: World) -> None:
    """Descriptions and the names of menus; what is typed has one name everywhere."""
    commands = own_guild.discord.registered
    ask = commands["ask"]
    assert ask["description_localizations"]["de"].startswith("Eine Frage stellen")
    assert ask["description_localizations"]["es-ES"] == ask["description_localizations"]["es-419"]
    assert "en-GB" not in ask["description_localizations"]
    assert not ask.get("name_localizations")
    assert commands["Find the passage"]["name_localizations"]["uk"] == "Знайти уривок"
    (option,) = [one for one in ask["options"] if one["name"] == "article"]
    assert option["description_localizations"]["fr"] == "Seulement dans cet article"


async def test_problems_of_the_folder_are_told_in_the_language_of_who_looks(world: World) -> None:
    """They were found when the folder was read, before anybody looked."""
    (world.folder / "odd.md").write_text("# Tea\n\n## Green\n\nIt is.\n\n## Green\n\nIt was.\n")
    await world.start()
    may = Permission.MANAGE_GUILD
    world.discord.add_member(world.guild, world.owner, permissions=may)
    world.owner.locale = "de"
    status = await world.use("kb status", world.owner)
    assert "**Bereitgestellt**: 3 Artikel" in status.text
    assert "die Überschrift „Green“ steht schon in Zeile 3" in status.text
    helped = await world.use("help", world.owner)
    assert "Den Ordner der Artikel neu einlesen" in helped.text
