"""What comes in: repeated events, events that can't be read, hostile words."""

import asyncio

from loopback.mutations import mutate

from benchmarks.proofs.processes import BotProcess
from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import Stage

_REPEATS = 3
_BEGINNINGS = ("READY", "RESUMED")
_READY_FIELDS = ("user", "session_id", "guilds", "application", "resume_gateway_url")
_BETWEEN_SESSIONS = 50
_BEGINNING_S = 3.0
_ANSWERED_S = 10.0
_BETWEEN = 25
_PIECES = (
    "@everyone", "@here", "<@{bot}>", "<@&{guild}>", "<#{channel}>", "[tea](https://e.vil/x)",
    "[a](https://a.vil), [b](https://b.vil)", "https://e.vil/y", "<https://e.vil/z>",
    "discord.gg/evil", "**", "__", "||", "```", "`", "\\", "> ", "# ", "- ", "</ask:{bot}>",
    "<t:0:R>", "\u202e", "\u200b", "\x00", "http://e.vil", "[x](<https://e.vil>)", "\n",
    "where does the Orrin end?", "amber", "market",
)  # fmt: skip


async def play_repeated_events(stage: Stage, size: Size) -> None:
    """Send every event three times, at once and again when it is answered."""
    await stage.start()
    for number in range(size.questions):
        question = await (stage.command() if number % 2 else stage.mention())
        for _ in range(_REPEATS - 2):
            await stage.discord.repeat(question)
        await stage.make_room()
        await stage.discord.repeat(question)
    await stage.settle()


async def play_two_processes(stage: Stage, size: Size) -> None:
    """Run two processes with one token, as when one is started before the other has ended."""
    folder = stage.bot.folder / "second"
    folder.mkdir()
    second = BotProcess(stage.bot.kind, stage.bot.articles, folder, stage.bot.settings)
    await stage.start()
    await second.launch(stage.discord.environment)
    try:
        await stage.until(lambda: len(stage.discord.core.gateway.live()) == 2, "both there")
        await stage.ask(size.questions)
        await stage.settle()
    finally:
        await second.end_well()
    stage.bot.log += second.log


async def play_mutated_events(stage: Stage, size: Size) -> None:
    """Send events in which fields are missing or of another kind; ask after every few."""
    await stage.start()
    await stage.ask(4, in_flight=1)
    await stage.make_room()
    samples = [event for event in stage.discord.events() if event.type not in _BEGINNINGS]
    slowest_s = 0.0
    for number in range(size.times):
        sample = samples[number % len(samples)]
        await stage.discord.send_raw(sample.type, mutate(sample.data, stage.chance))
        if number % _BETWEEN == _BETWEEN - 1:
            slowest_s = max(slowest_s, await _answers(stage))
        if number % _BETWEEN_SESSIONS == _BETWEEN_SESSIONS - 1:
            await _begin_badly(stage)
            slowest_s = max(slowest_s, await _answers(stage))
    await stage.settle()
    stage.figure("mutated events", size.times)
    stage.figure("sessions", stage.discord.identifies)
    stage.limit("next question answered after, s", slowest_s, _ANSWERED_S)


async def _begin_badly(stage: Stage) -> None:
    """Let the next session begin with a READY that lacks a field."""
    lacking = stage.chance.choice(_READY_FIELDS)
    stage.discord.spoil(
        "READY", lambda data: {key: value for key, value in data.items() if key != lacking}
    )
    sessions = stage.discord.identifies
    await stage.discord.cut("invalid session")
    await stage.until(
        lambda: stage.discord.identifies > sessions or not stage.bot.is_running, "a new session"
    )
    # A session that can't begin is given up within this time, and one that can goes on.
    await asyncio.sleep(_BEGINNING_S)


async def _answers(stage: Stage) -> float:
    """Ask by mention, and give how many seconds the answer took; revive a dead bot first."""
    await stage.until(
        lambda: stage.discord.core.gateway.live() or not stage.bot.is_running, "there"
    )
    await stage.revive()
    question = await stage.mention()
    return await stage.until(
        lambda: stage.discord.answers_to(question) or not stage.bot.is_running, "answered"
    )


async def play_hostile_words(stage: Stage, size: Size) -> None:
    """Ask in words that try to be live, of articles whose words do."""
    names = {"bot": stage.discord.bot_user.id, "guild": stage.guild.id}
    names["channel"] = stage.channels[0].id

    def draw() -> str:
        pieces = stage.chance.choices(_PIECES, k=stage.chance.randint(2, 6))
        return " ".join(piece.format(**names) for piece in pieces)

    for number in range(20):
        text = f"# Tale {number}\n\nThe market sells amber {number}. {draw()}\n\n{draw()}\n"
        stage.bot.articles.joinpath(f"hostile{number}.md").write_text(
            text.replace("\x00", ""), encoding="utf-8"
        )
    stage.bot.settings["links"] = "false"
    await stage.start()
    for number in range(size.questions):
        await stage.make_room(10)
        text = f"what does the market sell? {draw()} {number}"
        if number % 2:
            await stage.command(text=text)
        else:
            await stage.say(f"{stage.discord.bot_user.mention} {text}")
    await stage.settle()


SCENARIOS = (
    Scenario(
        "repeated events",
        "every event comes three times",
        (4,),
        play_repeated_events,
        Size(questions=20),
        Size(questions=400),
    ),
    Scenario(
        "two processes",
        "two processes run with one token",
        (4,),
        play_two_processes,
        Size(questions=30),
        Size(questions=400),
    ),
    Scenario(
        "mutated events",
        "fields of events are missing or of another kind",
        (9,),
        play_mutated_events,
        Size(times=100),
        Size(times=500),
    ),
    Scenario(
        "hostile words",
        "questions and articles try to be live",
        (19, 20, 21),
        play_hostile_words,
        Size(questions=60),
        Size(questions=2_000),
    ),
)
