// Tiles of a map in Web Mercator (EPSG:3857), of the service that the page names, below places in latitude and longitude (WGS84).

import { drawn } from "./elements.js";

const SIDE = 256; // of a tile, in units of the picture
const MOST_ZOOM = 18;
const METRES_AROUND = 40075017; // the equator of the WGS84 ellipsoid

// Returns the tiles, whose they are, where each place is drawn, and how much of the picture a metre is; nothing where the page names no
// tiles, or a place has no latitude and longitude.
export function onTiles(places, { width, height, edge }) {
  const { mapTiles: url, mapAttribution: attribution } = document.getElementById("main").dataset;
  if (!url || !places.every((one) => typeof one.latitude === "number" && typeof one.longitude === "number")) {
    return null;
  }
  const world = places.map(ofWorld);
  const [[west, east], [north, south]] = [0, 1].map((axis) => ends(world.map((at) => at[axis])));
  const span = Math.max((east - west) / (width - 2 * edge), (south - north) / (height - 2 * edge)) * SIDE;
  const zoom = Math.max(0, Math.min(MOST_ZOOM, Math.floor(-Math.log2(span))));
  const side = SIDE * 2 ** zoom; // of the world
  const corner = [((west + east) * side - width) / 2, ((north + south) * side - height) / 2];
  const latitude = (places[0].latitude * Math.PI) / 180;
  return {
    attribution,
    scale: side / (METRES_AROUND * Math.cos(latitude)),
    spots: world.map((at) => at.map((share, axis) => share * side - corner[axis])),
    tiles: tilesFrom(corner, [width, height], zoom, url),
  };
}

// The place as shares of the world's square, from its north-west corner.
function ofWorld({ latitude, longitude }) {
  const north = Math.asinh(Math.tan((latitude * Math.PI) / 180));
  return [(longitude + 180) / 360, (1 - north / Math.PI) / 2];
}

const ends = (values) => [Math.min(...values), Math.max(...values)];

function tilesFrom([left, top], [width, height], zoom, url) {
  const found = [];
  for (let y = Math.floor(top / SIDE); y * SIDE < top + height; y += 1) {
    for (let x = Math.floor(left / SIDE); x * SIDE < left + width; x += 1) {
      const href = url.replaceAll("{z}", zoom).replaceAll("{x}", x).replaceAll("{y}", y);
      found.push(drawn("image", { href, x: x * SIDE - left, y: y * SIDE - top, width: SIDE, height: SIDE }));
    }
  }
  return found;
}
