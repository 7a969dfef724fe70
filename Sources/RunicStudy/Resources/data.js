const data = JSON.parse(find("data").textContent);

const text = longWords(data.text), T = text.length, S = data.series.length;
const unseen = bytes(data.unseen), milliNats = words(data.surprisals);
const expected = longWords(data.expected), probabilities = words(data.probabilities);
const SURPRISAL = S, guessing = Math.log(Math.max(data.vocabulary, 2));
const nats = t => milliNats[t] === 65535 ? null : milliNats[t] / 1000;
for (const layer of data.layers) layer.places = new Map(layer.units.map((unit, place) => [unit.unit, place]));

const chosen = {layer: 0, unit: 0, series: data.stateSeries, feature: null, at: null};
const layer = () => data.layers[chosen.layer];
const unit = () => layer().units[layer().places.get(chosen.unit)];
const range = series => layer().statistics[series].range;

function codes(one) { return one.raw || (one.raw = bytes(one.codes)); }
function code(series, t) { return codes(unit())[series * T + t]; }
function value(series, t) {
  return range(series) === "gate" ? code(series, t) / 255 : (code(series, t) - 127) / 127 * unit().scales[series];
}
const seriesTitle = series => series === SURPRISAL ? "surprisal" : data.series[series].title;

const darkness = matchMedia("(prefers-color-scheme: dark)");
const tables = {};
function colors(name) {
  const theme = darkness.matches ? "dark" : "light", key = theme + name;
  if (!tables[key]) {
    const palette = data.palettes[theme][name];
    tables[key] = Array.from({length: 255}, (_, i) => ({
      ground: "#" + palette.colors.slice(6 * i, 6 * i + 6),
      ink: palette.inks[i] === "d" ? "#000000" : "#ffffff"}));
  }
  return tables[key];
}
const paletteName = series => series === SURPRISAL ? "surprise" : range(series) === "gate" ? "gate" : "signed";
function shade(series, t) {
  const table = colors(paletteName(series));
  if (series === SURPRISAL) {
    const one = nats(t);
    return one === null ? null : table[Math.min(254, Math.round(one / guessing * 254))];
  }
  const one = code(series, t);
  return table[range(series) === "gate" ? Math.round(one * 254 / 255) : one];
}

function shown(symbol) {
  const one = data.symbols[symbol];
  return one.k === "space" ? "␣" : one.t;
}

/* The address holds the view, so that it can be kept and sent. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1)), whole = key => parseInt(asked.get(key), 10);
  const first = data.features.find(one => one.best.length);
  const start = first ? first.best[0] : {layer: data.layers.length - 1,
    unit: data.layers[data.layers.length - 1].units[0].unit};
  Object.assign(chosen, {layer: start.layer, unit: start.unit, series: data.stateSeries, at: null,
    feature: first ? data.features.indexOf(first) : null});
  const wanted = whole("layer") - 1, one = whole("unit");
  if (data.layers[wanted]) {
    Object.assign(chosen, {layer: wanted, unit: data.layers[wanted].units[0].unit, feature: null});
    if (data.layers[wanted].places.has(one)) chosen.unit = one;
  }
  const series = [...data.series.map(one => one.name), "surprisal"].indexOf(asked.get("show"));
  if (series >= 0) chosen.series = series;
  const feature = data.features.findIndex(one => one.title === asked.get("feature"));
  if (feature >= 0) chosen.feature = feature;
  const at = whole("at");
  if (at >= 0 && at < T) chosen.at = at;
}
function writeAddress() {
  const parts = new URLSearchParams({layer: chosen.layer + 1, unit: chosen.unit,
    show: chosen.series === SURPRISAL ? "surprisal" : data.series[chosen.series].name});
  if (chosen.feature !== null) parts.set("feature", data.features[chosen.feature].title);
  if (chosen.at !== null) parts.set("at", chosen.at);
  try { history.replaceState(null, "", "#" + parts); } catch (refused) { /* Some viewers forbid it. */ }
}
