// Builds the forms of the page of the models. What is typed stays where the service refuses it.

import { element } from "./elements.js";
import { say } from "./words.js";

export const line = (more = {}) => element("input", { type: "text", maxlength: "1000", autocomplete: "off", dir: "auto", ...more });
export const area = (more = {}) => element("textarea", { rows: "2", maxlength: "4000", dir: "auto", required: true, ...more });
export const day = (more = {}) => element("input", { type: "date", ...more });

export const choice = (options, more = {}) =>
  element("select", more, ...options.map(([value, text]) => element("option", { value }, text)));

// Returns a form. `fields` are [name, word, control] or null; `submit` gets what was filled in, by the names. Where a page has several of
// one title, `of` tells them apart.
export function form(title, fields, word, submit, of = "") {
  const held = fields.filter(Boolean);
  const button = element("button", {}, say(word));
  const rows = held.map(([name, label, control]) => {
    control.id = `${title}-${name}-${of}`.replaceAll(".", "-");
    return element("p", {}, element("label", { for: control.id }, say(label)), control);
  });
  const whole = element(
    "form",
    { method: "post", autocomplete: "off" },
    element("fieldset", {}, element("legend", {}, say(title)), ...rows, element("p", {}, button)),
  );
  whole.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await submit(Object.fromEntries(held.map(([name, , control]) => [name, control.value.trim()])));
    button.disabled = false;
  });
  return whole;
}

// Returns a button that does something at once.
export function doing(word, values, act) {
  const button = element("button", { type: "button" }, say(word, values));
  button.addEventListener("click", async () => {
    button.disabled = true;
    await act();
    button.disabled = false;
  });
  return button;
}

export const mayAny = ({ person }, ...roles) => Boolean(person?.roles.some((role) => roles.includes(role)));
