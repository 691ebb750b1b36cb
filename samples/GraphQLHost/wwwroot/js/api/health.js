// How the host is. The one place that knows where the figures come from: the field `hostHealth` where the schema has it, else what any client can see.
import { answers } from './connection.js';
import { Refusal } from './failures.js';
import { ask } from './graphql.js';

/**
 * @typedef {object} Health
 * @property {string} source Where the figures come from, in words.
 * @property {{ name: string, status: string }[]} checks
 * @property {Record<string, number | null>} figures Those of this moment: requestsPerSecond, p50Ms, p95Ms, … Null where nothing is known.
 * @property {{ tier: string, hitRatio: number | null }[]} cache
 * @property {{ inUse: number, idle: number, max: number, waiting: number } | null} pool
 * @property {{ node: string, uptimeSeconds: number } | null} host
 */

const document = `{
  hostHealth {
    node uptimeSeconds requestsPerSecond errorsPerSecond p50Ms p95Ms p99Ms memoryMb subscriptions feedLagMs
    cache { tier hits misses hitRatio }
    pool { inUse idle max waiting }
  }
}`;

/** @param {AbortSignal} signal @returns {Promise<Health>} */
export async function readHealth(signal) {
  const [checks, figures] = await Promise.all([readChecks(signal), readFigures(signal)]);
  return { ...figures, checks };
}

let hasFigures = true;

/** @param {AbortSignal} signal */
async function readFigures(signal) {
  if (!hasFigures) return fromHere(signal);
  try {
    return await fromHost(signal);
  } catch (error) {
    if (!(error instanceof Refusal && error.isUnknownField)) throw error;
    hasFigures = false;
    return fromHere(signal);
  }
}

/** @param {AbortSignal} signal */
async function fromHost(signal) {
  const { hostHealth: health } = await ask(document, {}, { signal });
  const { requestsPerSecond, errorsPerSecond, p50Ms, p95Ms, p99Ms, memoryMb, subscriptions, feedLagMs, cache, pool, node, uptimeSeconds } = health;
  return { source: `Measured by ${node} over the last seconds.`, figures: { requestsPerSecond, errorsPerSecond, p50Ms, p95Ms, p99Ms, memoryMb, subscriptions, feedLagMs }, cache, pool, host: { node, uptimeSeconds } };
}

/** @param {AbortSignal} signal */
async function fromHere(signal) {
  await ask('{ totals { bags } }', {}, { signal });
  const recent = answers.filter((answer) => performance.now() - answer.at < 10_000).map((answer) => answer.milliseconds);
  const sorted = recent.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => (sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : null);
  return { source: 'This server tells no figures of its own: these are of this page’s own requests, there and back.', figures: { requestsPerSecond: recent.length / 10, p50Ms: at(0.5), p95Ms: at(0.95) }, cache: [], pool: null, host: null };
}

/** @param {AbortSignal} signal */
async function readChecks(signal) {
  const response = await fetch('/health/ready', { signal, cache: 'no-store' });
  const { status, checks } = await response.json();
  return [{ name: 'host', status }, ...checks];
}
