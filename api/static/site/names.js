// "This is wrong" of a name: what it is called, what one paper means by it, or what it is the same as; logged, and taken back.

import { h, tell } from "./dom.js";
import { MERGE, MISREAD, RENAME, UNDO } from "./queries.js";
import { ask, Failure } from "./query.js";
import { tokenForm } from "./review.js";

const WAYS = [
  { words: "everywhere it is called", mutation: RENAME, values: (entity, paper, name) => ({ entity: entity.id, name }) },
  { words: "in this paper it means", mutation: MISREAD, values: (entity, paper, name) => ({ paper: paper.id, entity: entity.id, name }) },
  { words: "it is the same as", mutation: MERGE, values: (entity, paper, name) => ({ a: entity.id, b: name }) },
];

/** Return a button to correct what a paper's name leads to. */
export function correctable(entity, paper) {
  const box = h("span", { class: "review" });
  offer(box, entity, paper);
  return box;
}

const button = (words, act, label = words) => h("button", { type: "button", onclick: act, "aria-label": label }, words);

function offer(box, entity, paper) {
  box.replaceChildren(button("This is wrong", () => form(box, entity, paper), `This is wrong: ${entity.name}`));
}

function form(box, entity, paper) {
  const submit = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const way = WAYS[given.get("way")];
    decide(box, entity, paper, way.mutation, { ...way.values(entity, paper, given.get("name").trim()), reason: given.get("reason") });
  };
  box.replaceChildren(h(
    "form",
    { class: "rival", onsubmit: submit },
    h("label", null, `${entity.name}: `, h("select", { name: "way" }, WAYS.map(({ words }, place) => h("option", { value: place }, words)))),
    h("label", null, "Name ", h("input", { name: "name", required: true, autocomplete: "off" })),
    h("label", null, "Why ", h("input", { name: "reason", autocomplete: "off" })),
    h("button", null, "Correct it"),
    button("Leave it", () => offer(box, entity, paper)),
  ));
  box.querySelector("select").focus();
}

async function decide(box, entity, paper, mutation, variables) {
  try {
    const { decided } = await ask(mutation, variables);
    if (decided.errors.length) throw new Failure(decided.errors[0].message, "REFUSED");
    const undo = async () => {
      await decide(box, entity, paper, UNDO, { id: decided.decision.id });
    };
    if (mutation === UNDO) offer(box, entity, paper);
    else box.replaceChildren(h("strong", null, "Corrected. "), h("a", { href: location.pathname + location.search, "data-elsewhere": true }, "Read the page anew"), " ", button("Undo", undo));
    tell(mutation === UNDO ? "The correction is taken back" : "Corrected");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    box.replaceChildren(
      h("strong", { class: "warning" }, `${error.message} `),
      error.code === "UNAUTHENTICATED" ? tokenForm() : "",
      button("Try again", () => form(box, entity, paper)),
    );
  }
}
