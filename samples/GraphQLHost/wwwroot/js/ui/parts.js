// The small parts that views are made of.
import { h, svg } from './dom.js';
import { icon } from './icons.js';
import { fullMoment, kilograms, moment, variance, words } from './format.js';

/** @param {string} status A bag's or a bill's. */
export const pill = (status) => h('span', { class: 'pill', data: { status } }, words(status));

/** @param {string} qr */
export const bagLink = (qr) => h('a', { class: 'code', href: `#/bags/${encodeURIComponent(qr)}` }, qr);

/** @param {string} number */
export const billLink = (number) => h('a', { class: 'code', href: `#/bills/${encodeURIComponent(number)}` }, number);

/** @param {string} at */
export const time = (at) => h('time', { datetime: at, title: fullMoment(at) }, moment(at));

/**
 * @param {string} label
 * @param {{ icon?: any, kind?: 'main' | 'quiet' | 'danger', type?: string, press?: (event: Event) => void, [attribute: string]: any }} [how]
 */
export function button(label, how = {}) {
  const { icon: drawn, kind, press, type = 'button', ...attributes } = how;
  return h('button', { type, class: `button ${kind ?? ''}`, on: press ? { click: press } : null, ...attributes }, drawn && icon(drawn), h('span', null, label));
}

/**
 * A named field.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  control.id ||= `f${Math.random().toString(36).slice(2)}`;
  if (hint) control.setAttribute('aria-describedby', `${control.id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, hint && h('p', { class: 'hint', id: `${control.id}-hint` }, hint));
}

/** @param {Record<string, string>} options Value and name. @param {Record<string, any>} [attributes] @param {string} [chosen] */
export function select(options, attributes, chosen) {
  return h('select', attributes, Object.entries(options).map(([value, name]) => h('option', { value, selected: value === chosen }, name)));
}

/** Bags differ by a little, which is no news: from one part in a hundred on somebody should look. */
const noticeable = 0.01;

/** @param {{ expectedWeightKg: number, varianceKg: number }} figures */
const balance = ({ expectedWeightKg: expected, varianceKg }) => (Math.abs(varianceKg) <= expected * noticeable ? 'even' : varianceKg < 0 ? 'under' : 'over');

/** @param {{ expectedWeightKg: number, varianceKg: number }} figures */
export const varianceText = (figures) => h('span', { class: 'variance', data: { state: balance(figures) } }, variance(figures.varianceKg));

/**
 * Actual weight as a bar, expected weight as the mark it should reach.
 * @param {{ actualWeightKg: number, expectedWeightKg: number, varianceKg: number }} figures
 * @param {string} [style]
 */
export function weightBar({ actualWeightKg: actual, expectedWeightKg: expected, varianceKg }, style = '') {
  const most = Math.max(actual, expected) * 1.06 || 1;
  return h(
    'span',
    {
      class: `weight-bar ${style}`,
      role: 'img',
      'aria-label': `${kilograms(actual)} of ${kilograms(expected)} expected, ${variance(varianceKg)}`,
      data: { state: balance({ expectedWeightKg: expected, varianceKg }) },
      vars: { '--actual': actual / most, '--expected': expected / most },
    },
    h('span', { class: 'weight-actual' }),
    expected > 0 && h('span', { class: 'weight-expected' }),
  );
}

/**
 * How full something is, as a ring.
 * @param {number} filled
 * @param {number} capacity
 * @param {string} what Such as children.
 */
export function ring(filled, capacity, what) {
  const around = 2 * Math.PI * 20;
  const share = Math.min(1, filled / capacity);
  return h(
    'span',
    { class: 'ring', role: 'img', 'aria-label': `${filled} of ${capacity} ${what}`, data: { full: filled >= capacity ? 'yes' : 'no' } },
    svg(
      'svg',
      { viewBox: '0 0 48 48', 'aria-hidden': 'true' },
      svg('circle', { class: 'ring-track', cx: 24, cy: 24, r: 20 }),
      svg('circle', { class: 'ring-share', cx: 24, cy: 24, r: 20, 'stroke-dasharray': `${around * share} ${around}`, transform: 'rotate(-90 24 24)' }),
    ),
    h('span', { class: 'ring-text', 'aria-hidden': 'true' }, `${filled}`, h('small', null, `/${capacity}`)),
  );
}

/**
 * A figure with its name.
 * @param {string} name
 * @param {any} value
 * @param {any} [note]
 */
export const figure = (name, value, note) => h('div', { class: 'figure' }, h('dt', null, name), h('dd', null, value, note && h('small', null, note)));

/** @param {string} title @param {string} text @param {...any} more */
export const emptyState = (title, text, ...more) => h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', null, text), ...more);

/** @param {Error} error */
export const failureNote = (error) => h('p', { class: 'note bad', role: 'alert' }, error.message);

/**
 * A table that may be wider than the screen: then it scrolls, by keyboard too.
 * @param {string} name
 * @param {(string | { name: string, class?: string, hidden?: boolean })[]} columns
 * @param {HTMLElement} body
 */
export function table(name, columns, body) {
  const heads = columns.map((column) => (typeof column === 'string' ? { name: column, class: '', hidden: false } : column));
  return h(
    'div',
    { class: 'table-frame', role: 'region', 'aria-label': name, tabindex: '0' },
    h('table', null, h('thead', null, h('tr', null, heads.map((head) => h('th', { scope: 'col', class: head.class }, head.hidden ? h('span', { class: 'unseen' }, head.name) : head.name)))), body),
  );
}
