// Whether answers are as usual: each channel with its windows, charts and what differs.

import { element, section, table } from "./elements.js";
import { restOn } from "./model_decisions.js";
import { day, form, line, mayAny } from "./model_form.js";
import { estimate, figure, moment, shownMilliseconds } from "./model_words.js";
import { request } from "./service.js";
import { say, shownCount, shownShare } from "./words.js";

export async function monitorView(state, act) {
  if (!state.offers.includes("monitor")) {
    return [element("p", {}, say("monitor.keeps_none"))];
  }
  const [report, shadow] = await Promise.all([request("GET", "v1/model/monitor"), request("GET", "v1/model/shadow")]);
  const channels = report.channels.map((channel) => channelPart(channel, report, state, act));
  const level = element("p", { class: `level ${report.level}` }, say("monitor.level", { level: say(`level.${report.level}`), moment: moment(report.moment) }));
  return [level, ...(channels.length ? channels : [element("p", {}, say("monitor.no_facts"))]), ...besidePart(shadow)];
}

function channelPart(channel, report, state, act) {
  const title = `${channel.channel}: ${say(`level.${channel.level}`)}`;
  const why = channel.why.length ? element("ul", { lang: "en" }, ...channel.why.map((text) => element("li", {}, text))) : null;
  const acts = mayAny(state, "owner") ? [decide(channel, report), acknowledge(channel, act), usual(channel, act)] : [];
  const found = [reference(channel), labelled(channel), element("div", { class: "charts" }, ...channel.charts.map(picture)), ...windows(channel), ...last(channel, report.meanings)];
  return section(title, why, ...found, ...acts);
}

// How a candidate answers that is asked beside, of whose answers nobody is told.
function besidePart({ beside, report }) {
  if (!beside.length) {
    return [];
  }
  const heads = ["channel", "bundles", "answers", "alike", "same", "changes"].map((name) => say(`beside.${name}`));
  const rows = beside.map((one) => [
    one.channel,
    say("beside.pair", { candidate: one.candidate, champion: one.champion }),
    shownCount(one.answers),
    shownShare(one.alike / one.answers),
    shownShare(one.same_premises / one.answers),
    changed(one) || say("monitor.nothing"),
  ]);
  const ofChannels = report.channels.flatMap((channel) => [element("h4", {}, channel.channel), ...windows(channel)]);
  return [section(say("beside.title"), element("p", { class: "note" }, say("beside.note")), table(say("beside.agreement"), heads, rows), ...ofChannels)];
}

function changed({ changes, other_matches: others }) {
  const said = changes.map(({ given, beside, answers }) =>
    say("beside.change", { given: say(`beside.${given}`), beside: say(`beside.${beside}`), answers: shownCount(answers) }),
  );
  return [...said, ...(others ? [say("beside.others", { answers: shownCount(others) })] : [])].join("; ");
}

function decide(channel, report) {
  const link = element("a", { href: "#decisions" }, say("monitor.decide", { channel: channel.channel }));
  link.addEventListener("click", () => restOn(channel, report.moment));
  return element("p", {}, link);
}

// Offered where a channel warns and nobody has said so far that he has looked at it.
function acknowledge({ channel, level, acknowledged_by: by }, act) {
  if (level !== "warn" || by) {
    return null;
  }
  const fields = [["reason", "seen.reason", line({ required: true })]];
  const done = ({ reason }) => act(() => request("POST", `v1/model/monitor/${channel}/acknowledgement`, { reason }), say("seen.done", { channel }));
  return element("details", {}, element("summary", {}, say("seen.open", { channel })), form("seen.title", fields, "seen.do", done, channel));
}

function usual({ channel }, act) {
  const fields = [
    ["first", "usual.first", day()],
    ["last", "usual.last", day()],
    ["reason", "usual.reason", line({ required: true })],
    ["target", "usual.target", element("input", { type: "number", min: "0.5", max: "0.9999", step: "any" })],
  ];
  const accept = ({ first, last, reason, target }) => {
    const said = { first: first || null, last: last || null, reason, target_precision: target ? Number(target) : null };
    return act(() => request("POST", `v1/model/monitor/${channel}/reference`, said), say("usual.done", { channel }));
  };
  const whole = form("usual.title", fields, "usual.do", accept, channel);
  return element("details", {}, element("summary", {}, say("usual.open", { channel })), whole);
}

function reference({ reference: accepted, reference_facts: facts, facts: since, waiting }) {
  if (!accepted) {
    return null;
  }
  const counts = { since: shownCount(since), facts: shownCount(facts), waiting: shownCount(waiting) };
  return element("p", { dir: "auto" }, say("monitor.reference", { ...counts, by: accepted.by, moment: moment(accepted.moment), reason: accepted.reason }));
}

function labelled({ by_labels: found }) {
  if (!found) {
    return null;
  }
  const counts = { labels: shownCount(found.labels), matched: shownCount(found.matched) };
  return element("p", {}, say("monitor.by_labels", { ...counts, precision: estimate(found.precision), every: estimate(found.at_every_look) }));
}

// A picture comes as text of the service's own making; it is parsed, which runs nothing.
function picture({ svg, what, size }) {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  const said = say(`chart.${what}`, { size: shownCount(size) });
  drawing.setAttribute("aria-label", said);
  return element("figure", {}, element("figcaption", {}, said), document.adoptNode(drawing));
}

function windows({ windows: found }) {
  if (!found.length) {
    return [];
  }
  const heads = ["monitor.until", "monitor.answers", "monitor.accepted", "monitor.expected", "monitor.labelled", "monitor.absent", "monitor.latency", "monitor.differs"].map((name) => say(name));
  const rows = found.map((one) => [
    moment(one.ends),
    shownCount(one.size),
    figure(one.findings.find(({ name }) => name === "accepted")?.value ?? null),
    estimate(one.expected_precision),
    estimate(one.by_labels?.precision),
    estimate(one.absent),
    milliseconds(one.latency),
    differing(one) || say("monitor.nothing"),
  ]);
  return [table(say("monitor.windows"), heads, rows)];
}

const milliseconds = (found) => (found ? say("monitor.milliseconds", { half: shownMilliseconds(found.p50), most: shownMilliseconds(found.p95) }) : "–");
const differing = ({ findings }) =>
  findings
    .filter(({ differs }) => differs)
    .map(({ name }) => name)
    .join(", ");

function last({ windows: found }, meanings) {
  const one = found.at(-1);
  if (!one) {
    return [];
  }
  const heads = ["monitor.what", "monitor.now", "monitor.usual", "monitor.change", "monitor.quiet_change", "monitor.differs"].map((name) => say(name));
  const rows = one.findings.map((finding) => [
    element("span", { lang: "en" }, `${finding.name}: ${meanings[finding.name] ?? ""}`),
    figure(finding.value),
    figure(finding.usual_value),
    figure(finding.effect),
    figure(finding.floor),
    say(finding.differs ? "monitor.yes" : "monitor.no"),
  ]);
  return [table(say("monitor.last", { size: shownCount(one.size) }), heads, rows)];
}
