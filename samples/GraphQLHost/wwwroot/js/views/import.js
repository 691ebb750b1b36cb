// Bags from a file: dropped, sent while it is read, and answered row by row.
import { Unreachable } from '../api/failures.js';
import { importFile } from '../api/imports.js';
import { newScanId } from '../scanning/scan-id.js';
import { announce } from '../ui/announce.js';
import { fill, h } from '../ui/dom.js';
import { count, counted, words } from '../ui/format.js';
import { bagLink, button, emptyState, field, figure, select, table } from '../ui/parts.js';

const shown = 500;
const columns = [{ name: 'Line', class: 'number' }, 'Code', 'Outcome', 'Reason', 'Detail'];

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function importView({ signal }) {
  const input = h('input', { type: 'file', id: 'file', class: 'unseen', accept: '.csv,.ndjson,.jsonl,text/csv', on: { change: () => input.files?.[0] && choose(input.files[0]) } });
  const existing = select({ keep: 'Stay as they are', update: 'Take what the file says', reject: 'Are an error' });
  const onError = select({ continue: 'Good rows are taken', rollBack: 'Nothing is stored' });
  const dry = h('input', { type: 'checkbox', checked: true });
  const zone = h('label', { class: 'drop', for: 'file', on: { dragover: over, dragleave: () => zone.classList.remove('over'), drop } });
  const go = button('Try it', { kind: 'main', disabled: true, press: () => void run() });
  const stop = button('Stop', { kind: 'danger', hidden: true });
  const result = h('div', { class: 'stack' });
  /** @type {File | null} */ let file = null;
  /** Kept for one file and its choices, so that sending it again does nothing twice. @type {string} */ let importId = newScanId();
  dry.addEventListener('change', name);
  for (const control of [existing, onError, dry]) control.addEventListener('change', () => (importId = newScanId()));
  invite();

  const element = h(
    'div',
    { class: 'stack' },
    h('header', { class: 'head' }, h('h1', null, 'Import')),
    h(
      'div',
      { class: 'card stack' },
      h('div', { class: 'drop-frame' }, input, zone),
      h('div', { class: 'options' }, field('Known bags', existing), field('When a row is wrong', onError), h('label', { class: 'toggle' }, dry, 'Dry run: tell all, change nothing'), h('div', { class: 'actions' }, stop, go)),
    ),
    result,
  );
  return { title: 'Import', element };

  function invite() {
    fill(zone, h('strong', null, file ? file.name : 'Drop a CSV file here, or press to choose one'), h('span', { class: 'muted' }, file ? `${count(Math.ceil(file.size / 1024))} KiB. Drop another to take that.` : 'A heading with qr, and any of parent, area, weight_kg. NDJSON works too.'));
    go.disabled = !file;
    name();
  }

  function name() {
    go.querySelector('span').textContent = dry.checked ? 'Try it' : 'Import';
  }

  /** @param {File} chosen */
  function choose(chosen) {
    file = chosen;
    importId = newScanId();
    fill(result);
    invite();
    go.focus();
  }

  /** @param {DragEvent} event */
  function over(event) {
    event.preventDefault();
    zone.classList.add('over');
  }

  /** @param {DragEvent} event */
  function drop(event) {
    event.preventDefault();
    zone.classList.remove('over');
    const dropped = event.dataTransfer?.files[0];
    if (dropped) choose(dropped);
  }

  async function run() {
    if (!file) return;
    const work = new AbortController();
    signal.addEventListener('abort', () => work.abort());
    const isDry = dry.checked;
    const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Sent' });
    const phase = h('p', { role: 'status' }, 'Sending');
    const answer = importAnswer();
    go.disabled = true;
    stop.hidden = false;
    stop.onclick = () => work.abort();
    fill(result, h('div', { class: 'card stack' }, phase, bar));
    try {
      await importFile(
        file,
        { dryRun: isDry, onExisting: existing.value, onError: onError.value, importId },
        {
          sent: (share) => (bar.value = share),
          line(line) {
            if (line.type === 'progress') fill(phase, `${words(line.phase)}: ${counted(line.rows, 'row')}, ${count(line.rejected)} refused, ${line.seconds.toFixed(1)} s`);
            else answer.take(line);
          },
        },
        work.signal,
      );
      fill(result, answer.element(isDry));
      announce(answer.sentence(isDry));
      if (isDry) {
        // What was tried is now to be done: one press away.
        dry.checked = false;
        importId = newScanId();
        name();
      }
    } catch (error) {
      const text = work.signal.aborted ? 'Stopped. Nothing was changed.' : error instanceof Unreachable ? 'The connection was lost. Press again: what was taken already is not taken twice.' : /** @type {Error} */ (error).message;
      fill(result, h('p', { class: 'note bad', role: 'alert' }, text));
    } finally {
      go.disabled = false;
      stop.hidden = true;
    }
  }
}

/** Gathers the answer: the report, and the rows that were not taken. */
function importAnswer() {
  /** @type {any} */ let report = null;
  /** @type {any[]} */ const rows = [];
  const sentence = (/** @type {boolean} */ isDry) => {
    const taken = report.parents + report.children + report.updated;
    return `${counted(report.rows, 'row')} read in ${report.seconds.toFixed(1)} s: ${count(taken)} ${isDry ? 'would be taken' : report.isRolledBack ? 'would have been taken, none were' : 'taken'}, ${count(report.kept)} kept as they are, ${count(report.rejected)} refused.`;
  };
  return {
    /** @param {any} line */
    take: (line) => (line.type === 'report' ? (report = line) : rows.push(line)),
    sentence,
    /** @param {boolean} isDry */
    element(isDry) {
      return h(
        'div',
        { class: 'stack' },
        h('p', { class: `note ${report.isRolledBack ? 'bad' : 'good'}` }, h('strong', null, isDry ? 'Tried, nothing changed. ' : report.isRolledBack ? 'Nothing was stored. ' : report.isReplay ? 'Done before. ' : 'Imported. '), sentence(isDry)),
        h('dl', { class: 'figures' }, figure('Rows', count(report.rows)), figure('Parents', count(report.parents)), figure('Children', count(report.children), `${count(report.linked)} linked`), figure('Updated', count(report.updated)), figure('Kept', count(report.kept)), figure('Refused', count(report.rejected))),
        rows.length
          ? [h('div', { class: 'head' }, h('h2', null, 'Rows not taken'), button('Save them as CSV', { press: () => save(rows) })), table('Rows not taken', columns, h('tbody', null, rows.slice(0, shown).map(row))), rows.length > shown && h('p', { class: 'muted' }, `The first ${shown} of ${count(rows.length)}; the file has all.`)]
          : emptyState('Every row was taken', 'There is nothing to mend.'),
      );
    },
  };
}

/** @param {any} line */
const row = (line) => h('tr', null, h('td', { class: 'number' }, line.line === null ? '—' : count(line.line)), h('td', null, line.outcome === 'KEPT' ? bagLink(line.qr) : h('code', null, line.qr.length > 70 ? `${line.qr.slice(0, 70)}…` : line.qr)), h('td', null, words(line.outcome)), h('td', null, line.reason ? words(line.reason) : ''), h('td', null, line.detail ?? ''));

/** @param {any[]} rows */
function save(rows) {
  const quoted = (/** @type {any} */ value) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const text = ['line,qr,outcome,reason,detail', ...rows.map((line) => [line.line, line.qr, line.outcome, line.reason, line.detail].map(quoted).join(','))].join('\n');
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/csv' }));
  h('a', { href: url, download: 'rows-not-taken.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
