// The page of files: one is sent, looked at, matched as a job, and fetched. The job's id stands behind the # of the page's address,
// which no server sees; whoever comes back by it finds the job as it is by then.

import { element, table } from "./elements.js";
import { heldJob } from "./held_job.js";
import { shownReport } from "./job_report.js";
import { retried, tell, tellNothing, whenKeyIsGiven } from "./key_form.js";
import { request, upload } from "./service.js";
import { say, shownCount, shownShare } from "./words.js";

const JOBS = "v1/jobs";
const LOOK_MILLISECONDS = 1000;
const LONGEST_NAME = 200;

const form = document.getElementById("choose");
const box = document.getElementById("file");
const status = document.getElementById("status");
const place = document.getElementById("job");

let turn = 0; // the number of the job that is followed, or of the list; what belongs to earlier ones is dropped
let shown = ""; // what of a job is on the page

box.addEventListener("change", () => box.files.length && send(box.files[0]));
form.addEventListener("submit", (event) => event.preventDefault());
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) {
      send(event.dataTransfer.files[0]);
    }
  });
}
document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
window.addEventListener("hashchange", open);
whenKeyIsGiven(open);
open();

function open() {
  tellNothing();
  const name = new URLSearchParams(location.hash.slice(1)).get("job");
  for (const link of document.querySelectorAll("nav a[hreflang]")) {
    link.hash = location.hash; // the other language shows the same job
  }
  form.hidden = Boolean(name);
  if (name) {
    follow(encodeURIComponent(name));
  } else {
    list();
  }
}

async function send(file) {
  tellNothing();
  const suffix = /\.[a-z]+(\.gz)?$/i.exec(file.name);
  if (!suffix) {
    status.textContent = say("files.unknown_kind");
    return;
  }
  if (file.size > Number(form.dataset.mostBytes)) {
    status.textContent = say("files.too_large", { most: shownCount(Math.floor(form.dataset.mostBytes / 1e6)) });
    return;
  }
  const show = (share) => {
    status.textContent = say("files.sending", { share: shownShare(share) });
  };
  show(0);
  try {
    // The name may say more than the kind of file: it travels in a body.
    const { id } = await upload(`${JOBS}?hold=true&name=${encodeURIComponent(suffix[0])}`, file, show);
    await request("PUT", `${JOBS}/${id}/options`, { name: file.name.slice(-LONGEST_NAME), ...CHOSEN });
    location.hash = `job=${id}`;
  } catch (error) {
    status.textContent = "";
    tell(error, () => send(file));
  }
  box.value = "";
}

const CHOSEN = { outputs: "csv,xlsx,parquet", estimate_precision: true };

async function list() {
  const number = ++turn;
  status.textContent = "";
  place.replaceChildren();
  try {
    const { jobs } = await request("GET", JOBS);
    if (number === turn && jobs.length) {
      place.replaceChildren(table(say("files.yours"), HEADS.map((name) => say(name)), jobs.map(row)));
    }
  } catch (error) {
    tell(error);
  }
}

const HEADS = ["files.name", "files.state", "files.rows", "files.sent"];

const sent = new Intl.DateTimeFormat(`${document.documentElement.lang}-GB`, { dateStyle: "medium", timeStyle: "short" });

// How many rows a file has, which is guessed by its size until it is done.
function rowsOf({ rows, state }) {
  if (rows === null) {
    return "";
  }
  return state === "done" ? shownCount(rows) : say("files.about", { rows: shownCount(rows) });
}

function row(job) {
  const link = element("a", { href: `#job=${job.id}`, dir: "auto" }, job.name);
  return [link, say(`job.${job.state}`), rowsOf(job), sent.format(new Date(job.created))];
}

async function follow(name) {
  const number = ++turn;
  shown = "";
  place.replaceChildren();
  status.textContent = "";
  while (number === turn) {
    try {
      const job = await request("GET", `${JOBS}/${name}`);
      if (number !== turn) {
        return;
      }
      tellNothing();
      show(job, name);
      if (!isGoingOn(job)) {
        return;
      }
    } catch (error) {
      if (number !== turn) {
        return;
      }
      tell(error);
      if (error.status !== 0) {
        place.replaceChildren(another());
        return;
      }
    }
    await new Promise((done) => setTimeout(done, LOOK_MILLISECONDS));
  }
}

const isGoingOn = (job) => ["queued", "running"].includes(job.state) || (job.state === "held" && !job.columns);

function show(job, name) {
  const said = job.state === "held" && !job.columns ? say("files.looking") : say(`job.${job.state}`);
  if (status.textContent !== said) {
    status.textContent = said; // read out, and therefore only when it is another
  }
  const kind = `${job.state} ${JSON.stringify(job.columns)}`;
  if (kind === shown && job.state !== "running") {
    return;
  }
  const isFirst = shown === "";
  const runs = shown.startsWith("running");
  shown = kind;
  if (job.state === "running" && runs) {
    fill(place.querySelector("progress"), job);
    place.querySelector(".far").textContent = sentence(job);
    return;
  }
  const title = element("h2", { tabindex: "-1", dir: "auto" }, job.name);
  place.replaceChildren(title, ...parts(job, name));
  if (isFirst) {
    title.focus();
  }
}

function sentence(job) {
  if (job.summary) {
    return say("files.writing");
  }
  const done = { done: shownCount(job.rows_done), rows: job.rows === null ? "?" : shownCount(job.rows) };
  const left = job.seconds_left;
  if (left === null) {
    return say("files.progress", done);
  }
  const minutes = Math.ceil(left / 60);
  return say(left < 60 ? "files.progress_seconds" : "files.progress_minutes", { ...done, minutes: shownCount(minutes) });
}

function parts(job, name) {
  const again = () => follow(name);
  switch (job.state) {
    case "held":
      return job.columns ? [heldJob(job, CHOSEN, again), remove(job, "files.give_up")] : [remove(job, "files.give_up")];
    case "queued":
    case "running": {
      const bar = fill(element("progress", { "aria-label": say("files.bar") }), job);
      const far = element("p", { class: "far" }, job.state === "running" ? sentence(job) : "");
      return [bar, far, element("p", { class: "note" }, say("files.come_back")), remove(job, "files.cancel")];
    }
    case "done":
      return [...shownReport(job), remove(job, "files.remove"), another()];
    default:
      return [element("p", { dir: "auto" }, job.problem), remove(job, "files.remove"), another()];
  }
}

function fill(bar, job) {
  if (job.rows && job.state === "running") {
    bar.max = job.rows;
    bar.value = Math.min(job.rows, job.rows_done);
  }
  return bar;
}

function remove(job, word) {
  const button = element("button", { type: "button", class: "quiet" }, say(word));
  const act = retried(async () => {
    button.disabled = true;
    try {
      await request("DELETE", `${JOBS}/${job.id}`);
      if (job.state === "held") {
        await request("DELETE", `${JOBS}/${job.id}`); // cancelled, and forgotten
      }
      if (["queued", "running"].includes(job.state)) {
        follow(job.id);
      } else {
        location.hash = "";
      }
    } finally {
      button.disabled = false;
    }
  });
  button.addEventListener("click", act);
  return element("p", {}, button);
}

function another() {
  return element("p", {}, element("a", { href: "#" }, say("files.another")));
}
