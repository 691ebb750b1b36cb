// The GraphQL client: the same endpoint every other client uses.
import { answered, lost } from './connection.js';
import { Refusal, Unreachable } from './failures.js';

export const endpoint = '/graphql';

/** @type {string | null} In memory only: closing or reloading the page logs out. */
let token = null;
/** @type {() => void} */
let ended = () => {};

/** @param {string | null} value */
export const useToken = (value) => (token = value);

/** @param {() => void} listener Called when the server no longer knows the session. */
export const whenEnded = (listener) => (ended = listener);

/** @returns {Record<string, string>} */
export const authorization = () => (token ? { Authorization: `Bearer ${token}` } : {});

/** Tells the page that its session is over, unless it has none. */
export function sessionEnded() {
  if (token) ended();
}

/**
 * Asks, and gives what came back with the time it took.
 * @param {string} query
 * @param {Record<string, any>} [variables]
 * @param {{ signal?: AbortSignal, patience?: number }} [how] `patience`: milliseconds until nobody is taken to be there.
 * @returns {Promise<{ body: { data?: any, errors?: any[] }, milliseconds: number }>}
 */
export async function send(query, variables, how = {}) {
  const started = performance.now();
  const patience = AbortSignal.timeout(how.patience ?? 35_000);
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      // With this type an error of the document has the status 200 too, and is read like any other.
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...authorization() },
      body: JSON.stringify({ query, variables }),
      signal: how.signal ? AbortSignal.any([how.signal, patience]) : patience,
      cache: 'no-store',
      credentials: 'omit',
    });
    const body = await bodyOf(response);
    const milliseconds = performance.now() - started;
    answered(milliseconds);
    return { body, milliseconds };
  } catch (error) {
    if (how.signal?.aborted || error instanceof Refusal) throw error;
    lost();
    throw new Unreachable();
  }
}

/**
 * Asks, and takes no errors for an answer.
 * @param {string} query
 * @param {Record<string, any>} [variables]
 * @param {{ signal?: AbortSignal, patience?: number }} [how]
 * @returns {Promise<any>}
 */
export async function ask(query, variables, how) {
  const { body } = await send(query, variables, how);
  if (body.errors?.length) throw refusalOf(body.errors[0]);
  return body.data;
}

/** @param {{ message: string, extensions?: { code?: string, item?: number } }} error */
export function refusalOf(error) {
  const code = error.extensions?.code ?? 'INTERNAL';
  if (code === 'UNAUTHENTICATED') sessionEnded();
  return new Refusal(error.message, code, { item: error.extensions?.item });
}

/** @param {Response} response */
async function bodyOf(response) {
  const type = response.headers.get('Content-Type') ?? '';
  // Something between the page and the server answered, such as a proxy whose server is away.
  if (!type.includes('json')) throw new Unreachable();
  const body = await response.json();
  if (response.ok) return body;
  const error = body.errors?.[0];
  throw new Refusal(error?.message ?? `The server answered ${response.status}.`, error?.extensions?.code ?? 'INTERNAL', { status: response.status });
}
