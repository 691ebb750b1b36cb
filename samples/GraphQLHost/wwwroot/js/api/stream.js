// The subscription client: GraphQL over SSE, one connection for each subscription. A connection that is lost is made again, after the last event seen.
import { pause } from '../ui/time.js';
import { answered, lost, reachable } from './connection.js';
import { Refusal, Unreachable } from './failures.js';
import { authorization, endpoint, refusalOf } from './graphql.js';
import { readEvents } from './sse.js';

/** Without even a comment for so long the connection is taken for dead; the server sends one far more often. */
const silence = 45_000;
const shortestPause = 50;
const firstPause = 500;
const longestPause = 15_000;

/** @typedef {'connecting' | 'open' | 'waiting'} StreamState */

/** Subscriptions that the schema does not have: asked for once is enough. @type {Set<string>} */
const missing = new Set();

/**
 * Subscribes until the signal says otherwise.
 * @param {object} subscription
 * @param {string} subscription.name The subscription's name in the schema.
 * @param {(after: string | undefined) => string} subscription.document The document, which goes on after the event of this id.
 * @param {(data: any) => string | undefined} subscription.next Takes what arrived and gives the event's id.
 * @param {(state: StreamState) => void} [subscription.state]
 * @param {AbortSignal} subscription.signal
 * @returns {Promise<void>} Throws a Refusal when the server will not have the subscription.
 */
export async function subscribe({ name, document, next, state, signal }) {
  if (missing.has(name)) throw new Refusal(`There is no subscription ${name}.`, 'VALIDATION_FAILED');
  /** @type {string | undefined} */ let last;
  let wait = firstPause;
  while (!signal.aborted) {
    state?.('connecting');
    try {
      await connect();
      // The server ended it in good order, such as when it is restarted.
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refusal && error.code === 'RESUME_REQUIRED') {
        // This reader was too slow. What it missed is read from where it was, almost at once.
        wait = shortestPause;
      } else if (error instanceof Refusal && !error.isPassing) {
        if (error.isUnknownField) missing.add(name);
        throw error;
      }
    }
    state?.('waiting');
    // Not all at the same moment, when many were lost at once.
    await Promise.race([pause(wait * (0.75 + Math.random() / 2), signal), comesBack(signal)]).catch(() => {});
    wait = Math.min(wait * 2, longestPause);
  }

  async function connect() {
    const connection = new AbortController();
    const stop = () => connection.abort();
    signal.addEventListener('abort', stop);
    let timer = setTimeout(stop, silence);
    const alive = () => (clearTimeout(timer), (timer = setTimeout(stop, silence)));
    const started = performance.now();
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        // A refusal may come as JSON.
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream, application/json;q=0.5', ...authorization() },
        body: JSON.stringify({ query: document(last) }),
        signal: connection.signal,
        cache: 'no-store',
        credentials: 'omit',
      }).catch((error) => {
        if (!signal.aborted) lost();
        throw error;
      });
      if (!response.body || !(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) throw await refusedWith(response);
      answered(performance.now() - started);
      state?.('open');
      for await (const { event, data } of readEvents(response.body, alive)) {
        if (event === 'complete') return;
        if (event !== 'next') continue;
        const result = JSON.parse(data);
        if (result.errors?.length) throw refusalOf(result.errors[0]);
        last = next(result.data) ?? last;
        wait = firstPause;
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      connection.abort();
    }
  }
}

/** @param {Response} response */
async function refusedWith(response) {
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return response.status >= 500 ? new Unreachable() : new Refusal(`The server answered ${response.status}.`, 'BAD_REQUEST');
  const error = (await response.json()).errors?.[0] ?? { message: `The server answered ${response.status}.` };
  const refusal = refusalOf(error);
  refusal.status = response.status;
  return refusal;
}

/** Until the server answers something else again. @param {AbortSignal} signal @returns {Promise<void>} */
function comesBack(signal) {
  return new Promise((resolve) => {
    const done = new AbortController();
    signal.addEventListener('abort', () => done.abort(), { once: true });
    let away = !reachable.value;
    reachable.listen((isThere) => {
      if (isThere && away) {
        done.abort();
        resolve();
      }
      away = !isThere;
    }, done.signal);
  });
}
