// Shows an answer: the decision, how the address was read, what each candidate says, and what speaks for absence.

import { element, section, table } from "./elements.js";
import { nearIt } from "./near_it.js";
import { placeMap } from "./place_map.js";
import { shownFaults, shownParse, shownWords } from "./marked_words.js";
import { waterfall } from "./waterfall.js";
import { inWords, say, shownLogOdds, shownShare } from "./words.js";

const LEAST_SHOWN = 0.005; // what rounds to nothing says nothing

// Calls pick(address) for an address near it that is chosen.
export function shownAnswer(answer, parse, pick) {
  const evidence = element("div", { id: "evidence" });
  const explained = new Map((answer.explanation?.candidates ?? []).map((one) => [one.uprn, one]));
  const show = (candidate) => evidence.replaceChildren(...shownEvidence(answer, candidate, explained.get(candidate.uprn)));
  if (answer.candidates.length && explained.has(answer.candidates[0].uprn)) {
    show(answer.candidates[0]);
  }
  return [
    decision(answer),
    section(say("parse.title"), shownParse(parse)),
    evidence,
    candidates(answer, explained, show),
    nearIt(answer.candidates[0], pick),
    placeMap(answer.candidates),
    absence(answer),
  ].filter((part) => part !== null);
}

function decision(answer) {
  const best = answer.candidates[0];
  const facts = element("dl", { class: "facts" });
  const fact = (name, ...value) => facts.append(element("div", {}, element("dt", {}, name), element("dd", {}, ...value)));
  if (best) {
    fact(say(answer.uprn ? "fact.address" : "fact.nearest"), best.address);
    fact(say("fact.uprn"), element("code", {}, best.uprn));
    fact(say("fact.probability"), inWords(answer.probability), share(answer.probability));
  }
  const relation = say(`relation.${answer.relation || "none"}`);
  if (answer.related_uprn) {
    fact(say("fact.related"), addressOf(answer, answer.related_uprn), " ", element("code", {}, answer.related_uprn), ` (${relation})`);
  } else if (answer.relation && answer.relation !== "none") {
    fact(say("fact.relation"), relation);
  }
  fact(say("fact.absent"), inWords(answer.absent_probability), share(answer.absent_probability));
  const why = answer.error || (answer.reason ? say(`reason.${answer.reason}`) : "");
  return element(
    "section",
    { class: "decision", "data-status": answer.status },
    element("h2", { id: "verdict", tabindex: "-1" }, say(`status.${answer.status}`)),
    why ? element("p", {}, why) : null,
    facts,
  );
}

function addressOf(answer, uprn) {
  return answer.candidates.find((one) => one.uprn === uprn)?.address ?? "";
}

function share(probability) {
  return element("progress", { max: "1", value: String(probability), "aria-hidden": "true" });
}

function shownEvidence(answer, candidate, evidence) {
  const from = evidence.found_by.map((channel) => say(`channel.${channel}`)).join(", ");
  return [
    section(
      say("words.title"),
      element("p", { id: "beside", tabindex: "-1" }, say("words.beside", { address: candidate.address })),
      shownWords(answer.input, evidence.words),
      shownFaults(evidence.faults),
    ),
    section(say("waterfall.title"), element("p", {}, say("waterfall.found_by", { channels: from })), waterfall(evidence)),
  ];
}

function candidates(answer, explained, show) {
  if (!answer.candidates.length) {
    return null;
  }
  const rows = answer.candidates.map((one, place) => [
    String(place + 1),
    one.address,
    element("code", {}, one.uprn),
    shownShare(one.probability),
    say(`relation.${one.relation || "none"}`),
    element("code", {}, one.match_code),
    [one.classification, one.status].filter(Boolean).join(", "),
    explained.has(one.uprn) ? button(one, show) : "",
  ]);
  const heads = ["place", "address", "uprn", "probability", "relation", "match_code", "held", "evidence"];
  const why = answer.explanation?.runner_up;
  const listed = table(say("candidates.title"), heads.map((name) => say(`candidates.${name}`)), rows, { isTitled: true });
  listed.classList.add("many");
  return section(say("candidates.title"), why ? element("p", { lang: "en" }, why) : null, listed);
}

function button(candidate, show) {
  const made = element("button", { type: "button" }, say("candidates.show"));
  made.setAttribute("aria-label", say("candidates.show_of", { address: candidate.address }));
  made.addEventListener("click", () => {
    show(candidate);
    document.getElementById("beside").focus();
  });
  return made;
}

function absence(answer) {
  const absent = answer.explanation?.absence;
  if (!absent) {
    return null;
  }
  const rows = absent.contributions.filter((one) => Math.abs(one.log_odds) >= LEAST_SHOWN).map((one) => [
    element("span", { lang: "en" }, one.words),
    shownLogOdds(one.log_odds),
  ]);
  return section(
    say("absence.title"),
    element("p", { lang: "en" }, absent.words),
    table(
      say("absence.title"),
      [say("waterfall.what"), say("waterfall.log_odds")],
      [...rows, [say("waterfall.sum"), shownLogOdds(absent.log_odds)]],
      { isTitled: true },
    ),
  );
}
