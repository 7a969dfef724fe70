function makeControls() {
  data.layers.forEach((_, l) => find("layers").append(element("button", {type: "button",
    onclick: () => choose({layer: l})}, String(l + 1))));
  for (let s = 0; s <= S; s++) {
    const series = data.series[s];
    find("series").append(element("button", {type: "button", onclick: () => choose({series: s}),
      title: series ? series.about : "how unexpected each symbol was"},
      series ? `${series.title} ${series.name}` : "surprisal"));
  }
  find("unit").addEventListener("change", event => choose({unit: Number(event.target.value)}));
  find("previous").addEventListener("click", () => step(-1));
  find("next").addEventListener("click", () => step(1));
  find("state-name").textContent = data.series[data.stateSeries].title;
}
function step(by) {
  const units = layer().units, place = layer().places.get(chosen.unit);
  choose({unit: units[(place + by + units.length) % units.length].unit});
}
function fillUnits() {
  const best = new Set();
  for (const feature of data.features) {
    for (const one of feature.best) if (one.layer === chosen.layer) best.add(one.unit);
  }
  const option = one => element("option", {value: one}, String(one));
  const all = layer().units.map(one => one.unit), some = all.filter(one => best.has(one));
  const rest = all.filter(one => !best.has(one));
  const groups = [];
  if (some.length) groups.push(element("optgroup", {label: "informative"}, ...some.map(option)));
  if (rest.length) groups.push(element("optgroup", {label: "others"}, ...rest.map(option)));
  find("unit").replaceChildren(...groups);
}
function telling(one) {
  const feature = data.features[one.feature];
  return (feature.isCount ? one.r < 0 ? "falls with " : "rises with " : one.r < 0 ? "is low " : "is high ")
    + `${feature.place} (r ${signed(one.r)})`;
}
function drawAbout() {
  const made = [element("b", {}, `Layer ${chosen.layer + 1}, unit ${chosen.unit}. `)];
  const tells = unit().tells.filter(one => Math.abs(one.r) >= .2);
  made.push(`Its ${data.series[data.stateSeries].title} `
    + (tells.map(telling).join(", ") || "follows none of the features") + ". ");
  if (unit().retention !== null && unit().retention !== undefined) {
    made.push(`It remembers about ${span(unit().retention)} symbols. `);
  }
  const series = data.series[chosen.series];
  made.push(element("span", {class: "quiet"}, series
    ? `Coloured by the ${series.title}, ${series.name}: ${series.about}.` : "Coloured by surprisal, −ln p: the same for all units."));
  find("about").replaceChildren(...made);
}
function drawLegend() {
  const table = colors(paletteName(chosen.series)), strip = element("i");
  strip.style.background = "linear-gradient(to right, "
    + Array.from({length: 17}, (_, i) => table[Math.round(i * 254 / 16)].ground).join(", ") + ")";
  const marks = [];
  const row = (...parts) => element("div", {}, ...parts.map(one => element("span", {}, one)));
  if (chosen.series === SURPRISAL) {
    marks.push(row("0", `${(guessing / 2).toFixed(2)} nats`, `≥ ${guessing.toFixed(2)} nats`),
      row("certain", `${(guessing / 2 / Math.LN2).toFixed(2)} bits`,
        `${(guessing / Math.LN2).toFixed(2)} bits, a uniform guess`));
  } else if (range(chosen.series) === "gate") {
    marks.push(row("0 closed", "0.5", "1 open"));
  } else {
    const scale = unit().scales[chosen.series];
    marks.push(row(number(-scale), "0", number(scale)));
  }
  find("legend").replaceChildren(strip, ...marks);
}
function press(buttons, index) {
  [...buttons].forEach((one, place) => one.setAttribute("aria-pressed", place === index));
}

const foundButtons = [];
function makeFinder() {
  const made = [], none = [];
  let group = null;
  data.features.forEach((feature, f) => {
    if (!feature.best.length) { none.push(`${feature.title} (${number(feature.highest)})`); return; }
    if (feature.needsMemory !== group) {
      group = feature.needsMemory;
      made.push(element("h3", {class: "group"}, group ? "Features that need memory" : "Features of the last symbol alone"));
    }
    const box = element("div", {class: "feature"}, element("h4", {}, feature.title),
      element("p", {}, feature.about));
    for (const one of feature.best) {
      const strip = element("i");
      strip.style.width = 100 * one.score + "%";
      const button = element("button", {type: "button", class: "found", onclick: () => choose(
        {layer: one.layer, unit: one.unit, series: data.stateSeries, feature: f})}, strip,
        element("span", {}, `layer ${one.layer + 1}, unit ${one.unit}`),
        element("small", {}, one.area === null || one.area === undefined ? "" : `AUC ${one.area.toFixed(2)}`),
        element("span", {}, `r ${signed(one.r)}`));
      foundButtons.push({button, one, f});
      box.append(button);
    }
    made.push(box);
  });
  if (none.length) made.push(element("div", {class: "feature"}, element("p", {},
    "Features that no unit follows, with the highest score: " + none.join(", ") + ".")));
  find("finder").append(...made);
}
function markFinder() {
  for (const {button, one, f} of foundButtons) button.setAttribute("aria-pressed",
    one.layer === chosen.layer && one.unit === chosen.unit && f === chosen.feature);
}

function choose(change) {
  const before = {...chosen};
  if (change.layer !== undefined && change.unit === undefined) {
    const target = data.layers[change.layer];
    change.unit = target.places.has(chosen.unit) ? chosen.unit : target.units[0].unit;
  }
  if ((change.unit !== undefined || change.layer !== undefined) && change.feature === undefined) {
    change.feature = null;
  }
  Object.assign(chosen, change);
  const moved = before.layer !== chosen.layer || before.unit !== chosen.unit;
  if (before.layer !== chosen.layer) fillUnits();
  if (moved || before.series !== chosen.series) paintText();
  if (before.at !== chosen.at) {
    markText();
    if (chosen.at !== null) scrollTo(chosen.at);
  }
  drawAll(moved);
  writeAddress();
}
function drawAll(moved) {
  find("unit").value = String(chosen.unit);
  press(find("layers").children, chosen.layer);
  press(find("series").children, chosen.series);
  drawAbout();
  drawLegend();
  drawCloseup();
  drawCharts();
  markFinder();
  if (moved) markDots();
}
