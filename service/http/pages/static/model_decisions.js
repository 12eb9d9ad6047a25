// What was decided about the models: one proposes, another approves.

import { element, section } from "./elements.js";
import { moment } from "./model_words.js";
import { request } from "./service.js";
import { say } from "./words.js";

export const QUALITY = ["accuracy", "explainability", "reproducibility", "timeliness", "cost_effectiveness"];

export async function decisionsView() {
  const { decisions } = await request("GET", "v1/model/decisions");
  return decisions.length ? decisions.map(shownDecision) : [element("p", {}, say("decision.none"))];
}

function shownDecision(decision) {
  const facts = [
    ["decision.proposed", doneBy(decision.proposed)],
    ["decision.approved", doneBy(decision.approved)],
    ["decision.carried_out", doneBy(decision.carried_out)],
    ["decision.finding", [decision.finding.channel, ...decision.finding.why].filter(Boolean).join(": ")],
    ["decision.reason", decision.reason],
    ["decision.effect_on_series", decision.effect_on_series],
    ["decision.cost", decision.cost],
    ...QUALITY.map((name) => [`quality.${name}`, decision.quality[name]]),
    ["decision.review_date", decision.review_date],
  ];
  const list = facts.map(([name, value]) => element("div", {}, element("dt", {}, say(name)), element("dd", { dir: "auto" }, value)));
  return section(`${decision.id}: ${whatOf(decision)}`, element("dl", { class: "facts" }, ...list));
}

export const whatOf = ({ kind, scope }) => [say(`kind.${kind}`), scope ? say(`scope.${scope}`) : ""].filter(Boolean).join(", ");

const doneBy = (done) => (done ? `${done.by}, ${moment(done.moment)}` : say("decision.not_yet"));
