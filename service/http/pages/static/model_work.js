// Labels, retraining and comparing: what is begun here goes on while the page is closed.

import { element, section, table } from "./elements.js";
import { choice, doing, form, line, mayAny } from "./model_form.js";
import { estimate, figure, moment } from "./model_words.js";
import { request, save, send } from "./service.js";
import { say, shownCount } from "./words.js";

const LOOK_MILLISECONDS = 2000;
const SHEETS = { csv: "text/csv", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };

// Returns what a route gives; null where this service has no such route, as where it takes no files.
async function ifThere(state, name, route) {
  return state.offers.includes(name) ? request("GET", route) : null;
}

export async function workView(state, act) {
  const [labels, runs] = await Promise.all([ifThere(state, "labels", "v1/model/labels"), ifThere(state, "runs", "v1/model/runs")]);
  const parts = [labels ? await labelling(labels, state, act) : null, runs ? running(runs, state, act) : null].filter(Boolean);
  return parts.length ? parts : [element("p", {}, say("work.none"))];
}

// ------------------------------------------------------------------ labels

async function labelling(labels, state, act) {
  const counts = Object.entries(labels.verdicts).map(([verdict, count]) => `${say(`labels.said_${verdict.replaceAll(" ", "_")}`)}: ${shownCount(count)}`);
  const said = say("labels.standing", { labels: shownCount(labels.labels), contradicting: shownCount(labels.contradicting) });
  const mayLabel = mayAny(state, "owner", "labeller");
  const samples = labels.samples.map((one) => [
    say("labels.drawn", { answers: shownCount(one.answers), all: shownCount(one.drawn_of) }),
    one.precision ? estimate(one.precision) : say("labels.too_few"),
    mayLabel ? element("a", { href: `review?lang=${document.documentElement.lang}#sample=${one.id}` }, say("labels.one_by_one")) : "",
  ]);
  return section(
    say("labels.title"),
    element("p", {}, [said, ...counts].join("; ")),
    samples.length ? table(say("labels.samples"), [say("labels.sample"), say("labels.right"), say("labels.label")], samples) : null,
    labels.agreement.length ? agreeing(labels.agreement) : null,
    ...(mayLabel ? [await sampling(act), taking(act), saving(labels, state, act)] : []),
  );
}

function agreeing(found) {
  const rows = found.map(({ coders, answers, alike, kappa, low, high }) => [
    coders.join(", "),
    say("labels.alike", { alike: shownCount(alike), answers: shownCount(answers) }),
    kappa === null ? "–" : `${figure(kappa)} (${figure(low)} – ${figure(high)})`,
  ]);
  return table(say("labels.agreement"), ["labels.coders", "labels.same", "labels.kappa"].map((name) => say(name)), rows);
}

// Buttons that save what people differ in, for a third who settles it, and the labels themselves.
function saving(labels, state, act) {
  const sheet = (word, route, name) => doing(word, {}, () => act(() => save(`v1/model/labels/${route}`, `${name}.csv`), say("labels.saved")));
  return element(
    "p",
    { class: "row" },
    labels.contradicting ? sheet("labels.save_disputed", "contradictions", "contradictions") : null,
    labels.labels && mayAny(state, "owner") ? sheet("labels.save", "export", "labels") : null,
  );
}

async function sampling(act) {
  const { jobs } = await request("GET", "v1/jobs?limit=100");
  const done = jobs.filter(({ state }) => state === "done").map(({ id, name }) => [id, name]);
  if (!done.length) {
    return element("p", {}, say("labels.no_job"));
  }
  const fields = [
    ["job", "labels.job", choice(done, { dir: "auto" })],
    ["rows", "labels.rows", element("input", { type: "number", min: "1", max: "100000", value: "300", required: true })],
    ["format", "labels.format", formats()],
  ];
  const draw = ({ job, rows, format }) =>
    act(() => save("v1/model/labels/samples", `sample.${format}`, { job, rows: Number(rows), format }), say("labels.was_drawn"));
  return form("labels.draw", fields, "labels.do_draw", draw);
}

function taking(act) {
  const file = element("input", { type: "file", accept: ".csv,.xlsx", required: true });
  const take = ({ settles }) => {
    const [chosen] = file.files;
    const format = /\.xlsx$/i.test(chosen.name) ? "xlsx" : "csv";
    let found = null;
    return act(
      async () => {
        found = await send(`v1/model/labels/verdicts?format=${format}&settles=${settles}`, chosen, SHEETS[format]);
      },
      () => say("labels.taken", { fresh: shownCount(found.new), known: shownCount(found.known), open: shownCount(found.open) }),
    );
  };
  const ways = choice([
    ["false", say("labels.own")],
    ["true", say("labels.settles")],
  ]);
  const fields = [
    ["file", "labels.file", file],
    ["settles", "labels.as", ways],
  ];
  return form("labels.take", fields, "labels.do_take", take);
}

const formats = () => choice(Object.keys(SHEETS).map((name) => [name, name.toUpperCase()]));

// ------------------------------------------------------------------ runs

function running({ runs, scopes, queries }, state, act) {
  const forms = mayAny(state, "owner") ? [retraining(scopes, act), comparing(queries, state, act)] : [];
  return section(say("runs.title"), ...forms, ...runs.map((run) => shownRun(run, state, act)));
}

function retraining(scopes, act) {
  const fields = [
    ["scope", "runs.scope", choice(scopes.map((scope) => [scope, say(`scope.${scope}`)]))],
    ["name", "runs.name", line({ required: true, maxlength: "64", pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]*" })],
  ];
  const retrain = (said) => act(() => request("POST", "v1/model/runs/retraining", said), say("runs.begun"));
  return form("runs.retrain", fields, "runs.do_retrain", retrain);
}

function comparing(queries, state, act) {
  const bundles = state.bundles.map(({ name }) => [name, name]).reverse();
  const fields = [
    ["bundle", "runs.candidate", choice(bundles)],
    ["queries", "runs.on", choice(queries.map((name) => [name, say(`runs.on_${name}`)]))],
  ];
  const compare = (said) => act(() => request("POST", "v1/model/runs/comparison", said), say("runs.begun"));
  return form("runs.compare", fields, "runs.do_compare", compare);
}

function shownRun(run, state, act) {
  const far = element("p", { dir: "auto" }, sentence(run));
  const what = run.scope ? say("runs.of_scope", { scope: say(`scope.${run.scope}`), bundle: run.bundle }) : say("runs.of_bundle", { bundle: run.bundle });
  const end = () => act(() => request("DELETE", `v1/model/runs/${run.id}`), say("runs.ended"));
  const goesOn = run.state === "running";
  if (goesOn) {
    follow(run, far, act);
  }
  return element(
    "div",
    { class: "decision", "data-status": { done: "matched", failed: "unmatched" }[run.state] },
    element("h4", {}, what),
    element("p", {}, say("runs.by", { by: run.by, moment: moment(run.begun) })),
    far,
    goesOn && mayAny(state, "owner") ? doing("runs.end", { bundle: run.bundle }, end) : null,
  );
}

function sentence({ state, said, problem, kind }) {
  if (state === "running") {
    return [say("runs.running"), said].filter(Boolean).join(" ");
  }
  return state === "failed" ? say("runs.failed", { problem }) : say(`runs.done_${kind}`);
}

// Looks at a run until it ends, for as long as it is on the page, and shows the view anew then.
async function follow(run, place, act) {
  let seen = run;
  while (seen.state === "running") {
    await new Promise((done) => setTimeout(done, LOOK_MILLISECONDS));
    if (!place.isConnected) {
      return;
    }
    seen = await request("GET", `v1/model/runs/${run.id}`).catch(() => seen); // it was not reached, and will be
    place.textContent = sentence(seen);
  }
  await act(() => {}, sentence(seen));
}
