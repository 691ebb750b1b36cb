// One bill: load it, look at what it weighs, complete it.
import { Refusal } from '../api/failures.js';
import { ask as query } from '../api/graphql.js';
import { watch } from '../api/watch.js';
import { billFields } from '../scanning/holders.js';
import { rules } from '../api/rules.js';
import { go } from '../router.js';
import { isAdmin, isBiller } from '../session.js';
import { ask } from '../ui/dialog.js';
import { fill, h } from '../ui/dom.js';
import { counted, fullMoment, grams, kilograms, variance } from '../ui/format.js';
import { historyList } from '../ui/history.js';
import { bagLink, button, emptyState, failureNote, field, figure, pill, ring, table, varianceText, weightBar } from '../ui/parts.js';
import { toast } from '../ui/toast.js';

const fields = `bill { ${billFields} createdAt completedAt createdBy parents { qr status childCount contentWeightKg area } }`;
const document = `query($number: String!) { bill(number: $number) { ${fields.slice(7)} }`;

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function billView({ path: [number], signal }) {
  const body = h('div', { class: 'stack' });
  const history = historyList('bill', number, signal);
  const element = h('div', { class: 'stack' }, body, history.element);
  fill(body, h('h1', null, number));
  /** @type {number} */ let shown = -1;
  void watch({ subscription: 'billChanged', of: { number }, fields, query: document, interval: 3000, show: ({ bill }) => show(bill), fail: (error) => shown < 0 && fill(body, h('h1', null, number), failureNote(error)), signal });
  return { title: number, element };

  /** @param {any} bill */
  function show(bill) {
    if (!bill) return void fill(element, h('h1', null, number), emptyState('No such bill', `There is no bill ${number}, or it was deleted.`, h('a', { href: '#/bills', class: 'button' }, 'Today’s bills')));
    // The same version is the same bill, and drawing it again would take the focus away.
    if (bill.version <= shown) return;
    shown = bill.version;
    const isOpen = bill.status !== 'COMPLETED';
    fill(
      body,
      h('header', { class: 'head' }, h('div', { class: 'title' }, h('h1', { class: 'code' }, bill.number), pill(bill.status)), h('div', { class: 'actions' }, actions(bill, isOpen))),
      h(
        'div',
        { class: 'bill-top' },
        ring(bill.parentCount, bill.capacity, 'parents'),
        h('div', { class: 'weights' }, weightBar(bill), h('p', { class: 'muted' }, 'The mark is the expected weight: full parents of standard children.')),
      ),
      h('dl', { class: 'figures' }, figure('Parents', `${bill.parentCount} of ${bill.capacity}`), figure('Actual', kilograms(bill.actualWeightKg)), figure('Expected', kilograms(bill.expectedWeightKg)), figure('Variance', varianceText(bill)), figure('Created', fullMoment(bill.createdAt)), bill.completedAt && figure('Completed', fullMoment(bill.completedAt))),
      bill.parents.length ? table('Parents on the bill', ['Parent', 'Status', 'Area', { name: 'Children', class: 'number' }, { name: 'Weight', class: 'number' }], h('tbody', null, bill.parents.map(row))) : emptyState('Nothing is on it', bill.parentCount ? 'Its parents are of other areas.' : 'Load it: press Load, then scan parents.'),
    );
    void history.load();
  }

  /** @param {any} bill @param {boolean} isOpen */
  function actions(bill, isOpen) {
    if (!isBiller()) return null;
    return [
      isOpen && h('a', { class: 'button', href: `#/scan?mode=load&bill=${encodeURIComponent(bill.number)}` }, 'Load'),
      isOpen && button('Capacity', { kind: 'quiet', press: () => resize(bill) }),
      bill.status === 'NEW' && button('Delete', { kind: 'danger', press: () => remove(bill) }),
      bill.status === 'PROCESSING' && button('Complete', { kind: 'main', press: () => complete(bill) }),
      !isOpen && isAdmin() && button('Reopen', { press: () => reopen(bill) }),
      bill.status !== 'NEW' && button('Weigh again', { kind: 'quiet', press: () => recalculate(bill) }),
    ];
  }

  /** @param {any} bill */
  async function complete(bill) {
    const short = bill.parents.filter((/** @type {any} */ parent) => parent.childCount < rules.parentCapacity).length;
    await change(bill, 'completeBill', 'CompleteBillInput', {
      title: `Complete ${bill.number}?`,
      text: `${counted(bill.parentCount, 'parent')}, ${kilograms(bill.actualWeightKg)}, ${variance(bill.varianceKg)}.${short ? ` ${counted(short, 'parent is', 'parents are')} not full.` : ''} Completing locks the bill and dispatches its bags.`,
      action: 'Complete it',
    }, 'completed');
  }

  /** @param {any} bill */
  function reopen(bill) {
    return change(bill, 'reopenBill', 'ReopenBillInput', { title: `Reopen ${bill.number}?`, text: 'Its bags count as billed again, and it can be loaded and unloaded.', action: 'Reopen it' }, 'reopened');
  }

  /** @param {any} bill */
  function resize(bill) {
    return change(bill, 'resizeBill', 'ResizeBillInput', { title: `Capacity of ${bill.number}`, fields: [field('Parents', h('input', { name: 'capacity', type: 'number', min: Math.max(1, bill.parentCount), max: 500, value: String(bill.capacity), required: true }), `${counted(bill.parentCount, 'parent is', 'parents are')} on it.`)], action: 'Set it' }, 'resized');
  }

  /**
   * @param {any} bill @param {string} mutation @param {string} input
   * @param {{ title: string, text?: string, fields?: HTMLElement[], action: string }} question @param {string} done
   */
  async function change(bill, mutation, input, question, done) {
    const changed = await ask({
      ...question,
      send: async (data) => {
        const capacity = data.get('capacity');
        try {
          return (await query(`mutation($input: ${input}!) { ${mutation}(input: $input) { bill { number } } }`, { input: { number: bill.number, version: bill.version, ...(capacity ? { capacity: Number(capacity) } : {}) } }))[mutation];
        } catch (error) {
          if (error instanceof Refusal && error.code === 'STALE_VERSION') throw new Error('Somebody changed this bill meanwhile, so nothing was done. Close this, look at it as it is now, and decide again.');
          throw error;
        } finally {
          // Also when it was refused because the bill is another one by now: then that one is shown.
          void refresh();
        }
      },
    });
    if (changed) toast(`${bill.number} is ${done}.`);
  }

  /** @param {any} bill */
  async function remove(bill) {
    const gone = await ask({ title: `Delete ${bill.number}?`, text: 'Its history stays, and its number is free again.', action: 'Delete it', danger: true, send: () => query('mutation($input: DeleteBillInput!) { deleteBill(input: $input) { bill { number } } }', { input: { number: bill.number, version: bill.version } }) });
    if (!gone) return;
    toast(`${bill.number} is deleted.`);
    go('#/bills');
  }

  /** @param {any} bill */
  async function recalculate(bill) {
    try {
      const { recalculateBill: answer } = await query('mutation($number: String!) { recalculateBill(input: { number: $number }) { outcome differences { figure } } }', { number: bill.number });
      toast(answer.outcome === 'EXACT' ? `${bill.number}: counted and weighed again, every figure is right.` : `${bill.number}: ${counted(answer.differences.length, 'figure was', 'figures were')} mended.`);
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'bad');
    }
    await refresh();
  }

  async function refresh() {
    show((await query(document, { number }, { signal })).bill);
  }
}

/** @param {any} parent */
const row = (parent) => h('tr', null, h('td', null, bagLink(parent.qr)), h('td', null, pill(parent.status)), h('td', null, parent.area ?? '—'), h('td', { class: 'number' }, `${parent.childCount} of ${rules.parentCapacity}`), h('td', { class: 'number' }, grams(parent.contentWeightKg)));
