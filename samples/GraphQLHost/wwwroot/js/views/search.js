// Search as you type over all bags, and how long it took.
import { ask, send } from '../api/graphql.js';
import { normalise } from '../api/rules.js';
import { place } from '../router.js';
import { announce } from '../ui/announce.js';
import { fill, h } from '../ui/dom.js';
import { count, counted, milliseconds } from '../ui/format.js';
import { bagLink, billLink, emptyState, failureNote, pill, table } from '../ui/parts.js';
import { pause } from '../ui/time.js';

const most = 50;
const document = `query($text: String!) { search(text: $text, first: ${most}) { qr kind status area childCount weightKg contentWeightKg parent { qr } bill { number } } }`;
const columns = ['Code', 'Status', { name: 'In', class: '' }, { name: 'Area', class: 'wide' }, { name: 'Bill', class: 'wide' }, { name: 'Weight', class: 'number wide' }];

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function searchView({ query, signal }) {
  const input = h('input', { type: 'search', id: 'search', class: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: 64, placeholder: 'A code, or a part of one', value: query.get('text') ?? '', on: { input: type, keydown: down } });
  const speed = h('p', { class: 'hint', id: 'speed' });
  const among = h('span', null);
  const results = h('div', { on: { keydown: walk } });
  const element = h(
    'div',
    { class: 'stack' },
    h('header', { class: 'head' }, h('h1', null, 'Bags'), h('p', { class: 'muted' }, among)),
    h('form', { class: 'search', role: 'search', on: { submit: open } }, h('label', { class: 'unseen', for: 'search' }, 'Find bags'), input, speed),
    results,
  );
  /** @type {AbortController} */ let latest = new AbortController();
  signal.addEventListener('abort', () => latest.abort());
  void ask('{ totals { bags } }', {}, { signal }).then(({ totals }) => fill(among, `${counted(totals.bags, 'bag')}`)).catch(() => {});
  if (input.value) void find();
  else fill(results, emptyState('Find any bag', 'Type the beginning of a code, or three characters from inside it. Enter opens the first.'));
  return { title: 'Bags', element, focus: input };

  function type() {
    void find();
  }

  async function find() {
    latest.abort();
    latest = new AbortController();
    const mine = latest.signal;
    const text = normalise(input.value);
    // Kept in the address, so that the way back from a bag leads to what was searched; replaced, so that it is one step.
    if (place().name === 'bags') history.replaceState(null, '', text ? `#/bags?text=${encodeURIComponent(text)}` : '#/bags');
    if (!text) {
      fill(speed);
      return fill(results, emptyState('Find any bag', 'Type the beginning of a code, or three characters from inside it. Enter opens the first.'));
    }
    try {
      // Keys that follow each other fast are one question.
      await pause(40, mine);
      const { body, milliseconds: took } = await send(document, { text }, { signal: mine });
      if (body.errors) throw new Error(body.errors[0].message);
      const bags = body.data.search;
      const found = bags.length === most ? `The first ${most}` : bags.length ? counted(bags.length, 'bag') : 'No bag';
      fill(speed, `${found} in `, h('strong', null, milliseconds(took)), ', there and back');
      fill(results, bags.length ? table('Bags found', columns, h('tbody', null, bags.map(row))) : emptyState('No bag', `None begins with ${text}${text.length > 2 ? ' or holds it' : ''}, or none that you may see.`));
      announce(`${found} found`);
    } catch (error) {
      if (mine.aborted) return;
      fill(speed);
      fill(results, failureNote(/** @type {Error} */ (error)));
    }
  }

  /** @param {Event} event */
  function open(event) {
    event.preventDefault();
    results.querySelector('a')?.click();
  }

  /** @param {KeyboardEvent} event */
  function down(event) {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    results.querySelector('a')?.focus();
  }

  /** Up and down through the codes found. @param {KeyboardEvent} event */
  function walk(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const codes = [...results.querySelectorAll('tbody td:first-child a')];
    const at = codes.indexOf(/** @type {Element} */ (event.target));
    if (!by || at < 0) return;
    event.preventDefault();
    (at + by < 0 ? input : /** @type {HTMLElement} */ (codes[at + by]))?.focus();
  }
}

/** @param {any} bag */
const row = (bag) =>
  h(
    'tr',
    null,
    h('td', null, bagLink(bag.qr)),
    h('td', null, pill(bag.status)),
    h('td', null, bag.kind === 'PARENT' ? counted(bag.childCount, 'child', 'children') : bag.parent ? bagLink(bag.parent.qr) : 'Loose'),
    h('td', { class: 'wide' }, bag.area ?? '—'),
    h('td', { class: 'wide' }, bag.bill ? billLink(bag.bill.number) : '—'),
    h('td', { class: 'number wide' }, `${count(bag.kind === 'PARENT' ? bag.contentWeightKg : bag.weightKg)} kg`),
  );
