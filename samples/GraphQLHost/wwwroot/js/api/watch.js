// Keeps a view in step with the server: by a subscription where the schema has one, else by asking again and again.
import { every } from '../ui/time.js';
import { Refusal } from './failures.js';
import { ask } from './graphql.js';
import { subscribe } from './stream.js';

/** @typedef {'stream' | 'polling' | 'waiting'} Way */

/**
 * @param {object} what
 * @param {string} what.subscription Its name in the schema.
 * @param {Record<string, string>} [what.of] Its arguments, and the variables of the query.
 * @param {string} what.fields What is asked of the thing, such as `bill { number }`.
 * @param {string} what.query The document that asks for the same once.
 * @param {number} what.interval Milliseconds, where the schema has no subscription.
 * @param {(data: any) => void} what.show Takes what the query gives, or what the subscription's event holds.
 * @param {(way: Way) => void} [what.state]
 * @param {(error: Error) => void} [what.fail]
 * @param {AbortSignal} what.signal
 */
export async function watch({ subscription, of = {}, fields, query, interval, show, state, fail, signal }) {
  try {
    return await subscribe({
      name: subscription,
      document: () => `subscription { ${subscription}${literals(of)} { eventId ${fields} } }`,
      next: (data) => (show(data[subscription]), data[subscription].eventId),
      state: (now) => state?.(now === 'open' ? 'stream' : 'waiting'),
      signal,
    });
  } catch (error) {
    // This server will not: ask instead. A page that shows nothing would help nobody.
    if (!(error instanceof Refusal)) throw error;
  }
  await every(
    interval,
    async () => {
      try {
        show(await ask(query, of, { signal }));
        state?.('polling');
      } catch (error) {
        if (signal.aborted) return;
        state?.('waiting');
        fail?.(/** @type {Error} */ (error));
      }
    },
    signal,
  );
}

/** Arguments as a document has them: strings, whatever scalar the schema makes of them. @param {Record<string, string | undefined>} values */
export function literals(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length ? `(${given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')})` : '';
}
