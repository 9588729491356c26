"""The screens of `emvote browse`: the list of places, and one place.

The list narrows as the reader types; opening a place shows the answer about it.

Every answer is that of a command line, asked as `report` asks its own and written as a terminal shows it, so there is
no figure here that the command does not print. Nothing of the data is read as Textual's markup. Loaded by the command
alone, as Textual is.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static

from emvote.cli import interrupts
from emvote.cli.asking import Asker
from emvote.cli.messages import sentence
from emvote.command_line import printed, question, quoted
from emvote.errors import EmvoteError
from emvote.queries.places import Place, matching
from emvote.render import Format, Options, render
from emvote.render.text import literal

if TYPE_CHECKING:
    from textual import events

BORDERS: Final = 2
"""Columns beside an answer: a space, and the bar that shows how far it is scrolled."""


class Setting(NamedTuple):
    """What a browser shows and how."""

    title: str
    places: tuple[Place, ...]
    ask: Asker
    dataset: tuple[str, ...] = ()
    """Options that name the dataset, as they were given."""
    typed: str = ""
    """The filter to begin with."""
    color: bool = True
    explain: bool = False
    sources: bool = False


class Answer(Screen[None]):
    """One seat or council: what its command answers, and the command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q", "leave", "Back", key_display="esc"),
        Binding("c,y", "copy", "Copy the command", key_display="c"),
        Binding("n", "go(1)", "Next"),
        Binding("p", "go(-1)", "Previous"),
        Binding("e", "explain", "Working"),
        Binding("s", "sources", "Sources"),
    ]

    def __init__(self, setting: Setting, shown: tuple[Place, ...], index: int) -> None:
        super().__init__()
        self._setting = setting
        self._shown = shown
        self._index = index
        self._explain = setting.explain
        self._sources = setting.sources

    @property
    def line(self) -> str:
        """The command that gives the answer, as it can be typed."""
        flags = [name for name, on in (("--explain", self._explain), ("--sources", self._sources)) if on]
        return printed(asking(self._shown[self._index], *flags, *self._setting.dataset))

    def compose(self) -> ComposeResult:
        """The answer above, the command below."""
        with VerticalScroll():
            yield Static(markup=False, id="answer")
        yield Static(markup=False, id="command")
        yield Footer()

    def on_mount(self) -> None:
        """Begin where keys scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the answer out anew for the width."""
        self._show(event.size.width)

    def action_leave(self) -> None:
        """Go back to the list."""
        self.app.pop_screen()

    def action_copy(self) -> None:
        """Give the command to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.line)
        self.app.notify("Copied, if your terminal allows it; else type it from the line below.", markup=False)

    def action_go(self, step: int) -> None:
        """Open the place after this one in the list, or before it."""
        self._index = (self._index + step) % len(self._shown)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._show(self.size.width)

    def action_explain(self) -> None:
        """Show the working, or no longer."""
        self._explain = not self._explain
        self._show(self.size.width)

    def action_sources(self) -> None:
        """Show the citations, or no longer."""
        self._sources = not self._sources
        self._show(self.size.width)

    def _show(self, width: int) -> None:
        self.query_one("#answer", Static).update(self._answer(max(width - BORDERS, 1)))
        self.query_one("#command", Static).update(literal(f"$ {self.line}"))

    def _answer(self, width: int) -> Text:
        options = Options(
            format=Format.TABLE, sources=self._sources, explain=self._explain, width=width, color=self._setting.color
        )
        try:
            view = self._setting.ask(quoted(asking(self._shown[self._index])), ours=True).view
        except EmvoteError as error:
            return Text(literal(sentence(error)))
        written = render(view, options) if view.rows else f"{literal(view.empty)}\n{render(view, options)}"
        return Text.from_ansi(written)


class Places(Screen[None]):
    """The list of seats and councils; whatever is typed narrows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", priority=True),
        Binding("down", "move('cursor_down')", "Down", priority=True),
        Binding("up", "move('cursor_up')", "Up", priority=True),
        Binding("pagedown", "move('page_down')", show=False, priority=True),
        Binding("pageup", "move('page_up')", show=False, priority=True),
        Binding("escape", "clear", "Clear, or quit"),
    ]

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting
        self._shown: tuple[Place, ...] = ()

    def compose(self) -> ComposeResult:
        """What is typed, the places it leaves, and how many these are."""
        yield Static(literal(self._setting.title), markup=False, id="title")
        yield Input(
            self._setting.typed, placeholder="Type a part of a name, a county, seat or council", select_on_focus=False
        )
        yield OptionList(markup=False, compact=True)
        yield Static(markup=False, id="count")
        yield Footer()

    def on_mount(self) -> None:
        """Letters go to the filter, arrows to the list."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._fill(self._setting.typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what is typed."""
        self._fill(event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was clicked."""
        self._open(event.option_index)

    def action_open(self) -> None:
        """Open the place that is marked."""
        marked = self.query_one(OptionList).highlighted
        if marked is not None:
            self._open(marked)

    def action_move(self, how: str) -> None:
        """Mark another place."""
        move: Callable[[], None] = getattr(self.query_one(OptionList), f"action_{how}")
        move()

    def action_clear(self) -> None:
        """Forget the filter; leave where there is none."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self.app.exit()

    def _open(self, index: int) -> None:
        self.app.push_screen(Answer(self._setting, self._shown, index))

    def _fill(self, typed: str) -> None:
        self._shown = matching(self._setting.places, typed)
        every = len(self._setting.places)
        names = self.query_one(OptionList)
        names.clear_options()
        names.add_options(lines(self._shown))
        names.highlighted = 0 if self._shown else None
        self.query_one("#count", Static).update(f"{len(self._shown)} of {every} seats and councils")


class Browser(App[None]):
    """The whole program of `emvote browse`."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "emvote"
    CSS = """
    #title, #count, #command { height: auto; padding: 0 1; }
    #title, #command { text-style: bold; }
    #command { background: $panel; }
    Input, Input:focus { border: none; height: 1; padding: 0 1; }
    OptionList { height: 1fr; padding: 0 1; background: $background; text-wrap: nowrap; text-overflow: ellipsis; }
    OptionList > .option-list--option-highlighted { background: $primary; color: $text; text-style: bold; }
    VerticalScroll { height: 1fr; padding: 0 0 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting

    def on_mount(self) -> None:
        """Begin with the list; an interrupt leaves, as the key does."""
        self.push_screen(Places(self._setting))
        with suppress(NotImplementedError, RuntimeError, ValueError):  # on Windows, and in a thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupted)

    def _interrupted(self) -> None:
        interrupts.note()
        self.exit()


def asking(place: Place, *options: str) -> tuple[str, ...]:
    """The words that ask about a place.

    >>> from emvote.queries.places import PlaceKind
    >>> asking(Place(PlaceKind.SEAT, "Derby North", "Derby North", (), None), "--explain")
    ('seat', 'Derby North', '--explain')
    """
    return question(place.kind.value, place.typed, options=options)


def lines(shown: tuple[Place, ...]) -> list[str]:
    """A line for each place, in columns: name, what it is, where."""
    names = [literal(place.name) for place in shown]
    width = max(map(cell_len, names), default=0)
    return [
        f"{name}{' ' * (width - cell_len(name))}  {place.kind.value:<7}  {_where(place)}"
        for name, place in zip(names, shown, strict=True)
    ]


def _where(place: Place) -> str:
    counties = literal(" / ".join(place.counties))
    return counties if place.ended is None else f"{counties}, until {place.ended}"
