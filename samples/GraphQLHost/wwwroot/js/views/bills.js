// The bills of a day: what is on them, and whether it weighs what it should.
import { ask as query } from '../api/graphql.js';
import { go } from '../router.js';
import { isBiller } from '../session.js';
import { ask } from '../ui/dialog.js';
import { fill, h } from '../ui/dom.js';
import { count, counted, grams, isoDay, kilograms, timeZone } from '../ui/format.js';
import { icon } from '../ui/icons.js';
import { billLink, button, emptyState, failureNote, field, figure, pill, select, table, time, varianceText, weightBar } from '../ui/parts.js';
import { every } from '../ui/time.js';

const fields = 'number status capacity parentCount actualWeightKg expectedWeightKg varianceKg createdAt createdBy';
const listDocument = `query($filter: BillFilter, $after: String) { bills(first: 50, filter: $filter, after: $after) { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`;
const dayDocument = `query($date: String!, $zone: String!) {
  daySummary(date: $date, timeZone: $zone) { total { bills newBills processingBills completedBills parents actualWeightKg expectedWeightKg varianceKg } }
}`;
const columns = ['Bill', 'Status', { name: 'Parents', class: 'number middle' }, { name: 'Actual against expected', class: 'wide bar' }, { name: 'Actual', class: 'number wide' }, { name: 'Expected', class: 'number wide' }, { name: 'Variance', class: 'number' }, { name: 'Created', class: 'wide' }];

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function billsView({ query: address, signal }) {
  const today = isoDay(new Date());
  const date = address.get('day') ?? today;
  const status = address.get('status') ?? '';
  const sums = h('div', { hidden: true });
  const list = h('div', { class: 'stack' });
  const picker = h('input', { type: 'date', value: date, max: today, 'aria-label': 'Day', on: { change: () => picker.value && show({ day: picker.value }) } });
  const states = select({ '': 'Every status', NEW: 'New', PROCESSING: 'Processing', COMPLETED: 'Completed' }, { 'aria-label': 'Status', on: { change: () => show({ status: states.value }) } }, status);
  const step = (/** @type {number} */ days, /** @type {string} */ label, /** @type {any} */ drawn) =>
    h('button', { type: 'button', class: 'button', 'aria-label': label, disabled: days > 0 && date >= today, on: { click: () => show({ day: shifted(date, days) }) } }, icon(drawn));

  const element = h(
    'div',
    { class: 'stack' },
    h(
      'header',
      { class: 'head' },
      h('h1', null, date === today ? 'Today’s bills' : `Bills of ${date}`),
      h('div', { class: 'actions' }, step(-1, 'The day before', 'back'), picker, step(1, 'The day after', 'next'), states, isBiller() && button('New bill', { icon: 'plus', kind: 'main', press: create })),
    ),
    sums,
    list,
  );
  /** @type {string[]} */ let cursors = [];
  void every(5000, load, signal);
  return { title: 'Bills', element };

  /** @param {Record<string, string>} change */
  function show(change) {
    const next = new URLSearchParams(Object.entries({ day: date, status, ...change }).filter(([name, value]) => value && !(name === 'day' && value === today)));
    go(`#/bills${next.size ? `?${next}` : ''}`);
  }

  async function load() {
    const [createdFrom, createdBefore] = [date, shifted(date, 1)].map((day) => new Date(`${day}T00:00`).toISOString());
    const filter = { createdFrom, createdBefore, ...(status ? { status } : {}) };
    try {
      const [pages, day] = await Promise.all([
        Promise.all([undefined, ...cursors].map((after) => query(listDocument, { filter, after }, { signal }))),
        isBiller() ? query(dayDocument, { date, zone: timeZone }, { signal }) : null,
      ]);
      if (day) showSums(day.daySummary.total);
      showList(pages.map((page) => page.bills));
    } catch (error) {
      if (!signal.aborted && !list.childElementCount) fill(list, failureNote(/** @type {Error} */ (error)));
      throw error;
    }
  }

  /** @param {any} total */
  function showSums(total) {
    sums.hidden = false;
    fill(
      sums,
      h(
        'dl',
        { class: 'figures' },
        figure('Bills', count(total.bills), `${count(total.completedBills)} completed`),
        figure('Open', count(total.newBills + total.processingBills), `${count(total.newBills)} new`),
        figure('Parents', count(total.parents)),
        figure('Actual', kilograms(total.actualWeightKg), `${kilograms(total.expectedWeightKg)} expected`),
        figure('Variance', varianceText(total), weightBar(total)),
      ),
    );
  }

  /** @param {any[]} pages */
  function showList(pages) {
    const bills = pages.flatMap((page) => page.nodes);
    if (!bills.length) return fill(list, emptyState('No bills', status ? 'None of this status was created on this day.' : 'None was created on this day.'));
    const { hasNextPage, endCursor } = pages[pages.length - 1].pageInfo;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.closest('td')?.querySelector('a')?.textContent;
    fill(list, table('Bills', columns, h('tbody', null, bills.map(row))), hasNextPage && button(`More than ${counted(bills.length, 'bill')}: show the next`, { press: () => (cursors.push(endCursor), void load()) }));
    // The list was drawn anew under the fingers of whoever goes through it by keyboard.
    if (focused) [...list.querySelectorAll('a')].find((link) => link.textContent === focused)?.focus();
  }

  async function create() {
    const bill = await ask({
      title: 'New bill',
      fields: [
        field('Number', h('input', { name: 'number', required: true, maxlength: 64, autocomplete: 'off', autocapitalize: 'characters' }), 'Letters, digits and - _ . : /'),
        field('Capacity', h('input', { name: 'capacity', type: 'number', min: 1, max: 500, value: '20', required: true }), 'How many parents it takes, 1–500.'),
      ],
      action: 'Create it',
      send: async (data) => (await query('mutation($input: CreateBillInput!) { createBill(input: $input) { bill { number } } }', { input: { number: data.get('number'), capacity: Number(data.get('capacity')) } })).createBill.bill,
    });
    if (bill) go(`#/bills/${encodeURIComponent(bill.number)}`);
  }
}

/** @param {any} bill */
const row = (bill) =>
  h(
    'tr',
    null,
    h('td', null, billLink(bill.number), weightBar(bill, 'narrow')),
    h('td', null, pill(bill.status)),
    h('td', { class: 'number middle' }, `${bill.parentCount} of ${bill.capacity}`),
    h('td', { class: 'wide bar' }, weightBar(bill)),
    h('td', { class: 'number wide' }, grams(bill.actualWeightKg)),
    h('td', { class: 'number wide' }, grams(bill.expectedWeightKg)),
    h('td', { class: 'number' }, varianceText(bill)),
    h('td', { class: 'wide' }, time(bill.createdAt)),
  );

/** @param {string} day @param {number} by */
function shifted(day, by) {
  const date = new Date(`${day}T12:00`);
  date.setDate(date.getDate() + by);
  return isoDay(date);
}
