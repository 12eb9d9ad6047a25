// What came of comparing two bundles on the same addresses.

import { element, section, table } from "./elements.js";
import { figure, moment } from "./model_words.js";
import { request } from "./service.js";
import { say, shownCount } from "./words.js";

const FIGURES = ["precision", "recall", "absent_accepted", "calibration_error"];

export async function comparisonsView() {
  const { receipts } = await request("GET", "v1/model/receipts");
  return receipts.length ? receipts.map(shownReceipt) : [element("p", {}, say("compare.none"))];
}

function shownReceipt({ champion, candidate, moment: made, comparison: found, failures }) {
  const rows = shownCount(found.rows);
  const counts = { rows, changed: shownCount(found.changed), lost: shownCount(found.lost), gained: shownCount(found.gained), p: figure(found.worse_p_value) };
  const failed = failures.length
    ? [element("p", { class: "trouble" }, say("compare.fails")), element("ul", { lang: "en" }, ...failures.map((text) => element("li", {}, text)))]
    : [element("p", {}, say("compare.passes"))];
  return section(
    say("compare.title", { champion, candidate }),
    element("p", {}, `${moment(made)}. ${say("compare.counts", counts)}`),
    ...failed,
    table(
      say("compare.figures"),
      [say("compare.figure"), champion, candidate],
      [
        [say("compare.matched"), shownCount(found.champion.matched), shownCount(found.candidate.matched)],
        ...FIGURES.map((name) => [say(`compare.${name}`), figure(found.champion[name]), figure(found.candidate[name])]),
      ],
    ),
    found.slices.length ? slices(found.slices, champion, candidate) : null,
  );
}

function slices(found, champion, candidate) {
  const heads = [say("compare.slice"), say("compare.rows"), champion, candidate, say("compare.interval")];
  const rows = found.map((one) => [one.name, shownCount(one.rows), figure(one.champion), figure(one.candidate), `${figure(one.low)} – ${figure(one.high)}`]);
  return table(say("compare.slices"), heads, rows);
}
