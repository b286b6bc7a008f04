// "This is wrong": a decision on a claim or score, kept by the server.

import { h } from "./dom.js";

/** Return what a person decided on a fact. */
export const reviewed = (fact) => (fact.review && fact.review !== "unreviewed" ? h("strong", null, fact.review) : null);
