import { farewell, logIn } from '../session.js';
import { announce } from '../ui/announce.js';
import { fill, h } from '../ui/dom.js';
import { button, field } from '../ui/parts.js';

/** @returns {import('../router.js').View} */
export function loginView() {
  const name = h('input', { name: 'userName', required: true, autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', maxlength: 64 });
  const password = h('input', { name: 'password', type: 'password', required: true, autocomplete: 'current-password', maxlength: 128 });
  const go = button('Log in', { type: 'submit', kind: 'main' });
  const note = h('p', { class: 'note bad', hidden: true });
  const element = h(
    'main',
    { class: 'login' },
    h('div', { class: 'login-card' }, h('img', { src: 'icon.svg', alt: '', width: 56, height: 56 }), h('h1', null, 'TraceTrack'), h('p', { class: 'muted' }, 'Every bag, every parent, every bill.'), farewell && h('p', { class: 'note', role: 'status' }, farewell), h('form', { on: { submit } }, field('User name', name), field('Password', password), note, go)),
  );
  return { title: 'Log in', element, focus: name };

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    go.disabled = true;
    try {
      await logIn(name.value, password.value);
    } catch (error) {
      const words = /** @type {Error} */ (error).message;
      fill(note, words);
      note.hidden = false;
      announce(words, { urgent: true });
      password.select();
      password.focus();
    } finally {
      go.disabled = false;
    }
  }
}
