// How the page of the models writes moments, numbers and levels.

const language = document.documentElement.lang;
const shown = new Intl.DateTimeFormat(`${language}-GB`, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export const moment = (written) => `${shown.format(new Date(written))} UTC`;

const three = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });

const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const shownMilliseconds = (value) => one.format(value);

export const figure = (value) => (value === null ? "–" : three.format(value));
