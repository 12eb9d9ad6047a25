// What came of a file: shares, how many of the matched are expected to be right, what to check, and the result to save.

import { drawn, element, section, table } from "./elements.js";
import { retried } from "./key_form.js";
import { save } from "./service.js";
import { say, shownCount, shownShare } from "./words.js";

const STATUSES = ["matched", "review", "unmatched"];
const WIDTH = 100;

// Returns the parts of a report.
export function shownReport(job) {
  const { summary } = job;
  return [
    section(say("report.save"), ...saving(job)),
    section(say("report.shares"), shares(summary)),
    section(say("report.expected"), ...expected(summary), review(job)),
    reasons(summary),
    section(say("report.how"), ...how(job)),
  ];
}

function saving(job) {
  const buttons = Object.entries(job.results).map(([format, bytes]) => {
    const button = element("button", { type: "button" }, say("report.save_as", { format: format.toUpperCase(), size: shownSize(bytes) }));
    button.addEventListener("click", retried(() => save(`v1/jobs/${job.id}/result?format=${format}`, `answers.${format}`)));
    return button;
  });
  const missing = Object.entries(job.missing).map(([format, why]) =>
    element("p", { class: "note" }, say("report.missing", { format: format.toUpperCase(), why })),
  );
  return [element("div", { class: "row" }, ...buttons), ...missing];
}

function shownSize(bytes) {
  return bytes < 1e6 ? `${shownCount(Math.ceil(bytes / 1e3))} kB` : `${shownCount(Math.ceil(bytes / 1e6))} MB`;
}

function shares({ rows, status }) {
  const cells = STATUSES.map((name) => {
    const share = rows ? status[name] / rows : 0;
    return [say(`status.${name}`), bar(name, share), shownCount(status[name]), shownShare(share)];
  });
  return table(say("report.of_rows", { rows: shownCount(rows) }), ["report.status", "report.bar", "report.rows", "report.share"].map((name) => say(name)), cells);
}

function bar(name, share) {
  const filled = drawn("rect", { width: WIDTH * share, height: 10, class: `share ${name}` });
  return drawn("svg", { viewBox: `0 0 ${WIDTH} 10`, preserveAspectRatio: "none", class: "bar", "aria-hidden": "true" }, filled);
}

function expected({ expected: found, status }) {
  const said = [];
  if (found?.precision) {
    const { value, low, high } = found.precision;
    said.push(say("report.right", { share: shownShare(value), low: shownShare(low), high: shownShare(high) }));
  } else {
    said.push(say("report.too_few"));
  }
  if (found?.check) {
    said.push(say("report.check", { rows: shownCount(found.check) }));
  }
  if (status.review) {
    said.push(say("report.review", { rows: shownCount(status.review) }));
  }
  if (status.unmatched) {
    said.push(say("report.unmatched", { rows: shownCount(status.unmatched) }));
  }
  return said.map((text) => element("p", {}, text));
}

function review({ id, summary: { status } }) {
  const waiting = status.review + status.unmatched;
  const page = `review?lang=${document.documentElement.lang}#job=${id}`;
  return waiting ? element("p", {}, element("a", { href: page }, say("report.decide"))) : null;
}

function reasons({ reason }) {
  const found = Object.entries(reason).sort(([, one], [, other]) => other - one);
  if (!found.length) {
    return null;
  }
  const rows = found.map(([name, count]) => [say(`reason.${name}`), shownCount(count)]);
  return section(say("report.reasons"), table(say("report.reasons_of"), [say("report.reason"), say("report.rows")], rows));
}

function how({ summary, restarts }) {
  const said = [
    say("report.columns", { columns: summary.address_columns.join(", ") }),
    say("report.prior", { share: shownShare(summary.absence_prior) }),
    say("report.index", { generation: summary.generation, seconds: shownCount(Math.ceil(summary.seconds)) }),
  ];
  if (summary.places.length) {
    said.push(say("report.places", { places: summary.places.join(", ") }));
  }
  if (summary.rows_with_errors) {
    said.push(say("report.errors", { rows: shownCount(summary.rows_with_errors) }));
  }
  if (restarts) {
    said.push(say("report.restarts", { count: shownCount(restarts) }));
  }
  return said.map((text) => element("p", { dir: "auto" }, text));
}
