// Completes what is typed into a box, by mouse or keyboard: the combobox pattern of WAI-ARIA 1.2 with a list.

import { element } from "./elements.js";
import { ask } from "./service.js";
import { say } from "./words.js";

const PAUSE = 120; // milliseconds without a key before the service is asked
const MOST_TYPED = 200; // characters that it completes

// Calls pick(suggestion) for what was chosen, and trouble(error) where the service refuses.
export class Combobox {
  constructor(box, list, status, { pick, trouble }) {
    Object.assign(this, { box, list, status, pick, trouble });
    this.suggestions = [];
    this.active = -1;
    box.addEventListener("input", () => this.later());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => this.click(event));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.complete(), PAUSE);
  }

  async complete() {
    this.asking?.abort();
    const typed = this.box.value;
    if (!typed.trim() || typed.length > MOST_TYPED) {
      this.close();
      return;
    }
    this.asking = new AbortController();
    try {
      const found = await ask("v1/suggest", { q: typed, limit: 8 }, this.asking.signal);
      if (typed === this.box.value && document.activeElement === this.box) {
        this.open(found.suggestions);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close();
        this.trouble(error);
      }
    }
  }

  open(suggestions) {
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((one, place) => this.option(one, place)));
    this.list.hidden = !suggestions.length;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = say("suggest.count", { count: suggestions.length });
    this.activate(-1);
  }

  option(suggestion, place) {
    const count = suggestion.kind === "premises" ? null : element("span", { class: "count" }, ` ${say("suggest.premises", { count: suggestion.premises })}`);
    return element(
      "li",
      { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false", "data-place": place },
      element("span", {}, ...marked(suggestion)),
      count,
    );
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.suggestions = [];
    this.active = -1;
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  activate(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const chosen = this.list.children[place];
    if (!chosen) {
      this.box.removeAttribute("aria-activedescendant");
      return;
    }
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", chosen.id);
  }

  key(event) {
    const count = this.suggestions.length;
    if (event.key === "Escape" && count) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place beside the list stands for the box itself.
      const next = ((this.active + 1 + step + count + 1) % (count + 1)) - 1;
      return count ? this.activate(next) : this.complete();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  click(event) {
    const chosen = event.target.closest("[data-place]");
    event.preventDefault(); // the box keeps the focus
    if (chosen) {
      this.choose(Number(chosen.dataset.place));
    }
  }

  choose(place) {
    const suggestion = this.suggestions[place];
    this.close();
    this.box.value = suggestion.text;
    this.pick(suggestion);
  }
}

// Returns the text of a suggestion in pieces, those that were typed marked; places count characters, not UTF-16 units.
function marked({ text, highlights }) {
  const characters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of highlights) {
    pieces.push(characters.slice(at, start).join(""), element("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  return [...pieces, characters.slice(at).join("")];
}
