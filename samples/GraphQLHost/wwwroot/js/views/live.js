// What happens in the warehouse, as it happens.
import { watch } from '../api/watch.js';
import { follow } from '../live/feed.js';
import { go } from '../router.js';
import { reasonTitle } from '../scanning/words.js';
import { user } from '../session.js';
import { fill, h } from '../ui/dom.js';
import { count, words } from '../ui/format.js';
import { icon } from '../ui/icons.js';
import { bagLink, billLink, button, emptyState, figure, time } from '../ui/parts.js';

const most = 200;
const totals = 'totals { bags parents children bills scans users }';
const ways = { stream: 'Live', polling: 'Live, a moment behind', waiting: 'Connecting' };

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function liveView({ query, signal }) {
  const area = query.get('area') ?? '';
  const list = h('ol', { class: 'feed', 'aria-label': 'Scans, newest first' });
  const state = h('p', { class: 'feed-state', role: 'status' }, ways.waiting);
  const sums = h('dl', { class: 'figures' });
  const hold = button('Hold', { icon: 'hold', 'aria-pressed': 'false', press: () => toggle() });
  const chosen = h('input', { value: area, 'aria-label': 'Area', placeholder: 'Every area', maxlength: 32, autocomplete: 'off', autocapitalize: 'characters' });
  /** @type {any[] | null} */ let held = null;
  /** @type {any[]} */ let shown = [];

  void watch({ subscription: 'totalsChanged', fields: totals, query: `{ ${totals} }`, interval: 3000, show: ({ totals: now }) => fill(sums, Object.entries(now).map(([name, number]) => figure(words(name), count(/** @type {number} */ (number))))), signal });
  void follow({ area: area || undefined, show: take, state: (way) => (fill(state, h('span', { class: 'dot', data: { way }, 'aria-hidden': 'true' }), ways[way]), (state.dataset.way = way)), signal });
  fill(list, h('li', null, emptyState('Quiet', 'Scans appear here as they are made.')));
  return {
    title: 'Live',
    element: h(
      'div',
      { class: 'stack' },
      h('header', { class: 'head' }, h('div', { class: 'title' }, h('h1', null, 'Live'), state), h('div', { class: 'actions' }, user.value?.role !== 'DISPATCHER' && h('form', { on: { submit: narrow } }, chosen), hold)),
      sums,
      h('div', { class: 'card feed-card' }, list),
    ),
  };

  /** @param {any[]} scans */
  function take(scans) {
    if (held) {
      held.push(...scans);
      hold.querySelector('span').textContent = `Go on (${count(held.length)} new)`;
      return;
    }
    shown = [...scans.slice(-most).reverse(), ...shown].slice(0, most);
    if (scans.length > 20 || !list.querySelector('[data-id]')) return fill(list, shown.map((scan) => line(scan, false)));
    for (const scan of scans) list.prepend(line(scan, true));
    while (list.childElementCount > most) list.lastElementChild?.remove();
  }

  function toggle() {
    const kept = held;
    held = kept ? null : [];
    hold.setAttribute('aria-pressed', String(held !== null));
    fill(hold, icon(held ? 'play' : 'hold'), h('span', null, held ? 'Go on' : 'Hold'));
    if (kept?.length) take(kept);
  }

  /** @param {Event} event */
  function narrow(event) {
    event.preventDefault();
    const wanted = chosen.value.trim().toUpperCase();
    go(wanted ? `#/live?area=${encodeURIComponent(wanted)}` : '#/live');
  }
}

/** @param {any} scan @param {boolean} isNew */
function line(scan, isNew) {
  const isRefused = scan.outcome === 'REJECTED';
  return h(
    'li',
    { class: isNew ? 'feed-line new' : 'feed-line', data: { id: scan.id, refused: isRefused ? 'yes' : 'no' } },
    time(scan.recordedAt),
    h('span', { class: 'feed-action' }, icon(isRefused ? 'refused' : 'taken'), words(scan.action)),
    h('span', { class: 'feed-what' }, scan.qr ? bagLink(scan.qr) : '—', scan.parentQr && scan.parentQr !== scan.qr && [h('span', { class: 'muted' }, scan.action === 'UNLINK' ? ' out of ' : ' in '), bagLink(scan.parentQr)], scan.billNumber && [h('span', { class: 'muted' }, scan.action === 'UNLOAD' ? ' off ' : ' on '), billLink(scan.billNumber)], isRefused && h('span', { class: 'pill', data: { status: 'REFUSED' } }, reasonTitle(scan.reason, scan.detail))),
    h('span', { class: 'feed-who muted' }, [scan.actorName ?? scan.actorId, scan.area].filter(Boolean).join(' · ')),
  );
}
