// The look-up of an address in a form: a box that completes, lines to fill in where that finds nothing, and the UPRN kept.
//
// The element holds the parts, each named by data-part: search with the box and its list, status, by-hand, lines, uprn, address.

import { Combobox } from "./combobox.js";
import { say } from "./words.js";

export class LookUp {
  constructor(root, trouble) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    Object.assign(this, { lines: part("lines"), status: part("status"), uprn: part("uprn"), address: part("address") });
    this.box = part("search").querySelector("input");
    this.button = part("by-hand");
    const list = part("search").querySelector("[role=listbox]");
    this.combobox = new Combobox(this.box, list, this.status, { pick: (one) => this.pick(one), trouble });
    this.box.addEventListener("input", () => this.forget());
    this.box.addEventListener("keydown", (event) => this.keepOpen(event));
    this.button.addEventListener("click", () => this.byHand());
  }

  // Says what keeps the form from going on; empty where nothing does.
  problem() {
    if (this.uprn.value) {
      return "";
    }
    if (this.lines.hidden) {
      return say("look_up.none");
    }
    const value = (name) => this.lines.querySelector(`[name="${name}"]`).value.trim();
    return value("line-1") && value("town") ? "" : say("look_up.lacking");
  }

  pick(suggestion) {
    if (suggestion.kind !== "premises") {
      this.combobox.complete();
      return;
    }
    this.uprn.value = suggestion.uprn;
    this.address.value = suggestion.text;
    this.lines.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.status.textContent = say("look_up.chosen", { address: suggestion.text });
  }

  forget() {
    this.uprn.value = "";
    this.address.value = "";
  }

  // Enter in the box chooses; it sends the form only once an address is chosen.
  keepOpen(event) {
    if (event.key === "Enter" && !this.uprn.value) {
      event.preventDefault();
    }
  }

  byHand() {
    this.forget();
    this.box.value = "";
    this.lines.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.lines.querySelector("input").focus();
  }
}
