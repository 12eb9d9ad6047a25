// Draws where the candidates lie, to scale; north is up. Tiles lie below where the service names any.

import { drawn, element, section } from "./elements.js";
import { onTiles } from "./map_tiles.js";
import { say } from "./words.js";

const WIDTH = 320;
const HEIGHT = 220;
const EDGE = 28;
const LEAST_SPAN = 50; // metres: nearer candidates are not drawn further apart
const METRES_OF_A_DEGREE = 111320; // of latitude, on a sphere of the earth's mean size

// Returns nothing where fewer than two candidates have coordinates.
export function placeMap(candidates) {
  const placed = candidates.map((one, place) => ({ one, place, at: metres(one, candidates) })).filter(({ at }) => at !== null);
  if (placed.length < 2) {
    return null;
  }
  const tiled = onTiles(placed.map(({ one }) => one), { width: WIDTH, height: HEIGHT, edge: EDGE });
  const { scale, spots } = tiled ?? onNothing(placed.map(({ at }) => at));
  const points = placed.map(({ place }, at) => point(place, ...spots[at])).toReversed();
  const named = placed.map(({ one, place }) => `${place + 1} ${one.address}`).join("; ");
  const picture = drawn(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", role: "img", "aria-label": say("map.label", { candidates: named }) },
    ...(tiled?.tiles ?? []),
    ...points,
    ...bar(scale),
  );
  return section(say("map.title"), picture, element("p", { class: "note" }, [say("map.note"), tiled?.attribution].filter(Boolean).join(" ")));
}

// Where places in metres are drawn, and how much of the picture a metre is.
function onNothing(places) {
  const [xs, ys] = [0, 1].map((axis) => places.map((at) => at[axis]));
  const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), LEAST_SPAN);
  const scale = (HEIGHT - 2 * EDGE) / span;
  const middle = [middleOf(xs), middleOf(ys)];
  return { scale, spots: places.map(([x, y]) => [WIDTH / 2 + (x - middle[0]) * scale, HEIGHT / 2 - (y - middle[1]) * scale]) };
}

// The place in metres: by the national grid where all have that, else by latitude and longitude around the first.
function metres(one, all) {
  const placed = all.filter((other) => other.easting ?? other.latitude);
  if (placed.every((other) => other.easting && other.northing)) {
    return one.easting && one.northing ? [one.easting, one.northing] : null;
  }
  if (typeof one.latitude !== "number" || typeof one.longitude !== "number") {
    return null;
  }
  const first = all.find((other) => typeof other.latitude === "number");
  const narrowing = Math.cos((first.latitude * Math.PI) / 180);
  return [one.longitude * METRES_OF_A_DEGREE * narrowing, one.latitude * METRES_OF_A_DEGREE];
}

const middleOf = (values) => (Math.max(...values) + Math.min(...values)) / 2;

function point(place, x, y) {
  return drawn(
    "g",
    { class: place === 0 ? "best" : "other" },
    drawn("circle", { cx: x, cy: y, r: 10 }),
    drawn("text", { x, y: y + 4, "text-anchor": "middle" }, String(place + 1)),
  );
}

function bar(scale) {
  const length = 10 ** Math.floor(Math.log10((HEIGHT - 2 * EDGE) / scale));
  const text = length >= 1000 ? `${length / 1000} km` : `${length} m`;
  const y = HEIGHT - 8;
  return [
    drawn("line", { x1: 8, x2: 8 + length * scale, y1: y, y2: y, class: "scale" }),
    drawn("text", { x: 8, y: y - 5 }, text),
  ];
}
