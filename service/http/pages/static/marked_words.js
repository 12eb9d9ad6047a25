// Shows the words of an address with what each stands for, in colour and in text.

import { element, table } from "./elements.js";
import { say, shownLogOdds, shownShare } from "./words.js";

// How the address was read: each word with its label, and with its use where it is passed over.
export function shownParse(parse) {
  if (!parse.tokens.length) {
    return element("p", {}, say("parse.nothing"));
  }
  const words = parse.tokens.map((token) => {
    const label = say(`label.${token.label}`);
    const told = token.use === "understood" ? label : `${label}, ${say(`use.${token.use}`)}`;
    return chip(cut(parse.input, token), told, { "data-label": token.label });
  });
  const dropped = (parse.dropped ?? []).map((piece) => chip(piece.text, say("parse.dropped"), { "data-label": "Other" }));
  return element(
    "div",
    {},
    element("ul", { class: "words" }, ...words, ...dropped),
    element("p", { class: "note" }, say("parse.sure", { share: shownShare(parse.probability) })),
  );
}

// What becomes of each word beside a candidate.
export function shownWords(input, words) {
  const chips = words.map((word) =>
    chip(cut(input, word), `${say(`field.${word.element}`)}: ${say(`account.${word.account}`)}`, { "data-account": word.account }),
  );
  return element("ul", { class: "words" }, ...chips);
}

export function shownFaults(faults) {
  if (!faults.length) {
    return element("p", {}, say("faults.none"));
  }
  const rows = faults.map((fault) => [fault.value, say(`field.${fault.element}`), say(`fault.${fault.fault}`), shownLogOdds(fault.weight)]);
  const heads = ["value", "element", "fault", "weight"].map((name) => say(`faults.${name}`));
  return table(say("faults.title"), heads, rows);
}

function chip(text, told, attributes) {
  return element("li", attributes, element("b", { dir: "auto" }, text), " ", element("small", {}, told));
}

// Cuts a word out of the input, by places that count characters and not UTF-16 units.
function cut(input, { start, end }) {
  return Array.from(input).slice(start, end).join("");
}
