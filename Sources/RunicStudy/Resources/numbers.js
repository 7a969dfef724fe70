/* Functions of numbers alone: they know nothing of the page. */
const bytes = code => Uint8Array.from(atob(code), one => one.charCodeAt(0));
const words = code => { const raw = bytes(code); return Uint16Array.from({length: raw.length / 2},
  (_, i) => raw[2 * i] | raw[2 * i + 1] << 8); };
const longWords = code => { const raw = bytes(code); return Uint32Array.from({length: raw.length / 4},
  (_, i) => raw[4 * i] | raw[4 * i + 1] << 8 | raw[4 * i + 2] << 16 | raw[4 * i + 3] << 24); };

const number = (one, digits = 2) => (one < 0 ? "−" : "") + Math.abs(one).toFixed(digits);
const signed = (one, digits = 2) => (one < 0 ? "−" : "+") + Math.abs(one).toFixed(digits);
const percent = one => (100 * one).toFixed(one > 0 && one < .1 ? 1 : 0) + "\u00a0%";
const span = one => one >= 1e6 ? "∞" : one >= 100 ? Math.round(one).toLocaleString("en") : one.toFixed(1);

/* The mean around each value, from `reach` before it to `reach` after it; null counts as missing. */
function movingMean(values, reach) {
  const result = new Float32Array(values.length);
  let sum = 0, count = 0;
  const add = (t, by) => {
    if (t >= 0 && t < values.length && values[t] !== null) { sum += by * values[t]; count += by; }
  };
  for (let t = -reach; t < values.length; t++) {
    add(t + reach, 1);
    add(t - reach - 1, -1);
    if (t >= 0) result[t] = count ? sum / count : 0;
  }
  return result;
}

/* The smallest of 1, 2, 5, 10, 20 … that is at least `least`. */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return Math.max(1, [1, 2, 5, 10].map(one => one * power).find(one => one >= least));
}

/* How many values lie from 1 to 2, from 2 to 4 and so on; the first and the last bin take what lies outside. */
function countByPower(values, bins) {
  const counts = Array(bins).fill(0);
  for (const one of values) counts[Math.max(0, Math.min(bins - 1, Math.floor(Math.log2(Math.max(one, 1)))))]++;
  return counts;
}

/* The index of the point nearest to (x, y); null if none is within `reach`. */
function nearestPoint(points, x, y, reach) {
  let best = null, least = reach;
  points.forEach(([px, py], index) => {
    const distance = Math.hypot(px - x, py - y);
    if (distance <= least) [best, least] = [index, distance];
  });
  return best;
}

/* The symbols [start, end) around `middle` within its line [from, to), at most `reach` to each side where possible. */
function surroundings(middle, from, to, count, reach) {
  const start = Math.max(from, middle - reach);
  const end = Math.min(Math.max(to, start + 12), start + 2 * reach + 1, count);
  return [Math.max(Math.min(start, end - 2 * reach - 1), from), end];
}
