// Tells what the service refuses, and asks for a key where it takes one.

import { useKey } from "./service.js";
import { say } from "./words.js";

const trouble = document.getElementById("trouble");
const form = document.getElementById("key-form");
const box = document.getElementById("key");

let goOn = () => {};

// Does this once a key was given.
export function whenKeyIsGiven(action) {
  goOn = action;
}

export function tell(error) {
  trouble.hidden = false;
  trouble.textContent = sentence(error);
  if (error.asksForKey) {
    form.hidden = false;
    box.focus();
  }
}

export function tellNothing() {
  trouble.hidden = true;
}

function sentence(error) {
  if (error.status === 0) {
    return say("trouble.unreached");
  }
  return error.status === 401 ? say("trouble.key") : say("trouble.refused", { detail: error.message });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  useKey(box.value);
  box.value = "";
  form.hidden = true;
  tellNothing();
  goOn();
});
