// Who is signed in, where people sign in: his name in the head of the page, and the button by which he signs out.

import { request } from "./service.js";

export const SESSION = "pages/session";
const shown = document.getElementById("person"); // none where nobody signs in

const others = new BroadcastChannel("address-match-person"); // the other pages of the service in this browser
const listeners = [];
let name = "";

// Calls action(name) now where somebody is signed in, and whenever it is somebody else; nobody has an empty name.
export function whenPersonChanges(action) {
  listeners.push(action);
  if (name) {
    action(name);
  }
}

export function showPerson(person) {
  name = person.name;
  shown.querySelector("[data-name]").textContent = name;
  shown.hidden = !name;
  document.getElementById("nobody").hidden = Boolean(name);
  listeners.forEach((action) => action(name));
}

// Whether a session is there, for what cannot tell by itself that it has ended.
export async function isSignedIn() {
  showPerson(await request("GET", SESSION));
  return Boolean(name);
}

// Tells the other pages that somebody has signed in.
export function tellOthers() {
  others.postMessage("signed in");
}

// Does this when another page of the service says that somebody has signed in.
export function whenSignedInElsewhere(action) {
  others.addEventListener("message", async () => (await isSignedIn().catch(() => false)) && action());
}

if (shown) {
  shown.querySelector("button").addEventListener("click", async () => {
    await request("DELETE", SESSION).catch(() => {}); // a session that has ended, or a service that is not reached
    location.assign(document.querySelector("#nobody a").href); // no address stays on the screen
  });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload()); // nor comes back with the back button
  isSignedIn().catch(() => {}); // what the page asks next says why
}
