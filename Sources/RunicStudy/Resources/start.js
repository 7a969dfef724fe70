function speak() {
  if (chosen.at === null) return;
  const t = chosen.at, s = chosen.series === SURPRISAL ? data.stateSeries : chosen.series;
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
tellChart("unit-chart", unitFact, featureFact);
tellChart("surprise-chart", said);
start();
addEventListener("hashchange", () => { readAddress(); start(); });
addEventListener("resize", drawCharts);
darkness.addEventListener("change", start);
document.documentElement.dataset.ready = String(T);
