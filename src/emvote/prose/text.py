"""An article as sentences, each character with its place in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import Final

from msgspec import Struct

LONGEST_SENTENCE: Final = 1_500
"""Characters; a longer run without a full stop is cut, so that nothing is compared with everything."""
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
"""Elements of HTML that end a paragraph."""
UNREAD: Final = frozenset({"script", "style", "template"})
_HTML: Final = re.compile(r"<(?:!doctype|html|head|body|article|div|p|h1|ul|section)[\s>]", re.IGNORECASE)
_END: Final = re.compile(r"[.!?][\"'\u2019\u201d)]?(?=\s)")
_MARKUP: Final = re.compile(r"[*_`#>]")
_SHORT: Final = ("mr", "mrs", "ms", "dr", "st", "cllr", "sir", "no", "vs", "v", "e.g", "i.e", "approx")
"""Words whose full stop ends no sentence."""


class Text(Struct, frozen=True, dict=True):
    """What is read of an article."""

    plain: str
    places: tuple[int, ...]
    """Place in the file of each character of `plain`, and of the end."""
    source: str
    """The file as read."""

    @cached_property
    def _lines(self) -> list[int]:
        return [match.end() for match in re.finditer(r"\n", self.source)]

    def place(self, at: int) -> int:
        """Place in the file of a character."""
        return self.places[at]

    def end(self, at: int) -> int:
        """Place in the file after the last character before `at`."""
        return self.places[at - 1] + 1 if at else self.places[0]

    def line(self, at: int) -> int:
        """Line of the file, from 1."""
        return bisect_right(self._lines, self.places[at]) + 1


class Span(Struct, frozen=True):
    """A sentence: where it begins and ends in `Text.plain`, and its paragraph."""

    start: int
    end: int
    paragraph: int
    heading: bool = False
    """Whether it is a paragraph of its own without a full stop."""


def read(source: str) -> Text:
    """What is to be read of an article in plain text, Markdown or HTML.

    >>> read("<p>A &amp; <b>B</b></p>").plain.split()
    ['A', '&', 'B']
    >>> read("**Ashfield**").plain.strip()
    'Ashfield'
    """
    if _HTML.search(source, 0, 4_000):
        parser = _Reader(source)
        parser.feed(source)
        parser.close()
        return Text("".join(parser.parts), (*parser.places, len(source)), source)
    return Text(_MARKUP.sub(" ", source), tuple(range(len(source) + 1)), source)


class _Reader(HTMLParser):
    """Text of a page with the place of each character."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", source))]
        self._unread = 0
        self.parts: list[str] = []
        self.places: list[int] = []

    def _add(self, text: str, *, each: int = 1) -> None:
        line, column = self.getpos()
        at = self._starts[line - 1] + column
        self.parts.append(text)
        self.places.extend(at + each * index for index in range(len(text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the paragraph before a block."""
        del attrs
        self._unread += tag in UNREAD
        if tag in BLOCKS:
            self._add("\n\n", each=0)

    def handle_endtag(self, tag: str) -> None:
        """End the paragraph after a block."""
        self._unread = max(0, self._unread - (tag in UNREAD))
        if tag in BLOCKS:
            self._add("\n\n", each=0)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._unread:
            self._add(data)

    def handle_entityref(self, name: str) -> None:
        """Keep the character that a name stands for."""
        self._add(unescape(f"&{name};")[:1], each=0)

    def handle_charref(self, name: str) -> None:
        """Keep the character that a number stands for."""
        self._add(unescape(f"&#{name};")[:1], each=0)


def sentences(text: str) -> Iterator[Span]:
    r"""The sentences of a text.

    >>> [("One. Two?\nHead"[s.start : s.end], s.heading) for s in sentences("One. Two?\nHead")]
    [('One.', False), ('Two?', False), ('Head', True)]
    """
    for number, (start, end) in enumerate(_paragraphs(text)):
        ends = [match.end() for match in _END.finditer(text, start, end) if not _is_short(text, match.start())]
        heading = not ends and text[end - 1] not in '.!?\u201d"'
        begin = start
        for stop in (*ends, end):
            yield from _cut(text, begin, stop, number, heading=heading)
            begin = stop


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines; one that goes on in the middle of a sentence is joined with the next."""
    start: int | None = None
    at = last = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line.rstrip())
        first = line.lstrip()[:1]
        goes_on = start is not None and (first.islower() or first.isdigit())
        if start is not None and not goes_on:
            yield start, last
            start = None
        if line.strip():
            start = at if start is None else start
            last = end
        at += len(line)
    if start is not None:
        yield start, last


def _cut(text: str, start: int, end: int, paragraph: int, *, heading: bool) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end - start > LONGEST_SENTENCE:
        stop = max(text.rfind(" ", start, start + LONGEST_SENTENCE), start + LONGEST_SENTENCE // 2)
        yield Span(start, stop, paragraph)
        start = stop
    if start < end:
        yield Span(start, end, paragraph, heading)


def _is_short(text: str, stop: int) -> bool:
    word = text[max(0, stop - 8) : stop].split()[-1:]
    return bool(word) and word[0].lower() in _SHORT
