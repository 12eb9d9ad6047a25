// The documents of a bundle, to read and to save.

import { element, section } from "./elements.js";
import { request } from "./service.js";
import { say, shownCount } from "./words.js";

export function recordView({ bundles, promoted }) {
  const choice = element("select", { id: "bundle" }, ...bundles.map(({ name }) => element("option", { value: name, selected: name === promoted?.bundle }, name)));
  const place = element("div", { "aria-live": "polite" });
  const form = element(
    "form",
    { method: "post" },
    element("label", { for: "bundle" }, say("record.bundle")),
    element("div", { class: "row" }, choice, element("button", {}, say("record.show"))),
  );
  const trouble = element("p", { class: "trouble", role: "alert", hidden: true });
  const show = async () => {
    trouble.hidden = true;
    try {
      place.replaceChildren(...shown(await request("GET", `v1/model/bundles/${encodeURIComponent(choice.value)}/record`)));
    } catch (error) {
      place.replaceChildren();
      trouble.hidden = false;
      trouble.textContent = say("trouble.refused", { detail: error.message });
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if (bundles.length) {
    show(); // of the one in force, or the first
  }
  return [form, trouble, place];
}

function shown({ documents, missing }) {
  const asked = Object.entries(missing);
  const lacking = element(
    "details",
    {},
    element("summary", {}, say("record.missing", { count: shownCount(asked.length) })),
    element("ul", { lang: "en" }, ...asked.map(([name, asks]) => element("li", {}, `${name}: ${asks}`))),
  );
  return [asked.length ? lacking : null, ...Object.entries(documents).map(([name, text]) => section(name, saving(name, text), element("pre", { lang: "en" }, text)))].filter(Boolean);
}

function saving(name, text) {
  const button = element("button", { type: "button", class: "quiet" }, say("record.save", { name }));
  button.addEventListener("click", () => {
    const link = element("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/markdown" })) });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return button;
}
