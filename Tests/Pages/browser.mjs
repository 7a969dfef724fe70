/** As much of a browser as a page's script asks for: elements that remember what they were given, and no layout. */
export function browser(data) {
  const frames = [], made = [], byID = new Map();
  const pen = () => new Proxy({}, {get: (values, key) => values[key] ?? (() => {}), set: (values, key, value) => {
    values[key] = value;
    return true;
  }});
  function element(name) {
    const own = {name, children: [], attributes: {}, listeners: {}, style: {}, dataset: {}, textContent: "",
      classList: {add() {}, remove() {}, toggle() {}}, offsetWidth: 10, offsetHeight: 10, clientWidth: 1000,
      append(...more) {
        own.children.push(...more);
        for (const child of more) if (child.listeners) child.parentNode = own;
      },
      insertBefore(child) { own.append(child); },
      get childNodes() { return own.children; },
      replaceChildren(...more) { own.children = []; own.append(...more); },
      setAttribute(key, value) { own.attributes[key] = value; },
      getAttribute: key => own.attributes[key] ?? null, matches: () => true, closest: () => null,
      addEventListener(kind, action) { own.listeners[kind] = action; },
      getBoundingClientRect: () => ({left: 0, top: 0, bottom: 100, width: 100, height: 100}), getContext: pen};
    made.push(own);
    return own;
  }
  const find = id => byID.get(id) ?? byID.set(id, element(id)).get(id);
  find("data").textContent = JSON.stringify(data);
  const document = {getElementById: find, createElement: element, createElementNS: (_, name) => element(name),
    createDocumentFragment: () => element("fragment"), documentElement: element("html"), body: element("body"),
    activeElement: null, listeners: {}, addEventListener(kind, action) { document.listeners[kind] = action; }};
  const onWindow = {};
  const address = [];
  const globals = {document, location: {hash: ""}, history: {replaceState: (_, __, hash) => address.push(hash)},
    matchMedia: () => ({matches: false, addEventListener() {}}), devicePixelRatio: 1, innerWidth: 1000, innerHeight: 800,
    getComputedStyle: () => ({getPropertyValue: () => "#000"}), requestAnimationFrame: action => frames.push(action),
    addEventListener(kind, action) { onWindow[kind] = action; }};
  const draw = () => { while (frames.length) frames.shift()(); };
  const event = more => ({preventDefault() {}, stopPropagation() {}, clientX: 50, clientY: 50, ...more});
  return {find, address, made, element, root: document.documentElement, body: document.body,
    focus(one) { document.activeElement = one; },
    scroll() { onWindow.scroll(); },
    run(script) { new Function(...Object.keys(globals), script)(...Object.values(globals)); draw(); },
    fire(target, kind, more = {}) { target.listeners[kind](event({target, currentTarget: target, ...more})); draw(); },
    press(key) { document.listeners.keydown(event({key, target: {closest: () => null}})); draw(); }};
}

/** All text of an element. */
export const words = element => element.textContent + element.children.map(child => child.children ? words(child) : child)
  .join("");
