// Which models answer, which others there are, and what was promoted.

import { element, section, table } from "./elements.js";
import { moment } from "./model_words.js";
import { say } from "./words.js";

const HASH_DIGITS = 12;

export function stateView(state) {
  const { person, served, promoted, bundles, history, rules, gates } = state;
  const facts = [
    [say("state.you"), person ? `${person.name} (${person.roles.map((role) => say(`role.${role}`)).join(", ")})` : say("state.nobody")],
    [say("state.served"), deployment(served)],
    [say("state.promoted"), promoted ? deployment(promoted) : say("state.none")],
    [say("state.two"), say(rules.needs_decision ? "state.two_persons" : "state.one_person")],
  ];
  return [
    element("dl", { class: "facts" }, ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
    table(say("state.bundles"), ["state.bundle", "state.version", "state.aliases", "state.created"].map((name) => say(name)), bundles.map(bundleRow)),
    section(say("state.gates"), gates ? gatesTable(gates) : element("p", {}, say("state.no_gates"))),
    history.length
      ? table(say("state.history"), ["state.when", "state.act", "state.bundle", "state.override"].map((name) => say(name)), history.map(eventRow))
      : null,
  ].filter(Boolean);
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
