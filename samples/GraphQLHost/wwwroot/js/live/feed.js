// Scans as they are recorded, by anybody: a subscription that goes on where it was, or, while the schema has none, the newest of the log again and again.
import { ask } from '../api/graphql.js';
import { Refusal } from '../api/failures.js';
import { subscribe } from '../api/stream.js';
import { literals } from '../api/watch.js';
import { every } from '../ui/time.js';

const fields = 'id action outcome reason detail qr parentQr fromParentQr billNumber actorId area scannedAt recordedAt actorName';
const listDocument = `query($filter: ScanFilter) { scans(first: 50, filter: $filter) { nodes { ${fields} } } }`;

/**
 * @param {object} feed
 * @param {string} [feed.area]
 * @param {(scans: any[]) => void} feed.show Takes scans that were not shown before, oldest first.
 * @param {(way: import('../api/watch.js').Way) => void} feed.state
 * @param {AbortSignal} feed.signal
 */
export async function follow({ area, show, state, signal }) {
  /** @type {Set<string>} */ const seen = new Set();
  const filter = area ? { area } : {};
  /** The list and the stream overlap, so that nothing falls between them. @param {any[]} scans Oldest first. */
  const pass = (scans) => {
    const fresh = scans.filter((scan) => !seen.has(scan.id));
    for (const scan of fresh) seen.add(scan.id);
    if (seen.size > 5000) [...seen].slice(0, 2500).forEach((id) => seen.delete(id));
    if (fresh.length) show(fresh);
  };
  const list = async () => pass((await ask(listDocument, { filter }, { signal })).scans.nodes.reverse());

  let isListed = false;
  let goesOn = false;
  try {
    return await subscribe({
      name: 'scanRecorded',
      document: (after) => `subscription { scanRecorded${literals({ area, after })} { eventId scan { ${fields} } } }`,
      next: ({ scanRecorded }) => ((goesOn = true), pass([scanRecorded.scan]), scanRecorded.eventId),
      state: (now) => {
        state(now === 'open' ? 'stream' : 'waiting');
        // Until there has been an event there is none to go on after, and what was missed is in the list.
        if (now !== 'open' || (isListed && goesOn)) return;
        isListed = true;
        list().catch(() => (isListed = false));
      },
      signal,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  await every(
    1500,
    async () => {
      try {
        await list();
        state('polling');
      } catch {
        if (!signal.aborted) state('waiting');
      }
    },
    signal,
  );
}
