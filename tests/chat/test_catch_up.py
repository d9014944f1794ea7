"""What is asked while nobody listens is answered afterwards, once: after a session that ended for
good, and after a kill.

One bot goes through both, each in a server of its own: people write before, the bot is away, people
write meanwhile, the bot is back. Every test looks at one of the things that they wrote.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.ledger import Mark, find_answers
from loopback.permissions import Permission
from loopback.state import Channel, Message, User

WHERE = "where does the Orrin end?"
BUILT = "Who built the first bridge over the Orrin?"
FALL = "and when did it fall?"
NOT_THERE = "xylophone zeppelin quartz delta"
HISTORY = re.compile(r"/channels/(\d+)/messages$")
QUIET = 200
ROOMY = "questions_per_server: 3600\nquestions_per_channel: 3600\nquestions_window_s: 3600\n"
SETTINGS = ROOMY + "thread_channels: [{}, {}]\n"
ABSENCES = ("new session", "kill")

# The bot is away for all of them at once: one worker lets it, and waits for what comes.
pytestmark = pytest.mark.xdist_group("absences")


@dataclass(slots=True)
class Absence:
    """A server in which the bot was away for a while, what was written there by name, and which
    channels' histories the bot read when it was back.
    """

    world: World
    talk: Channel
    said: dict[str, Message] = field(default_factory=dict)
    read: list[int] = field(default_factory=list)
    quiet: list[Channel] = field(default_factory=list)

    def meet(self, name: str, *, bot: bool = False) -> User:
        """Let somebody new join the server."""
        user = self.world.discord.add_user(name, bot=bot)
        self.world.discord.add_member(self.world.guild, user)
        return user

    def add_channel(self, name: str) -> Channel:
        """Add a channel."""
        return self.world.discord.add_text_channel(self.world.guild, name)

    async def say(
        self,
        name: str,
        text: str,
        channel: Channel | None = None,
        user: User | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write a message and remember it."""
        asker = user or self.meet(name)
        place = channel or self.world.channel
        said = await self.world.discord.say(asker, place, text, reply_to=reply_to)
        self.said[name] = said
        return said

    async def ask(
        self, name: str, question: str, channel: Channel | None = None, user: User | None = None
    ) -> Message:
        """Mention the bot with a question."""
        text = f"{self.world.discord.bot_user.mention} {question}"
        return await self.say(name, text, channel, user)

    def answers(self, name: str) -> list[str]:
        """Give what the bot said to a message."""
        return [one.text for one in self.world.discord.answers_to(self.said[name])]


async def before(absence: Absence) -> None:
    """Write what the bot answers while it is there."""
    discord = absence.world.discord
    for number in range(QUIET):
        channel = absence.add_channel(f"quiet{number}")
        absence.quiet.append(channel)
        await absence.say(f"chatter{number}", "hello all", channel, absence.world.member)
    refusal = await discord.reply_to(await absence.ask("removed", NOT_THERE))
    await discord.press(absence.said["removed"].author, refusal, "Remove")
    await discord.deleted(refusal)
    discord.clock.advance(150)
    await discord.reply_to(await absence.ask("answered", WHERE))
    await discord.reply_to(await absence.ask("built", BUILT))
    hasty = absence.meet("hasty")
    for number in range(6):
        await discord.reply_to(await absence.ask(f"hasty{number}", WHERE, user=hasty))
    await absence.ask("covered", WHERE, user=hasty)
    thread = await discord.thread_from(await absence.ask("in a thread", BUILT, absence.talk))
    await discord.wait_for(thread)
    thread = await discord.thread_from(
        await absence.ask("taken back in a thread", WHERE, absence.talk)
    )
    await discord.wait_for(thread)
    await discord.reply_to(await absence.ask("taken back", WHERE))
    await discord.reply_to(await absence.ask("taken back, unanswered", NOT_THERE))
    private = await absence.world.use("ask", question=WHERE, private=True)
    await absence.world.press(private, "Share here")
    direct = discord.open_dm(absence.meet("dora"))
    await discord.reply_to(await absence.say("direct", WHERE, direct, direct.people[-1]))
    await discord.reply_to(await absence.ask("changed", WHERE))
    barred = absence.add_channel("barred")
    discord.overwrite(barred, discord.bot_user, deny=Permission.SEND_MESSAGES)
    marked = await absence.ask("marked", WHERE, barred)
    async with asyncio.timeout(PATIENCE_S):
        while not marked.reactions:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.03)


async def meanwhile(absence: Absence) -> None:
    """Write what nobody hears."""
    discord, mention = absence.world.discord, absence.world.discord.bot_user.mention
    changed = f"{mention} where does the Orrin rise?"
    await discord.edit(absence.said["changed"], changed)
    for name in TAKEN_BACK:
        await discord.delete(absence.said[name])
    await absence.ask("asked", WHERE)
    await absence.ask("followed up", FALL, user=absence.said["built"].author)
    card = discord.answers_to(absence.said["answered"])[0]
    await absence.say("replied", "and where does it rise?", reply_to=card)
    await absence.say("chatted", "hello all")
    await absence.say("bot's", f"{mention} {WHERE}", user=absence.meet("robot", bot=True))
    await discord.delete(await absence.ask("deleted", WHERE))
    await discord.edit(await absence.ask("edited away", WHERE), "never mind")
    await discord.edit(await absence.say("edited in", "hello"), f"{mention} {WHERE}")
    await absence.ask("asked in talk", WHERE, absence.talk)
    thread = absence.said["in a thread"].thread
    await absence.ask("asked in thread", FALL, thread, absence.said["in a thread"].author)
    direct = absence.said["direct"]
    await absence.say("asked directly", WHERE, direct.channel, direct.author)
    hidden = absence.add_channel("hidden")
    discord.overwrite(hidden, discord.bot_user, deny=Permission.READ_MESSAGE_HISTORY)
    await absence.ask("hidden", WHERE, hidden)
    busy = absence.add_channel("busy")
    await absence.ask("too far back", WHERE, busy)
    await absence.ask("just near enough", WHERE, busy)
    for number in range(49):
        await absence.say(f"busy{number}", "hello all", busy, absence.world.member)
    slow = absence.add_channel("slow")
    discord.clock.advance(-601)
    await absence.ask("old", WHERE, slow)
    discord.clock.advance(601)
    await absence.ask("young", WHERE, slow)


TAKEN_BACK = ("taken back", "taken back, unanswered", "taken back in a thread")
GONE = "A question that was taken back"
ANSWERED_LATE = (
    *("asked", "followed up", "replied", "edited in", "asked in talk", "asked in thread"),
    *("asked directly", "just near enough", "young"),
)
NEVER_ANSWERED = (
    *("covered", "chatted", "bot's", "deleted", "edited away", "hidden", "too far back", "old"),
)


async def back(absence: Absence, since: int) -> None:
    """Wait until the bot has looked back: what it should answer is answered, and it rests."""
    discord = absence.world.discord
    async with asyncio.timeout(PATIENCE_S):
        wanted = {absence.said[name].id for name in ANSWERED_LATE}
        while wanted - set(find_answers(discord.world)):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    for request in discord.requests[since:]:
        found = HISTORY.search(request.path)
        if request.method == "GET" and found and request.status == 200:
            absence.read.append(int(found[1]))


async def new_session(absence: Absence) -> None:
    """Let the session end for good, and a new one begin when people have written."""
    discord = absence.world.discord
    sessions = discord.identifies
    await discord.cut("invalid session")
    await discord.api_down()
    await meanwhile(absence)
    since = len(discord.requests)
    # What fails on the way is read again.
    discord.fail(503, method="GET", path=HISTORY.pattern, times=2)
    discord.fail("reset", method="GET", path=HISTORY.pattern, times=2)
    await discord.api_up()
    await discord.identified(sessions + 1)
    await back(absence, since)


async def killed(absence: Absence) -> None:
    """Kill the process with ten mentions and a command in flight, and start another."""
    world = absence.world
    with world.discord.at_once():
        for number in range(10):
            await absence.ask(f"in flight {number}", f"{WHERE} {number}")
        await world.discord.slash(world.member, world.channel, "ask", question=WHERE)
    await world.kill_hard()
    await meanwhile(absence)
    since = len(world.discord.requests)
    await world.start()
    await back(absence, since)
    # Once more: all but one is answered already, which the nonces no longer tell.
    await world.kill_hard()
    world.discord.clock.advance(310)
    last = await absence.ask("last", WHERE)
    await world.start()
    await world.discord.reply_to(last)
    await asyncio.sleep(0.7)


@pytest.fixture(scope="module")
async def absences(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Absence]]:
    """Let the bot be away twice."""
    async with LoopbackDiscord() as discord:
        discord.limit_messages(None)
        folder = write_articles(tmp_path_factory.mktemp("away") / "articles")
        made: dict[str, Absence] = {}
        for name in ABSENCES:
            world = populate(discord, folder)
            talk = discord.add_text_channel(world.guild, "talk")
            made[name] = Absence(world, talk)
        first, second = made.values()
        second.world.started = first.world.started
        second.world.settings = SETTINGS.format(first.talk.id, second.talk.id)
        async with ending(second.world):
            await second.world.start()
            # What is written before the first look may hide what was missed, and is looked at.
            while "ready as" not in "".join(second.world.log):  # noqa: ASYNC110 (a process logs)
                await asyncio.sleep(0.05)
            await before(first)
            await new_session(first)
            await before(second)
            await killed(second)
            yield made
        judge(discord)


@pytest.fixture(params=ABSENCES)
def absence(request: pytest.FixtureRequest, absences: dict[str, Absence]) -> Absence:
    """Give one of the two absences."""
    return absences[request.param]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("asked", "Lisk"),
        ("edited in", "Lisk"),
        ("just near enough", "Lisk"),
        ("young", "Lisk"),
        ("asked directly", "Lisk"),
        ("replied", "1,204"),
        ("followed up", f"Following up “{BUILT}”."),
        ("changed", "1,204"),
        ("asked in talk", "Lisk"),
        ("asked in thread", "1901"),
    ],
)
def test_what_was_asked_meanwhile_is_answered_once(absence: Absence, name: str, said: str) -> None:
    """A mention, a reply, a direct message, a message in a thread, one that was edited; also where
    it follows up an answer from before, which the bot reads back from its card. The answer to a
    question that was edited meanwhile follows.
    """
    (answer,) = absence.answers(name)
    assert said in answer


@pytest.mark.parametrize("name", NEVER_ANSWERED)
def test_what_needs_no_answer_gets_none(absence: Absence, name: str) -> None:
    """Who was told to wait; what is no question, or is gone; what can't be read, stands further
    back than fifty messages, or is ten minutes old.
    """
    assert absence.answers(name) == []


@pytest.mark.parametrize("name", ["answered", "built", "in a thread", "direct", "hasty5"])
def test_what_was_answered_before_is_not_answered_again(absence: Absence, name: str) -> None:
    """Not in the channel, not in a thread, not where the answer was to wait."""
    assert len(absence.answers(name)) == 1


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_an_answer_goes_with_its_question(absence: Absence, name: str) -> None:
    """In the channel and in a thread, also where it said that the articles do not answer. The thread
    loses the question that it was named after.
    """
    assert absence.answers(name) == []
    thread = absence.said[name].thread
    assert thread is None or (thread.name, thread.archived) == (GONE, True)


def test_what_was_shared_of_a_private_answer_stays(absence: Absence) -> None:
    """What it was shared from is in no history."""
    said = absence.world.discord.messages(absence.world.channel, by=absence.world.discord.bot_user)
    assert [one.text for one in said if "Shared by" in one.text]


def test_an_answer_that_was_removed_does_not_come_back(absence: Absence) -> None:
    """Whoever removed it did not want it."""
    assert absence.answers("removed") == []


def test_what_was_marked_before_is_not_marked_again(absence: Absence) -> None:
    """Where the bot may not write, an emoji is what it says."""
    assert len(absence.said["marked"].reactions) == 1


def test_an_answer_in_a_thread_stays_in_a_thread(absence: Absence) -> None:
    """Where questions are answered in threads, this one is, too."""
    (answer,) = absence.world.discord.answers_to(absence.said["asked in talk"])
    assert answer.channel is absence.said["asked in talk"].thread


def test_what_was_in_flight_is_answered_once(absences: dict[str, Absence]) -> None:
    """Ten mentions that the killed process had, each once; of the command, Discord has told."""
    killed_one = absences["kill"]
    for number in range(10):
        assert len(killed_one.answers(f"in flight {number}")) == 1
    ledger = killed_one.world.discord.ledger()
    assert len(ledger.marked(Mark.FAILED_BY_DISCORD)) == 1


def test_channels_with_nothing_new_are_not_read(absence: Absence) -> None:
    """Two hundred of them cost no request; each of the others costs one, a thread one more, and one whose
    question is gone two more.
    """
    quiet = {channel.id for channel in absence.quiet}
    assert not quiet & set(absence.read)
    assert absence.read
    assert len(absence.read) <= 14


def test_nothing_is_doubled_and_nothing_else_is_lost(absences: dict[str, Absence]) -> None:
    """After both absences, and a second start after a kill: the ledger of all that was asked."""
    made = list(absences.values())
    ledger = made[0].world.discord.ledger()
    # Who removed an answer knows why; the others are too old or can't be read.
    silent = ("removed", "hidden", "too far back", "old")
    assert ledger.doubled == []
    assert {one.id for one in ledger.lost} == {one.said[name].id for one in made for name in silent}


async def test_the_status_says_where_nothing_can_be_looked_up(absences: dict[str, Absence]) -> None:
    """In how many channels the history may not be read."""
    world = absences["kill"].world
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    status = await world.use("kb status", world.owner)
    assert "In 2 channels I may not read the history" in status.text


async def ask_somehow(absence: Absence, dice: random.Random, number: int, forum: Channel) -> None:
    """Ask as people do: mention, reply, in a thread, directly, or by a post."""
    discord = absence.world.discord
    question = f"{WHERE} {number}"
    how = dice.choice(["mention", "mention", "reply", "thread", "direct", "post"])
    if how == "mention":
        await absence.ask(f"{number}", question)
    elif how == "reply":
        answered = absence.said["answered"]
        card = discord.answers_to(answered)[0]
        await absence.say(f"{number}", question, reply_to=card)
    elif how == "thread":
        await absence.ask(f"{number}", question, absence.said["in a thread"].thread)
    elif how == "direct":
        direct = absence.said["direct"]
        await absence.say(f"{number}", question, direct.channel, direct.author)
    else:
        await discord.post(absence.meet(f"poster{number}"), forum, WHERE, "the Orrin")


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_twenty_sessions_that_end_for_good_lose_and_double_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Between each two, people ask in every way; some reads of a history fail."""
    seed = random.randrange(10**6)  # noqa: S311 (dice for a test, not a secret)
    print(f"seed {seed}")  # noqa: T201 (to repeat it)
    dice = random.Random(seed)  # noqa: S311 (likewise)
    async with LoopbackDiscord(privileged=frozenset({"message_content"})) as discord:
        folder = write_articles(tmp_path_factory.mktemp("sessions") / "articles")
        world = populate(discord, folder)
        absence = Absence(world, discord.add_text_channel(world.guild, "talk"))
        forum = discord.add_forum_channel(world.guild, "forum")
        world.settings = (
            f"{ROOMY}questions_per_person: 3600\nmessage_content: true\n"
            f"thread_channels: {absence.talk.id}\nforum_channels: {forum.id}\n"
        )
        async with ending(world):
            await world.start()
            await discord.reply_to(await absence.ask("answered", WHERE))
            thread = await discord.thread_from(
                await absence.ask("in a thread", WHERE, absence.talk)
            )
            await discord.wait_for(thread)
            direct = discord.open_dm(absence.meet("dora"))
            await discord.reply_to(await absence.say("direct", WHERE, direct, direct.people[-1]))
            for round_ in range(20):
                # discord.py waits for five seconds before it begins the next session.
                await discord.cut("invalid session")
                for number in range(dice.randint(1, 6)):
                    await ask_somehow(absence, dice, 10 * round_ + number, forum)
                    await asyncio.sleep(dice.random() * 0.1)
                times = dice.randint(0, 2)
                discord.fail(503, method="GET", path=HISTORY.pattern, times=times)
                await discord.identified(round_ + 2)
                await asyncio.sleep(dice.random() * 2)
            posts = discord.threads(forum)
            await discord.answered(len(discord.ledger().entries), 60)
            async with asyncio.timeout(PATIENCE_S):
                while not all(map(discord.answers_to, map(first_message, posts))):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            await asyncio.sleep(2)
        ledger = discord.ledger()
        print(f"{len(ledger.entries)} questions and {len(posts)} posts, 20 sessions")  # noqa: T201
        assert (ledger.lost, ledger.doubled) == ([], [])
        assert [len(discord.answers_to(first_message(post))) for post in posts] == [1] * len(posts)
        judge(discord)


def first_message(post: Channel) -> Message:
    """Give the message that a post begins with."""
    return post.messages[0]
