// A job that is held: what was understood of its file's columns, to be corrected, and what else is chosen before it starts.

import { element, section } from "./elements.js";
import { retried, tellNothing } from "./key_form.js";
import { request } from "./service.js";
import { say, shownCount } from "./words.js";

const SURE = [
  ["0", "choice.sure_usual"],
  ["0.9", "choice.sure_less"],
  ["0.95", "choice.sure_fairly"],
  ["0.99", "choice.sure_well"],
  ["0.999", "choice.sure_very"],
];
const ABSENT = [
  ["", "choice.absent_usual"],
  ["auto", "choice.absent_auto"],
  ["0.02", "choice.absent_few"],
  ["0.1", "choice.absent_tenth"],
  ["0.5", "choice.absent_half"],
  ["0.8", "choice.absent_most"],
];

// Returns a form; `chosen` are options that it leaves as they are, and `changed` is called when the job is another than it was.
export function heldJob(job, chosen, changed) {
  const { columns, options } = job;
  const likely = columns.address_columns.length ? columns.address_columns : columns.columns_like_an_address;
  let order = [...likely, ...columns.columns.filter((name) => !likely.includes(name))];
  const taken = new Set(likely);
  let named = columns.problem && likely.length ? list(likely) : options.columns;
  const names = element("ol", { class: "columns" });
  const sure = choice("sure", say("choice.sure"), SURE, String(options.precision));
  const absent = choice("absent", say("choice.absent"), ABSENT, options.absence_prior);
  const day = element("input", { id: "as-at", type: "date", value: options.as_at, "aria-describedby": "as-at-note" });
  const start = element("button", {}, say("choice.start"));
  const sheet = columns.sheets.length > 1 ? choice("sheet", say("choice.sheet"), columns.sheets.map(asItself), columns.sheet) : null;
  const header = columns.problem || !options.header ? headerBox(options.header) : null;
  for (const part of [sheet, header]) {
    part?.addEventListener("change", () => {
      named = ""; // its columns are others
      look.hidden = false;
    });
  }

  const draw = (focused) => {
    names.replaceChildren(...order.map((name, at) => column(name, at)));
    if (focused !== undefined) {
      names.querySelectorAll("input")[focused].focus();
    }
  };
  const column = (name, at) => {
    const box = element("input", { type: "checkbox", id: `column-${at}`, checked: taken.has(name) });
    box.addEventListener("change", () => {
      if (box.checked) {
        taken.add(name);
      } else {
        taken.delete(name);
      }
      nameThem();
    });
    const up = element("button", { type: "button", class: "quiet", "aria-label": say("choice.up_of", { column: name }) }, say("choice.up"));
    up.addEventListener("click", () => {
      [order[at - 1], order[at]] = [order[at], order[at - 1]];
      nameThem();
      draw(at - 1);
    });
    const label = element("label", { for: `column-${at}`, dir: "auto" }, name || say("choice.no_name"));
    return element("li", {}, box, label, at > 0 ? up : null);
  };
  const nameThem = () => {
    named = list(order.filter((name) => taken.has(name)));
    look.hidden = false;
  };
  const choose = (question) => request("PUT", `v1/jobs/${job.id}/options`, question);
  const question = () => ({
    ...chosen,
    columns: named,
    sheet: sheet ? sheet.querySelector("select").value : options.sheet,
    header: header ? header.querySelector("input").checked : options.header,
    precision: Number(sure.querySelector("select").value),
    absence_prior: absent.querySelector("select").value,
    as_at: day.value,
  });
  const doing = (action) => {
    const act = retried(async () => {
      tellNothing();
      await action();
      changed();
    });
    return (event) => {
      event.preventDefault();
      act();
    };
  };
  const look = element("button", { type: "button", class: "quiet", hidden: !columns.problem || (columns.columns.length && !likely.length) }, say("choice.look"));
  look.addEventListener("click", doing(() => choose(question())));

  draw();
  const form = element(
    "form",
    { method: "post", autocomplete: "off" },
    understood(columns, job.rows),
    sheet,
    header,
    element("fieldset", {}, element("legend", {}, say("choice.columns")), names, look),
    sure,
    absent,
    element(
      "p",
      {},
      element("label", { for: "as-at" }, say("choice.as_at")),
      day,
      element("span", { id: "as-at-note", class: "note" }, say("choice.as_at_note")),
    ),
    element("p", {}, start),
  );
  form.addEventListener(
    "submit",
    doing(async () => {
      await choose(question());
      await request("POST", `v1/jobs/${job.id}/start`);
    }),
  );
  return form;
}

function understood(columns, rows) {
  const said = [];
  if (rows !== null) {
    said.push(element("p", {}, say("choice.rows", { rows: shownCount(rows) })));
  }
  if (columns.layout) {
    said.push(element("p", {}, say("choice.layout", { layout: columns.layout })));
  }
  if (columns.problem) {
    said.push(element("p", { class: "trouble", lang: "en" }, columns.problem));
    said.push(element("p", {}, say(wayOut(columns))));
  }
  if (columns.postcodes_left_out.length) {
    const names = columns.postcodes_left_out.join(", ");
    said.push(element("p", { class: "trouble", dir: "auto" }, say("choice.postcodes_left_out", { columns: names })));
  }
  if (columns.sample.length) {
    const texts = columns.sample.map((text) => element("li", { dir: "auto" }, text));
    said.push(element("p", {}, say("choice.sample")), element("ul", {}, ...texts));
  }
  return section(say("choice.understood"), ...said);
}

function choice(name, label, values, chosen) {
  const options = values.map(([value, word]) => element("option", { value, selected: value === chosen }, say(word)));
  return element("p", {}, element("label", { for: name }, label), element("select", { id: name }, ...options));
}

function wayOut(columns) {
  if (columns.columns_like_an_address.length) {
    return "choice.likely";
  }
  return columns.columns.length || columns.sheets.length < 2 ? "choice.tick" : "choice.name_sheet";
}

const asItself = (name) => [name, name];

function headerBox(checked) {
  const box = element("input", { type: "checkbox", id: "header", checked });
  return element("p", {}, box, element("label", { for: "header" }, say("choice.header")));
}

// A list of names with commas between; one that holds a comma stands in quotes, as in CSV.
function list(names) {
  return names.map((name) => (/,|^"/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",");
}
