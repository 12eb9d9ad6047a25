// Tells what the service refuses, and asks for a key where it takes one, or has somebody sign in where people do.

import { SESSION, showPerson, whenSignedInElsewhere } from "./person.js";
import { ask, useKey } from "./service.js";
import { say } from "./words.js";

const trouble = document.getElementById("trouble");
const signIn = document.getElementById("sign-in");
const form = signIn ?? document.getElementById("key-form");
const box = form.querySelector("input, a");
const password = document.getElementById("password");

let usual = () => {};
let goOn = usual;

// Does this once a key was given, or somebody has signed in, unless what was refused says what to do again.
export function whenKeyIsGiven(action) {
  usual = action;
  goOn = action;
}

// Says why something is refused; where that asks for a key, `again` is done once one was given.
export function tell(error, again = usual) {
  show(sentence(error));
  if (error.asksForKey) {
    goOn = again;
    askWho();
  }
}

// Returns what does something, tells why it is refused, and does it again once a key was given.
export function retried(action) {
  const act = () => action().catch((error) => tell(error, act));
  return act;
}

export function askWho() {
  form.hidden = false;
  (password && box.value ? password : box).focus();
}

export function tellWord(name) {
  show(say(name));
}

export function tellNothing() {
  trouble.hidden = true;
}

function show(text) {
  trouble.hidden = false;
  trouble.textContent = text;
}

function sentence(error) {
  if (error.status === 0) {
    return say("trouble.unreached");
  }
  if (error.status === 401) {
    return say(signIn ? "trouble.sign_in" : "trouble.key");
  }
  return say("trouble.refused", { detail: error.message });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!signIn) {
    useKey(box.value);
    box.value = "";
  } else if (!(await isLetIn())) {
    return;
  }
  leave();
});

whenSignedInElsewhere(() => form.hidden || leave());

function leave() {
  form.hidden = true;
  tellNothing();
  goOn();
}

async function isLetIn() {
  try {
    showPerson(await ask(SESSION, { name: box.value, password: password.value }));
    return true;
  } catch (error) {
    show(error.problem === "wrong-password" ? say("trouble.password") : sentence(error));
    password.focus();
    return false;
  } finally {
    password.value = "";
  }
}
