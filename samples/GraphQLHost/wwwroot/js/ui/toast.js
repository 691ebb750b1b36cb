// A short word about what was just done, at the edge of the page; said to screen readers too.
import { announce } from './announce.js';
import { h } from './dom.js';

export const toasts = h('div', { class: 'toasts' });

/**
 * @param {string} text
 * @param {'good' | 'bad'} [tone]
 */
export function toast(text, tone = 'good') {
  const note = h('p', { class: `toast ${tone}` }, text);
  toasts.append(note);
  announce(text, { urgent: tone === 'bad' });
  setTimeout(() => note.remove(), tone === 'bad' ? 9000 : 4500);
}
