"""A soak: ten events a second, with reloads and cuts, for very long."""

import asyncio
import statistics
from collections.abc import Callable, Sequence

from loopback import Message, NotOfferedError

from benchmarks.proofs.processes import Sample
from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.scenarios.connection import come_back
from benchmarks.proofs.stage import Stage

_EVENTS_PER_S = 10
_SAMPLE_EVERY = 100
_BUTTONS = ("More", "Less", "Why this passage", "Other passages", "Read the section")
# What may be added between the first third of a run and its last one. What grows with every event
# grows by much more.
_MORE_MEMORY_SHARE = 0.15
_MORE_MEMORY_KB = 8 * 1024
_MORE_FILES = 10
# Connections are kept open for a while when they are no longer used, more of them under load.
_MORE_CONNECTIONS = 40
_MORE_THREADS = 6
_MORE_TASKS = 30


async def play_soak(stage: Stage, size: Size) -> None:
    """Mentions, commands, presses, edits, deletions, typing; reloads and cuts between them."""
    await stage.start()
    events = int(size.seconds * _EVENTS_PER_S)
    disturbed_every = max(1, events // (2 * size.times + 1))
    samples: list[Sample] = []
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    cuts = 0
    for number in range(1, events + 1):
        await _do_something(stage)
        if number % disturbed_every == 0 and (number // disturbed_every) % 2:
            await _reload(stage, number)
        elif number % disturbed_every == 0:
            await stage.make_room()
            await stage.discord.cut("reset")
            cuts += 1
            await come_back(stage, 1, cuts)
        if number % _SAMPLE_EVERY == 0:
            samples.append(await stage.bot.sample())
        await asyncio.sleep(max(0.0, began_s + number / _EVENTS_PER_S - loop.time()))
    await stage.settle()
    stage.figure("events", f"{events:,}")
    stage.figure("cuts", cuts)
    _compare_thirds(stage, samples)


async def _do_something(stage: Stage) -> None:
    """Let somebody do one of the things that people do."""
    discord = stage.discord
    dice = stage.chance.random()
    if dice < 0.3:
        await stage.mention()
    elif dice < 0.6 or not stage.is_ours:
        await stage.command()
    elif dice < 0.8:
        await _press(stage)
    elif dice < 0.9:
        person = stage.chance.choice(stage.people)
        await discord.start_autocomplete(person, stage.channels[0], "ask", question="where")
    elif dice < 0.95:
        question = _old_question(stage)
        if question is not None:
            await discord.edit(question, f"{discord.bot_user.mention} {stage.question()}")
    else:
        question = _old_question(stage)
        if question is not None:
            await discord.delete(question)


def _old_question(stage: Stage) -> Message | None:
    """Give a question that somebody asked by mention a while ago and that is answered."""
    channel = stage.chance.choice(stage.channels)
    for answer in reversed(stage.discord.messages(channel, by=stage.discord.bot_user)[-20:-2]):
        question = answer.reply_to
        if question is not None and not question.deleted:
            return question
    return None


async def _press(stage: Stage) -> None:
    """Press a button of a recent answer, if it has one of these."""
    channel = stage.chance.choice(stage.channels)
    recent = stage.discord.messages(channel, by=stage.discord.bot_user)[-5:]
    labels = [(card, button.label) for card in recent for button in card.buttons]
    fitting = [(card, label) for card, label in labels if label in _BUTTONS]
    if not fitting:
        await stage.command()
        return
    card, label = stage.chance.choice(fitting)
    try:
        await stage.discord.press(stage.chance.choice(stage.people), card, label)
    except NotOfferedError:
        # The card was changed meanwhile.
        return


async def _reload(stage: Stage, number: int) -> None:
    """Change an article and let the owner reload; the plain bot can't."""
    if not stage.is_ours:
        return
    stage.bot.articles.joinpath("changing.md").write_text(
        f"# Of Change\n\n## Number\n\nThe number of the day is {number}.\n", encoding="utf-8"
    )
    await stage.discord.slash(stage.owner, stage.channels[0], "kb reload")


def _compare_thirds(stage: Stage, samples: Sequence[Sample]) -> None:
    """Claim that the last third of a run takes up what the first one did."""
    third = len(samples) // 3
    if third == 0:
        return

    def compare(name: str, read: Callable[[Sample], int], share: float, more: int) -> None:
        first = statistics.median(map(read, samples[:third]))
        last = statistics.median(map(read, samples[-third:]))
        stage.figure(f"{name}, first third → last", f"{first:,.0f} → {last:,.0f}")
        stage.claim(last <= first * (1 + share) + more, f"{name} do not grow")

    compare("kB of memory", lambda one: one.memory_kb, _MORE_MEMORY_SHARE, _MORE_MEMORY_KB)
    compare("open files", lambda one: one.files, 0, _MORE_FILES)
    compare("connections", lambda one: one.connections, 0, _MORE_CONNECTIONS)
    compare("threads", lambda one: one.threads, 0, _MORE_THREADS)
    compare("tasks", lambda one: one.tasks, 0, _MORE_TASKS)


SCENARIOS = (
    Scenario(
        "soak",
        "ten events a second, with reloads and cuts",
        (48,),
        play_soak,
        Size(seconds=600, times=3),
        Size(seconds=3_600, times=12),
        is_watched=True,
    ),
)
