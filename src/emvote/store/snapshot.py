"""A copy of a checked record that is opened without reading all of it: kept in a folder, found by content.

A snapshot's name says which dataset it is of, by a digest of its bytes, and which modules decided what it holds, by
their sizes and times; the same name is inside. So a dataset that changes, another emvote or other rules never find an
old one, and one that was renamed is not used. It is plain MessagePack after a checksum of four bytes: of each table the
encoded rows, and for each of `emvote.keys` a map of its values to places among them. So a question about one seat
decodes the rows of that seat. Rows are decoded into the model's types; nothing in a snapshot runs. One that is damaged,
unreadable, unwritable, another user's or no plain file is as good as none.
"""

from __future__ import annotations

import dataclasses
import os
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property, partial
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from emvote.errors import OutputProblem
from emvote.keys import KEYS, places
from emvote.model.record import TABLES, Record, row_class
from emvote.version import __version__

MOST_KEPT: Final = 8
"""Snapshots in the folder; those not used for longest go first."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Size of all snapshots together; a larger one is not kept."""
ENDING: Final = ".snapshot"
KEPT: Final = f"{'[0-9a-f]' * 40}-{'[0-9a-f]' * 16}{ENDING}"
"""Pattern of the names of snapshots, see `name_of`; no other file of the folder is read or removed."""
UNFINISHED: Final = f"{KEPT}.*.part"
ABANDONED: Final = 3600
"""Seconds after which an unfinished file was left by a process that is no more, and after which use is noted again."""
_PIECE: Final = 64 * 1024
"""Bytes of a file that are read at once, where the whole is not needed."""
_CHECKSUM: Final = 4
"""Bytes of the checksum before everything else."""
_OPEN_TO_OTHERS: Final = 0o022
_PLAIN: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags under which opening a link fails, opening a pipe does not wait, and Windows leaves the bytes alone."""


class Damaged(Exception):
    """A file in the folder is no sound snapshot of its name, or might be somebody else's."""


class Entry(Struct, frozen=True):
    """What the folder keeps."""

    file: str
    size: int
    """Bytes."""
    used: float
    """When it was last used, to the hour: seconds since 1970."""
    title: str | None
    """Title of the dataset; `None`: this emvote does not use the snapshot."""
    version: str | None
    sha256: str | None


class _Values(Struct):
    """Encoded values, one after the other: none is decoded, or taken out, before somebody asks for it."""

    content: memoryview
    bounds: list[int]
    """Where each begins, and where the last ends."""

    def __getitem__(self, place: int) -> memoryview:
        return self.content[self.bounds[place] : self.bounds[place + 1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1


class _Table(Struct):
    """A table as it is kept."""

    rows: _Values
    keys: Mapping[str, memoryview]
    """Of each key an encoded map of its values to places among the rows."""
    apart: _Values | None = None
    """Values of the rows' field in `APART`."""


class _Content(Struct):
    """What a snapshot holds."""

    name: str
    """Under which it was kept."""
    sha256: str
    """Of the dataset."""
    header: Mapping[str, str | int | None]
    """What the record says of itself."""
    tables: Mapping[str, _Table]


APART: Final = {"councils": "compositions"}
"""Field of a table's rows that few questions look at: encoded by itself, and decoded when somebody does."""
_PLACES: Final = msgspec.msgpack.Decoder(dict[str, list[int]])
_FIELDS: Final = tuple(Record.__annotations__)


class Kept:
    """A snapshot that has been opened: the record, decoded as it is asked for."""

    def __init__(self, content: bytes) -> None:
        inside = _opened(content)
        self.name, self.sha256 = inside.name, inside.sha256
        self._tables = inside.tables
        self._places: dict[tuple[str, str], dict[str, list[int]]] = {}
        self.decoded: dict[str, dict[int, Any]] = {table: {} for table in TABLES}
        """Rows decoded so far, by table and place."""
        self.record: Record = object.__new__(_KeptRecord)
        self.record.__dict__.update(inside.header, _kept=self)

    def find(self, table: str, key: str, value: str) -> tuple[Any, ...]:
        """The rows of a table that have a value of a key, in the record's order: see `emvote.keys`."""
        if (table, key) not in self._places:
            self._places[table, key] = _PLACES.decode(self._tables[table].keys[key])
        return self._rows(table, self._places[table, key].get(value, ()))

    def whole(self, table: str) -> tuple[Any, ...]:
        """Every row of a table; those that were found before are the same objects."""
        return self._rows(table, range(len(self._tables[table].rows)))

    def _rows(self, table: str, wanted: Iterable[int]) -> tuple[Any, ...]:
        known = self.decoded[table]
        return tuple([known[place] if place in known else self._row(table, place) for place in wanted])

    def _row(self, table: str, place: int) -> Any:
        kept = self._tables[table]
        row = self.decoded[table][place] = _decoder(table).decode(kept.rows[place])
        if kept.apart:
            _have_wait(row, table, kept.apart[place])
        return row


def _have_wait(row: Any, table: str, encoded: memoryview) -> None:
    """Have the field of a row that is kept apart decoded when it is first asked for."""
    del row.__dict__[APART[table]]
    row.__dict__["_encoded"] = encoded
    object.__setattr__(row, "__class__", _class_apart(table))


@cache
def _class_apart(table: str) -> type[Any]:
    """The class of a table's rows, with the field that is kept apart decoded when it is first asked for."""
    cls, field = row_class(table), APART[table]
    decode = msgspec.msgpack.Decoder(cls.__annotations__[field]).decode
    return type(cls.__name__, (cls,), {field: cached_property(lambda row: decode(row.__dict__["_encoded"]))})


def _whole(table: str, record: Record) -> tuple[Any, ...]:
    kept: Kept = vars(record)["_kept"]
    return kept.whole(table)


_KeptRecord: Final = type(
    Record.__name__,
    (Record,),
    {
        "__doc__": "A record of which each table is decoded when it is first read.",
        **{table: cached_property(partial(_whole, table)) for table in TABLES},
    },
)


@cache
def _decoder(table: str) -> msgspec.msgpack.Decoder[Any]:
    """Decodes a row of a table into the model's class for it."""
    return msgspec.msgpack.Decoder(row_class(table))


def load(folder: Path, name: str) -> Kept | None:
    """The snapshot of a name in the user's folder, `None` where there is no sound one; see `name_of`."""
    with suppress(OSError, Damaged):
        return _used(folder, name)
    return None


def load_shipped(folder: Path, files: Iterable[Path]) -> Kept | None:
    """The snapshot of a shipped dataset in some files, where one came with emvote.

    Whoever could have written it could have written emvote, so it is not held against attacks.
    """
    with suppress(OSError, Damaged):
        name = shipped_name_of(files)
        return _sound((folder / name).read_bytes(), name)
    return None


def _used(folder: Path, name: str, *, noted: bool = True) -> Kept:
    """The snapshot of a name in the user's folder.

    Raises:
        Damaged: the folder or the file is another user's or no plain file, or the content is no snapshot of that name.
        OSError: it cannot be read.
    """
    file = folder / name
    if not _is_own(folder) or not stat.S_ISREG(file.lstat().st_mode):
        raise Damaged
    # Something else may stand there by now.
    with os.fdopen(os.open(file, os.O_RDONLY | _PLAIN), "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode) or _is_anothers(about):
            raise Damaged
        kept = _sound(opened.read(), name)
    if not name.endswith(_signature()):
        raise Damaged
    if noted:
        _note_use(file, about.st_mtime)
    return kept


def _sound(content: bytes, name: str) -> Kept:
    """The snapshot with some content, if it was made for this name.

    Raises:
        Damaged: it was not.
    """
    kept = Kept(content)
    if kept.name != name:
        raise Damaged
    return kept


def save(folder: Path, name: str, sha256: str, record: Record) -> None:
    """Keep a record that has passed every rule under a name; whatever prevents it is no error."""
    import tempfile

    # Whole numbers have no bounds in TOML, and have in a snapshot.
    with suppress(OSError, OverflowError, Unkept), _private():
        content = _packed(name, sha256, record)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder):
            return
        # A reader sees the old file or the whole new one, whenever this is interrupted.
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).replace(folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _prune(folder)


@contextmanager
def _private() -> Iterator[None]:
    """Give new folders and files to the user alone, and all of them to the user, whatever the umask is outside."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


class Unkept(Exception):
    """A record that a snapshot cannot hold."""


def _packed(name: str, sha256: str, record: Record) -> bytes:
    """A record as a snapshot of that name."""
    header = {field: getattr(record, field) for field in _FIELDS if field not in TABLES}
    if not all(isinstance(value, str | int | None) for value in header.values()):
        raise Unkept
    tables = {table: _packed_table(table, getattr(record, table)) for table in TABLES}
    body = msgspec.msgpack.encode(_Content(name, sha256, header, tables))
    if len(body) > MOST_BYTES:
        raise Unkept
    return zlib.crc32(body).to_bytes(_CHECKSUM, "big") + body


def _packed_table(table: str, rows: Sequence[Any]) -> _Table:
    keys = {key: memoryview(msgspec.msgpack.encode(places(table, key, rows))) for key in KEYS.get(table, ())}
    if table not in APART:
        return _Table(_packed_values(rows), keys)
    field = APART[table]
    rest = [dataclasses.replace(row, **{field: ()}) for row in rows]
    return _Table(_packed_values(rest), keys, _packed_values(getattr(row, field) for row in rows))


def _packed_values(values: Iterable[object]) -> _Values:
    encoded = [msgspec.msgpack.encode(value) for value in values]
    return _Values(memoryview(b"".join(encoded)), [0, *accumulate(map(len, encoded))])


def _opened(content: bytes) -> _Content:
    """What a snapshot holds.

    Raises:
        Damaged: it is none, or not as it was written.
    """
    body = memoryview(content)[_CHECKSUM:]
    if zlib.crc32(body).to_bytes(_CHECKSUM, "big") != content[:_CHECKSUM]:
        raise Damaged
    try:
        return msgspec.msgpack.decode(body, type=_Content)
    except msgspec.MsgspecError:  # a checksum can be hit by chance
        raise Damaged from None


def _is_anothers(about: os.stat_result) -> bool:
    """Whether somebody else wrote a file, or could have: it might hold anything."""
    return os.name == "posix" and (about.st_uid != os.geteuid() or bool(about.st_mode & _OPEN_TO_OTHERS))


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's: whoever owns it could exchange what is in it."""
    return os.name != "posix" or folder.stat().st_uid == os.geteuid()


def _note_use(file: Path, last: float) -> None:
    import time

    if time.time() - last > ABANDONED:
        with suppress(OSError):
            os.utime(file)


def _prune(folder: Path) -> None:
    """Keep those used last only, and nothing unfinished that nobody will finish."""
    import time

    newest_first = sorted(_files(folder), key=lambda each: each[1].st_mtime, reverse=True)
    size = 0
    for i, (path, about) in enumerate(newest_first):
        size += about.st_size
        if i >= MOST_KEPT or size > MOST_BYTES:
            path.unlink(missing_ok=True)
    for path, about in _files(folder, UNFINISHED):
        if time.time() - about.st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def _files(folder: Path, pattern: str = KEPT) -> Iterator[tuple[Path, os.stat_result]]:
    """The plain files of the folder under emvote's names; links, pipes and folders are somebody else's."""
    for path in sorted(folder.glob(pattern)):
        with suppress(OSError):
            about = path.lstat()
            if stat.S_ISREG(about.st_mode):
                yield path, about


def entries(folder: Path) -> tuple[Entry, ...]:
    """The snapshots in the folder, the one used last first."""
    found = []
    for path, about in _files(folder):
        kept = None
        with suppress(OSError, Damaged):
            kept = _used(folder, path.name, noted=False)
        record = kept.record if kept else None
        found.append(
            Entry(
                file=path.name,
                size=about.st_size,
                used=about.st_mtime,
                title=record.title if record else None,
                version=record.version if record else None,
                sha256=kept.sha256 if kept else None,
            )
        )
    return tuple(sorted(found, key=lambda entry: -entry.used))


def clear(folder: Path) -> None:
    """Remove every snapshot, and what was left unfinished.

    Raises:
        OutputProblem: one cannot be removed.
    """
    for pattern in (KEPT, UNFINISHED):
        for path, _ in _files(folder, pattern):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputProblem(f"cannot remove '{path}': {error.strerror}") from error


def name_of(contents: Iterable[bytes]) -> str:
    """What the user's snapshot of a dataset in some files is called."""
    return f"{digest(contents, 20)}{_signature()}"


def shipped_name_of(files: Iterable[Path]) -> str:
    """What the snapshot of a shipped dataset in some files is called: by checksums, in a quarter of a digest's time.

    When it is made, the time of installation is not known yet, so the modules are told by their sizes.

    Raises:
        OSError: a file cannot be read.
    """
    sizes = " ".join([f"{name} {about.st_size}" for name, about in _modules()])
    sums = [*map(_checksum, files), zlib.crc32(f"{__version__} {sizes}".encode())]
    return "-".join([f"{found:08x}" for found in sums]) + ENDING


def _checksum(file: Path) -> int:
    """The checksum of a file, of which no more than a piece is in memory."""
    found, piece = 0, memoryview(bytearray(_PIECE))
    with file.open("rb", buffering=0) as opened:
        while size := opened.readinto(piece):
            found = zlib.crc32(piece[:size], found)
    return found


def digest(contents: Iterable[bytes], size: int) -> str:
    """A digest of so many bytes of some contents, and of where each ends."""
    found = _blake2b(size)
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return str(found.hexdigest())


@cache
def _signature() -> str:
    """How the names of the user's snapshots end: for another version or other rules otherwise.

    Another module of the same name has another size or time: Python itself takes its byte code for current by these.
    """
    found = _blake2b(8)
    found.update(__version__.encode())
    for name, about in _modules():
        found.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return f"-{found.hexdigest()}{ENDING}"


def _modules() -> Iterator[tuple[str, os.stat_result]]:
    """The modules that decide what a snapshot holds: those of the package itself, its model and its store.

    A record that is read and checked passes through no others.
    """
    package = Path(__file__).parents[1]
    for folder in (package, package / "model", package / "store"):
        with os.scandir(folder) as files:
            found = {file.name: file.stat() for file in files if file.name.endswith(".py") and file.is_file()}
        yield from sorted(found.items())


def _blake2b(size: int) -> Any:
    """A digest of so many bytes, of nothing yet."""
    try:  # hashlib loads OpenSSL first, which takes longer than all digests here
        from _blake2 import blake2b
    except ImportError:  # pragma: no cover (a Python without that module)
        from hashlib import blake2b
    return blake2b(digest_size=size)
