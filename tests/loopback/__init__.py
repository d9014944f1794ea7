"""A Discord on loopback for tests: REST and gateway in the test's event loop, which judges what a
bot sends.

It knows nothing of the program under test and nothing of discord.py: it is written from Discord's
documentation.
"""

from loopback.errors import NoAnswerError, NotOfferedError
from loopback.faults import Fault
from loopback.interactions import Interaction, Modal
from loopback.ledger import Ledger
from loopback.permissions import EVERYTHING, NOTHING, USUAL, Permission
from loopback.reading import Button, Select
from loopback.server import LoopbackDiscord
from loopback.state import Attachment, Channel, Guild, Member, Message, Pings, Role, User

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "USUAL",
    "Attachment",
    "Button",
    "Channel",
    "Fault",
    "Guild",
    "Interaction",
    "Ledger",
    "LoopbackDiscord",
    "Member",
    "Message",
    "Modal",
    "NoAnswerError",
    "NotOfferedError",
    "Permission",
    "Pings",
    "Role",
    "Select",
    "User",
]
