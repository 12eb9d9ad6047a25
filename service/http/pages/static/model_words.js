// How the page of the models writes moments, numbers and estimates.

import { shownShare } from "./words.js";

const language = document.documentElement.lang;
const shown = new Intl.DateTimeFormat(`${language}-GB`, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export const moment = (written) => `${shown.format(new Date(written))} UTC`;

const three = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });

const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const shownMilliseconds = (value) => one.format(value);

export const figure = (value) => (value === null ? "–" : three.format(value));

// A share with its interval.
export const estimate = (found) => (found ? `${shownShare(found.value)} (${shownShare(found.low)}–${shownShare(found.high)})` : "–");
