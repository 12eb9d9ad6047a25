// The search page: from what is typed to the answer.

import { shownAnswer } from "./answer.js";
import { Combobox } from "./combobox.js";
import { tell, tellNothing, whenKeyIsGiven } from "./key_form.js";
import { ask } from "./service.js";
import { say } from "./words.js";

const CANDIDATES = 10;
const FIELDS = "postcode,classification,status,latitude,longitude,easting,northing";

const form = document.getElementById("search");
const box = document.getElementById("address");
const status = document.getElementById("status");
const answer = document.getElementById("answer");

let last = 0; // the number of the question that was asked last; answers to earlier ones are dropped

const combobox = new Combobox(box, document.getElementById("suggestions"), status, {
  pick: (suggestion) => (suggestion.kind === "premises" ? search() : combobox.complete()),
  trouble: tell,
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  combobox.close();
  search();
});

function pick(address) {
  box.value = address;
  search();
}

whenKeyIsGiven(() => {
  box.focus();
  search();
});

async function search() {
  const number = ++last;
  const input = box.value;
  tellNothing();
  if (!input.trim()) {
    answer.replaceChildren();
    status.textContent = say("search.nothing");
    return;
  }
  status.textContent = say("search.asking");
  const show = (shown, told) => {
    if (number === last) {
      answer.replaceChildren(...shown);
      status.textContent = "";
      told();
    }
  };
  try {
    const [found, parse] = await Promise.all([
      ask("v1/addresses", { input, limit: CANDIDATES, explain: true, fields: FIELDS }),
      ask("v1/parse", { input }),
    ]);
    show(shownAnswer(found, parse, pick), () => document.getElementById("verdict").focus());
  } catch (error) {
    show([], () => tell(error));
  }
}
