// Makes elements. There is no innerHTML in this page: text from the server can only ever become text.

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, any>} Properties  Attributes; `on` holds listeners, `data` data-*, `vars` CSS custom properties.
 */

/**
 * Makes an element of HTML.
 * @param {string} tag
 * @param {Properties | null} [properties]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  dress(element, properties ?? {});
  fill(element, ...children);
  return element;
}

/**
 * Makes an element of SVG.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Puts children in the place of those that are there.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
}

/**
 * @param {HTMLElement} element
 * @param {Properties} properties
 */
function dress(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, /** @type {any} */ (listener));
    else if (name === 'data') Object.assign(element.dataset, value);
    // By script, since the page's policy allows no style attributes.
    else if (name === 'vars') for (const [variable, number] of Object.entries(value)) element.style.setProperty(variable, String(number));
    else if (name === 'value' || name === 'checked' || name === 'selected' || name === 'indeterminate') /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}
