// The page of the models: which answer, how they do, what was decided. Which view is shown stands behind the # of the page's address.

import { tell, tellNothing, whenKeyIsGiven } from "./key_form.js";
import { auditView } from "./model_audit.js";
import { comparisonsView } from "./model_comparisons.js";
import { decisionsView } from "./model_decisions.js";
import { monitorView } from "./model_monitor.js";
import { recordView } from "./model_record.js";
import { stateView } from "./model_state.js";
import { workView } from "./model_work.js";
import { element } from "./elements.js";
import { request } from "./service.js";
import { say } from "./words.js";

const VIEWS = {
  state: stateView,
  monitor: monitorView,
  decisions: decisionsView,
  work: workView,
  comparisons: comparisonsView,
  record: recordView,
  audit: auditView,
};

const status = document.getElementById("status");
const place = document.getElementById("view");

let turn = 0; // the number of the view that is shown; what belongs to earlier ones is dropped

window.addEventListener("hashchange", () => open(""));
whenKeyIsGiven(() => open(""));
open("");

// Shows the view that the address names, and says what has just been done.
async function open(done) {
  const number = ++turn;
  const name = Object.hasOwn(VIEWS, location.hash.slice(1)) ? location.hash.slice(1) : "state";
  for (const link of document.querySelectorAll("main nav a")) {
    if (link.hash === `#${name}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  for (const link of document.querySelectorAll("nav a[hreflang]")) {
    link.hash = location.hash; // the other language shows the same view
  }
  tellNothing();
  status.textContent = say("model.loading");
  try {
    const state = await request("GET", "v1/model");
    const parts = await VIEWS[name](state, acting(number));
    if (number === turn) {
      const title = element("h2", { tabindex: "-1" }, say(`model.${name}`));
      place.replaceChildren(title, ...parts);
      status.textContent = done;
      title.focus();
    }
  } catch (error) {
    if (number === turn) {
      status.textContent = "";
      tell(error);
    }
  }
}

// Returns what does something and shows the view anew, or tells why it was refused and leaves what was typed.
function acting(number) {
  const action = async (act, done) => {
    tellNothing();
    status.textContent = say("model.doing");
    try {
      await act();
      if (number === turn) {
        await open(typeof done === "function" ? done() : done);
      }
    } catch (error) {
      status.textContent = "";
      tell(error, () => action(act, done));
    }
  };
  return action;
}
