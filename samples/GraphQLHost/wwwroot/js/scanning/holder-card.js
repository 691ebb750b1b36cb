// What is being filled: a parent as its cells, a bill as its figures.
import { rules } from '../api/rules.js';
import { fill, h } from '../ui/dom.js';
import { counted, kilograms, variance } from '../ui/format.js';
import { bagLink, billLink, emptyState, pill, ring, weightBar } from '../ui/parts.js';

/**
 * @param {Element} place
 * @param {import('./holders.js').Holder | null} holder
 * @param {string[]} underway Codes that are kept or on their way.
 * @param {import('./modes.js').Mode} mode
 */
export function showHolder(place, holder, underway, mode) {
  if (!holder) {
    fill(place, mode.into && emptyState(mode.into === 'bill' ? 'No bill is open' : 'No parent is open', mode.into === 'bill' ? 'Scan a bill, or type its number and press Enter.' : `Scan a parent. Its ${rules.parentCapacity} places appear here.`));
    return;
  }
  const isParent = holder.kind === 'parent';
  const capacity = isParent ? rules.parentCapacity : (holder.figures?.capacity ?? 0);
  const coming = underway.filter((code) => !holder.contents.includes(code));
  fill(
    place,
    h(
      'header',
      { class: 'holder-head' },
      h('div', null, h('h2', null, isParent ? bagLink(holder.code) : billLink(holder.code)), h('p', { class: 'holder-facts' }, facts(holder))),
      capacity > 0 && ring(isParent ? holder.contents.length : holder.figures.parentCount, capacity, isParent ? 'children' : 'parents'),
    ),
    isParent ? cells(holder.contents, coming, capacity) : billBody(holder, coming),
  );
}

/** @param {import('./holders.js').Holder} holder */
function facts(holder) {
  if (!holder.known) return h('span', { class: 'muted' }, 'Not looked up yet');
  if (holder.isNew) return h('span', null, 'New: its first child registers it');
  return [holder.status && pill(holder.status), holder.area && h('span', null, `Area ${holder.area}`), holder.bill && h('span', null, 'on ', billLink(holder.bill))];
}

/**
 * One cell for each place of a parent.
 * @param {string[]} filled
 * @param {string[]} coming
 * @param {number} capacity
 * @param {{ newest?: boolean }} [how]
 */
export function cells(filled, coming, capacity, how = { newest: true }) {
  const size = Math.max(capacity, filled.length + coming.length);
  return h(
    'ol',
    { class: 'cells', 'aria-label': `${filled.length} of ${counted(capacity, 'place')} taken` },
    Array.from({ length: size }, (_, i) => {
      if (i < filled.length) return cell(filled[i], 'filled', how.newest === true && i === filled.length - 1);
      if (i < filled.length + coming.length) return cell(coming[i - filled.length], 'coming', false);
      return h('li', { class: 'cell', data: { state: 'free' }, 'aria-hidden': 'true' }, String(i + 1));
    }),
  );
}

/** @param {string} code @param {string} state @param {boolean} isNewest */
function cell(code, state, isNewest) {
  // On a phone there is room for the end of a code only, which is what tells codes apart.
  const cut = Math.max(0, code.length - 5);
  return h(
    'li',
    { class: 'cell', data: { state, newest: isNewest ? 'yes' : 'no' }, title: code },
    h('a', { href: `#/bags/${encodeURIComponent(code)}`, tabindex: '-1' }, h('span', { class: 'cell-head' }, code.slice(0, cut)), h('span', { class: 'cell-tail' }, code.slice(cut))),
    state === 'coming' && h('span', { class: 'unseen' }, ' not sent yet'),
  );
}

/** @param {import('./holders.js').Holder} holder @param {string[]} coming */
function billBody({ figures, contents }, coming) {
  if (!figures) return null;
  return h(
    'div',
    { class: 'stack' },
    h('div', { class: 'weights' }, weightBar(figures), h('p', { class: 'muted' }, `${kilograms(figures.actualWeightKg)} of ${kilograms(figures.expectedWeightKg)} expected, ${variance(figures.varianceKg)}`)),
    h('ul', { class: 'chips', 'aria-label': 'Parents on the bill' }, [...contents].reverse().map((code) => h('li', null, bagLink(code))), coming.map((code) => h('li', { class: 'coming' }, code))),
  );
}
