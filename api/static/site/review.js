// "This is wrong": a decision on a claim or score, which the server logs, keeps when the paper is read anew, and can take back.

import { h, tell } from "./dom.js";
import { ACCEPT, REJECT, UNDO } from "./queries.js";
import { ask, Failure, setToken } from "./query.js";

/** Return what a person decided on a fact, and buttons to decide. */
export function reviewed(fact) {
  const box = h("span", { class: "review" });
  show(box, fact, fact.review, null);
  return box;
}

function show(box, fact, state, decision) {
  const button = (words, act) => h("button", { type: "button", onclick: act }, words);
  const decided = state && state !== "unreviewed";
  box.replaceChildren(
    ...(decided ? [h("strong", null, state === "rejected" ? "Rejected: it counts for nothing. " : `A person decided: ${state}. `)] : []),
    ...(decision
      ? [button("Undo", () => decide(box, fact, UNDO, { id: decision.id }, "unreviewed"))]
      : [
          ...(state === "rejected" ? [] : [button("This is wrong", () => why(box, fact))]),
          " ",
          ...(state === "accepted" ? [] : [button("This is right", () => decide(box, fact, ACCEPT, { id: fact.id }, "accepted"))]),
        ]),
  );
}

/** Ask for the reason, which the log keeps; it may be empty. */
function why(box, fact) {
  const submit = (event) => {
    event.preventDefault();
    decide(box, fact, REJECT, { id: fact.id, reason: new FormData(event.target).get("reason") }, "rejected");
  };
  box.replaceChildren(h(
    "form",
    { class: "rival", onsubmit: submit },
    h("label", null, "What is wrong with it? ", h("input", { name: "reason", autocomplete: "off" })),
    h("button", null, "Reject it"),
    h("button", { type: "button", onclick: () => show(box, fact, fact.review, null) }, "Leave it"),
  ));
  box.querySelector("input").focus();
}

async function decide(box, fact, mutation, variables, state) {
  try {
    const { decided } = await ask(mutation, variables);
    if (decided.errors.length) throw new Failure(decided.errors[0].message, "REFUSED");
    show(box, fact, state, mutation === UNDO ? null : decided.decision);
    tell(state === "unreviewed" ? "The decision is taken back" : `Decided: ${state}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    box.replaceChildren(h("strong", { class: "warning" }, error.message), error.code === "UNAUTHENTICATED" ? tokenForm() : "");
  }
}

/** Return a form for the token that `sotagraph serve` printed. */
export function tokenForm() {
  const keep = (event) => {
    event.preventDefault();
    setToken(new FormData(event.target).get("token").trim());
    event.target.replaceChildren("Kept for this tab: try again.");
  };
  const field = h("input", { name: "token", type: "password", required: true, autocomplete: "off" });
  return h("form", { class: "rival", onsubmit: keep }, h("label", null, "Token ", field), h("button", null, "Keep it for this tab"));
}
