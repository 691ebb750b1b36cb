// What this server's schema has of what is not in every version: asked once for each log-in.
import { ask } from './graphql.js';

/**
 * @typedef {object} Features
 * @property {(name: string) => boolean} query Whether the schema has this field of Query.
 * @property {(name: string) => Record<string, string> | null} subscription The types of the arguments of a subscription; null when there is none.
 */

const document = `{
  __schema {
    queryType { fields { name } }
    subscriptionType { fields { name args { name type { name ofType { name } } } } }
  }
}`;

/** @type {Features} */
export let features = { query: () => false, subscription: () => null };

export async function readFeatures() {
  const { __schema: schema } = await ask(document);
  const queries = new Set(schema.queryType.fields.map((/** @type {any} */ field) => field.name));
  const subscriptions = new Map(
    (schema.subscriptionType?.fields ?? []).map((/** @type {any} */ field) => [
      field.name,
      Object.fromEntries(field.args.map((/** @type {any} */ argument) => [argument.name, argument.type.name ?? `${argument.type.ofType.name}!`])),
    ]),
  );
  features = { query: (name) => queries.has(name), subscription: (name) => subscriptions.get(name) ?? null };
}
