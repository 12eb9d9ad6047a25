// Which models answer, which others there are, and what was promoted.

import { element, section, table } from "./elements.js";
import { whatOf } from "./model_decisions.js";
import { choice, form, line, mayAny } from "./model_form.js";
import { moment } from "./model_words.js";
import { request } from "./service.js";
import { say } from "./words.js";

const HASH_DIGITS = 12;
const LOOK_MILLISECONDS = 500;
const LOOKS = 20;

export async function stateView(state, act) {
  const { person, served, promoted, bundles, history, rules, gates } = state;
  const facts = [
    [say("state.you"), person ? `${person.name} (${person.roles.map((role) => say(`role.${role}`)).join(", ")})` : say("state.nobody")],
    [say("state.served"), deployment(served)],
    [say("state.promoted"), promoted ? deployment(promoted) : say("state.none")],
    [say("state.two"), say(rules.needs_decision ? "state.two_persons" : "state.one_person")],
  ];
  return [
    element("dl", { class: "facts" }, ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
    promoted && !answers(promoted, served) ? element("p", { class: "note" }, say(follows(state) ? "state.follows" : "state.stays")) : null,
    table(say("state.bundles"), ["state.bundle", "state.version", "state.aliases", "state.created"].map((name) => say(name)), bundles.map(bundleRow)),
    section(say("state.gates"), gates ? gatesTable(gates) : element("p", {}, say("state.no_gates"))),
    history.length
      ? table(say("state.history"), ["state.when", "state.act", "state.bundle", "state.override"].map((name) => say(name)), history.map(eventRow))
      : null,
    ...(await acts(state, act)),
  ].filter(Boolean);
}

const answers = (promoted, served) => promoted.bundle_fingerprint === served.bundle_fingerprint;

const follows = ({ offers }) => offers.includes("follows");

// Puts something in force, and waits until it is what answers, where this service follows.
async function put(state, route, said) {
  const promoted = await request("POST", route, said);
  for (let look = 0; follows(state) && look < LOOKS; look++) {
    const { served } = await request("GET", "v1/model");
    if (answers(promoted, served)) {
      return;
    }
    await new Promise((done) => setTimeout(done, LOOK_MILLISECONDS));
  }
}

// Forms for what whoever asks may do.
async function acts(state, act) {
  const found = [];
  if (mayAny(state, "owner")) {
    const { decisions } = await request("GET", "v1/model/decisions");
    found.push(promotion(state, decisions.filter(isOpen), act), alias(state, act));
  }
  if (mayAny(state, "owner", "operator") && state.history.length > 1) {
    const rollBack = (said) => act(() => put(state, "v1/model/rollback", said), say("rollback.done"));
    found.push(form("rollback.title", [["reason", "rollback.reason", line({ required: true })]], "rollback.do", rollBack));
  }
  return found;
}

const isOpen = ({ approved, carried_out: done, kind }) => approved && !done && kind !== "nothing";

function promotion(state, decisions, act) {
  const named = decisions.map((one) => [one.id, `${one.id}: ${whatOf(one)}`]);
  const bundles = state.bundles.filter(({ fingerprint }) => fingerprint).map(({ name }) => [name, name]);
  const fields = [
    ["bundle", "promote.bundle", choice(bundles)],
    ["decision", "promote.decision", choice([["", say("promote.no_decision")], ...named])],
    ["override", "promote.override", line()],
  ];
  const promote = (said) => act(() => put(state, "v1/model/promotions", said), say("promote.done", { bundle: said.bundle }));
  return form("promote.title", fields, "promote.do", promote);
}

function alias(state, act) {
  const bundles = [...state.bundles.map(({ name }) => [name, name]), ["", say("alias.none")]];
  const fields = [
    ["alias", "alias.name", line({ required: true, pattern: "[a-z0-9][a-z0-9._\\-]*", maxlength: "64", value: "challenger" })],
    ["bundle", "alias.bundle", choice(bundles)],
  ];
  const set = ({ alias: name, bundle }) =>
    act(
      () => (bundle ? request("PUT", `v1/model/aliases/${name}`, { bundle }) : request("DELETE", `v1/model/aliases/${name}`)),
      say("alias.done", { name }),
    );
  return form("alias.title", fields, "alias.do", set);
}

export const deployment = ({ bundle, bundle_version: version, bundle_fingerprint: hash, generation }) =>
  say("state.deployment", { bundle, version, hash: hash.slice(0, HASH_DIGITS), generation });

const bundleRow = ({ name, version, fingerprint, aliases, created }) => [
  name,
  fingerprint ? `${version} (${fingerprint.slice(0, HASH_DIGITS)})` : say("state.unreadable"),
  aliases.map((alias) => `@${alias}`).join(", "),
  created ? moment(created) : "",
];

const eventRow = (event) => [moment(event.moment), say(`act.${event.act}`), deployment(event.deployment), event.override];

function gatesTable(gates) {
  const rows = Object.entries(gates).filter(([, bound]) => bound !== null);
  return table(say("state.gates_of"), [say("state.gate"), say("state.bound")], rows.map(([name, bound]) => [say(`gate.${name}`), String(bound)]));
}
