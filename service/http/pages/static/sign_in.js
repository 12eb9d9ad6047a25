// The page of signing in: who is signed in is told so, anybody else is asked who he is.

import { askWho, tell, tellNothing, tellWord, whenKeyIsGiven } from "./key_form.js";
import { isSignedIn, tellOthers, whenPersonChanges } from "./person.js";
import { say } from "./words.js";

const PROBLEMS = ["#provider", "#unknown"]; // of who came back from elsewhere
const status = document.getElementById("status");

whenPersonChanges((name) => {
  status.textContent = name ? say("person.in", { name }) : "";
});
whenKeyIsGiven(() => {
  tellOthers();
  status.focus();
});
tellNothing();
try {
  if (await isSignedIn()) {
    tellOthers();
  } else {
    if (PROBLEMS.includes(location.hash)) {
      tellWord(`trouble.${location.hash.slice(1)}`);
    }
    askWho();
  }
} catch (error) {
  tell(error);
}
