// Who did what to the registry, and whether that record is whole.

import { element, table } from "./elements.js";
import { retried } from "./key_form.js";
import { moment } from "./model_words.js";
import { request } from "./service.js";
import { say, shownCount } from "./words.js";

export async function auditView() {
  const [page, check] = await Promise.all([request("GET", "v1/model/audit"), request("GET", "v1/model/audit/verification")]);
  const rows = element("div", {}, shownRows(page.rows, page.total));
  return [verdict(check), ...check.remarks.map((text) => element("p", { lang: "en" }, text)), rows, more(page, rows)].filter(Boolean);
}

function verdict({ problem, rows, last }) {
  return problem
    ? element("p", { class: "trouble", lang: "en" }, problem)
    : element("p", {}, say("audit.whole", { rows: shownCount(rows), last }));
}

function shownRows(rows, total) {
  const heads = ["audit.row", "audit.when", "audit.who", "audit.act", "audit.of", "audit.more"].map((name) => say(name));
  const cells = rows.map((row) => [
    String(row.sequence),
    moment(row.moment),
    row.by === row.account ? row.by : `${row.by} (${row.account})`,
    say(`act.${row.act}`),
    row.subject,
    row.told,
  ]);
  return table(say("audit.title", { total: shownCount(total) }), heads, cells);
}

function more(page, place) {
  if (!page.cursor) {
    return null;
  }
  const button = element("button", { type: "button", class: "quiet" }, say("audit.older"));
  const show = retried(async () => {
    const next = await request("GET", `v1/model/audit?cursor=${encodeURIComponent(page.cursor)}`);
    place.append(shownRows(next.rows, next.total));
    button.replaceWith(more(next, place) ?? "");
  });
  button.addEventListener("click", show);
  return button;
}
