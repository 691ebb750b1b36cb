// One bag: where it is, what is in it, and everything that happened to it.
import { ask as query } from '../api/graphql.js';
import { rules } from '../api/rules.js';
import { go } from '../router.js';
import { cells } from '../scanning/holder-card.js';
import { isAdmin } from '../session.js';
import { ask } from '../ui/dialog.js';
import { fill, h } from '../ui/dom.js';
import { fullMoment, kilograms, words } from '../ui/format.js';
import { historyList } from '../ui/history.js';
import { bagLink, billLink, button, emptyState, failureNote, field, figure, pill } from '../ui/parts.js';
import { toast } from '../ui/toast.js';

const document = `query($qr: String!) {
  bag(qr: $qr) { qr kind status area weightKg childCount contentWeightKg linkedAt createdAt changedAt parent { qr status childCount } children { qr } bill { number status } }
}`;
const thenDocument = 'query($qr: String!, $at: DateTime!) { contentsAt(parent: $qr, at: $at) { childQr since } }';

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function bagView({ path: [qr], signal }) {
  const body = h('div', { class: 'stack' });
  const history = historyList('bag', qr, signal);
  const element = h('div', { class: 'stack' }, h('h1', null, qr), body);
  void load();
  return { title: qr, element };

  async function load() {
    try {
      const { bag } = await query(document, { qr }, { signal });
      if (!bag) return void fill(body, emptyState('No such bag', 'It is not registered, or of another area.', h('a', { class: 'button', href: '#/bags' }, 'Find bags')));
      show(bag);
      await history.load();
    } catch (error) {
      if (!signal.aborted) fill(body, failureNote(/** @type {Error} */ (error)));
    }
  }

  /** @param {any} bag */
  function show(bag) {
    const isParent = bag.kind === 'PARENT';
    fill(
      element,
      h(
        'header',
        { class: 'head' },
        h('div', { class: 'title' }, h('h1', { class: 'code' }, bag.qr), pill(bag.status)),
        h('div', { class: 'actions' }, isParent && ['PENDING', 'COMPLETED'].includes(bag.status) && h('a', { class: 'button', href: `#/scan?mode=fill&parent=${encodeURIComponent(bag.qr)}` }, 'Fill'), isAdmin() && button('Delete', { kind: 'danger', press: () => remove(bag) })),
      ),
      h(
        'dl',
        { class: 'figures' },
        figure('Kind', words(bag.kind)),
        figure('Area', bag.area ?? 'None yet'),
        isParent ? figure('Children', `${bag.childCount} of ${rules.parentCapacity}`, kilograms(bag.contentWeightKg)) : figure('Weight', kilograms(bag.weightKg)),
        !isParent && figure('Parent', bag.parent ? bagLink(bag.parent.qr) : 'Loose', bag.linkedAt && `since ${fullMoment(bag.linkedAt)}`),
        figure('Bill', bag.bill ? billLink(bag.bill.number) : 'On none', bag.bill && words(bag.bill.status)),
        figure('Registered', fullMoment(bag.createdAt)),
        figure('Changed', fullMoment(bag.changedAt)),
      ),
      h('div', { class: isParent ? 'two' : '' }, isParent && contents(bag), history.element),
    );
    const heading = /** @type {HTMLElement} */ (element.querySelector('h1'));
    heading.setAttribute('tabindex', '-1');
    if (isIdle()) heading.focus({ preventScroll: true });
  }

  /** @param {any} bag */
  function contents(bag) {
    const codes = bag.children.map((/** @type {any} */ child) => child.qr);
    const shown = h('div', null, cells(codes, [], rules.parentCapacity, { newest: false }));
    const note = h('p', { class: 'hint', role: 'status' });
    const at = h('input', { type: 'datetime-local', step: 1, on: { change: () => void then() } });
    return h('section', { class: 'card stack contents', 'aria-labelledby': 'contents' }, h('h2', { id: 'contents' }, 'Contents'), shown, field('What was in it at', at), note);

    async function then() {
      if (!at.value) {
        fill(note);
        return fill(shown, cells(codes, [], rules.parentCapacity, { newest: false }));
      }
      try {
        const { contentsAt } = await query(thenDocument, { qr: bag.qr, at: new Date(at.value).toISOString() }, { signal });
        const held = (contentsAt ?? []).map((/** @type {any} */ stay) => stay.childQr);
        fill(shown, cells(held, [], rules.parentCapacity, { newest: false }));
        fill(note, `${held.length} of ${rules.parentCapacity} at ${fullMoment(at.value)}. Clear the field to see it now.`);
      } catch (error) {
        fill(note, /** @type {Error} */ (error).message);
      }
    }
  }

  /** @param {any} bag */
  async function remove(bag) {
    const gone = await ask({
      title: `Delete ${bag.qr}?`,
      text: 'Only a bag that holds nothing, is in nothing and on no bill can go. Its scans stay.',
      action: 'Delete it',
      danger: true,
      send: async () => {
        const { deleteBag: answer } = await query('mutation($qr: String!) { deleteBag(qr: $qr) { outcome reason detail } }', { qr: bag.qr });
        if (answer.outcome === 'REFUSED') throw new Error(`${words(answer.reason)}${answer.detail ? `: ${answer.detail}` : ''}.`);
        return answer;
      },
    });
    if (!gone) return;
    toast(`${bag.qr} is deleted.`);
    go('#/bags');
  }
}

/** Nobody has moved the focus since the view was opened. */
const isIdle = () => globalThis.document.activeElement === globalThis.document.body;
