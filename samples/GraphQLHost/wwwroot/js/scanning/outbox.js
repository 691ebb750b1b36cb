// Sends the queue, oldest first. Every scan goes through it, online too: there is one path, and it is the one that is safe.
import { reachable } from '../api/connection.js';
import { Refusal, Unreachable } from '../api/failures.js';
import { ask } from '../api/graphql.js';
import { user } from '../session.js';
import { Observable } from '../ui/observable.js';
import { billFields, parentFields } from './holders.js';
import { ScanQueue } from './queue.js';
import { newScanId } from './scan-id.js';

/**
 * @typedef {import('./queue.js').QueuedScan} QueuedScan
 * @typedef {{ scan: QueuedScan, elsewhere?: boolean } & ({ state: 'kept' } | { state: 'answered', result: any } | { state: 'failed', message: string })} ScanNews
 *   What became of a scan; `elsewhere` when another tab sent it.
 */

const answer = `
  outcome replay reason detail
  scan { id action outcome reason detail qr parentQr fromParentQr billNumber undoes }
  bag { qr kind status area weightKg childCount parent { qr } bill { number } }
  parent { ${parentFields} }
  bill { ${billFields} }`;
const document = `mutation($scans: [RecordScanInput!]!) { recordScans(scans: $scans) { results { ${answer} } } }`;

/** An Undo goes by itself: kept, it might take back another scan than the one that was meant. */
export const undoDocument = `mutation($input: RecordScanInput!) { recordScan(input: $input) { ${answer} } }`;

/** Small enough that each answer comes soon, and its children stay within the server's limits. */
const batch = 100;
const patience = 8000;
const longestPause = 15_000;

const queue = new ScanQueue();
const others = 'BroadcastChannel' in window ? new BroadcastChannel('tracetrack.outbox') : null;
/** @type {Set<(news: ScanNews) => void>} */ const listeners = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
let running = false;
let again = false;
let pauseLength = 1000;

/** How many scans of this user wait, and of whom else some do. */
export const waiting = new Observable({ mine: 0, others: /** @type {string[]} */ ([]) });

/** @param {(news: ScanNews) => void} listener @param {AbortSignal} signal */
export function onNews(listener, signal) {
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener));
}

/**
 * Keeps a scan, and sends it as soon as the server answers.
 * @param {{ action: string, qr?: string, parent?: string, bill?: string }} what
 */
export async function record(what) {
  const who = user.value;
  if (!who) throw new Error('Log in first.');
  const scan = await queue.add({ ...what, scanId: newScanId(), actorId: who.id, actorName: who.userName, scannedAt: new Date().toISOString() });
  await count();
  if (!reachable.value) tell({ scan, state: 'kept' });
  void pump();
  return scan;
}

/**
 * Takes back the latest scan that was not sent yet.
 * @returns {Promise<QueuedScan | null>} Null when none waits, or the latest is on its way.
 */
export async function takeBack() {
  if (running) return null;
  const latest = (await mine()).at(-1);
  if (!latest) return null;
  await queue.remove([latest.sequence ?? 0]);
  await count();
  return latest;
}

/** Sends all that waits. One tab at a time, where the browser can say so. */
export async function pump() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  clearTimeout(timer);
  try {
    do {
      again = false;
      // Without HTTPS there are no locks. Two tabs then send twice, which changes nothing.
      await (navigator.locks ? navigator.locks.request('tracetrack.outbox', drain) : drain());
    } while (again);
  } finally {
    running = false;
  }
}

async function drain() {
  while (user.value) {
    const scans = (await mine()).slice(0, batch);
    if (!scans.length) return;
    try {
      const { recordScans } = await ask(document, { scans: scans.map(input) }, { patience });
      await settle(scans.map((scan, i) => ({ scan, state: 'answered', result: recordScans.results[i] })));
      pauseLength = 1000;
    } catch (error) {
      if (error instanceof Refusal && !error.isPassing && error.code !== 'UNAUTHENTICATED') {
        // One that makes no sense stops the batch; without it the others go on.
        const wrong = scans[error.item ?? 0];
        await settle([{ scan: wrong, state: 'failed', message: error.message.replace(/^Item \d+: /, '') }]);
        continue;
      }
      for (const scan of scans) tell({ scan, state: 'kept' });
      if (error instanceof Unreachable || (error instanceof Refusal && error.isPassing)) retryLater();
      return;
    }
  }
}

/** @param {ScanNews[]} news */
async function settle(news) {
  await queue.remove(news.map((item) => item.scan.sequence ?? 0));
  await count();
  for (const item of news) tell(item);
  others?.postMessage(news);
}

function retryLater() {
  clearTimeout(timer);
  timer = setTimeout(pump, pauseLength);
  pauseLength = Math.min(pauseLength * 2, longestPause);
}

async function mine() {
  return (await queue.all()).filter((scan) => scan.actorId === user.value?.id);
}

async function count() {
  const scans = await queue.all();
  const isMine = (/** @type {QueuedScan} */ scan) => scan.actorId === user.value?.id;
  waiting.value = { mine: scans.filter(isMine).length, others: [...new Set(scans.filter((scan) => !isMine(scan)).map((scan) => scan.actorName))] };
}

/** @param {ScanNews} news */
function tell(news) {
  for (const listener of [...listeners]) listener(news);
}

/** @param {QueuedScan} scan */
const input = ({ scanId, action, qr, parent, bill, scannedAt }) => ({ scanId, action, qr, parent, bill, scannedAt });

others?.addEventListener('message', ({ data }) => (void count(), data.forEach((/** @type {ScanNews} */ news) => tell({ ...news, elsewhere: true }))));
window.addEventListener('online', () => void pump());
reachable.listen((isThere) => isThere && void pump());
user.watch(() => void count().then(pump));
export const isDurable = () => queue.isDurable();
