// The page of review: the rows of a job that a person has to decide, or those of a sample that people label, one after the other, by
// keyboard. The id of the job or of the sample stands behind the # of the page's address; no address of a row stands in any URL.

import { Combobox } from "./combobox.js";
import { element } from "./elements.js";
import { retried, tell, tellNothing, whenKeyIsGiven } from "./key_form.js";
import { whenPersonChanges } from "./person.js";
import { sayingOf, shownRow } from "./review_row.js";
import { ask, request, save } from "./service.js";
import { say } from "./words.js";

const ROUTES = { job: "v1/jobs", sample: "v1/model/labels/samples" };
const CANDIDATES = 5;
const AGAIN_MILLISECONDS = 2000;
const OTHER = "other premises";
const FILE = "verdicts.csv";

const start = document.getElementById("start");
const nameBox = document.getElementById("coder");
const status = document.getElementById("status");
const place = document.getElementById("row");
const other = document.getElementById("other");
const box = document.getElementById("premises");
const noting = document.getElementById("noting");
const noteBox = document.getElementById("note");
const take = document.getElementById("take");

let source = ""; // the route of the job, or of the sample
let coder = "";
let row = null; // the row that is shown
let queue = null; // how long the queue is, and how many of its rows are decided
let answer = null; // what the service answers to it now; null where it refuses
let found = []; // premises that were searched for, for this row
const notes = new Map(); // what was written here beside rows, by their ids
const steps = []; // the verdicts that were given here, the last at the end
let isSending = false; // whether a verdict is under way
let again = open; // what is done once a key was given

whenKeyIsGiven(() => {
  place.firstElementChild?.focus(); // the box of the key is gone
  again();
});
window.addEventListener("hashchange", () => location.reload()); // another job: what is under way here ends
window.addEventListener("beforeunload", (event) => isSending && event.preventDefault());
start.addEventListener("submit", (event) => {
  event.preventDefault();
  coder = nameBox.value.trim().replace(/\s+/g, " ");
  if (!coder) {
    status.textContent = say("review.no_name");
    nameBox.focus();
    return;
  }
  begin();
});
other.addEventListener("submit", (event) => event.preventDefault());
noting.addEventListener("submit", (event) => {
  event.preventDefault();
  backToRow();
});
noteBox.addEventListener("keydown", (event) => event.key === "Escape" && backToRow());
noteBox.addEventListener("input", () => notes.set(row.id, noteBox.value));
const combobox = new Combobox(box, document.getElementById("suggestions"), status, { pick, trouble: tell });
box.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && backToRow());
place.addEventListener("keydown", (event) => {
  const isPlain = !(event.ctrlKey || event.altKey || event.metaKey);
  const button = isPlain && place.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
whenPersonChanges((name) => {
  nameBox.readOnly = Boolean(name); // a verdict is that of who is signed in
  if (name && name !== coder) {
    nameBox.value = name;
    coder = coder && name; // who has not begun is asked to
    steps.length = 0; // those of somebody else
    notes.clear();
  }
});
const saved = (query) => retried(() => save(`${source}/verdicts${query()}`, FILE));
document.getElementById("take-own").addEventListener("click", saved(() => `?coder=${encodeURIComponent(coder)}`));
document.getElementById("take-all").addEventListener("click", saved(() => ""));
for (const button of take.querySelectorAll("[data-format]")) {
  const { format } = button.dataset;
  button.addEventListener("click", retried(() => save(`${source}/reviewed?format=${format}`, `reviewed.${format}`)));
}
open();

function open() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const kind = asked.has("sample") ? "sample" : "job";
  const name = asked.get(kind);
  for (const link of document.querySelectorAll("nav a[hreflang]")) {
    link.hash = location.hash; // the other language shows the same job
  }
  for (const part of document.querySelectorAll("[data-of]")) {
    part.hidden = part.dataset.of !== kind;
  }
  tellNothing();
  source = `${ROUTES[kind]}/${encodeURIComponent(name ?? "")}`;
  start.hidden = !name;
  status.textContent = name ? "" : say("review.no_job");
  if (name) {
    nameBox.focus();
  }
  if (kind === "sample") {
    nameCoder();
  }
}

// Labels of a sample are those of the person who acts by this page.
async function nameCoder() {
  try {
    const { person } = await request("GET", "v1/model");
    if (person) {
      [nameBox.value, nameBox.readOnly] = [person.name, true];
    }
  } catch (error) {
    tell(error);
  }
}

// Does something alone; what the service refuses is told, and may be done again where it asks for a key. Meanwhile the row is busy, and
// says so: what is pressed then does nothing, since the row that it would decide has not been seen.
async function alone(action) {
  if (isBusy()) {
    return;
  }
  place.setAttribute("aria-busy", "true");
  again = () => alone(action);
  tellNothing();
  try {
    await action();
  } catch (error) {
    status.textContent = "";
    tell(error);
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

const isBusy = () => place.getAttribute("aria-busy") === "true";

// Asks until the service is reached, and says meanwhile what is kept.
async function insist(question, kept) {
  for (;;) {
    try {
      const said = await question();
      tellNothing();
      return said;
    } catch (error) {
      if (error.status !== 0) {
        throw error;
      }
      tell(error);
      status.textContent = kept;
    }
    await new Promise((done) => setTimeout(done, AGAIN_MILLISECONDS));
  }
}

function begin() {
  return alone(async () => {
    const { next } = await look(0);
    start.hidden = true;
    take.hidden = source.startsWith(ROUTES.sample); // labels are saved on the page of the models
    await show(next ?? 0, next === null ? say("review.all") : "");
  });
}

function look(at) {
  const route = `${source}/review?place=${at}`;
  return insist(() => request("GET", route), "");
}

async function show(at, told) {
  queue = await look(at);
  [row] = queue.rows;
  [found, answer] = [[], null];
  if (!row) {
    place.replaceChildren(element("p", {}, say("review.nothing")));
    status.textContent = "";
    return;
  }
  noteBox.value = notes.get(row.id) ?? sayingOf(row, coder)?.note ?? "";
  let refusal = null;
  try {
    answer = await insist(() => ask("v1/addresses", { input: row.address, limit: CANDIDATES, explain: true }), "");
  } catch (error) {
    refusal = error; // the row can be decided all the same
  }
  draw();
  status.textContent = told;
  if (refusal) {
    tell(refusal);
  }
}

function draw(key) {
  const does = { accept: (uprn) => decide(OTHER, uprn), decide, undo, search, write, move, moveToDisputed };
  const shown = shownRow({ row, queue, answer, found, coder, does });
  place.replaceChildren(shown);
  [other.hidden, noting.hidden] = [false, false];
  (place.querySelector(`[data-key="${key}"]`) ?? shown).focus();
}

function search() {
  box.value = "";
  box.focus();
}

const write = () => noteBox.focus();

const backToRow = () => place.firstElementChild.focus();

function pick(suggestion) {
  if (suggestion.kind !== "premises") {
    combobox.complete();
    return;
  }
  found.push({ uprn: suggestion.uprn, address: suggestion.text });
  draw(String((answer?.candidates.length ?? 0) + found.length));
}

const move = (by) => alone(() => show(Math.min(Math.max(row.place + by, 0), queue.total - 1), ""));

function moveToDisputed() {
  return alone(async () => {
    const { next_disputed: next } = await look(row.place + 1);
    if (next === null) {
      status.textContent = say("review.no_dispute");
    } else {
      await show(next, "");
    }
  });
}

const own = (one) => one.verdicts.find((said) => said.coder === coder);

function decide(verdict, uprn = "") {
  const { id, place: at } = row;
  const before = own(row);
  const step = { id, at, before, settles: row.is_disputed && !before };
  const [{ settles }, who, note] = [step, coder, noteBox.value]; // his, even where somebody else signs in before it is sent
  return alone(async () => {
    status.textContent = say("review.sending");
    try {
      const kept = await send(who, { id, verdict, uprn, note, settles, replace: Boolean(before) });
      if (steps.at(-1) !== step) {
        steps.push(step); // once, also where a key was asked for in between
      }
      await show((settles ? kept.next_disputed : null) ?? kept.next ?? at, [sentence(kept.rows[0]), kept.next === null ? say("review.all") : ""].join(" ").trim());
    } catch (error) {
      if (error.status === 409) {
        await show(at, ""); // somebody of the same name decided it elsewhere
      }
      throw error;
    }
  });
}

async function send(who, said) {
  const [route, question] = [`${source}/verdicts`, { coder: who, ...said }];
  isSending = true;
  try {
    const kept = await insist(() => ask(route, question), say("review.kept"));
    isSending = false;
    return kept;
  } catch (error) {
    isSending = error.asksForKey; // it is sent again with another key
    throw error;
  }
}

// Tells a second coder of the first, once both have spoken.
function sentence(now) {
  const mine = own(now);
  if (!mine) {
    return say("review.settled");
  }
  const others = now.verdicts.filter((said) => said.coder !== coder);
  if (!others.length) {
    return say("review.done");
  }
  const agree = others.every((said) => said.verdict === mine.verdict && said.uprn === mine.uprn);
  const names = others.map((said) => said.coder).join(", ");
  return say(agree ? "review.agree" : "review.disagree", { names });
}

function undo() {
  const step = steps.at(-1);
  if (!step) {
    status.textContent = say("review.no_undo");
    return;
  }
  const who = coder;
  alone(async () => {
    const { verdict, uprn, note } = step.before ?? { verdict: "", uprn: "", note: "" };
    // The premises of an answer that is right is named as any other.
    const said = uprn ? { verdict: OTHER, uprn } : { verdict };
    await send(who, { id: step.id, ...said, note, settles: step.settles, replace: true });
    if (steps.at(-1) === step) {
      steps.pop();
    }
    await show(step.at, say("review.undone"));
  });
}
