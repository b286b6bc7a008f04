"""Short names by which Neo4j Browser and lists call papers, results and claims."""

from schema.records import Claim, Result


def of_title(title: str) -> str:
    """Return a caption for a title: what stands before its colon if that is a name, else its first words."""
    head = title.split(":", 1)[0]
    if head != title and len(head) <= 40:
        return head
    return title if len(title) <= 48 else title[:47].rsplit(" ", 1)[0] + "…"


def of_result(result: Result, metric: str | None) -> str:
    """Return such as "84.3 % accuracy on MATH"."""
    number = f"{result.value:g}" + (f" {result.unit}" if result.unit else "")
    words = [number, metric or "", f"on {result.dataset}" if result.dataset else ""]
    return " ".join(word for word in words if word)


def of_claim(claim: Claim) -> str:
    """Return such as "Codex > GPT-3 on HumanEval"."""
    verb = {"better": ">", "equal": "=", "not_better": "not >"}[claim.polarity]
    where = f" on {claim.dataset}" if claim.dataset else ""
    return f"{claim.winner or '?'} {verb} {claim.loser or '?'}{where}"
