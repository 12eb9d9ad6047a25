// The page of signing in: who is signed in is told so, anybody else is asked who he is.

import { askWho, tell, tellNothing, whenKeyIsGiven } from "./key_form.js";
import { isSignedIn, whenPersonChanges } from "./person.js";
import { say } from "./words.js";

const status = document.getElementById("status");

whenPersonChanges((name) => {
  status.textContent = name ? say("person.in", { name }) : "";
});
whenKeyIsGiven(() => status.focus());
tellNothing();
try {
  if (!(await isSignedIn())) {
    askWho();
  }
} catch (error) {
  tell(error);
}
