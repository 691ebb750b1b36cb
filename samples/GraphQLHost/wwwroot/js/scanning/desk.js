// The desk of whoever scans: which mode it is in, what is open on it, and what became of each scan.
import { reachable } from '../api/connection.js';
import { ask } from '../api/graphql.js';
import { isCode, isParent, learnCapacity, normalise, rules } from '../api/rules.js';
import { Observable } from '../ui/observable.js';
import { look, unknownHolder, withBill, withParent } from './holders.js';
import { modes } from './modes.js';
import { onNews, record, takeBack, undoDocument, waiting } from './outbox.js';
import { newScanId } from './scan-id.js';
import { play } from './sound.js';
import { verdictOf } from './words.js';

/**
 * @typedef {import('./words.js').Verdict & { offer?: { label: string, take: () => void }, bag?: any }} DeskVerdict
 * @typedef {{ scan: any, tone: string, title: string, text: string }} Entry A line of what was scanned.
 */

const longest = 60;

export class Desk {
  /** @type {Observable<string>} */ mode = new Observable('fill');
  /** @type {Observable<import('./holders.js').Holder | null>} */ holder = new Observable(/** @type {any} */ (null));
  /** @type {Observable<Entry[]>} */ entries = new Observable(/** @type {Entry[]} */ ([]));
  /** @type {Observable<DeskVerdict>} */ verdict = new Observable(/** @type {DeskVerdict} */ ({ tone: 'ready', title: '', text: '' }));
  /** @type {AbortSignal} */ #signal;
  /** Until it is answered an Undo keeps its id, so that pressing again is the same Undo. @type {string | null} */ #undoId = null;
  /** What was kept and is answered now. */ #late = { taken: 0, refused: /** @type {string[]} */ ([]) };

  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.#signal = signal;
    onNews((news) => this.#hear(news), signal);
    reachable.listen((isThere) => isThere && this.refresh(), signal);
    this.invite();
  }

  /** Codes on their way into what is open. */
  get underway() {
    const holder = this.holder.value;
    return this.entries.value
      .filter(({ scan, tone }) => (tone === 'sending' || tone === 'kept') && holder && ['LINK', 'RELINK', 'LOAD'].includes(scan.action) && (scan.parent ?? scan.bill) === holder.code)
      .map(({ scan }) => scan.qr)
      .reverse();
  }

  /** @param {string} mode */
  choose(mode) {
    const { into } = modes[mode];
    if (this.holder.value?.kind !== into) this.holder.value = null;
    this.mode.value = mode;
    this.invite();
  }

  /** Says what to scan next. */
  invite() {
    const mode = modes[this.mode.value];
    this.verdict.value = { tone: 'ready', title: this.holder.value ? mode.then : mode.first, text: '' };
  }

  /** A code came from the scanner. @param {string} text */
  async take(text) {
    const code = normalise(text);
    const mode = modes[this.mode.value];
    if (!isCode(code)) return this.#say({ tone: 'refused', title: 'Not a code', text: `“${text.trim().slice(0, 40)}” is no code of a bag. Scan again.` });
    const holder = this.holder.value;
    if (mode.into === 'parent' && isParent(code)) return this.open('parent', code);
    if (mode.into === 'bill' && !isParent(code)) return this.open('bill', code);
    if (mode.into && !holder) return this.#say({ tone: 'refused', title: mode.first, text: `${code} has nowhere to go yet.` });
    await this.#send({ action: mode.action, qr: code, ...(mode.into === 'parent' ? { parent: holder?.code } : mode.into === 'bill' ? { bill: holder?.code } : {}) });
  }

  /** @param {'parent' | 'bill'} kind @param {string} code */
  async open(kind, code) {
    this.holder.value = unknownHolder(kind, code);
    const mode = modes[this.mode.value];
    this.#say({ tone: 'ready', title: code, text: mode.then ? `${mode.then}.` : '' });
    await this.refresh();
    const opened = this.holder.value;
    if (opened?.code !== code || !opened.known) return;
    if (kind === 'bill' && opened.isNew) {
      this.holder.value = null;
      this.#say({ tone: 'refused', title: 'Unknown bill', text: `There is no bill ${code}.` });
    } else if (opened.bill || opened.status === 'COMPLETED') {
      const full = kind === 'parent' && !opened.bill;
      this.#say({ tone: 'duplicate', title: full ? 'Already full' : 'Closed', text: full ? `${code} holds ${opened.contents.length} of ${rules.parentCapacity}. Scan another parent.` : `${code} ${opened.bill ? `is on bill ${opened.bill}` : 'is completed'}. Take another.` });
    }
  }

  /** Reads what is open again. */
  async refresh() {
    const holder = this.holder.value;
    if (!holder) return;
    try {
      const found = await look(holder, this.#signal);
      if (this.holder.value?.code !== holder.code) return;
      // What a scan's answer told meanwhile is newer.
      if (this.holder.value.version <= found.version) this.holder.value = found;
      if (found.kind === 'parent' && found.status === 'COMPLETED') learnCapacity(found.contents.length);
    } catch {
      // Without the server it stays unknown; scans into it are kept all the same.
    }
  }

  async undo() {
    if (this.#undoId === null) {
      const unsent = await takeBack();
      if (unsent) {
        this.#note(unsent, { tone: 'undone', title: 'Taken back', text: `${unsent.qr} was not sent.` });
        return this.#say({ tone: 'taken', title: 'Taken back', text: `The scan of ${unsent.qr} was not sent yet, and will not be.` });
      }
    }
    if (waiting.value.mine > 0) return this.#say({ tone: 'refused', title: 'Not yet', text: 'Your last scan is on its way. Undo it when it is answered.' });
    const scanId = (this.#undoId ??= newScanId());
    try {
      const { recordScan: result } = await ask(undoDocument, { input: { scanId, action: 'UNDO', scannedAt: new Date().toISOString() } }, { patience: 8000 });
      this.#undoId = null;
      this.#answered({ scanId, action: 'UNDO', qr: result.scan.qr }, result);
    } catch (error) {
      this.#say({ tone: 'refused', title: 'Not undone', text: `${/** @type {Error} */ (error).message} Press Undo again: it never undoes twice.` });
    }
  }

  /** @param {{ action: string, qr: string, parent?: string, bill?: string }} what */
  async #send(what) {
    const scan = await record(what);
    if (!this.entries.value.some((entry) => entry.scan.scanId === scan.scanId)) this.#note(scan, { tone: 'sending', title: 'Sending', text: scan.qr ?? '' });
  }

  /** @param {import('./outbox.js').ScanNews} news */
  #hear(news) {
    const known = this.entries.value.find((entry) => entry.scan.scanId === news.scan.scanId);
    // Another tab's own scans are told there.
    if (news.elsewhere && !known) return;
    if (known && known.tone !== 'sending' && known.tone !== 'kept') return;
    if (news.state === 'kept') {
      if (known?.tone === 'kept') return;
      const verdict = /** @type {DeskVerdict} */ ({ tone: 'kept', title: 'Kept', text: `${news.scan.qr} is sent when the server answers again.` });
      this.#note(news.scan, verdict);
      this.#say(verdict);
    } else if (news.state === 'failed') {
      const verdict = /** @type {DeskVerdict} */ ({ tone: 'refused', title: 'Not taken', text: `${news.scan.qr}: ${news.message}` });
      this.#note(news.scan, verdict);
      this.#say(verdict);
    } else {
      this.#answered(news.scan, news.result, !known || known.tone === 'kept');
    }
  }

  /** @param {any} scan @param {any} result @param {boolean} [late] */
  #answered(scan, result, late = false) {
    const { parent, bill } = result;
    if (result.reason === 'PARENT_FULL') learnCapacity(Number(result.detail?.split('/')[1]));
    const holder = this.holder.value;
    if (holder && parent && holder.code === parent.qr) this.holder.value = withParent(holder, parent);
    if (holder?.kind === 'bill' && bill?.number === holder.code) this.holder.value = withBill(holder, bill, result.outcome === 'REJECTED' ? undefined : scan.qr);
    if (scan.action === 'UNDO' && result.outcome === 'RECORDED') {
      this.entries.value = this.entries.value.map((entry) => (entry.scan.scanId === result.scan.undoes ? { ...entry, tone: 'undone', title: 'Undone' } : entry));
      void this.refresh();
    }
    // The server knows better what is a parent here.
    if (result.reason === 'NOT_A_CHILD' && modes[this.mode.value].into === 'parent') {
      this.#drop(scan);
      return void this.open('parent', scan.qr);
    }
    const verdict = /** @type {DeskVerdict} */ (verdictOf(result, rules.parentCapacity));
    if (result.reason === 'LINKED_ELSEWHERE' && scan.action === 'LINK') verdict.offer = { label: `Move it into ${scan.parent}`, take: () => void this.#send({ action: 'RELINK', qr: scan.qr, parent: scan.parent }) };
    if (scan.action === 'OBSERVE') verdict.bag = result.bag;
    this.#note(scan, verdict);
    if (late) this.#sumUp(scan, verdict);
    else this.#say(verdict);
  }

  /** Many that were kept are told in one sentence, with one sound. @param {any} scan @param {DeskVerdict} verdict */
  #sumUp(scan, verdict) {
    const late = this.#late;
    if (verdict.tone === 'refused') late.refused.push(scan.qr);
    else late.taken++;
    if (late.taken + late.refused.length > 1) return;
    setTimeout(() => {
      this.#late = { taken: 0, refused: [] };
      const some = late.refused.slice(0, 3).join(', ');
      this.#say({
        tone: late.refused.length ? 'refused' : 'taken',
        title: late.refused.length ? `${late.refused.length} refused` : 'All sent',
        text: `${late.taken} of the scans kept were taken${late.refused.length ? `, ${late.refused.length} refused: ${some}${late.refused.length > 3 ? ' …' : ''}. See the list` : ''}.`,
      });
    }, 150);
  }

  /** @param {any} scan @param {{ tone: string, title: string, text: string }} verdict */
  #note(scan, { tone, title, text }) {
    const entries = this.entries.value;
    const entry = { scan, tone, title, text };
    const i = entries.findIndex((known) => known.scan.scanId === scan.scanId);
    this.entries.value = i < 0 ? [entry, ...entries].slice(0, longest) : entries.with(i, entry);
  }

  /** @param {any} scan */
  #drop(scan) {
    this.entries.value = this.entries.value.filter((entry) => entry.scan.scanId !== scan.scanId);
  }

  /** @param {DeskVerdict} verdict */
  #say(verdict) {
    play(verdict.tone);
    this.verdict.value = verdict;
  }
}
