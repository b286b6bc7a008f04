"""`python -m docs.browser_kit` writes the kit for Neo4j Browser from docs/neo4j-browser.md, the one place of its questions."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "neo4j-browser.md"
KIT = ROOT / "api" / "neo4j_browser"
TITLE = "Which method beats which, on which benchmark"
LEAD = "Questions to a graph of papers. A click puts one into the editor; change the names in quotes to what you ask about."

_QUESTION = re.compile(
    r"^### (.+?)\n\n(.+?)\n\n```cypher\n(.+?)```\n\n\[[\w-]+\.cypher\]\(\.\./cypher/([\w-]+)\.cypher\)", re.M | re.S
)

# The kinds in the colours of the web page: colour, diameter in pixels.
# Browser applies the rules of all labels of a node in this order, and makes up one where a label has none: Entity goes first.
_NODES: Mapping[str, tuple[str, int]] = {
    "Entity": ("#5c636b", 50),
    "Method": ("#2f5f94", 65),
    "Model": ("#12707f", 65),
    "Dataset": ("#23722f", 80),
    "Metric": ("#7a6100", 50),
    "Task": ("#8f2c6b", 50),
    "Paper": ("#5c636b", 45),
    "Result": ("#77562a", 40),
    "Claim": ("#a33c14", 40),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the page: its title, what to know of it, its Cypher, and the name of its file."""

    title: str
    about: str
    cypher: str
    name: str


def main() -> None:
    """Write every file of the kit."""
    for path, text in files(questions(PAGE.read_text(encoding="utf-8"))).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def questions(page: str) -> list[Question]:
    """Return the questions of the page, in its order."""
    return [Question(title, " ".join(about.split()), cypher, name) for title, about, cypher, name in _QUESTION.findall(page)]


def files(asked: Sequence[Question]) -> dict[Path, str]:
    """Return the text of each file of the kit."""
    return {
        **{ROOT / "cypher" / f"{question.name}.cypher": question.cypher for question in asked},
        KIT / "saved-cypher.csv": saved(asked),
        KIT / "guide.adoc": asciidoc(asked),
        KIT / "guide.html": html(asked),
        KIT / "style.grass": style(),
    }


def saved(asked: Sequence[Question]) -> str:
    """Return a folder of saved queries, as the consoles of Neo4j import them."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["name", "description", "query", "id", "parentId", "isFolder"])
    rows.writerow(["sotagraph", "", "", 0, "", "true"])
    for number, question in enumerate(asked, start=1):
        rows.writerow([question.title, _plain(question.about), question.cypher, number, 0, "false"])
    return out.getvalue()


def asciidoc(asked: Sequence[Question]) -> str:
    """Return the guide in AsciiDoc."""
    parts = [f"= {TITLE}\n\n{LEAD}\n"]
    parts += [
        f"== {question.title}\n\n{question.about}\n\n[source,cypher]\n----\n{question.cypher}----\n" for question in asked
    ]
    return "\n".join(parts)


def html(asked: Sequence[Question]) -> str:
    """Return the guide as Neo4j Browser plays it: slides, each with a question that a click puts into the editor."""
    slides = [_slide(TITLE, LEAD, "<p>Colours: <code>:style http://localhost:8000/neo4j-browser/style.grass</code></p>")]
    for question in asked:
        code = f'<pre mode="cypher" class="pre-scrollable code runnable">{escape(question.cypher, quote=False)}</pre>'
        slides.append(_slide(question.title, _inline(question.about), f"<figure>{code}</figure>"))
    body = "\n".join(slides)
    return f'<article class="guide">\n<carousel class="deck container-fluid">\n{body}\n</carousel>\n</article>\n'


def style() -> str:
    """Return the style of nodes and relationships."""
    parts = [
        _rule("node", diameter="50px", color="#5c636b", **_edge("#5c636b"), caption="'{name}'", font_size="10px"),
        _rule(
            "relationship", color="#aab4b9", **{"shaft_width": "1px", "font_size": "8px", "padding": "3px"}, caption="'<type>'"
        ),
    ]
    for kind, (colour, size) in _NODES.items():
        parts.append(_rule(f"node.{kind}", diameter=f"{size}px", color=colour, **_edge(colour), caption="'{name}'"))
    parts.append(_rule("relationship.BEATS", color="#b3400a", shaft_width="4px", font_size="9px", caption="'{verdict}'"))
    return "\n".join(parts)


def _edge(colour: str) -> dict[str, str]:
    return {"border_color": colour, "border_width": "2px", "text_color_internal": "#ffffff"}


def _rule(selector: str, **properties: str) -> str:
    lines = "".join(f"  {name.replace('_', '-')}: {value};\n" for name, value in properties.items())
    return f"{selector} {{\n{lines}}}\n"


def _slide(title: str, lead: str, content: str) -> str:
    left = f'<div class="col-sm-3"><h3>{escape(title)}</h3><p class="lead">{lead}</p></div>'
    return f'<slide class="row-fluid">{left}<div class="col-sm-9">{content}</div></slide>'


def _inline(text: str) -> str:
    return re.sub(r"`(.+?)`", r"<code>\1</code>", escape(text, quote=False))


def _plain(text: str) -> str:
    return text.replace("`", "")


if __name__ == "__main__":
    main()
