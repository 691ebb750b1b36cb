// Any query, and the schema beside it. For admins.
import { ask, send } from '../api/graphql.js';
import { announce } from '../ui/announce.js';
import { fill, h } from '../ui/dom.js';
import { milliseconds } from '../ui/format.js';
import { button, failureNote, field } from '../ui/parts.js';

const first = `{
  totals { bags parents children }
  bags(first: 3, filter: { kind: PARENT }) {
    nodes { qr status area childCount }
  }
}
`;
const type = 'name kind ofType { name kind ofType { name kind ofType { name kind } } }';
const schemaDocument = `{
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      name kind description
      fields { name description args { name description type { ${type} } } type { ${type} } }
      inputFields { name description type { ${type} } }
      enumValues { name description }
    }
  }
}`;
/** What was written stays while the page is open. */
let written = first;
let given = '';

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function queryView({ signal }) {
  const editor = h('textarea', { class: 'code editor', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'none', rows: 16, value: written, on: { keydown: keys, input: () => (written = editor.value) } });
  const variables = h('textarea', { class: 'code', spellcheck: 'false', rows: 3, value: given, placeholder: '{ "qr": "SB0000001" }', on: { keydown: keys, input: () => (given = variables.value) } });
  const speed = h('p', { class: 'hint' });
  const result = h('pre', { class: 'result', tabindex: '0', role: 'region', 'aria-label': 'Answer' });
  const schema = h('div', { class: 'schema-list' });
  const filter = h('input', { type: 'search', 'aria-label': 'Find in the schema', placeholder: 'Find in the schema', on: { input: () => narrow() } });
  void showSchema();
  return {
    title: 'Query',
    focus: editor,
    element: h(
      'div',
      { class: 'stack' },
      h('header', { class: 'head' }, h('h1', null, 'Query'), h('div', { class: 'actions' }, h('span', { class: 'hint keys' }, h('kbd', null, 'Ctrl'), '+', h('kbd', null, 'Enter')), button('Run', { kind: 'main', press: () => void run() }))),
      h('div', { class: 'query' }, h('div', { class: 'stack' }, field('Document', editor), field('Variables', variables)), h('div', { class: 'stack' }, speed, result), h('section', { class: 'card schema', 'aria-label': 'Schema' }, filter, schema)),
    ),
  };

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  }

  async function run() {
    try {
      const values = variables.value.trim() ? JSON.parse(variables.value) : undefined;
      const { body, milliseconds: took } = await send(editor.value, values, { signal });
      fill(speed, body.errors ? 'Refused' : 'Answered', ' in ', h('strong', null, milliseconds(took)), ', there and back');
      fill(result, JSON.stringify(body, null, 2));
      announce(body.errors ? `Refused: ${body.errors[0].message}` : `Answered in ${milliseconds(took)}`);
    } catch (error) {
      if (signal.aborted) return;
      const text = error instanceof SyntaxError ? `The variables are no JSON: ${error.message}` : /** @type {Error} */ (error).message;
      fill(speed);
      fill(result, text);
      announce(text, { urgent: true });
    }
  }

  async function showSchema() {
    try {
      const { __schema: known } = await ask(schemaDocument, {}, { signal });
      const roots = [known.queryType, known.mutationType, known.subscriptionType].filter(Boolean).map((root) => root.name);
      const types = known.types.filter((/** @type {any} */ one) => !one.name.startsWith('__'));
      const place = (/** @type {any} */ one) => (roots.includes(one.name) ? roots.indexOf(one.name) : 9);
      types.sort((/** @type {any} */ a, /** @type {any} */ b) => place(a) - place(b) || a.name.localeCompare(b.name));
      fill(schema, types.map(typeEntry));
      schema.querySelector('details')?.setAttribute('open', '');
    } catch (error) {
      if (!signal.aborted) fill(schema, failureNote(/** @type {Error} */ (error)));
    }
  }

  function narrow() {
    const text = filter.value.trim().toLowerCase();
    for (const entry of schema.querySelectorAll('details')) {
      const isHit = entry.textContent.toLowerCase().includes(text);
      entry.hidden = !isHit;
      entry.open = text.length > 1 && isHit;
      for (const member of entry.querySelectorAll('li')) member.hidden = text.length > 1 && !entry.dataset.name?.includes(text) && !member.textContent?.toLowerCase().includes(text);
    }
  }
}

/** @param {any} one */
function typeEntry(one) {
  const members = one.fields ?? one.inputFields ?? one.enumValues ?? [];
  return h('details', { data: { name: one.name.toLowerCase() } }, h('summary', null, h('code', null, one.name), ' ', h('small', { class: 'muted' }, one.kind.toLowerCase().replace('_', ' '))), one.description && h('p', { class: 'hint' }, one.description), h('ul', null, members.map(member)));
}

/** @param {any} one */
const member = (one) =>
  h('li', null, h('code', null, one.name, one.args?.length > 0 && `(${one.args.map((/** @type {any} */ argument) => `${argument.name}: ${typeText(argument.type)}`).join(', ')})`, one.type && h('span', { class: 'muted' }, `: ${typeText(one.type)}`)), one.description && h('p', { class: 'hint' }, one.description));

/** @param {any} one @returns {string} */
function typeText(one) {
  if (one.kind === 'NON_NULL') return `${typeText(one.ofType)}!`;
  return one.kind === 'LIST' ? `[${typeText(one.ofType)}]` : one.name;
}
