// What happened to a bag or a bill, newest first.
import { ask } from '../api/graphql.js';
import { reasonTitle } from '../scanning/words.js';
import { fill, h } from './dom.js';
import { words } from './format.js';
import { bagLink, billLink, button, failureNote, time } from './parts.js';

const fields = 'nodes { at kind action reason detail otherQr billNumber actorId importKey user { userName } } pageInfo { endCursor hasNextPage }';

/** @type {Record<string, { document: string, name: string }>} */
const histories = {
  bag: { document: `query($of: String!, $after: String) { history: bagHistory(qr: $of, first: 25, after: $after) { ${fields} } }`, name: 'bag' },
  bill: { document: `query($of: String!, $after: String) { history: billHistory(number: $of, first: 25, after: $after) { ${fields} } }`, name: 'bill' },
};

/** @type {Record<string, string>} */
const scanned = { OBSERVE: 'Seen', LINK: 'Linked', UNLINK: 'Taken out', RELINK: 'Moved', LOAD: 'Loaded', UNLOAD: 'Unloaded', UNDO: 'Undone' };

/**
 * @param {'bag' | 'bill'} kind
 * @param {string} of Code or number.
 * @param {AbortSignal} signal
 */
export function historyList(kind, of, signal) {
  const list = h('ol', { class: 'history' });
  const more = h('div', null);
  const element = h('section', { class: 'card', 'aria-labelledby': 'history' }, h('h2', { id: 'history' }, 'History'), list, more);
  let pages = 1;
  return { element, load };

  async function load() {
    /** @type {any[]} */ const entries = [];
    /** @type {string | undefined} */ let after;
    let isMore = true;
    try {
      for (let page = 0; page < pages && isMore; page++) {
        const { history } = await ask(histories[kind].document, { of, after }, { signal });
        if (!history) return;
        entries.push(...history.nodes);
        ({ endCursor: after, hasNextPage: isMore } = history.pageInfo);
      }
      fill(list, entries.map((entry) => line(entry, kind)));
      fill(more, isMore && button('Older', { class: 'button small', press: () => (pages++, void load()) }));
    } catch (error) {
      if (!signal.aborted) fill(more, failureNote(/** @type {Error} */ (error)));
    }
  }
}

/** @param {any} entry @param {'bag' | 'bill'} kind */
function line(entry, kind) {
  const what = entry.kind === 'SCANNED' ? (scanned[entry.action] ?? words(entry.action)) : words(entry.kind);
  const who = entry.user?.userName ?? entry.actorId;
  return h(
    'li',
    { data: { refused: entry.reason ? 'yes' : 'no' } },
    h('span', { class: 'history-dot', 'aria-hidden': 'true' }),
    h('div', null, h('p', { class: 'history-what' }, h('strong', null, what), entry.otherQr && [' ', bagLink(entry.otherQr)], kind === 'bag' && entry.billNumber && [' on ', billLink(entry.billNumber)], entry.reason && h('span', { class: 'pill', data: { status: 'REFUSED' } }, `Refused: ${reasonTitle(entry.reason, entry.detail)}`)), h('p', { class: 'hint' }, time(entry.at), who && ` · ${who}`, entry.importKey !== null && ` · import ${entry.importKey}`)),
  );
}
