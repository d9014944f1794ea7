"""Whose articles are whose: the common ones, those of single servers, those for some roles.

In: a reader, who is a member of a server or everybody in a channel. Out: a View, made of the
articles that the reader may read and of nothing else. What others may read takes no part in it: not
in ranking, in spelling, in names, nor in what is nearest.

The articles of a server are read when they are first asked for, and let go when nobody has asked
for long. So are views, which several kinds of readers share. Where there are neither servers'
articles nor restrictions, all of this costs nothing: everybody is shown the common articles.
Several threads may ask; what a thread waits for is made once. Nothing here knows Discord.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import is_, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from bot.answers.answerer import Answerer
from bot.answers.links import Link
from bot.articles.chosen import find_gone, is_chosen
from bot.articles.ignoring import SERVERS
from bot.articles.library import Library
from bot.editing.recovery import recover
from bot.knowledge_base import KnowledgeBase
from bot.reloading import Draft
from bot.settings import ServerArticles, Settings
from bot.texts import servers as texts
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import VersionKeeper
from bot.view import LazyChecker, Source, View

if TYPE_CHECKING:
    from bot.articles.model import Article

_log = logging.getLogger(__name__)

# What nobody has asked for so long is let go.
_IDLE_S = 3600.0
# A server's folder that could not be read at all is tried again after so long.
_RETRY_S = 60.0
# So many passages are held by views at the most: an index of them takes about a gigabyte.
_MOST_PASSAGES = 200_000
# Stands for somebody of whom nothing is known, among the roles of those who read along.
UNKNOWN = 0
# Threads that want the same thing share a lock; more locks than threads are never needed.
_LOCKS = 64

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is shown something: a member of a server, or everybody who can read a channel.

    Attributes:
        guild_id: The server whose articles are shown beside the common ones; 0: none.
        role_ids: The roles of the member.
        viewer_role_ids: Roles by which others read along, each of which alone suffices for that;
            ``UNKNOWN`` is among them where not all are known. None: nobody reads along.
        chosen: The files and folders of which the articles alone are shown there; without any, all
            that the reader may read.

    """

    guild_id: int = 0
    role_ids: frozenset[int] = frozenset()
    viewer_role_ids: frozenset[int] | None = None
    chosen: frozenset[str] = frozenset()

    def may_read(self, roles: tuple[int, ...]) -> bool:
        """Say whether an article may be shown for which one of some roles is needed."""
        if self.role_ids.isdisjoint(roles):
            return False
        if self.viewer_role_ids is None or self.guild_id in roles:
            # The role of everybody in a server has the server's id.
            return True
        return self.viewer_role_ids.issubset(roles)


# Reads what everybody may read everywhere.
EVERYBODY = Reader()


class _Kept(NamedTuple, Generic[T]):
    value: T
    used_s: float
    passages: int


class _Shelf(Generic[Key, T]):
    """Values by key, of which those that were used last are kept. Its user holds a lock."""

    def __init__(self, most: int, most_passages: int, clock_s: Callable[[], float]) -> None:
        self._most = most
        self._most_passages = most_passages
        self._clock_s = clock_s
        self._kept: OrderedDict[Key, _Kept[T]] = OrderedDict()
        self._passages = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key) -> T | None:
        """Give a value, which counts as used now; None where it is not kept."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept[key] = kept._replace(used_s=self._clock_s())
        self._kept.move_to_end(key)
        return kept.value

    def add(self, key: Key, value: T, passages: int) -> None:
        """Keep a value, and let go of what is idle or too much."""
        self.remove(key)
        now_s = self._clock_s()
        self._kept[key] = _Kept(value, now_s, passages)
        self._passages += passages
        while len(self._kept) > 1 and self._is_one_too_many(now_s):
            self.remove(next(iter(self._kept)))

    def remove(self, key: Key) -> None:
        """Let go of a value, if it is kept."""
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._passages -= kept.passages

    def _is_one_too_many(self, now_s: float) -> bool:
        oldest = next(iter(self._kept.values()))
        is_too_much = len(self._kept) > self._most or self._passages > self._most_passages
        return is_too_much or now_s - oldest.used_s > _IDLE_S


class _ViewKey(NamedTuple):
    """What a view is made of: folders, what is hidden of them, and what was chosen."""

    folders: tuple[Path, ...]
    hidden: frozenset[tuple[int, ...]]
    chosen: frozenset[str]


class _MadeView(NamedTuple):
    view: View
    sources: Sequence[Source]


class KnowledgeBases:
    """Gives readers what they may read. For several threads.

    Attributes:
        common: The articles for all servers.

    """

    def __init__(
        self,
        common: KnowledgeBase,
        settings: Settings,
        *,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Serve ``common`` to all; the ``settings`` say where other articles are."""
        self.common = common
        self._settings = settings
        self._clock_s = clock_s
        self._places = common.folder / SERVERS
        self._servers = settings.servers
        most = settings.knowledge_bases_kept
        self._lock = threading.Lock()
        self._bases: _Shelf[Path, KnowledgeBase] = _Shelf(most, _MOST_PASSAGES, clock_s)
        self._views: _Shelf[Hashable, _MadeView] = _Shelf(most, _MOST_PASSAGES, clock_s)
        # A folder that is being edited is not read a second time, though it was let go.
        self._living: WeakValueDictionary[Path, KnowledgeBase] = WeakValueDictionary()
        self._failed_s: dict[Path, float] = {}
        self._load_locks = [threading.Lock() for _ in range(_LOCKS)]
        self._view_locks = [threading.Lock() for _ in range(_LOCKS)]

    def find_own(self, guild_id: int) -> ServerArticles | None:
        """Say where the articles of a server are; None where it has none of its own."""
        if not guild_id:
            return None
        listed = self._servers.get(guild_id)
        if listed is not None:
            return listed
        place = self.place_of(guild_id)
        return ServerArticles((place,)) if place.is_dir() else None

    def has_more_for(self, guild_id: int) -> bool:
        """Say whether members of a server may be shown more there than anybody everywhere."""
        if not guild_id:
            return False
        return self.common.has_restricted or self.find_own(guild_id) is not None

    def place_of(self, guild_id: int) -> Path:
        """Give the folder in the common one that is a server's own place."""
        return self._places / str(int(guild_id))

    def may_have_own(self, guild_id: int) -> bool:
        """Say whether the managers of a server may edit articles of its own.

        The home server's are the common ones, unless it is listed; what several servers share is
        nobody's own.
        """
        listed = self._servers.get(guild_id)
        if listed is not None:
            folder = listed.folders[0]
            sharing = [one for one in self._servers.values() if folder in one.folders]
            return len(sharing) == 1
        is_home = guild_id == self._settings.home_server
        return self._settings.server_articles and bool(guild_id) and not is_home

    def is_ready(self, guild_id: int) -> bool:
        """Say whether nothing has to be read before a server's members can be answered."""
        own = self.find_own(guild_id)
        if own is None:
            return True
        with self._lock:
            return all(self._bases.find(folder) is not None for folder in own.folders)

    def list_loaded(self) -> list[tuple[int, KnowledgeBase]]:
        """List what serves servers' own places in the common folder, where these were read already.

        Left out is the place of a server whose articles are listed to be elsewhere.
        """
        with self._lock:
            living = [(one.name, base) for one, base in self._living.items() if self._is_place(one)]
        return sorted(((int(name), base) for name, base in living), key=itemgetter(0))

    def _is_place(self, folder: Path) -> bool:
        """Say whether a folder is where a server has its articles without being listed."""
        if folder.parent != self._places or not folder.name.isdecimal():
            return False
        listed = self._servers.get(int(folder.name))
        return listed is None or folder in listed.folders

    def load(self, guild_id: int) -> None:
        """Read the articles of a server, if that was not done; never raises for what is there."""
        own = self.find_own(guild_id)
        for folder in own.folders if own else ():
            self._find_base(folder)

    def open_own(self, guild_id: int) -> KnowledgeBase | None:
        """Give the folder of a server that is edited; None where it has none, or can't be read.

        Where the server may have one, it need not be there: it is made when something is put in.
        """
        own = self.find_own(guild_id)
        if own is not None:
            return self._find_base(own.folders[0])
        if not self.may_have_own(guild_id):
            return None
        return self._find_base(self.place_of(guild_id))

    def _may_be_missing(self, folder: Path) -> bool:
        """Say whether a folder is one that managers of a server may edit, and so make."""
        if folder.parent == self._places:
            return True
        listed = (guild_id for guild_id, own in self._servers.items() if folder == own.folders[0])
        return any(map(self.may_have_own, listed))

    def view(self, reader: Reader) -> View:
        """Give what a reader may read; the same object to all who may read the same."""
        bases = [base for base in self._list_bases(reader.guild_id) if base is not None]
        # In a server's folder nothing may lie.
        bases = [base for base in bases if base.serves_anything] or bases[:1]
        given = [base.give() for base in bases]
        sources = [source for source, _ in given]
        hidden = _find_hidden(sources, reader)
        is_embedded = bases == [self.common] or self.common.embedding is None
        if len(given) == 1 and not hidden and not reader.chosen and is_embedded:
            return given[0][1]
        key = _ViewKey(tuple(base.folder for base in bases), hidden, reader.chosen)
        return self._find_view(key, sources)

    def preview(self, reader: Reader, draft: Draft) -> Answerer:
        """Give what would answer a reader if a draft of their server's own folder were served."""
        own = self.find_own(reader.guild_id)
        drafted = Source(draft.library, draft.synonyms, draft.links, draft.restricted)
        sources = [
            drafted if own and base.folder == own.folders[0] else base.give()[0]
            for base in self._list_bases(reader.guild_id)
            if base is not None
        ]
        hidden = _find_hidden(sources, reader)
        return make_view(sources, hidden, self.common, reader.chosen).answerer

    def find_gone(self, guild_id: int, chosen: Collection[str]) -> list[str]:
        """List the files and folders that were chosen in a server and have no article any more.

        As long as one of its folders can't be read, none is known to be gone. That takes the same
        little time however many articles there are: the event loop asks it for each question.
        """
        bases = self._list_bases(guild_id)
        if None in bases:
            return []
        return find_gone(chosen, [base.choices for base in bases if base])

    def _list_bases(self, guild_id: int) -> list[KnowledgeBase | None]:
        """List what serves the articles of a server; None for a folder that can't be read."""
        own = self.find_own(guild_id)
        bases: list[KnowledgeBase | None] = []
        if own is None or not own.is_alone:
            bases.append(self.common)
        if own is not None:
            bases += map(self._find_base, own.folders)
        return bases

    def _find_view(self, key: "_ViewKey", sources: Sequence[Source]) -> View:
        """Give the view of some sources by its key; make it where there is none."""
        with self._view_locks[hash(key) % _LOCKS]:
            with self._lock:
                made = self._views.find(key)
            if made is not None and _is_current(made.sources, sources):
                return made.view
            made = _MadeView(make_view(sources, key.hidden, self.common, key.chosen), sources)
            with self._lock:
                self._views.add(key, made, made.view.library.count_passages())
        self._embed(key, made)
        return made.view

    def _embed(self, key: Hashable, made: _MadeView) -> None:
        """Have a view found by its meaning too, if there is a model; until then, by words."""
        worker = self.common.embedding
        if worker is None:
            return
        library, checker = made.view.library, made.view.checker

        def publish(_: Answerer, embedded: Answerer) -> None:
            better = made._replace(view=View(library, embedded, checker))
            with self._lock:
                if self._views.find(key) is made:
                    self._views.add(key, better, library.count_passages())

        worker.embed_beside(made.view.answerer, publish)

    def _find_base(self, folder: Path) -> KnowledgeBase | None:
        """Give what serves a folder, and read it where that was not done; None where it fails."""
        with self._lock:
            base = self._bases.find(folder)
        if base is not None:
            return base
        with self._load_locks[hash(folder) % _LOCKS]:
            with self._lock:
                base = self._bases.find(folder) or self._living.get(folder)
                failed_s = self._failed_s.get(folder)
            if failed_s is not None and self._clock_s() - failed_s < _RETRY_S:
                return None
            if base is None:
                base = self._open(folder)
            with self._lock:
                if base is None:
                    self._failed_s[folder] = self._clock_s()
                    return None
                self._failed_s.pop(folder, None)
                self._living[folder] = base
                self._bases.add(folder, base, base.library.count_passages())
        return base

    def _open(self, folder: Path) -> KnowledgeBase | None:
        """Read a folder; a fault of the program costs its server alone."""
        settings = self._settings
        try:
            store = FileVersionStore(settings.versions, folder) if settings.versions else None
            versions = VersionKeeper(store, is_recording=self.common.versions.is_recording)
            may_be_missing = self._may_be_missing(folder)
            fault = recover(folder, versions, makes_folder=may_be_missing)
            if fault:
                _log.warning("%s", fault)
            return KnowledgeBase(
                folder,
                self.common.policy,
                saved=settings.index,
                ignore=settings.ignore,
                versions=versions,
                may_be_missing=may_be_missing,
            )
        except Exception as error:  # noqa: BLE001 (whatever fails, other servers go on)
            _log.error("%s", texts.NOT_OPENED(folder=folder, kind=type(error).__name__))
            return None


def _find_hidden(sources: Iterable[Source], reader: Reader) -> frozenset[tuple[int, ...]]:
    """List the roles of restricted articles where a reader has none of them."""
    return frozenset(
        roles
        for source in sources
        for roles in source.restricted.values()
        if not reader.may_read(roles)
    )


def make_view(
    sources: Sequence[Source],
    hidden: frozenset[tuple[int, ...]],
    common: KnowledgeBase,
    chosen: frozenset[str],
) -> View:
    """Make a view of all that some sources serve, but what one of the ``hidden`` roles may read.

    Where files and folders are ``chosen``, it is of these alone. An article of a later source takes
    the place of one with the same id, and of one with the same bytes.
    """
    shown: dict[str, tuple[Article, Source]] = {}
    for source in sources:
        for article in source.library.articles:
            is_hidden = source.restricted.get(article.file) in hidden
            if not is_hidden and (not chosen or is_chosen(article.file, chosen)):
                shown[article.id] = article, source
    by_bytes = {article.sha256: article.id for article, _ in shown.values()}
    joined = [one for one in shown.values() if by_bytes[one[0].sha256] == one[0].id]
    kept = {
        article.file: source.library.kept[article.file]
        for article, source in joined
        if article.file in source.library.kept
    }
    library = Library(tuple(article for article, _ in joined), kept=kept)
    synonyms = [group for source in sources for group in source.synonyms]
    links = _join_links(sources, {article.id: source for article, source in joined})
    answerer = Answerer(library, common.policy, synonyms, links=links)
    return View(library, answerer, LazyChecker(library))


def _join_links(sources: Iterable[Source], owners: dict[str, Source]) -> list[Link]:
    """Give the links of all sources whose articles are shown as those of the same source."""
    return [
        link for source in sources for link in source.links if owners.get(link.article) is source
    ]


def _is_current(made_of: Sequence[Source], sources: Sequence[Source]) -> bool:
    """Say whether sources serve what they served when a view was made of them."""
    return all(map(_serves_same, made_of, sources))


def _serves_same(before: Source, now: Source) -> bool:
    # A reload that finds the same gives the very same articles in another library.
    articles, articles_now = before.library.articles, now.library.articles
    is_same_library = len(articles) == len(articles_now) and all(map(is_, articles, articles_now))
    is_same_library = is_same_library and before.library.kept.keys() == now.library.kept.keys()
    is_same_beside = (before.synonyms, before.links) == (now.synonyms, now.links)
    return is_same_library and is_same_beside and before.restricted == now.restricted
