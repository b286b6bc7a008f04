// Elements from names, attributes and children. Text is always text: no string becomes markup.

const SVG = "http://www.w3.org/2000/svg";

/** Return an element; attributes named on… are listeners, true is an empty attribute, null and false are none. */
export const h = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** Return an element of a picture. */
export const s = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Say something to those who can't see that it happened. */
export function tell(text) {
  document.getElementById("status").textContent = text;
}

/** Offer a text as a file. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
