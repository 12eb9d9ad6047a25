// The texts that scripts show, in the language of the page: its template holds them by their names.

const held = new Map();
for (const node of document.getElementById("words").content.querySelectorAll("[data-word]")) {
  held.set(node.dataset.word, node.textContent);
}

// Returns a text with its {places} filled in; the name itself where the page has no such text.
export function say(name, values = {}) {
  const text = held.get(name) ?? name;
  return text.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}

const language = document.documentElement.lang;
const percent = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const counted = new Intl.NumberFormat(language);
const signed = new Intl.NumberFormat(language, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const shownShare = (share) => percent.format(share);
export const shownCount = (count) => counted.format(count);
export const shownLogOdds = (value) => signed.format(value);

const LEVELS = [
  [0.99, "sure.certain"],
  [0.95, "sure.very_likely"],
  [0.8, "sure.likely"],
  [0.5, "sure.rather"],
  [0.2, "sure.unlikely"],
  [0, "sure.very_unlikely"],
];

// Returns a probability in words and as a number: "very likely (97.2%)".
export function inWords(probability) {
  const [, name] = LEVELS.find(([least]) => probability >= least) ?? LEVELS.at(-1);
  return `${say(name)} (${shownShare(probability)})`;
}
