// Builds elements. Text is set as text, never as markup, so that an address may hold whatever it likes.

const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// A table with a caption, the heads of its columns, and rows of cells, of which the first names its row. Where a heading above it says the
// same, the caption is for those alone who hear it.
export function table(caption, heads, rows, { isTitled = false } = {}) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...others]) =>
    element("tr", {}, element("th", { scope: "row" }, first), ...others.map((cell) => element("td", {}, cell))),
  );
  const whole = element(
    "table",
    {},
    element("caption", {}, isTitled ? element("span", { class: "unseen" }, caption) : caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  return element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, whole);
}

export function section(title, ...children) {
  return element("section", {}, element("h3", {}, title), ...children);
}
