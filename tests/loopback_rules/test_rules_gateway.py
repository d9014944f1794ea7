"""The gateway takes a client that keeps the protocol, and closes on one that does not, with
Discord's codes.
"""

import asyncio
import json
import zlib

import aiohttp
import pytest
from loopback.clock import PATIENCE_S
from plain_bot import ASK, scene

pytestmark = pytest.mark.asyncio


async def test_a_client_that_keeps_the_protocol_gets_ready_and_its_guilds() -> None:
    """HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeat and its acknowledgement."""
    async with scene() as stage, stage.bot.connect() as gateway:
        hello = await gateway.receive()
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
        await gateway.identify()
        ready = await gateway.receive()
        assert ready["t"] == "READY"
        assert ready["d"]["guilds"] == [{"id": str(stage.guild.id), "unavailable": True}]
        assert (await gateway.receive())["t"] == "GUILD_CREATE"
        await gateway.send(1, 2)
        assert (await gateway.receive())["op"] == 11
        await stage.discord.ready()
        assert stage.discord.offences == []


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": 2, "d": {"token": "wrong", "intents": 1, "properties": {}}}, 4004),
        ({"op": 2, "d": {"intents": 1 << 15 | 1, "properties": {}}}, 4014),
        ({"op": 2, "d": {"intents": 1 << 1, "properties": {}}}, 4014),
        ({"op": 2, "d": {"intents": 1 << 30, "properties": {}}}, 4013),
        ({"op": 2, "d": {"intents": 1, "properties": {}, "shard": [1, 1]}}, 4010),
        ({"op": 2, "d": {"intents": 1, "properties": {}, "shard": [-1, 2]}}, 4010),
        ({"op": 2, "d": {"intents": 1, "properties": {}, "shard": "1"}}, 4010),
        ({"op": 2, "d": {"intents": 1, "properties": {}, "shard": [True, 2]}}, 4010),
        ({"op": 2, "d": {"intents": 1}}, 4002),
        ({"op": 3, "d": {}}, 4003),
        ({"op": 99, "d": {}}, 4001),
        ({"op": 6, "d": {"session_id": "x", "seq": 1, "token": "wrong"}}, 4004),
        ({"op": 1, "d": "x" * 5000}, 4002),
        ("{", 4002),
    ],
)
async def test_a_breach_of_the_protocol_closes_the_connection(payload: object, code: int) -> None:
    """Each breach has its close code and is written down."""
    async with scene() as stage, stage.bot.connect() as gateway:
        if isinstance(payload, dict) and isinstance(payload["d"], dict):
            payload["d"].setdefault("token", stage.discord.token)
        await gateway.websocket.send_str(
            payload if isinstance(payload, str) else json.dumps(payload)
        )
        assert await gateway.closed() == code
        assert f"gateway: {code}" in stage.discord.offences[0]


async def test_an_intent_that_is_enabled_may_be_asked_for() -> None:
    """What the owner enabled in the portal is no breach."""
    async with scene("message_content") as stage, stage.bot.connect() as gateway:
        await gateway.identify(4609 | 1 << 15)
        await stage.discord.ready()
        assert stage.discord.offences == []


async def test_another_version_or_encoding_is_refused() -> None:
    """The gateway speaks version 10 and JSON."""
    async with scene() as stage, stage.bot.connect("v=3") as gateway:
        assert await gateway.closed() == 4012


async def test_identifying_twice_is_refused() -> None:
    """A session that is there cannot be started again."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.identify()
        assert await gateway.closed() == 4005


async def test_more_than_120_events_a_minute_are_refused() -> None:
    """The 121st is too many."""
    async with scene() as stage, stage.bot.connect() as gateway:
        for _ in range(121):
            await gateway.send(1, None)
        assert await gateway.closed() == 4008


async def test_a_client_that_stops_its_heartbeats_is_closed() -> None:
    """A zombie gets 4009; one that beats late within the jitter stays."""
    async with scene(heartbeat_s=1.0) as stage, stage.bot.connect() as gateway:
        for _ in range(3):
            await asyncio.sleep(1.05)
            await gateway.send(1, None)
        assert stage.discord.offences == []
        assert await gateway.closed() == 4009
        assert "heartbeat" in stage.discord.offences[0]


async def test_a_resume_brings_what_was_missed_and_no_more() -> None:
    """Events since the number that the client names are replayed, then RESUMED."""
    async with scene() as stage:
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            ready = await gateway.until("READY")
            await stage.discord.ready()
            await stage.discord.cut("reset")
        await stage.discord.say(stage.ada, stage.channel, "meanwhile")
        async with stage.bot.connect() as gateway:
            known = {"session_id": ready["d"]["session_id"], "token": stage.discord.token}
            await gateway.send(6, {**known, "seq": 2})
            kinds = [(await gateway.receive()).get("t") for _ in range(3)]
            assert kinds == [None, "MESSAGE_CREATE", "RESUMED"]
            await stage.discord.resumed(1)
            assert stage.discord.offences == []
            await stage.discord.cut("reset")
        async with stage.bot.connect() as gateway:
            await gateway.send(6, {**known, "seq": 99})
            assert await gateway.closed() == 4007


async def test_an_unknown_session_is_invalid() -> None:
    """A RESUME of what never was, or of what the client itself closed, must identify again."""
    async with scene() as stage:
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            ready = await gateway.until("READY")
            await gateway.websocket.close(code=1000)
        async with stage.bot.connect() as gateway:
            await gateway.receive()
            session = ready["d"]["session_id"]
            await gateway.send(6, {"session_id": session, "token": stage.discord.token, "seq": 1})
            assert await gateway.receive() == {"op": 9, "d": False}


async def test_the_budget_of_sessions_is_counted() -> None:
    """Every IDENTIFY counts; without budget the token is no longer good."""
    async with scene() as stage:
        stage.discord.core.gateway.identify_limit = 1
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            await gateway.until("READY")
        status, answer = await stage.bot.ask("GET", "/gateway/bot")
        assert (status, answer["session_start_limit"]["remaining"]) == (200, 0)
        assert answer["url"] == stage.discord.gateway_url
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            assert await gateway.closed() == 4004
        assert stage.discord.identifies == 1


@pytest.mark.parametrize(
    ("how", "seen"),
    [
        ("reconnect", {"op": 7, "d": None}),
        ("invalid session", {"op": 9, "d": False}),
        ("invalid session, resumable", {"op": 9, "d": True}),
        ("close 4000", {"close": 4000}),
        ("close 1001", {"close": 1001}),
        ("reset", {"close": 1006}),
    ],
)
async def test_the_gateway_is_cut_in_each_way(how: str, seen: dict[str, object]) -> None:
    """The client sees the very opcode, close code or reset."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        assert await stage.discord.cut(how) == 1
        assert await gateway.receive() == seen


async def test_a_silent_gateway_neither_speaks_nor_closes() -> None:
    """Nothing comes any more, not even an acknowledgement; the connection stays."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        await stage.discord.cut("silence")
        await stage.discord.say(stage.ada, stage.channel, "is anybody there")
        await gateway.send(1, None)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(gateway.receive(), 0.2)
        assert not gateway.websocket.closed


async def test_a_refused_identify_is_an_invalid_session() -> None:
    """On demand an IDENTIFY gets opcode 9."""
    async with scene() as stage, stage.bot.connect() as gateway:
        stage.discord.refuse_identify()
        await gateway.receive()
        await gateway.identify()
        assert await gateway.receive() == {"op": 9, "d": False}
        await gateway.identify()
        assert (await gateway.receive())["t"] == "READY"


async def test_frames_are_compressed_when_the_client_asks() -> None:
    """One zlib stream over the whole connection, each frame ended by a sync flush."""
    async with (
        scene() as stage,
        stage.bot.connect("v=10&encoding=json&compress=zlib-stream") as gateway,
    ):
        unpack = zlib.decompressobj()
        await gateway.identify()
        for wanted in (10, 0, 0):
            message = await gateway.websocket.receive(timeout=PATIENCE_S)
            assert message.type is aiohttp.WSMsgType.BINARY
            assert message.data.endswith(b"\x00\x00\xff\xff")
            assert json.loads(unpack.decompress(message.data))["op"] == wanted


async def test_intents_decide_what_is_sent() -> None:
    """Without the intents for guilds and messages there are no such events; interactions always
    come.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify(1 << 12)
        await gateway.until("READY")
        await stage.discord.say(stage.ada, stage.channel, "in the guild")
        await stage.discord.say(stage.ada, stage.discord.open_dm(stage.ada), "directly")
        await stage.asked()
        events = [event.type for event in stage.discord.events()]
        assert events == ["READY", "MESSAGE_CREATE", "INTERACTION_CREATE"]


async def test_a_channel_that_the_bot_cannot_see_is_not_told_of() -> None:
    """Messages in it are no events."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        bot_role = stage.guild.bot_role
        assert bot_role is not None
        stage.discord.overwrite(stage.channel, bot_role, deny=bot_role.permissions)
        await stage.discord.say(stage.ada, stage.channel, "among ourselves")
        assert stage.discord.events("MESSAGE_CREATE") == []


async def test_events_can_be_repeated_and_made_up() -> None:
    """The same event again with a new or the same number, and one that no Discord would send."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        said = await stage.discord.say(stage.ada, stage.channel, "once")
        await stage.discord.repeat(said)
        await stage.discord.repeat(said, same_sequence=True)
        await stage.discord.send_raw("MESSAGE_CREATE", {"id": None})
        stage.discord.spoil("MESSAGE_CREATE", lambda data: {**data, "author": None})
        await stage.discord.say(stage.ada, stage.channel, "spoilt")
        seen = [await gateway.receive() for _ in range(5)]
        assert [payload["s"] for payload in seen] == [3, 4, 3, 5, 6]
        assert [payload["d"]["id"] for payload in seen][:4] == [str(said.id)] * 3 + [None]
        assert seen[4]["d"]["author"] is None


async def test_shards_get_their_own_guilds() -> None:
    """A guild goes to shard (id >> 22) % n, direct messages to shard 0."""
    async with scene() as stage, stage.bot.connect() as first, stage.bot.connect() as second:
        await first.identify(shard=[0, 2])
        await second.identify(shard=[1, 2])
        ready = [await gateway.until("READY") for gateway in (first, second)]
        own = (stage.guild.id >> 22) % 2
        assert [len(payload["d"]["guilds"]) for payload in ready] == [1 - own, own]


async def test_a_guild_is_made_for_a_shard() -> None:
    """Its events, and those of its channels, come through that one."""
    async with scene() as stage, stage.bot.connect() as gateway:
        guilds = [stage.discord.add_guild("one", shard=(number, 3)) for number in range(3)]
        assert [(guild.id >> 22) % 3 for guild in guilds] == [0, 1, 2]
        await gateway.identify(shard=[1, 3])
        ready = await gateway.until("READY")
        assert str(guilds[1].id) in {one["id"] for one in ready["d"]["guilds"]}
        channels = [stage.discord.add_text_channel(guild, "general") for guild in guilds]
        seen = await gateway.until("CHANNEL_CREATE")
        assert seen["d"]["id"] == str(channels[1].id)


async def test_a_bucket_takes_one_identify_in_five_seconds() -> None:
    """A second one of the same bucket is invalid, one of another bucket is not; each counts."""
    async with scene() as stage:
        discord = stage.discord
        discord.shard(4, max_concurrency=2)
        _, told = await stage.bot.ask("GET", "/gateway/bot")
        limit = told["session_start_limit"]
        assert (told["shards"], limit["max_concurrency"], limit["reset_after"]) == (4, 2, 0)
        seen = []
        for shard_id, later_s in [(0, 0), (2, 4), (1, 0), (2, 1.1)]:
            discord.clock.advance(later_s)
            async with stage.bot.connect() as gateway:
                await gateway.identify(shard=[shard_id, 4])
                await gateway.receive()
                payload = await gateway.receive()
                seen.append(payload.get("t") or payload["op"])
        assert seen == ["READY", 9, "READY", "READY"]
        assert discord.core.gateway.too_fast == 1
        _, told = await stage.bot.ask("GET", "/gateway/bot")
        limit = told["session_start_limit"]
        assert limit["remaining"] == limit["total"] - 4
        assert 86_000_000 < limit["reset_after"] < 86_400_000
        assert discord.offences == []


async def test_a_shard_takes_2500_guilds() -> None:
    """With more, more shards are required."""
    async with scene() as stage:
        for number in range(2_500):
            stage.discord.add_guild(f"guild {number}", shard=(0, 2))
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            assert await gateway.closed() == 4011
        async with stage.bot.connect() as gateway:
            await gateway.identify(shard=[0, 4])
            assert len((await gateway.until("READY"))["d"]["guilds"]) > 1_000
        assert len(stage.discord.offences) == 1


async def test_one_shard_is_cut_alone() -> None:
    """The other goes on; whoever waits for both waits for the one that is gone."""
    async with scene() as stage, stage.bot.connect() as first, stage.bot.connect() as second:
        await first.identify(shard=[0, 2])
        await second.identify(shard=[1, 2])
        await stage.discord.ready(shards=2)
        assert await stage.discord.cut("close 4000", shard=1) == 1
        assert await second.closed() == 4000
        assert stage.discord.core.gateway.live_shards() == {0}


async def test_a_bot_that_leaves_is_offline_and_its_commands_stay() -> None:
    """One can wait for its commands and for its leaving; a frame that is no JSON can be sent
    to it.
    """
    async with scene() as stage:
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            await stage.discord.ready()
            waiting = asyncio.create_task(stage.discord.registered_commands("ask"))
            await stage.bot.register(ASK)
            await waiting
            await gateway.until("GUILD_CREATE")
            await stage.discord.send_frame("{")
            assert (await gateway.websocket.receive()).data == "{"
            await stage.discord.outage(stage.guild)
            assert (await gateway.receive())["d"] == {
                "id": str(stage.guild.id),
                "unavailable": True,
            }
        await stage.discord.offline()
        assert set(stage.discord.registered) == {"ask"}


async def test_the_application_tells_of_its_owner_or_its_team() -> None:
    """Those who own the application, as the bot may ask."""
    async with scene("message_content") as stage:
        _, told = await stage.bot.ask("GET", "/oauth2/applications/@me")
        assert (told["owner"]["username"], told["team"], told["flags"]) == ("owner", None, 1 << 19)
        stage.discord.make_team(stage.ada, stage.bob)
        _, told = await stage.bot.ask("GET", "/oauth2/applications/@me")
        assert [one["user"]["username"] for one in told["team"]["members"]] == ["ada", "bob"]
