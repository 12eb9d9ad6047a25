// What the reference holds in the postcode of a candidate: the parts of its building and the numbers of its street.

import { element, section } from "./elements.js";
import { tell } from "./key_form.js";
import { ask } from "./service.js";
import { say } from "./words.js";

const MOST = 50;

// Returns a part that asks when it is opened, and calls pick(address) for what is chosen; none where no postcode is known.
export function nearIt(candidate, pick) {
  const postcode = candidate?.postcode;
  if (!postcode) {
    return null;
  }
  const list = element("ul", { class: "near" });
  const opened = element("details", {}, element("summary", {}, say("near.of", { postcode })), element("p", { class: "note" }, say("near.note")), list);
  const show = async () => {
    try {
      const { suggestions } = await ask("v1/suggest", { q: postcode, limit: MOST });
      list.replaceChildren(...suggestions.map((one) => element("li", {}, choosing(one.text, pick))));
    } catch (error) {
      tell(error);
    }
  };
  opened.addEventListener("toggle", () => opened.open && !list.childElementCount && show());
  return section(say("near.title"), opened);
}

function choosing(address, pick) {
  const button = element("button", { type: "button", class: "quiet", dir: "auto" }, address);
  button.addEventListener("click", () => pick(address));
  return button;
}
