// What was decided about the models: one proposes, another approves.

import { element, section } from "./elements.js";
import { area, choice, day, doing, form, mayAny } from "./model_form.js";
import { moment } from "./model_words.js";
import { request } from "./service.js";
import { say } from "./words.js";

export const QUALITY = ["accuracy", "explainability", "reproducibility", "timeliness", "cost_effectiveness"];

const KINDS = ["recalibrate", "threshold", "retrain", "re-index", "nothing"];
const SCOPES = ["ranker", "parser", "encoder", "all"];

let finding = null; // what was found in the monitoring, for the next proposal

// Has the next proposal rest on what was found of a channel.
export function restOn({ channel, level, why }, made) {
  finding = { channel, level, moment: made, why: why.length ? why : ["nothing differs"] };
}

export async function decisionsView(state, act) {
  const { decisions } = await request("GET", "v1/model/decisions");
  const shown = decisions.length ? decisions.map((one) => shownDecision(one, state, act)) : [element("p", {}, say("decision.none"))];
  return mayAny(state, "owner") ? [...shown, proposal(act)] : shown;
}

function proposal(act) {
  const found = finding;
  const fields = [
    ["kind", "decision.kind", choice(KINDS.map((kind) => [kind, say(`kind.${kind}`)]))],
    ["scope", "decision.scope", choice(SCOPES.map((scope) => [scope, say(`scope.${scope}`)]))],
    found ? null : ["why", "decision.why", area()],
    ["reason", "decision.reason", area()],
    ["effect_on_series", "decision.effect_on_series", area()],
    ["cost", "decision.cost", area()],
    ...QUALITY.map((name) => [name, `quality.${name}`, area()]),
    ["review_date", "decision.review_date", day({ required: true })],
  ];
  const propose = (said) =>
    act(
      async () => {
        await request("POST", "v1/model/decisions", decisionOf(said, found));
        finding = null;
      },
      say("decision.was_proposed"),
    );
  const whole = form("decision.propose", fields, "decision.do_propose", propose);
  if (found) {
    whole.prepend(element("p", { dir: "auto" }, say("decision.rests_on", { channel: found.channel, why: found.why.join("; ") })));
  }
  return element("div", {}, element("p", { class: "note" }, say("decision.no_address")), whole);
}

function decisionOf({ why, scope, ...said }, found) {
  const quality = Object.fromEntries(QUALITY.map((name) => [name, said[name]]));
  const rest = Object.fromEntries(Object.entries(said).filter(([name]) => !QUALITY.includes(name)));
  const other = { level: "none", moment: new Date().toISOString(), why: [why] };
  return { ...rest, scope: said.kind === "retrain" ? scope : null, finding: found ?? other, quality };
}

function shownDecision(decision, state, act) {
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
  return section(`${decision.id}: ${whatOf(decision)}`, element("dl", { class: "facts" }, ...list), approval(decision, state, act));
}

function approval({ id, approved, proposed }, state, act) {
  if (approved || !mayAny(state, "owner")) {
    return null;
  }
  if (state.person.name === proposed.by) {
    return element("p", { class: "note" }, say("decision.another_person"));
  }
  return doing("decision.approve", { id }, () => act(() => request("POST", `v1/model/decisions/${id}/approval`), say("decision.was_approved", { id })));
}

export const whatOf = ({ kind, scope }) => [say(`kind.${kind}`), scope ? say(`scope.${scope}`) : ""].filter(Boolean).join(", ");

const doneBy = (done) => (done ? `${done.by}, ${moment(done.moment)}` : say("decision.not_yet"));
