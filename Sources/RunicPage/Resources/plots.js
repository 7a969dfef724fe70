/* Where a value lies along an axis, 0 to 1; and the value at a place. */
const placeOf = (value, {low, high, log}) => log
  ? value > 0 ? Math.log(value / low) / Math.log(high / low) : -Infinity : (value - low) / (high - low);

/* The places along the axis at which some line has a point, in ascending order, and the values there. */
function stops(lines, axis) {
  const values = new Set(lines.flatMap(line => line.steps ? line.x.slice(0, -1) : line.x));
  const kept = [...values].filter(one => placeOf(one, axis) > -.001 && placeOf(one, axis) < 1.001).sort((a, b) => a - b);
  return {values: kept, places: kept.map(one => placeOf(one, axis))};
}

/* What a line says at a stop: the index of its point, or of the step that the stop is in; null where it has none. */
function pointAt(line, value, axis) {
  if (!line.x.length) return null;
  if (line.steps) {
    let index = line.x.length - 1;
    while (index > 0 && line.x[index] > value) index--;
    return line.x[index] <= value && index < line.x.length - 1 ? index : null;
  }
  const index = nearest(line.x, value);
  return Math.abs(placeOf(line.x[index], axis) - placeOf(value, axis)) < .004 ? index : null;
}

/* What is told at a stop: its name, and [line, value] pairs. */
function readingAt(plot, value) {
  const found = plot.lines.map((line, index) => [index, pointAt(line, value, plot.x)]).filter(([, at]) => at !== null);
  const step = found.find(([index]) => plot.lines[index].steps);
  const end = step && plot.lines[step[0]].x[step[1] + 1];
  return {name: step ? `${figure(value)} to ${figure(end)}` : figure(value),
    values: found.map(([index, at]) => [index, figure(plot.lines[index].y[at])])};
}

function tellPlot(plot, number) {
  const id = `plot-${number}`, area = find(`${id}-area`), across = find(`${id}-x`).textContent;
  const legend = [...find(`${id}-legend`).children], all = stops(plot.lines, plot.x);
  /* A line that is alone needs no name beside what its axis says. */
  const named = index => plot.lines.length > 1 ? legend[index].textContent : find(`${id}-y`).textContent;
  const needle = element("i", {class: "needle"});
  needle.hidden = true;
  area.append(needle);
  tellValues(area, {label: area.getAttribute("aria-label"), count: () => all.values.length,
    at: event => {
      const box = area.getBoundingClientRect();
      return nearest(all.places, (event.clientX - box.left) / box.width);
    },
    box: place => {
      const box = area.getBoundingClientRect();
      return {left: box.left + all.places[place] * box.width, width: 0, top: box.top, bottom: box.bottom + 20};
    },
    enter: place => {
      needle.hidden = false;
      needle.style.left = 100 * all.places[place] + "%";
    },
    leave: () => { needle.hidden = true; },
    rows: place => {
      const {name, values} = readingAt(plot, all.values[place]);
      return [element("b", {}, `${across}: ${name}`), element("table", {}, ...values.map(([index, value]) =>
        element("tr", {}, element("td", {}, element("i", {class: legend[index].children[0].className})),
          element("td", {}, named(index)), element("td", {class: "value"}, value))))];
    },
    words: place => {
      const {name, values} = readingAt(plot, all.values[place]);
      return [`${across} ${name}`, ...values.map(([index, value]) => `${named(index)} ${value}`)].join("; ");
    }});
}
JSON.parse(find("data").textContent).forEach(tellPlot);
document.documentElement.dataset.ready = "plots";
