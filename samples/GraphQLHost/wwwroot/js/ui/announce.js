// What a screen reader is told. Two regions that stand in the page from the start, since one that is added with its text is often not read.
import { h } from './dom.js';

const polite = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' });
const urgent = h('div', { class: 'unseen', role: 'alert', 'aria-live': 'assertive', 'aria-atomic': 'true' });

export const regions = [polite, urgent];

/**
 * @param {string} text
 * @param {{ urgent?: boolean }} [how]
 */
export function announce(text, how) {
  const region = how?.urgent ? urgent : polite;
  // The same words again are news only when the region was empty between.
  region.textContent = '';
  requestAnimationFrame(() => (region.textContent = text));
}
