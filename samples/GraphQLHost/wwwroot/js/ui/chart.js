// A small line chart that moves: the last minutes of one figure, or of a few.
import { fill, h, svg } from './dom.js';

const width = 300;
const height = 96;
const kept = 90;

/**
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.unit
 * @param {string[]} chart.lines Names of the lines, the first one the loudest.
 * @param {(value: number) => string} chart.write
 * @param {number} [chart.most] The top of the chart; grows with the figures when left out.
 */
export function lineChart({ title, unit, lines, write, most }) {
  /** @type {(number | null)[][]} */ const rows = lines.map(() => []);
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const now = h('p', { class: 'chart-now' });
  const top = h('span', { class: 'chart-top', 'aria-hidden': 'true' });
  const element = h('figure', { class: 'card chart', role: 'group', 'aria-label': title }, h('figcaption', null, h('h2', null, title), h('span', { class: 'hint' }, unit)), now, h('div', { class: 'chart-frame' }, drawing, top));
  return { element, add };

  /** @param {(number | null | undefined)[]} values One for each line; null where nothing is known, which is a gap. */
  function add(values) {
    rows.forEach((row, i) => {
      row.push(values[i] ?? null);
      if (row.length > kept) row.shift();
    });
    fill(now, lines.map((name, i) => h('span', { class: `chart-figure line-${i}` }, h('strong', null, values[i] === null || values[i] === undefined ? '—' : write(/** @type {number} */ (values[i]))), ' ', h('small', null, name))));
    const highest = most ?? (Math.max(...rows.flat().map((value) => value ?? 0)) * 1.15 || 1);
    fill(top, write(highest));
    drawing.replaceChildren(...[0.25, 0.5, 0.75].map((y) => svg('line', { class: 'chart-grid', x1: 0, x2: width, y1: height * y, y2: height * y })), ...rows.flatMap((row, i) => draw(row, highest, i)).reverse());
  }
}

/** @param {(number | null)[]} row @param {number} highest @param {number} line */
function draw(row, highest, line) {
  const place = (/** @type {number} */ value, /** @type {number} */ i) => `${(((kept - row.length + i) / (kept - 1)) * width).toFixed(1)} ${(height - 2 - (Math.min(value, highest) / highest) * (height - 6)).toFixed(1)}`;
  let path = '';
  let isOpen = false;
  row.forEach((value, i) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    path += `${isOpen ? 'L' : 'M'}${place(value, i)}`;
    isOpen = true;
  });
  return path ? [svg('path', { class: `chart-line line-${line}`, d: row.length === 1 ? `${path}h2` : path, 'vector-effect': 'non-scaling-stroke' })] : [];
}
