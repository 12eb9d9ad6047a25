// Draws how the log-odds of a candidate come about: one bar a field, from where the sum stood to where it stands then.

import { drawn, element } from "./elements.js";
import { say, shownLogOdds } from "./words.js";

const WIDTH = 200;
const HEIGHT = 14;

export function waterfall(evidence) {
  const steps = withSums(evidence.evidence);
  const ends = [0, ...steps.flatMap((one) => [one.before, one.after])];
  const least = Math.min(...ends);
  const span = Math.max(...ends) - least || 1;
  const place = (value) => ((value - least) / span) * WIDTH;
  const reading = element("p", { class: "reading", role: "status" }, say("waterfall.hint"));
  const rows = steps.map((step) => row(step, place, reading));
  const sum = { words: say("waterfall.sum"), log_odds: evidence.log_odds, before: 0, after: evidence.log_odds, own: true };
  const heads = ["what", "bar", "log_odds"].map((name) => element("th", { scope: "col" }, say(`waterfall.${name}`)));
  return element(
    "div",
    {},
    element(
      "table",
      { class: "waterfall" },
      element("caption", {}, say("waterfall.caption")),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows, row(sum, place, reading)),
    ),
    reading,
  );
}

function withSums(evidence) {
  let after = 0;
  return evidence.map((one) => {
    const before = after;
    after += one.log_odds;
    return { ...one, before, after };
  });
}

function row(step, place, reading) {
  const made = element(
    "tr",
    { tabindex: "0" },
    element("th", { scope: "row", lang: step.own ? null : "en" }, step.words),
    element("td", {}, bar(step, place)),
    element("td", {}, shownLogOdds(step.log_odds)),
  );
  const read = () => {
    reading.textContent = say("waterfall.reading", {
      words: step.words,
      log_odds: shownLogOdds(step.log_odds),
      sum: shownLogOdds(step.after),
    });
  };
  made.addEventListener("focus", read);
  made.addEventListener("mouseenter", read);
  return made;
}

function bar(step, place) {
  const from = Math.min(place(step.before), place(step.after));
  const width = Math.max(Math.abs(place(step.after) - place(step.before)), 1);
  const zero = place(0);
  return drawn(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("line", { x1: zero, x2: zero, y1: 0, y2: HEIGHT, class: "zero" }),
    drawn("rect", { x: from, y: 2, width, height: HEIGHT - 4, class: step.log_odds < 0 ? "against" : "for" }),
  );
}
