const find = id => document.getElementById(id);
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, one] of Object.entries(attributes)) {
    if (key === "class") made.className = one;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), one);
    else if (one !== null) made.setAttribute(key, one);
  }
  made.append(...children);
  return made;
}
