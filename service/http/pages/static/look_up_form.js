// The example of a form: shows what it would send.

import { element } from "./elements.js";
import { tell, whenKeyIsGiven } from "./key_form.js";
import { LookUp } from "./look_up.js";
import { say } from "./words.js";

const form = document.getElementById("example");
const sent = document.getElementById("sent");
const lookUp = new LookUp(form.querySelector("[data-look-up]"), tell);

whenKeyIsGiven(() => lookUp.box.focus());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const problem = lookUp.problem();
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  sent.replaceChildren(
    ...(problem
      ? [element("p", { class: "trouble" }, problem)]
      : [element("p", {}, say("look_up.sent")), element("pre", {}, JSON.stringify(values, null, 2))]),
  );
});
