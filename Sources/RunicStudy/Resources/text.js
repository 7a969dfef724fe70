const spans = [], lineOf = new Uint32Array(T), lineStarts = [0];
function makeText() {
  const sheet = find("text"), all = document.createDocumentFragment();
  let line = element("div", {class: "line", dir: "auto"});
  for (let t = 0; t < T; t++) {
    const symbol = data.symbols[text[t]], made = document.createElement("span");
    made.textContent = symbol.t;
    made.dataset.t = t;
    const kind = {lineEnd: "end", tab: "tab", code: "code", unknown: "code"}[symbol.k];
    if (kind) made.classList.add(kind);
    if (unseen[t]) made.classList.add("unseen");
    lineOf[t] = lineStarts.length - 1;
    line.append(made);
    spans.push(made);
    if (symbol.k === "lineEnd" && t + 1 < T) {
      all.append(line);
      line = element("div", {class: "line", dir: "auto"});
      lineStarts.push(t + 1);
    }
  }
  all.append(line);
  sheet.append(all);
  lineStarts.push(T);
  const place = event => event.target.dataset && event.target.dataset.t !== undefined
    ? Number(event.target.dataset.t) : null;
  sheet.addEventListener("mouseover", event => { const t = place(event); if (t !== null) showCard(t); });
  sheet.addEventListener("mouseleave", hideCard);
  let still = 0;
  sheet.addEventListener("scroll", () => {
    hideCard();
    drawCharts();
    clearTimeout(still);
    if (chosen.at === null) still = setTimeout(drawCloseup, 150);
  }, {passive: true});
  sheet.addEventListener("click", event => { const t = place(event); if (t !== null) choose({at: t}); });
}
function paintText() {
  for (let t = 0; t < T; t++) {
    const one = shade(chosen.series, t), style = spans[t].style;
    style.backgroundColor = one ? one.ground : "";
    style.color = one ? one.ink : "";
  }
}
let marked = null;
function markText() {
  if (marked !== null) spans[marked].classList.remove("at");
  marked = chosen.at;
  if (marked !== null) spans[marked].classList.add("at");
}
function scrollTo(t) {
  const sheet = find("text"), box = spans[t].getBoundingClientRect(), frame = sheet.getBoundingClientRect();
  if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) {
    sheet.scrollTop += box.top - frame.top - frame.height / 3;
  }
}

function track(low, high, kind = "") {
  const made = element("i");
  made.style.left = 100 * low + "%";
  made.style.width = Math.max(1.5, 100 * (high - low)) + "%";
  return element("div", {class: "track " + kind}, made);
}
function bar(series, t) {
  const one = value(series, t), scale = range(series) === "gate" ? 1 : unit().scales[series];
  if (range(series) === "gate") return track(0, one);
  const place = .5 + one / scale / 2;
  return track(Math.min(.5, place), Math.max(.5, place));
}
function said(t) {
  const one = nats(t);
  return one === null ? "first symbol, not predicted"
    : `surprisal ${one.toFixed(2)} nats, ${(one / Math.LN2).toFixed(2)} bits`;
}
function showCard(t, anchor = spans[t]) {
  const symbol = data.symbols[text[t]], card = find("card"), one = nats(t);
  const values = element("dl");
  data.series.forEach((series, s) => values.append(
    element("dt", {class: s === chosen.series ? "chosen" : ""}, series.title), bar(s, t),
    element("dd", {}, number(value(s, t)))));
  const guesses = element("dl");
  for (let k = 0; k < data.expectedCount; k++) {
    const probability = probabilities[t * data.expectedCount + k] / 65535, guess = expected[t * data.expectedCount + k];
    if (probability === 0) continue;
    guesses.append(element("dt", {class: "glyph" + (guess === text[t] ? " right" : "")},
      element("bdi", {}, shown(guess))), track(0, probability, "guess"), element("dd", {}, percent(probability)));
  }
  card.replaceChildren(
    element("div", {class: "symbol"}, element("b", {}, element("bdi", {}, shown(text[t]))),
      element("span", {}, `${symbol.n} · symbol ${t.toLocaleString("en")}`
        + (unseen[t] ? " · not in the vocabulary" : ""))),
    element("div", {}, `Layer ${chosen.layer + 1}, unit ${chosen.unit}, after this symbol`), values,
    element("div", {}, said(t)
      + (one === null ? "" : `; probability ${percent(Math.exp(-one))}`) + (guesses.children.length
        ? ". The model expected:" : "")), guesses);
  card.hidden = false;
  const place = placeBeside(anchor.getBoundingClientRect(), {width: card.offsetWidth, height: card.offsetHeight},
    {width: document.documentElement.clientWidth, height: innerHeight});
  card.style.left = place.left + "px";
  card.style.top = place.top + "px";
}
function hideCard() { find("card").hidden = true; }

function drawCloseup() {
  const table = find("closeup"), hint = find("closeup-hint");
  const middle = chosen.at === null ? firstSeen() : chosen.at;
  const line = lineOf[middle];
  const [start, end] = surroundings(middle, lineStarts[line], lineStarts[line + 1], T, 30);
  hint.textContent = "All values of this unit around " + (chosen.at === null
    ? "the first line in view; click a symbol to see the values around it." : `symbol ${chosen.at.toLocaleString("en")}.`)
    + " Symbols run from left to right in reading order.";
  const head = element("tr", {}, element("td"));
  const places = Array.from({length: end - start}, (_, i) => start + i);
  for (const t of places) {
    head.append(element("th", {scope: "col", class: t === chosen.at ? "at" : null,
      onclick: () => choose({at: t}), onmouseover: event => showCard(t, event.currentTarget),
      onmouseleave: hideCard}, element("bdi", {}, shown(text[t]))));
  }
  const body = element("tbody");
  for (let s = 0; s <= S; s++) {
    const row = element("tr", {}, element("th", {scope: "row"}, element("button", {type: "button",
      "aria-pressed": s === chosen.series, onclick: () => choose({series: s})}, seriesTitle(s))));
    for (const t of places) {
      const one = s === SURPRISAL ? nats(t) : value(s, t), color = shade(s, t);
      const cell = element("td", {onclick: () => choose({at: t}), onmouseover: event => showCard(t, event.currentTarget),
        onmouseleave: hideCard}, one === null ? "" : element("span", {class: "spoken"}, number(one)));
      if (color) cell.style.backgroundColor = color.ground;
      row.append(cell);
    }
    body.append(row);
  }
  table.replaceChildren(element("thead", {}, head), body);
}
function firstSeen() {
  const frame = find("text").getBoundingClientRect();
  let low = 0, high = T - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].getBoundingClientRect().bottom < frame.top + 12) low = middle + 1; else high = middle;
  }
  return low;
}
function lastSeen() {
  const frame = find("text").getBoundingClientRect();
  let low = 0, high = T - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle].getBoundingClientRect().top > frame.bottom) high = middle - 1; else low = middle;
  }
  return low;
}
