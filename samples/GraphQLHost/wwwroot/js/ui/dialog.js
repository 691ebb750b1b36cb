// Questions and forms in front of the page: the browser's own dialog, which keeps the focus and gives it back.
import { fill, h } from './dom.js';
import { button } from './parts.js';

/**
 * Shows a form until it is sent without a failure, or given up.
 * @template T
 * @param {{ title: string, text?: string, fields?: HTMLElement[], action: string, danger?: boolean, send: (data: FormData) => Promise<T> }} question
 * @returns {Promise<T | undefined>} What `send` gave; undefined when it was given up.
 */
export function ask({ title, text, fields = [], action, danger, send }) {
  return new Promise((resolve) => {
    /** @type {T | undefined} */ let answer;
    const failure = h('p', { class: 'note bad', role: 'alert', hidden: true });
    const go = button(action, { type: 'submit', kind: danger ? 'danger' : 'main' });
    const dialog = h(
      'dialog',
      { 'aria-labelledby': 'dialog-title' },
      h(
        'form',
        { on: { submit } },
        h('h2', { id: 'dialog-title' }, title),
        text && h('p', null, text),
        fields,
        failure,
        h('div', { class: 'actions end' }, button('Cancel', { kind: 'quiet', press: () => dialog.close() }), go),
      ),
    );
    dialog.addEventListener('close', () => (dialog.remove(), resolve(answer)));
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('input, select')?.focus();

    /** @param {SubmitEvent} event */
    async function submit(event) {
      event.preventDefault();
      go.disabled = true;
      try {
        answer = await send(new FormData(/** @type {HTMLFormElement} */ (event.target)));
        dialog.close();
      } catch (error) {
        fill(failure, /** @type {Error} */ (error).message);
        failure.hidden = false;
      } finally {
        go.disabled = false;
      }
    }
  });
}
