// Keeps a view in step with the server: by a subscription where the schema has one, else by asking again and again.
import { every } from '../ui/time.js';
import { Refusal } from './failures.js';
import { features } from './features.js';
import { ask } from './graphql.js';
import { subscribe } from './stream.js';

/** @typedef {'stream' | 'polling' | 'waiting'} Way */

/**
 * @param {object} what
 * @param {string} what.subscription Its name in the schema.
 * @param {Record<string, any>} [what.variables] Both documents take them.
 * @param {string} what.fields What is asked of the thing, such as `bill { number }`.
 * @param {string} what.query The document that asks for the same once.
 * @param {number} what.interval Milliseconds, where the schema has no subscription.
 * @param {(data: any) => void} what.show Takes what the query gives, or what the subscription's event holds.
 * @param {(way: Way) => void} [what.state]
 * @param {(error: Error) => void} [what.fail]
 * @param {AbortSignal} what.signal
 */
export async function watch({ subscription, variables = {}, fields, query, interval, show, state, fail, signal }) {
  const types = features.subscription(subscription);
  if (types) {
    const names = Object.keys(variables);
    const head = names.length ? `(${names.map((name) => `$${name}: ${types[name]}`).join(', ')})` : '';
    const passed = names.length ? `(${names.map((name) => `${name}: $${name}`).join(', ')})` : '';
    try {
      return await subscribe({
        query: `subscription${head} { ${subscription}${passed} { eventId ${fields} } }`,
        variables,
        next: (data) => (show(data[subscription]), data[subscription].eventId),
        state: (now) => state?.(now === 'open' ? 'stream' : 'waiting'),
        signal,
      });
    } catch (error) {
      // This server will not: ask instead. A page that shows nothing would help nobody.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  await every(
    interval,
    async () => {
      try {
        show(await ask(query, variables, { signal }));
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
