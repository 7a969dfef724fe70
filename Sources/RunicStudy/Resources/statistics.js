function drawing(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
  made.append(...children);
  return made;
}
/* Bars from left to right. label says what they show; name(i) is the range of one, and amount(i) how much is in it. */
function bars(fractions, fill, labels, {label, name, amount}) {
  const [W, H, B] = [220, 70, 14], top = Math.max(...fractions, 1e-9);
  const made = fractions.map((fraction, i) => drawing("rect", {
    x: i * W / fractions.length + .5, y: H - fraction / top * H,
    width: W / fractions.length - 1, height: fraction / top * H, ...fill(i)}));
  made.push(drawing("line", {class: "axis", x1: 0, x2: W, y1: H + .5, y2: H + .5}));
  labels.forEach(([label, place]) => made.push(drawing("text", {x: place * W, y: H + B - 2,
    "text-anchor": place === 0 ? "start" : place === 1 ? "end" : "middle"}, label)));
  const sheet = drawing("svg", {viewBox: `0 0 ${W} ${H + B}`}, ...made), count = fractions.length;
  const mark = (i, on) => made[i].classList.toggle("pointed", on);
  let last = null;
  tellValues(sheet, {label, count: () => count,
    at: event => {
      const box = sheet.getBoundingClientRect();
      return Math.max(0, Math.min(count - 1, Math.floor((event.clientX - box.left) / box.width * count)));
    },
    box: i => {
      const box = sheet.getBoundingClientRect();
      return {left: box.left + i / count * box.width, width: box.width / count, top: box.top, bottom: box.bottom};
    },
    enter: i => { if (last !== null) mark(last, false); mark(last = i, true); },
    leave: () => { if (last !== null) mark(last, false); last = null; },
    rows: i => [element("b", {}, name(i)), element("div", {}, amount(i))], words: i => `${name(i)}: ${amount(i)}`});
  return sheet;
}
const dots = [];
function scatter(l, s, statistics) {
  const [W, M] = [220, 18], low = bytes(statistics.unitsLow), high = bytes(statistics.unitsHigh), made = [];
  made.push(drawing("path", {class: "axis", d: `M0.5 0V${W}.5H${W}M0.5 0L${W} ${W}`}));
  const place = unit => [low[unit] / 255 * W, W - high[unit] / 255 * W];
  for (let unit = 0; unit < data.unitsPerLayer; unit++) {
    const [x, y] = place(unit), here = data.layers[l].places.has(unit);
    const dot = drawing("circle", {class: here ? "dot here" : "dot", cx: x, cy: y, r: here ? 3 : 2});
    if (here) dots.push({dot, l, unit});
    made.push(dot);
  }
  made.push(drawing("text", {x: W, y: W + 13, "text-anchor": "end"}, "always closed"),
    drawing("text", {x: 4, y: 10}, "always open"));
  const ring = drawing("circle", {class: "ring", r: 0});
  const sheet = drawing("svg", {viewBox: `-4 -4 ${W + 8} ${W + M + 4}`}, ...made, ring);
  const scale = box => box.width / (W + 8), here = unit => data.layers[l].places.has(unit);
  const amounts = unit => `closed ${percent(low[unit] / 255)}, open ${percent(high[unit] / 255)}`;
  tellValues(sheet, {label: `${data.series[s].title} of each unit: how often it is closed and open`,
    start: () => chosen.layer === l ? chosen.unit : 0, count: () => data.unitsPerLayer,
    at: event => {
      const box = sheet.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / scale(box) - 4, (event.clientY - box.top) / scale(box) - 4];
      return nearestPoint(Array.from({length: data.unitsPerLayer}, (_, unit) => place(unit)), x, y, 20);
    },
    box: unit => {
      const box = sheet.getBoundingClientRect(), [x, y] = place(unit).map(one => (one + 4) * scale(box));
      return {left: box.left + x, width: 0, top: box.top + y, bottom: box.top + y};
    },
    enter: unit => {
      const [cx, cy] = place(unit);
      for (const [key, one] of Object.entries({cx, cy, r: 7})) ring.setAttribute(key, one);
    },
    leave: () => ring.setAttribute("r", 0),
    rows: unit => [element("b", {}, `unit ${unit}`), element("div", {}, amounts(unit)),
      ...(here(unit) ? [] : [element("div", {}, "not on this page")])],
    words: unit => `unit ${unit}: ${amounts(unit)}${here(unit) ? "" : ", not on this page"}`,
    choose: unit => { if (here(unit)) choose({layer: l, unit, series: s}); }});
  return sheet;
}
function markDots() {
  for (const {dot, l, unit} of dots) {
    const is = l === chosen.layer && unit === chosen.unit;
    dot.classList.toggle("chosen", is);
    dot.setAttribute("r", is ? 5 : 3);
    if (is) dot.parentNode.insertBefore(dot, dot.parentNode.lastChild);
  }
}
function retentionPanel(l, retention) {
  const counts = countByPower(retention, 11), sorted = [...retention].sort((a, b) => a - b);
  const panel = element("div", {class: "panel"}, element("h4", {}, "How long units remember"),
    element("p", {}, `Symbols, −1 / ln of the mean gate that keeps the state; half of the units remember more than `
      + `${span(sorted[sorted.length >> 1])}.`),
    bars(counts, () => ({class: "retention"}), [["1", 0], ["8", 3 / 11], ["64", 6 / 11], ["≥ 1,024", 1]], {
      label: "Units by how long they remember", amount: i => `${counts[i].toLocaleString("en")} of ${retention.length} units`,
      name: i => i === 0 ? "less than 2 symbols" : i === 10 ? "1,024 symbols or more" : `${2 ** i} to ${2 ** (i + 1)} symbols`}));
  const list = element("div", {class: "buttons", style: "margin-top:.6rem"});
  for (const one of data.layers[l].longest) if (data.layers[l].places.has(one)) list.append(element("button",
    {type: "button", onclick: () => choose({layer: l, unit: one})}, `unit ${one}: ${span(retention[one])}`));
  panel.append(list);
  return panel;
}
function drawStatistics() {
  dots.length = 0;
  find("statistics").replaceChildren(...data.layers.map((layer, l) => {
    const gates = element("div", {class: "cards"}), states = element("div", {class: "cards"});
    layer.statistics.forEach((one, s) => {
      const series = data.series[s], gate = one.range === "gate", table = colors(gate ? "gate" : "signed");
      const fill = i => { const fraction = (i + .5) / one.fractions.length;
        const place = gate ? .3 + .7 * fraction : fraction < .5 ? .6 * fraction : .4 + .6 * fraction;
        return {fill: table[Math.round(place * 254)].ground,
          stroke: style("--line"), "stroke-width": .5}; };
      const [low, high] = one.ends, wide = one.range === "unbounded";
      const end = i => number(low + (high - low) * i / one.fractions.length), last = one.fractions.length - 1;
      const panel = element("div", {class: "panel"}, element("h4", {}, `${series.title} ${series.name}`),
        element("p", {}, gate ? `closed (below 0.1) ${percent(one.low)}, open (above 0.9) ${percent(one.high)}`
          : `below −0.9 ${percent(one.low)}, above 0.9 ${percent(one.high)}`),
        bars(one.fractions, fill, gate ? [["0", 0], ["0.5", .5], ["1", 1]]
          : [[(wide ? "≤ " : "") + number(low, 0), 0], ["0", .5], [(wide ? "≥ " : "") + number(high, 0), 1]], {
          label: `How often the ${series.title} has each value`, amount: i => `${percent(one.fractions[i])} of all values`,
          name: i => wide && i === 0 ? `below ${end(1)}` : wide && i === last ? `above ${end(i)}` : `${end(i)} to ${end(i + 1)}`}));
      if (gate) panel.append(scatter(l, s, one));
      (gate ? gates : states).append(panel);
    });
    if (layer.retention) states.append(retentionPanel(l, layer.retention));
    return element("section", {class: "layer"}, element("h3", {}, `Layer ${l + 1}`), gates, states);
  }));
  markDots();
}
