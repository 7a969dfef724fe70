/* Where a card goes: beside a box, below it if there is room, and inside the window. */
function placeBeside(box, card, window) {
  const gap = 10, edge = 8;
  const below = box.bottom + gap + card.height + edge <= window.height, above = box.top - gap - card.height >= edge;
  const left = box.left + box.width / 2 - card.width / 2;
  const top = below || !above ? box.bottom + gap : box.top - gap - card.height;
  const inside = (place, size, all) => Math.max(Math.min(edge, Math.max(0, all - size)), Math.min(place, all - size - edge));
  return {left: inside(left, card.width, window.width), top: inside(top, card.height, window.height)};
}

/* The place in ascending values that is nearest to one. */
function nearest(values, one) {
  let low = 0, high = values.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= one) low = middle; else high = middle;
  }
  return high > low && values[high] - one < one - values[low] ? high : low;
}

/* A number as a person reads it: four digits, by powers of ten where zeros would have to be counted. */
function figure(one) {
  const size = Math.abs(one), sign = one < 0 ? "−" : "";
  if (size !== 0 && (size < .001 || size >= 1e7)) {
    const [digits, power] = size.toExponential(2).split("e");
    return `${sign}${digits}e${power.replace("+", "")}`;
  }
  if (Number.isInteger(size)) return sign + size.toLocaleString("en");
  return sign + Number(size.toPrecision(4)).toLocaleString("en", {maximumFractionDigits: 6});
}

/* The card is a picture of what the chart says in its own attributes, so screen readers skip it. */
const tip = element("div", {class: "tip", "aria-hidden": "true"});
tip.hidden = true;
document.body.append(tip);
function showTip(box, ...content) {
  tip.replaceChildren(...content);
  tip.hidden = false;
  const place = placeBeside(box, {width: tip.offsetWidth, height: tip.offsetHeight},
    {width: document.documentElement.clientWidth, height: innerHeight});
  tip.style.left = place.left + "px";
  tip.style.top = place.top + "px";
}
/* The chart whose card is open, its element and the place it tells; null if none is. */
let open = null;
function closeTip() {
  tip.hidden = true;
  if (open && open.chart.leave) open.chart.leave();
  open = null;
}
/* The card stays with a chart that has the focus, and does not hang in the air over one that is scrolled away. */
function followScroll() {
  if (open && document.activeElement === open.area) showTip(open.chart.box(open.place), ...tip.childNodes);
  else closeTip();
}

/* Lets a chart tell its values: to a pointer over it, to a finger that moves along it, and to the arrow keys.
   chart: label; count(); at(event), the place under a pointer or null; box(place), where the card goes;
   rows(place), what the card shows; words(place), the same for a screen reader; and if there is something to do,
   enter(place) and leave() for a mark in the chart, choose(place) for a click or Enter. */
function tellValues(area, chart) {
  let place = chart.start ? chart.start() : 0;
  const write = () => {
    area.setAttribute("aria-valuemax", Math.max(0, chart.count() - 1));
    area.setAttribute("aria-valuenow", place);
    area.setAttribute("aria-valuetext", chart.count() ? chart.words(place) : "no values");
  };
  const show = one => {
    if (!chart.count()) return;
    place = Math.max(0, Math.min(chart.count() - 1, one));
    if (open && open.chart !== chart) closeTip();
    open = {chart, area, place};
    if (chart.enter) chart.enter(place);
    write();
    showTip(chart.box(place), ...chart.rows(place));
  };
  const point = event => {
    const one = chart.at(event);
    if (one !== null) show(one);
  };
  for (const [key, one] of Object.entries({role: "slider", tabindex: 0, "aria-label": chart.label, "aria-valuemin": 0})) {
    area.setAttribute(key, one);
  }
  write();
  area.addEventListener("pointermove", point);
  area.addEventListener("pointerdown", point);
  /* A lifted finger leaves the card, so that it can be read. */
  area.addEventListener("pointerleave", event => { if (event.pointerType !== "touch") closeTip(); });
  area.addEventListener("focus", () => {
    if (chart.start) place = chart.start();
    if (!area.matches || area.matches(":focus-visible")) show(place);
  });
  area.addEventListener("blur", closeTip);
  if (chart.choose) area.addEventListener("click", event => {
    const one = chart.at(event);
    if (one !== null) chart.choose(one);
  });
  const far = () => Math.max(1, Math.round(chart.count() / 10));
  const keys = {ArrowLeft: () => show(place - 1), ArrowDown: () => show(place - 1), ArrowRight: () => show(place + 1),
    ArrowUp: () => show(place + 1), PageDown: () => show(place - far()), PageUp: () => show(place + far()),
    Home: () => show(0), End: () => show(chart.count() - 1)};
  if (chart.choose) keys.Enter = () => chart.choose(place);
  area.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closeTip();
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
}
addEventListener("scroll", followScroll, {passive: true});
document.addEventListener("pointerdown", event => {
  if (open && !event.target.closest("[role=slider]")) closeTip();
});
