// A row to decide: the written text, the candidates with what each word of the text becomes beside them, and what can be said of it.

import { element } from "./elements.js";
import { shownFaults, shownWords } from "./marked_words.js";
import { inWords, say, shownCount } from "./words.js";

// Returns a group that takes the focus; `does` holds what its buttons do.
export function shownRow({ row, queue, answer, found, coder, does }) {
  const group = element("div", { role: "group", tabindex: "-1", "aria-labelledby": "written", class: "decision" });
  group.append(
    ...progress(row, queue),
    element("h2", { id: "written", dir: "auto" }, row.address),
    element("p", { class: "note" }, ofFile(row)),
    ...said(row, coder),
    ...why(row, answer),
    choices(answer, found, row.blind, does),
    keys(does),
  );
  return group;
}

function progress(row, { total, decided }) {
  const text = say("review.progress", { place: shownCount(row.place + 1), total: shownCount(total), decided: shownCount(decided) });
  const bar = element("progress", { max: total, value: decided, "aria-label": say("review.bar") });
  return [element("p", { id: "progress" }, text), bar];
}

// What was said of the row; a coder who has not spoken yet is told who has, and not what.
function said(row, coder) {
  const mine = row.verdicts.find((one) => one.coder === coder);
  const others = row.verdicts.filter((one) => one.coder !== coder).map((one) => one.coder);
  return [
    mine ? element("p", {}, say("review.yours", { verdict: say(`verdict.${WORDS[mine.verdict]}`), uprn: mine.uprn })) : null,
    others.length ? element("p", { id: "second", dir: "auto" }, ofOthers(row, mine, others.join(", "))) : null,
    ...notes(row, coder),
  ].filter(Boolean);
}

// What was noted beside the verdicts; a coder who has not spoken yet is not led by what others wrote.
function notes(row, coder) {
  const noted = [...row.verdicts, row.settled].filter((one) => one?.note);
  return sayingOf(row, coder) ? noted.map(({ coder: name, note }) => element("p", { class: "noted", dir: "auto" }, name === coder ? say("review.your_note", { note }) : say("review.note_of", { name, note }))) : [];
}

// Returns what a coder said of a row, as one of its coders or as who settled it; nothing where he has not spoken.
export const sayingOf = ({ verdicts, settled }, coder) => [...verdicts, settled].find((one) => one?.coder === coder);

function ofOthers({ is_disputed: isDisputed, verdicts }, mine, names) {
  if (!isDisputed) {
    return say("review.second", { names });
  }
  return mine ? say("review.differ", { names }) : say("review.settle", { verdicts: verdicts.map(named).join("; ") });
}

const named = ({ coder, verdict, uprn }) => `${coder}: ${say(`verdict.${WORDS[verdict]}`)} ${uprn}`.trim();

const WORDS = { right: "right", "other premises": "other", "not in the reference": "absent", "cannot tell": "cannot_tell" };

function ofFile(row) {
  const place = { row: shownCount(row.row) };
  return row.blind
    ? say("review.blind", place)
    : say("review.in_file", { ...place, status: say(`status.${row.status}`), sure: inWords(row.probability) });
}

// Why the service matches the text with none of the candidates; nothing where it matches it, and where that would lead the coder.
const why = ({ blind }, answer) => (!blind && answer?.reason ? [element("p", { id: "why" }, say(`reason.${answer.reason}`))] : []);

// The candidates of a blind row say nothing of how likely they are, nor by their order.
function choices(answer, found, isBlind, does) {
  const explained = new Map((answer?.explanation?.candidates ?? []).map((one) => [one.uprn, one]));
  const candidates = answer?.candidates ?? [];
  const shown = isBlind ? candidates.toSorted((one, other) => one.address.localeCompare(other.address)) : candidates;
  const items = [...shown, ...found].map((one, at) => {
    const evidence = explained.get(one.uprn);
    return element(
      "li",
      {},
      button(String(at + 1), say("review.accept", { address: one.address }), () => does.accept(one.uprn)),
      element("p", {}, sure(one, isBlind), element("code", {}, one.uprn)),
      evidence ? shownWords(answer.input, evidence.words) : null,
      evidence && at === 0 && !isBlind ? shownFaults(evidence.faults) : null,
    );
  });
  return items.length ? element("ol", { class: "choices" }, ...items) : element("p", {}, say("review.no_candidate"));
}

function sure({ probability }, isBlind) {
  if (probability === undefined) {
    return `${say("review.found")} · `;
  }
  return isBlind ? "" : `${inWords(probability)} · `;
}

function keys(does) {
  return element(
    "div",
    { class: "row keys" },
    button("n", say("verdict.absent"), () => does.decide("not in the reference")),
    button("t", say("verdict.cannot_tell"), () => does.decide("cannot tell")),
    button("s", say("review.search"), does.search),
    button("w", say("review.note"), does.write),
    button("u", say("review.undo"), does.undo),
    button("c", say("review.disputed"), does.moveToDisputed),
    button("ArrowLeft", say("review.back"), () => does.move(-1)),
    button("ArrowRight", say("review.on"), () => does.move(1)),
  );
}

const SHOWN = { ArrowLeft: "←", ArrowRight: "→" };

function button(key, text, action) {
  const made = element("button", { type: "button", "data-key": key, "aria-keyshortcuts": key.length > 1 ? key : key.toUpperCase() });
  made.append(element("kbd", {}, SHOWN[key] ?? key), " ", element("span", { dir: "auto" }, text));
  made.addEventListener("click", action);
  return made;
}
