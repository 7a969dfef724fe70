function drawing(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
  made.append(...children);
  return made;
}
function bars(fractions, fill, labels) {
  const [W, H, B] = [220, 70, 14], top = Math.max(...fractions, 1e-9);
  const made = fractions.map((fraction, i) => drawing("rect", {
    x: i * W / fractions.length + .5, y: H - fraction / top * H,
    width: W / fractions.length - 1, height: fraction / top * H, ...fill(i)}));
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
        + (here ? "" : " (not on this page)")));
    if (here) {
      dot.addEventListener("click", () => choose({layer: l, unit, series: s}));
      dots.push({dot, l, unit});
    }
    made.push(dot);
  }
  made.push(drawing("text", {x: W, y: W + 12, "text-anchor": "end"}, "always closed"),
    drawing("text", {x: 4, y: 9}, "always open"));
  return drawing("svg", {viewBox: `-4 -4 ${W + 8} ${W + M + 4}`, role: "img",
    "aria-label": "how often each unit’s gate is closed and open"}, ...made);
}
function markDots() {
  for (const {dot, l, unit} of dots) {
    const is = l === chosen.layer && unit === chosen.unit;
    dot.classList.toggle("chosen", is);
    dot.setAttribute("r", is ? 5 : 3);
    if (is) dot.parentNode.append(dot);
  }
}
function retentionPanel(l, retention) {
  const counts = countByPower(retention, 11), sorted = [...retention].sort((a, b) => a - b);
  const panel = element("div", {class: "panel"}, element("h3", {}, "How long units remember"),
    element("p", {}, `Symbols, −1 / ln of the mean gate that keeps the state; half of the units remember more than `
      + `${span(sorted[sorted.length >> 1])}.`),
    bars(counts, () => ({class: "retention"}), [["1", 0], ["8", 3 / 11], ["64", 6 / 11], ["≥ 1,024", 1]]));
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
      const panel = element("div", {class: "panel"}, element("h3", {}, `${series.title} ${series.name}`),
        element("p", {}, gate ? `closed (below 0.1) ${percent(one.low)}, open (above 0.9) ${percent(one.high)}`
          : `below −0.9 ${percent(one.low)}, above 0.9 ${percent(one.high)}`),
        bars(one.fractions, fill, gate ? [["0", 0], ["0.5", .5], ["1", 1]]
          : [[(wide ? "≤ " : "") + number(low, 0), 0], ["0", .5], [(wide ? "≥ " : "") + number(high, 0), 1]]));
      if (gate) panel.append(scatter(l, s, one));
      (gate ? gates : states).append(panel);
    });
    if (layer.retention) states.append(retentionPanel(l, layer.retention));
    return element("section", {class: "layer"}, element("h3", {}, `Layer ${l + 1}`), gates, states);
  }));
  markDots();
}
