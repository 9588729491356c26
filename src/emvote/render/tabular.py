"""Markdown, HTML, LaTeX, MediaWiki and plain text, each escaped for itself."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from tabulate import tabulate

from emvote.render import text
from emvote.views.columns import Table
from emvote.views.picture import Picture
from emvote.views.values import Kind

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.view import View


class Syntax(NamedTuple):
    """How one format writes the parts of an answer, already escaped."""

    escape: Callable[[str], str]
    table: str
    """Name of tabulate's format."""
    paragraph: str
    title: str
    opening: str
    item: str
    closing: str
    link: Callable[[str], str]
    drawing: Callable[[str], str]
    """Lines whose every character keeps its place."""


def _render(view: View, options: Options, syntax: Syntax) -> str:
    return "\n".join(_block(block, syntax) for block in text.document(view, options))


def _block(block: text.Block, syntax: Syntax) -> str:
    if isinstance(block, text.Paragraph):
        return syntax.paragraph.format(syntax.escape(block.text)) + "\n"
    if isinstance(block, Table):
        title = syntax.title.format(syntax.escape(text.literal(block.title))) + "\n" if block.title else ""
        return f"{title}{_table(block, syntax)}\n"
    if not isinstance(block, text.Listing):
        return _picture(block, syntax) if isinstance(block, Picture) else ""
    lines = [syntax.title.format(syntax.escape(f"{block.title}:")), syntax.opening]
    lines += [syntax.item.format(_item(item, syntax)) for item in block.items]
    lines.append(syntax.closing)
    return "".join(f"{line}\n" for line in lines if line)


def _picture(picture: Picture, syntax: Syntax) -> str:
    from emvote.render import hexagons

    if syntax is HTML:
        return hexagons.svg(picture).replace("{", BRACE)
    drawn = ["".join(segment.text for segment in line).rstrip() for line in hexagons.lines(picture, None)]
    if hexagons.tells_parties(picture):
        drawn += ("", "  ".join(words for _, words in hexagons.key(picture)))
    return syntax.drawing("\n".join(drawn)) + "\n"


def _item(item: text.Item, syntax: Syntax) -> str:
    link = syntax.link if text.is_web_address(item.url) else syntax.escape
    return " ".join(filter(None, (syntax.escape(item.text), link(item.url))))


def _table(table: Table, syntax: Syntax) -> str:
    written = tabulate(
        [[syntax.escape(text.cell(*cell)) for cell in zip(row, _kinds(table), strict=True)] for row in table.rows],
        headers=[syntax.escape(text.literal(column.label)) for column in table.columns],
        tablefmt=syntax.table,
        colalign=["right" if kind in text.RIGHT else "left" for kind in _kinds(table)] if table.rows else None,
        # the code 1e5 is a name, not a number
        disable_numparse=True,
    )
    if syntax is WIKI:  # an empty caption would still take its line
        return written.replace("|+ <!-- caption -->\n", "", 1)
    return PADDING.sub("", written) if syntax is HTML else written


def _kinds(table: Table) -> list[Kind]:
    return [column.kind for column in table.columns]


MARKDOWN_ACTIVE: Final = re.compile(
    r"[\\`*_\[\]<>|~{]|&(?=#?\w+;)|\$(?=\S)"  # also GitHub's: struck out, formulas; a brace begins Jekyll's templates
    r"|^[-+#](?=[-#\s]|$)|^=(?==|$)|^\d{1,9}[.)](?=\s|$)|#(?=\s*$)"  # lists, headings, rules
    r"|(?<=\w):(?=//)|\bwww\.|(?<=\w)@(?=\w)|^ +"  # what becomes a link by itself; indented code
)
"""What Markdown would read as markup in running text: marks of lists and headings only where a line begins."""


def _escape_markdown(words: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(_escape_markdown("a|b *c* [red]x[/red] <b> &amp; -0.6"))
    a\|b \*c\* \[red\]x\[/red\] \<b\> \&amp; -0.6
    """
    return MARKDOWN_ACTIVE.sub(_in_markdown, words)


def _in_markdown(match: re.Match[str]) -> str:
    """Escape what was found: a backslash, or a character reference."""
    found = match[0]
    if found.isspace() or found == "{":
        return "".join(f"&#{ord(char)};" for char in found)
    return rf"{found[:-1]}\{found[-1]}"


BRACE: Final = "&#123;"
"""What begins a template, where the page that takes the fragment is one."""


def _escape_html(words: str) -> str:
    """Text that HTML shows as it is, and a template that holds it too.

    >>> _escape_html("<b> & {{c}}")
    '&lt;b&gt; &amp; &#123;&#123;c}}'
    """
    return html.escape(words).replace("{", BRACE)


def fenced(lines: str, language: str = "text") -> str:
    """Lines in a fence of Markdown that nothing in them can close.

    >>> print(fenced("a ``` b"))
    ````text
    a ``` b
    ````
    """
    longest = max(map(len, re.findall("`+", lines)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{language}\n{lines}\n{fence}"


PADDING: Final = re.compile(r"(?<=>) ++|(?<! ) ++(?=<)")
"""Spaces that tabulate puts around the cells of HTML to align its source."""
LATEX_ACTIVE: Final[Mapping[str, str]] = {
    **{char: f"\\{char}" for char in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    # at the start of a row LaTeX would take these for an argument of the line break before it
    "[": "{[}",
    "*": "{*}",
    # signs of the formulas, which pdfLaTeX knows only in mathematics
    "\N{MINUS SIGN}": r"\ensuremath{-}",
    "\N{MULTIPLICATION SIGN}": r"\ensuremath{\times}",
    "\N{DIVISION SIGN}": r"\ensuremath{\div}",
    "\N{RIGHTWARDS ARROW}": r"\ensuremath{\to}",
    "\N{GREATER-THAN OR EQUAL TO}": r"\ensuremath{\ge}",
    "\N{LESS-THAN OR EQUAL TO}": r"\ensuremath{\le}",
    "\N{GREEK CAPITAL LETTER SIGMA}": r"\ensuremath{\Sigma}",
    "\N{N-ARY SUMMATION}": r"\ensuremath{\sum}",
}
"""How LaTeX writes the characters that are active in it."""


def _escape_latex(words: str) -> str:
    r"""Text that LaTeX shows as it is.

    >>> print(_escape_latex("5.4% [a_b] \\x1b"))
    5.4\% {[}a\_b] \textbackslash{}x1b
    """
    return "".join(LATEX_ACTIVE.get(char, char) for char in words)


DRAWN_IN_LATEX: Final[Mapping[str, str]] = {
    **LATEX_ACTIVE,
    " ": "~",
    # of the font itself, so that it is as wide as the others
    "\\": r"\char92{}",
    **{char: char for char in "|<>"},
    "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}": "/",
    "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER LEFT TO LOWER RIGHT}": r"\char92{}",
}
"""Likewise in a drawing: pdfLaTeX knows no lines of boxes."""


def _typewritten(lines: str) -> str:
    r"""Lines in letters of one width, without `verbatim`, which names could end.

    >>> print(_typewritten("╱ A% ╲\n\n x"))
    \begin{flushleft}\ttfamily
    /~A\%~\char92{}\\
    ~\\
    ~x
    \end{flushleft}
    """
    written = ("".join(DRAWN_IN_LATEX.get(char, char) for char in line) or "~" for line in lines.split("\n"))
    return "\\begin{flushleft}\\ttfamily\n" + "\\\\\n".join(written) + "\n\\end{flushleft}"


WIKI_ACTIVE: Final = re.compile(
    r"[&<>|{}\[\]~]"  # entities, tags, tables, templates, links, signatures
    r"|'(?=')|(?<=')'|_(?=_)|(?<=_)_|!(?=!)|(?<=!)!|-(?=\{)"  # bold, behaviour switches, cells of a header, variants
    r"|^[*#:;=! ]|^-(?=-)|^[-+}](?=$)"  # lists, headings, rules and what a table reads at the start of a cell
    r"|(?<=\w):(?=//)|:(?<=\bmailto:)|(?<=\bISBN) |(?<=\bRFC) |(?<=\bPMID) ",  # what becomes a link by itself
    re.IGNORECASE,
)
"""What MediaWiki would read as markup in running text."""


def _escape_wiki(words: str) -> str:
    r"""Text that MediaWiki shows as it is: character references never become markup.

    >>> print(_escape_wiki("a|b {{c}} [[d]] <b> -0.6"))
    a&#124;b &#123;&#123;c&#125;&#125; &#91;&#91;d&#93;&#93; &#60;b&#62; -0.6
    """
    return WIKI_ACTIVE.sub(lambda match: f"&#{ord(match[0])};", words)


def _wiki_link(url: str) -> str:
    """A link whose address cannot end early."""
    from urllib.parse import quote

    return f"[{quote(url, safe=':/?#@!$&()*+,;=%~.-_')}]"


def _same(words: str) -> str:
    return words


MARKDOWN: Final = Syntax(
    escape=_escape_markdown,
    table="github",
    paragraph="{}",
    title="**{}**\n",
    opening="",
    item="- {}",
    closing="",
    link="<{}>".format,
    drawing=fenced,
)
HTML: Final = Syntax(
    escape=_escape_html,
    # not tabulate's own escaping: the cells are escaped already
    table="unsafehtml",
    paragraph="<p>{}</p>",
    title="<p><strong>{}</strong></p>",
    opening="<ul>",
    item="<li>{}</li>",
    closing="</ul>",
    link=lambda url: f'<a href="{html.escape(url)}">{html.escape(url)}</a>',
    drawing=_same,
)
LATEX: Final = Syntax(
    escape=_escape_latex,
    table="latex_raw",
    paragraph="{}",
    title=r"\textbf{{{}}}" + "\n",
    opening=r"\begin{itemize}",
    item=r"\item {}",
    closing=r"\end{itemize}",
    link=lambda url: rf"\texttt{{{_escape_latex(url)}}}",
    drawing=_typewritten,
)
WIKI: Final = Syntax(
    escape=_escape_wiki,
    table="mediawiki",
    paragraph="{}",
    title="'''{}'''\n",
    opening="",
    item="* {}",
    closing="",
    link=_wiki_link,
    # MediaWiki reads character references in a block of fixed lines
    drawing=lambda lines: f"<pre>\n{html.escape(lines, quote=False)}\n</pre>",
)
PLAIN: Final = Syntax(
    escape=_same,
    table="plain",
    paragraph="{}",
    title="{}",
    opening="",
    item="  {}",
    closing="",
    link=_same,
    drawing=_same,
)


def render_markdown(view: View, options: Options) -> str:
    """GitHub's Markdown."""
    return _render(view, options, MARKDOWN)


def render_html(view: View, options: Options) -> str:
    """A fragment of HTML, to be put into a page."""
    return _render(view, options, HTML)


def render_latex(view: View, options: Options) -> str:
    """A fragment of LaTeX that needs no package."""
    return _render(view, options, LATEX)


def render_wiki(view: View, options: Options) -> str:
    """MediaWiki's markup."""
    return _render(view, options, WIKI)


def render_plain(view: View, options: Options) -> str:
    """Aligned text without lines."""
    return _render(view, options, PLAIN)
