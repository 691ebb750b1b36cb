// The screen at the scanner: one field, one verdict, what is being filled, and what was scanned.
import { Desk } from '../scanning/desk.js';
import { showHolder } from '../scanning/holder-card.js';
import { modes, modesFor } from '../scanning/modes.js';
import { isDurable } from '../scanning/outbox.js';
import { scanField } from '../scanning/scan-field.js';
import { isBiller } from '../session.js';
import { announce } from '../ui/announce.js';
import { fill, h } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { bagLink, billLink, button, pill, time } from '../ui/parts.js';

/** @type {Record<string, string>} */
const marks = { taken: 'taken', full: 'full', duplicate: 'duplicate', refused: 'refused', kept: 'kept', ready: 'ready', sending: 'kept', undone: 'undo' };

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function scanView({ query, signal }) {
  const desk = new Desk(signal);
  const field = scanField({ label: '', take: (code) => void desk.take(code), undo: () => void desk.undo(), signal });
  const verdict = h('div', { class: 'verdict' });
  const holder = h('section', { class: 'card holder', 'aria-label': 'Being filled' });
  const entries = h('ol', { class: 'entries' });
  const warning = h('p', { class: 'note bad', hidden: true }, 'This browser keeps nothing, perhaps because the window is private. Do not close it while scans wait.');
  void isDurable().then((durable) => (warning.hidden = durable));

  desk.mode.watch((mode) => showHolder(holder, desk.holder.value, desk.underway, modes[mode]), signal);
  desk.verdict.watch((said) => showVerdict(verdict, said, field), signal);
  desk.holder.watch(redraw, signal);
  desk.entries.watch((list) => (showEntries(entries, list), redraw()), signal);

  const asked = query.get('mode') ?? 'fill';
  desk.choose(asked in modes ? asked : 'fill');
  const picker = modePicker(desk, field);
  const wanted = query.get('parent') ?? query.get('bill');
  if (wanted) void desk.open(query.get('bill') ? 'bill' : 'parent', wanted);

  const element = h(
    'div',
    { class: 'scan' },
    h('h1', { class: 'unseen' }, 'Scan'),
    h('div', { class: 'scan-desk' }, picker, field.element, warning, verdict, h('div', { class: 'actions' }, button('Undo last scan', { icon: 'undo', press: () => (void desk.undo(), field.focus()), 'aria-keyshortcuts': 'Control+Z' }), h('span', { class: 'hint keys' }, h('kbd', null, 'Ctrl'), '+', h('kbd', null, 'Z')))),
    holder,
    h('section', { class: 'scan-log', 'aria-labelledby': 'entries' }, h('h2', { id: 'entries' }, 'Scanned on this device'), entries),
  );
  return { title: 'Scan', element, focus: field.input };

  function redraw() {
    showHolder(holder, desk.holder.value, desk.underway, modes[desk.mode.value]);
    field.invite(desk.holder.value ? modes[desk.mode.value].then : modes[desk.mode.value].first);
  }
}

/** @param {Desk} desk @param {ReturnType<typeof scanField>} field */
function modePicker(desk, field) {
  const choice = (/** @type {[string, import('../scanning/modes.js').Mode]} */ [value, mode]) =>
    h('label', null, h('input', { type: 'radio', name: 'mode', value, checked: desk.mode.value === value, on: { change: () => (desk.choose(value), field.invite(mode.first)), click: afterPointer } }), h('span', null, mode.name));
  return h('fieldset', { class: 'segments modes' }, h('legend', { class: 'unseen' }, 'What a scan does'), modesFor(isBiller()).map(choice));

  /** Chosen with a finger, the next thing is a scan; chosen with arrow keys, perhaps the next mode. @param {MouseEvent} event */
  function afterPointer(event) {
    if (event.detail > 0) field.focus();
  }
}

/** @param {HTMLElement} place @param {import('../scanning/desk.js').DeskVerdict} said @param {ReturnType<typeof scanField>} field */
function showVerdict(place, { tone, title, text, offer, bag }, field) {
  place.dataset.tone = tone;
  fill(
    place,
    h('span', { class: 'verdict-mark' }, icon(/** @type {any} */ (marks[tone]))),
    h('div', { class: 'verdict-words' }, h('p', { class: 'verdict-title' }, title), text && h('p', null, text), bag && h('p', null, bagLink(bag.qr), ' ', pill(bag.status), bag.parent && [' in ', bagLink(bag.parent.qr)], bag.bill && [' on ', billLink(bag.bill.number)])),
    offer && button(offer.label, { kind: 'main', press: () => (offer.take(), field.focus()) }),
  );
  // Again from its first frame, also when the same thing is said twice: a second scan must be seen.
  place.classList.remove('fresh');
  void place.offsetWidth;
  place.classList.add('fresh');
  if (tone !== 'ready' || text) announce(`${title}. ${text}`, { urgent: tone === 'refused' });
}

/** @param {HTMLElement} place @param {import('../scanning/desk.js').Entry[]} list */
function showEntries(place, list) {
  if (!list.length) return fill(place, h('li', { class: 'muted' }, 'Nothing yet.'));
  fill(
    place,
    list.map(({ scan, tone, title, text }) =>
      h('li', { class: 'entry', data: { tone } }, h('span', { class: 'entry-mark' }, icon(/** @type {any} */ (marks[tone]))), h('span', { class: 'entry-code' }, scan.qr ? bagLink(scan.qr) : '—'), h('span', { class: 'entry-text' }, tone === 'taken' ? afterCode(text, scan.qr) : [h('strong', null, `${title}.`), ' ', text === scan.qr ? '' : text]), scan.scannedAt && time(scan.scannedAt)),
    ),
  );
}

/** Behind its code a sentence need not begin with it. @param {string} text @param {string} [qr] */
const afterCode = (text, qr) => (qr && text.startsWith(`${qr} `) ? text.slice(qr.length + 1) : text);
