"""*Good or wrong?*: an editor's word on an answer, or a refusal, becomes a question of the set."""

from conftest import World
from loopback.permissions import Permission
from loopback.state import Message, User

from bot.articles.library import build
from bot.evaluation.question_set import read_sound_questions

BUILT = "Who built the first bridge over the Orrin?"
LONGEST = "What is the longest river of Valmora?"
REFUSED = "xylophone zeppelin quartz delta"
NESTS = "xylophone zeppelin quartz kazoo herons"
NOTHING_NEAR = "xylophones?"


def labels(card: Message) -> list[str]:
    """Give the labels of a card's buttons."""
    return [button.label for button in card.buttons]


async def test_an_editor_judges_answers(world: World) -> None:
    """Behind *More*, for those who may edit alone; one press adds the question with what is right,
    which is a version, told in the log channel, and asked before every later change.
    """
    log = world.discord.add_text_channel(world.guild, "log")
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    world.settings += f"log_channel: '{log.id}'\n"
    questions = world.folder / "questions.yaml"
    questions.write_bytes(b"# Mine.\nquestions:\n- question: herons?\n  not_answered: true\n")
    await world.start()

    card = await world.ask(BUILT)
    assert "Good or wrong?" not in str((await world.press(card, "More")).components)
    more = await world.press(card, "Less", world.owner)
    judging = await world.press(more, "Good or wrong?", world.owner)
    assert judging.ephemeral
    assert "Elda Njord built the first bridge" in judging.text
    done = await world.press(judging, "Good answer", world.owner)
    assert "version 1" in done.text
    content = questions.read_text(encoding="utf-8")
    assert content.startswith(f'# Mine.\nquestions:\n- question: "{BUILT}"\n  article: "rivers"\n')
    assert content.endswith("- question: herons?\n  not_answered: true\n")
    told = await world.discord.wait_for(log)
    assert "questions.yaml" in told.text
    assert world.owner.mention in told.text

    other = await world.ask(LONGEST, world.owner)
    await world.press(other, "More", world.owner)
    judging = await world.press(other, "Good or wrong?", world.owner)
    right = "The articles do not answer it"
    chosen = await world.discord.select(world.owner, judging, "right", right)
    assert "version 2" in (await chosen.answer()).text
    added = f'- question: "{LONGEST}"\n  not_answered: true\n'
    assert added in questions.read_text(encoding="utf-8")
    forced = await world.discord.press(world.manager, other, "Good or wrong?", force=True)
    assert "admin_users" in (await forced.answer()).text
    judging = await world.press(more, "Good or wrong?", world.owner)
    again = await world.press(judging, "Good answer", world.owner)
    assert "already, in line" in again.text

    removed = await world.use("kb remove", world.owner, article="Of Rivers")
    assert "would be answered worse" in removed.text
    assert BUILT in removed.text


async def judge_refusal(world: World, question: str, editor: User) -> Message:
    """Ask as somebody new, and open the card on which an editor judges that refusal."""
    reader = world.discord.add_user(f"reader of {question}")
    world.discord.add_member(world.guild, reader)
    more = await world.press(await world.ask(question, reader), "More", editor)
    return await world.press(more, "Good or wrong?", editor)


async def test_an_editor_judges_refusals(world: World) -> None:
    """*More* tells everybody why, in private; from there editors say that it was right, or which of
    the nearest passages answers it. What is answered by now is judged as that answer.
    """
    editor = world.discord.add_user("edda")
    world.discord.add_member(world.guild, editor)
    world.settings += f"admin_users: ['{editor.id}']\n"
    await world.start()

    card = await world.ask(REFUSED)
    assert labels(card)[-2:] == ["Remove", "More"]
    why = await world.press(card, "More")
    assert why.ephemeral
    assert "says enough of what was asked" in why.text
    assert "Its delta has nine arms" in why.text
    assert "“quartz”, 28% of the question: nowhere in the articles" in why.text
    assert labels(why) == ["Nearest passages"]
    assert "nine arms" in (await world.press(why, "Nearest passages")).text

    right = await judge_refusal(world, REFUSED, editor)
    assert "Refused now" in right.text
    assert "version 1" in (await world.press(right, "Right to refuse", editor)).text
    wrong = await judge_refusal(world, NESTS, editor)
    assert "Refused now" in wrong.text
    (menu,) = wrong.selects
    chosen = await world.discord.select(editor, wrong, "right", menu.options[0][0])
    assert "version 2" in (await chosen.answer()).text
    nothing = await judge_refusal(world, NOTHING_NEAR, editor)
    assert nothing.selects == []
    await world.press(nothing, "Right to refuse", editor)
    assert (world.folder / "questions.yaml").read_text(encoding="utf-8") == (
        f'questions:\n- question: "{NOTHING_NEAR}"\n  not_answered: true\n'
        f'- question: "{NESTS}"\n  article: "rivers"\n'
        '  sentence: "Herons nest in the delta of the Orrin."\n'
        f'- question: "{REFUSED}"\n  not_answered: true\n'
    )

    elsewhere = await world.use("ask", question=BUILT, article="Of Towns")
    more = await world.press(elsewhere, "More", editor)
    assert "Elda Njord" in (await world.press(more, "Good or wrong?", editor)).text


async def test_shared_answers_are_judged_and_follow_ups_are_not(own_guild: World) -> None:
    """What was shared is an answer to the same question; what follows up another one asks
    something else when it is asked alone.
    """
    editor = own_guild.owner
    own_guild.discord.add_member(own_guild.guild, editor)
    card = await own_guild.use("ask", question=BUILT, private=True)
    shared = await own_guild.press(card, "Share here")
    more = await own_guild.press(shared, "More", editor)
    judging = await own_guild.press(more, "Good or wrong?", editor)
    assert BUILT in judging.text
    assert labels(judging) == ["Good answer"]

    await own_guild.ask(BUILT)
    followed = await own_guild.ask("and when did it fall?")
    more = await own_guild.press(followed, "More", editor)
    refused = await own_guild.press(more, "Good or wrong?", editor)
    assert "follows up another one" in refused.text


SUM_UP = "sum up the section Mouth"
WRITTEN = "who wrote the article about rivers"


async def test_an_editor_judges_summaries_and_facts(world: World) -> None:
    """*More* tells everybody how they are made; from there editors say that they were right, or
    which passage or which other summary is, or that nothing is.
    """
    editor = world.discord.add_user("edda")
    world.discord.add_member(world.guild, editor)
    world.settings += f"admin_users: ['{editor.id}']\n"
    await world.start()

    card = await world.ask(SUM_UP)
    how = await world.press(card, "More")
    assert how.ephemeral
    assert "word for word" in how.text
    assert labels(how) == []
    more = await world.press(card, "More", editor)
    judging = await world.press(more, "Good or wrong?", editor)
    assert "with a summary: **Mouth**" in judging.text
    assert "version 1" in (await world.press(judging, "Good answer", editor)).text

    fact = await world.ask(WRITTEN)
    more = await world.press(fact, "More", editor)
    assert "This is no quotation" in more.text
    judging = await world.press(more, "Good or wrong?", editor)
    assert "does not say who wrote it" in judging.text
    assert "version 2" in (await world.press(judging, "Good answer", editor)).text

    questions = world.folder / "questions.yaml"
    content = questions.read_text(encoding="utf-8")
    assert content == (
        f'questions:\n- question: "{WRITTEN}"\n  article: "rivers"\n  about: author\n'
        f'- question: "{SUM_UP}"\n  article: "rivers"\n  section: "Mouth"\n  summary: true\n'
    )
    library, _ = build(world.folder)
    read, faults = read_sound_questions("questions.yaml", content, library)
    assert (len(read), faults) == (2, ())

    questions.unlink()
    judging = await judge_refusal(world, SUM_UP, editor)
    whole = "Summary: Of Rivers"
    chosen = await world.discord.select(editor, judging, "right", whole)
    assert "Noted in" in (await chosen.answer()).text
    judging = await judge_refusal(world, WRITTEN, editor)
    (menu,) = judging.selects
    values = [value for _, value in menu.options]
    assert values[-1] == "none"
    section = next(label for label, value in menu.options if value.startswith("section."))
    await (await world.discord.select(editor, judging, "right", section)).answer()
    content = questions.read_text(encoding="utf-8")
    assert content.endswith(f'- question: "{SUM_UP}"\n  article: "rivers"\n  summary: true\n')
    assert content.startswith(f'questions:\n- question: "{WRITTEN}"\n  article: "')
    assert "  section: " in content


async def test_what_asks_for_the_article_quoted_last_is_not_judged(own_guild: World) -> None:
    """Alone it asks which article is meant, or for several."""
    editor = own_guild.owner
    own_guild.discord.add_member(own_guild.guild, editor)
    await own_guild.ask(BUILT)
    for question in ("tl;dr", "who wrote it?"):
        more = await own_guild.press(await own_guild.ask(question), "More", editor)
        refused = await own_guild.press(more, "Good or wrong?", editor)
        assert "follows up another one" in refused.text
