const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const margin = {left: 36, right: 36, top: 9, bottom: 18};
function canvas(id) {
  const sheet = find(id), box = sheet.getBoundingClientRect(), dots = devicePixelRatio || 1;
  const [width, height] = [Math.max(box.width, 60), Math.max(box.height, 40)];
  sheet.width = Math.round(width * dots);
  sheet.height = Math.round(height * dots);
  const pen = sheet.getContext("2d");
  pen.scale(dots, dots);
  pen.font = "12px system-ui, sans-serif";
  const inner = {x: margin.left, y: margin.top, w: width - margin.left - margin.right,
    h: height - margin.top - margin.bottom};
  return {pen, inner, x: t => inner.x + (t + .5) / T * inner.w};
}
function frame({pen, inner, x}, left, right) {
  const seen = [x(firstSeen()), x(lastSeen())];
  pen.fillStyle = style("--view");
  pen.fillRect(seen[0], inner.y - 4, Math.max(2, seen[1] - seen[0]), inner.h + 8);
  pen.strokeStyle = style("--line");
  pen.fillStyle = style("--quiet");
  pen.textBaseline = "middle";
  const draw = (marks, side) => marks.forEach(([label, y]) => {
    const place = inner.y + (1 - y) * inner.h;
    pen.textAlign = side < 0 ? "right" : "left";
    pen.fillText(label, side < 0 ? inner.x - 5 : inner.x + inner.w + 5, place);
    if (side < 0) {
      pen.beginPath();
      pen.moveTo(inner.x, place);
      pen.lineTo(inner.x + inner.w, place);
      pen.stroke();
    }
  });
  draw(left, -1);
  draw(right, 1);
  pen.textBaseline = "alphabetic";
  const gap = roundStep(T / Math.max(2, inner.w / 90));
  for (let t = 0; t < T; t += gap) {
    pen.textAlign = t === 0 ? "left" : "center";
    pen.fillText(t.toLocaleString("en"), x(t), inner.y + inner.h + 15);
  }
}
function curve({pen, inner, x}, height, color, width) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.beginPath();
  let open = false;
  for (let t = 0; t < T; t++) {
    const y = height(t);
    if (y === null) { open = false; continue; }
    const place = inner.y + (1 - Math.max(0, Math.min(1, y))) * inner.h;
    if (open) pen.lineTo(x(t), place); else pen.moveTo(x(t), place);
    open = true;
  }
  pen.stroke();
  pen.lineWidth = 1;
}
/* The symbol that a pointer or a key has reached in a chart; null if there is none. */
let pointed = null;
function needles({pen, inner, x}) {
  for (const [t, color] of [[chosen.at, "--ink"], [pointed, "--accent"]]) {
    if (t === null) continue;
    pen.strokeStyle = style(color);
    pen.beginPath();
    pen.moveTo(x(t), inner.y - 4);
    pen.lineTo(x(t), inner.y + inner.h + 4);
    pen.stroke();
  }
}
const means = movingMean(Array.from({length: T}, (_, t) => nats(t)), Math.max(2, Math.round(T / 200)));
const highestNats = Math.max(guessing, ...Array.from(means)) * 1.25;
function drawSurprise() {
  const area = canvas("surprise-chart");
  const mark = (one, unit) => [one.toFixed(one && one < 10 ? 1 : 0), one * unit / highestNats];
  const steps = (top, unit) => [0, top / 3, 2 * top / 3].map(one => mark(one, unit));
  frame(area, steps(highestNats, 1), steps(highestNats / Math.LN2, Math.LN2));
  area.pen.globalAlpha = .28;
  curve(area, t => nats(t) === null ? null : nats(t) / highestNats, style("--surprise"), 1);
  area.pen.globalAlpha = 1;
  curve(area, t => means[t] / highestNats, style("--surprise"), 2);
  needles(area);
  const known = Array.from({length: T}, (_, t) => nats(t)).filter(one => one !== null);
  const mean = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
  find("surprise-caption").textContent = "Surprisal over the text, nats (left) and bits (right); the thick line is a "
    + `moving mean. Mean: ${mean.toFixed(3)} nats, ${(mean / Math.LN2).toFixed(3)} bits per symbol`;
}
function drawUnit() {
  const area = canvas("unit-chart"), {pen, inner, x} = area;
  const series = unitSeries(), gate = range(series) === "gate";
  const scale = gate ? 1 : unit().scales[series];
  const feature = chosen.feature === null ? null : data.features[chosen.feature];
  if (feature) {
    const values = feature.raw || (feature.raw = bytes(feature.values));
    pen.fillStyle = style("--band");
    for (let t = 0; t < T; t++) {
      const height = values[t] / 255 * inner.h;
      if (height > 0) pen.fillRect(x(t - .5), inner.y + inner.h - height, Math.max(inner.w / T, .6), height);
    }
  }
  frame(area, gate ? [["0", 0], ["1", 1]] : [[number(-scale, 1), 0], ["0", .5], [number(scale, 1), 1]], []);
  curve(area, t => gate ? value(series, t) : .5 + value(series, t) / scale / 2, style("--trace"), 1.25);
  needles(area);
  find("unit-caption").textContent = `The unit’s ${data.series[series].title} over the text`
    + (feature ? `; shaded: ${feature.title}` : "")
    + (feature && feature.isCount ? `, up to ${number(feature.largest, 0)}` : "");
}
let waiting = false;
function drawCharts() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; drawUnit(); drawSurprise(); });
}

/* The symbols before and after one, which is marked. */
function passage(t) {
  const around = (from, to) => Array.from({length: Math.max(0, to - from)}, (_, i) => shown(text[from + i])).join("");
  return element("div", {class: "passage"}, element("bdi", {}, around(Math.max(0, t - 12), t),
    element("mark", {}, shown(text[t])), around(t + 1, Math.min(T, t + 13))));
}
function tellChart(id, ...facts) {
  const area = find(id);
  const place = t => {
    const box = area.getBoundingClientRect();
    return box.left + margin.left + (t + .5) / T * (box.width - margin.left - margin.right);
  };
  tellValues(area, {label: null, start: () => chosen.at === null ? firstSeen() : chosen.at, count: () => T,
    at: event => {
      const box = area.getBoundingClientRect();
      const part = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
      return Math.max(0, Math.min(T - 1, Math.floor(part * T)));
    },
    box: t => {
      const box = area.getBoundingClientRect();
      return {left: place(t), width: 0, top: box.top, bottom: box.bottom};
    },
    enter: t => { pointed = t; drawCharts(); },
    leave: () => { pointed = null; drawCharts(); },
    rows: t => [element("b", {}, `symbol ${t.toLocaleString("en")}`), passage(t),
      ...facts.map(fact => element("div", {}, fact(t)))],
    words: t => [`symbol ${t.toLocaleString("en")}, ${data.symbols[text[t]].n}`, ...facts.map(fact => fact(t))]
      .join("; "),
    choose: t => choose({at: t})});
}
const unitSeries = () => chosen.series === SURPRISAL ? data.stateSeries : chosen.series;
function unitFact(t) { return `${data.series[unitSeries()].title} ${number(value(unitSeries(), t))}`; }
function featureFact(t) {
  const feature = chosen.feature === null ? null : data.features[chosen.feature];
  if (!feature) return said(t);
  const raw = feature.raw || (feature.raw = bytes(feature.values)), one = raw[t] / 255 * feature.largest;
  return `${feature.title}: ${feature.isCount ? Math.round(one).toLocaleString("en") : one > 0 ? "yes" : "no"}`;
}
