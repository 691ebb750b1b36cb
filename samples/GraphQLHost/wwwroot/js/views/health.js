// How the host is, in charts of the last minutes. For admins.
import { readHealth } from '../api/health.js';
import { watch } from '../api/watch.js';
import { lineChart } from '../ui/chart.js';
import { fill, h } from '../ui/dom.js';
import { count, milliseconds, words } from '../ui/format.js';
import { failureNote, figure } from '../ui/parts.js';
import { every } from '../ui/time.js';

const totals = 'totals { bags parents children bills scans users }';
const good = new Set(['ready', 'healthy']);

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function healthView({ signal }) {
  const checks = h('ul', { class: 'checks', 'aria-label': 'Checks' });
  const source = h('p', { class: 'hint' });
  const failure = h('div', null);
  const sums = h('dl', { class: 'figures' });
  const charts = h('div', { class: 'charts' });
  const requests = lineChart({ title: 'Requests', unit: 'a second', lines: ['requests', 'failed'], write: (value) => value.toFixed(value < 10 ? 1 : 0) });
  const latency = lineChart({ title: 'Response time', unit: 'milliseconds', lines: ['p95', 'median'], write: milliseconds });
  /** @type {Map<string, ReturnType<typeof lineChart>>} Those that not every host can draw. */ const more = new Map();
  charts.append(requests.element, latency.element);
  void watch({ subscription: 'totalsChanged', fields: totals, query: `{ ${totals} }`, interval: 4000, show: ({ totals: now }) => fill(sums, Object.entries(now).map(([name, number]) => figure(words(name), count(/** @type {number} */ (number))))), signal });
  void every(2000, read, signal);
  return { title: 'Health', element: h('div', { class: 'stack' }, h('header', { class: 'head' }, h('h1', null, 'Health'), checks), failure, charts, source, sums) };

  async function read() {
    try {
      const health = await readHealth(signal);
      fill(failure);
      fill(checks, health.checks.map(({ name, status }) => h('li', null, h('span', { class: 'pill', data: { status: good.has(status) ? 'COMPLETED' : 'REFUSED' } }, `${name}: ${status}`))));
      fill(source, health.source);
      show(health);
    } catch (error) {
      if (signal.aborted) return;
      requests.add([null, null]);
      latency.add([null, null]);
      fill(failure, failureNote(/** @type {Error} */ (error)));
    }
  }

  /** @param {import('../api/health.js').Health} health */
  function show({ figures, cache, pool, host }) {
    requests.add([figures.requestsPerSecond, figures.errorsPerSecond]);
    latency.add([figures.p95Ms, figures.p50Ms]);
    if (cache.length) chart('cache', { title: 'Cache', unit: 'look-ups answered by it', lines: cache.map(({ tier }) => tier), write: (value) => `${(value * 100).toFixed(0)} %`, most: 1 }).add(cache.map(({ hitRatio }) => hitRatio));
    if (pool) chart('pool', { title: 'Database pool', unit: `connections, of ${pool.max}`, lines: ['in use', 'waiting'], write: (value) => value.toFixed(0), most: pool.max }).add([pool.inUse, pool.waiting]);
    if (host) {
      chart('memory', { title: 'Memory', unit: 'MiB', lines: ['working set'], write: (value) => value.toFixed(0) }).add([figures.memoryMb]);
      chart('feed', { title: 'Live feed', unit: 'open subscriptions', lines: ['subscriptions'], write: (value) => value.toFixed(0) }).add([figures.subscriptions]);
    }
  }

  /** @param {string} name @param {Parameters<typeof lineChart>[0]} how */
  function chart(name, how) {
    const known = more.get(name);
    if (known) return known;
    const made = lineChart(how);
    more.set(name, made);
    charts.append(made.element);
    return made;
  }
}
