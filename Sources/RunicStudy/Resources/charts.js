const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const margin = {left: 34, right: 38, top: 8, bottom: 15};
function canvas(id) {
  const sheet = find(id), box = sheet.getBoundingClientRect(), dots = devicePixelRatio || 1;
  const [width, height] = [Math.max(box.width, 60), Math.max(box.height, 40)];
  sheet.width = Math.round(width * dots);
  sheet.height = Math.round(height * dots);
  const pen = sheet.getContext("2d");
  pen.scale(dots, dots);
  pen.font = "10px system-ui, sans-serif";
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
  const rough = T / Math.max(2, inner.w / 110), power = 10 ** Math.floor(Math.log10(rough));
  const gap = Math.max(1, [1, 2, 5, 10].map(one => one * power).find(one => one >= rough));
  for (let t = 0; t < T; t += gap) {
    pen.textAlign = t === 0 ? "left" : "center";
    pen.fillText(t.toLocaleString("en"), x(t), inner.y + inner.h + 13);
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
function needle({pen, inner, x}) {
  if (chosen.at === null) return;
  pen.strokeStyle = style("--ink");
  pen.beginPath();
  pen.moveTo(x(chosen.at), inner.y - 4);
  pen.lineTo(x(chosen.at), inner.y + inner.h + 4);
  pen.stroke();
}
const means = (() => {
  const result = new Float32Array(T), reach = Math.max(2, Math.round(T / 200));
  let sum = 0, count = 0;
  const add = (t, by) => { if (t >= 0 && t < T && nats(t) !== null) { sum += by * nats(t); count += by; } };
  for (let t = -reach; t < T; t++) {
    add(t + reach, 1);
    add(t - reach - 1, -1);
    if (t >= 0) result[t] = count ? sum / count : 0;
  }
  return result;
})();
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
  needle(area);
  const known = Array.from({length: T}, (_, t) => nats(t)).filter(one => one !== null);
  const mean = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
  find("surprise-caption").textContent = "Surprisal over the text, nats (left) and bits (right); the thick line is a "
    + `moving mean. Here ${mean.toFixed(3)} nats, ${(mean / Math.LN2).toFixed(3)} bits per symbol`;
}
function drawUnit() {
  const area = canvas("unit-chart"), {pen, inner, x} = area;
  const series = chosen.series === SURPRISAL ? data.memorySeries : chosen.series, gate = range(series) === "gate";
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
  needle(area);
  find("unit-caption").textContent = `The unit’s ${data.series[series].title} over the text`
    + (feature ? `; behind it: ${feature.title}` : "")
    + (feature && feature.isCount ? `, up to ${number(feature.largest, 0)}` : "");
}
let waiting = false;
function drawCharts() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; drawUnit(); drawSurprise(); });
}

function drawing(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
  made.append(...children);
  return made;
}
function bars(shares, fill, labels) {
  const [W, H, B] = [220, 70, 14], top = Math.max(...shares, 1e-9);
  const made = shares.map((share, i) => drawing("rect", {x: i * W / shares.length + .5, y: H - share / top * H,
    width: W / shares.length - 1, height: share / top * H, ...fill(i)}));
  made.push(drawing("line", {class: "axis", x1: 0, x2: W, y1: H + .5, y2: H + .5}));
  labels.forEach(([label, place]) => made.push(drawing("text", {x: place * W, y: H + B - 2,
    "text-anchor": place === 0 ? "start" : place === 1 ? "end" : "middle"}, label)));
  return drawing("svg", {viewBox: `0 0 ${W} ${H + B}`, role: "img", "aria-label": "histogram"}, ...made);
}
const dots = [];
function scatter(l, s, statistics) {
  const [W, M] = [220, 14], low = bytes(statistics.unitsLow), high = bytes(statistics.unitsHigh), made = [];
  made.push(drawing("path", {class: "axis", d: `M0.5 0V${W}.5H${W}M0.5 0L${W} ${W}`}));
  const place = unit => [low[unit] / 255 * W, W - high[unit] / 255 * W];
  for (let unit = 0; unit < data.unitsPerLayer; unit++) {
    const [x, y] = place(unit), here = data.layers[l].places.has(unit);
    const dot = drawing("circle", {class: here ? "dot here" : "dot", cx: x, cy: y, r: here ? 3 : 2},
      drawing("title", {}, `unit ${unit}: closed ${percent(low[unit] / 255)}, open ${percent(high[unit] / 255)}`
        + (here ? "" : " (not in this page)")));
    if (here) {
      dot.addEventListener("click", () => choose({layer: l, unit, series: s}));
      dots.push({dot, l, unit});
    }
    made.push(dot);
  }
  made.push(drawing("text", {x: W, y: W + 12, "text-anchor": "end"}, "closed at all symbols"),
    drawing("text", {x: 4, y: 9}, "open at all symbols"));
  return drawing("svg", {viewBox: `-4 -4 ${W + 8} ${W + M + 4}`, role: "img",
    "aria-label": "each unit by how often its gate is closed and open"}, ...made);
}
function markDots() {
  for (const {dot, l, unit} of dots) {
    const is = l === chosen.layer && unit === chosen.unit;
    dot.classList.toggle("chosen", is);
    dot.setAttribute("r", is ? 5 : 3);
    if (is) dot.parentNode.append(dot);
  }
}
function memoryPanel(l, memory) {
  const counts = Array(11).fill(0), sorted = [...memory].sort((a, b) => a - b);
  for (const one of memory) counts[Math.max(0, Math.min(10, Math.floor(Math.log2(Math.max(one, 1)))))]++;
  const panel = element("div", {class: "panel"}, element("h3", {}, "How long units remember"),
    element("p", {}, `Symbols, −1 / ln of the mean gate that keeps the state; half of the units remember more than `
      + `${span(sorted[sorted.length >> 1])}.`),
    bars(counts, () => ({class: "memory"}), [["1", 0], ["8", 3 / 11], ["64", 6 / 11], ["≥ 1,024", 1]]));
  const list = element("div", {class: "buttons", style: "margin-top:.6rem"});
  for (const one of data.layers[l].longest) if (data.layers[l].places.has(one)) list.append(element("button",
    {type: "button", onclick: () => choose({layer: l, unit: one})}, `unit ${one}: ${span(memory[one])}`));
  panel.append(list);
  return panel;
}
function drawStatistics() {
  dots.length = 0;
  find("statistics").replaceChildren(...data.layers.map((layer, l) => {
    const gates = element("div", {class: "cards"}), states = element("div", {class: "cards"});
    layer.statistics.forEach((one, s) => {
      const series = data.series[s], gate = one.range === "gate", table = colors(gate ? "gate" : "signed");
      const fill = i => { const share = (i + .5) / one.shares.length;
        const place = gate ? .3 + .7 * share : share < .5 ? .6 * share : .4 + .6 * share;
        return {fill: table[Math.round(place * 254)].ground,
          stroke: style("--line"), "stroke-width": .5}; };
      const [low, high] = one.ends, wide = one.range === "unbounded";
      const panel = element("div", {class: "panel"}, element("h3", {}, `${series.title} ${series.name}`),
        element("p", {}, gate ? `closed (below 0.1) ${percent(one.low)}, open (above 0.9) ${percent(one.high)}`
          : `below −0.9 ${percent(one.low)}, above 0.9 ${percent(one.high)}`),
        bars(one.shares, fill, gate ? [["0", 0], ["0.5", .5], ["1", 1]]
          : [[(wide ? "≤ " : "") + number(low, 0), 0], ["0", .5], [(wide ? "≥ " : "") + number(high, 0), 1]]));
      if (gate) panel.append(scatter(l, s, one));
      (gate ? gates : states).append(panel);
    });
    if (layer.memory) states.append(memoryPanel(l, layer.memory));
    return element("section", {class: "layer"}, element("h3", {}, `Layer ${l + 1}`), gates, states);
  }));
  markDots();
}

function pointAt(id) {
  find(id).addEventListener("click", event => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
    choose({at: Math.max(0, Math.min(T - 1, Math.floor(part * T)))});
  });
}
function speak() {
  if (chosen.at === null) return;
  const t = chosen.at, s = chosen.series === SURPRISAL ? data.memorySeries : chosen.series;
  find("spoken").textContent = `${data.symbols[text[t]].n}: ${seriesTitle(s)} ${number(value(s, t))}, ${said(t)}`;
  showCard(t);
}
const keys = {
  ArrowLeft: () => step(-1), ArrowRight: () => step(1),
  ArrowUp: () => choose({layer: Math.min(chosen.layer + 1, data.layers.length - 1)}),
  ArrowDown: () => choose({layer: Math.max(chosen.layer - 1, 0)}),
  ",": () => { choose({at: chosen.at === null ? firstSeen() : Math.max(chosen.at - 1, 0)}); speak(); },
  ".": () => { choose({at: chosen.at === null ? firstSeen() : Math.min(chosen.at + 1, T - 1)}); speak(); },
  Escape: () => { hideCard(); choose({at: null}); },
};
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) return;
  const action = keys[event.key] || (/^[1-9]$/.test(event.key) && event.key <= S + 1
    ? () => choose({series: Number(event.key) - 1}) : null);
  if (!action) return;
  event.preventDefault();
  action();
});
function start() {
  fillUnits();
  paintText();
  markText();
  drawStatistics();
  if (chosen.at !== null) scrollTo(chosen.at);
  drawAll(true);
}
readAddress();
makeControls();
makeText();
makeFinder();
pointAt("unit-chart");
pointAt("surprise-chart");
start();
addEventListener("hashchange", () => { readAddress(); start(); });
addEventListener("resize", drawCharts);
darkness.addEventListener("change", start);
document.documentElement.dataset.ready = String(T);
