// Puts the page together: who is logged in decides between the log-in and the shell, the address which view stands in it.
import { place, go } from './router.js';
import { routes } from './routes.js';
import { user } from './session.js';
import { shell } from './shell.js';
import { regions } from './ui/announce.js';
import { h } from './ui/dom.js';
import { toasts } from './ui/toast.js';
import { loginView } from './views/login.js';

const app = h('div', { class: 'app' });
document.body.append(app, toasts, ...regions);

/** @type {AbortController} */ let view = new AbortController();
/** @type {ReturnType<typeof shell> | null} */ let frame = null;
/** @type {AbortController} */ let visit = new AbortController();

user.watch((who) => {
  visit.abort();
  visit = new AbortController();
  frame = who ? shell(who, visit.signal) : null;
  app.replaceChildren(...(frame ? frame.elements : []));
  show();
});
window.addEventListener('hashchange', show);

function show() {
  view.abort();
  view = new AbortController();
  document.querySelectorAll('dialog[open]').forEach((dialog) => /** @type {HTMLDialogElement} */ (dialog).close());
  if (!frame) {
    const login = loginView();
    app.replaceChildren(login.element);
    settle(login);
    return;
  }
  const { name, path, query } = place();
  const route = routes.find((known) => known.name === name && known.allowed());
  if (!route) return go('#/scan');
  const opened = route.open({ path, query, signal: view.signal });
  frame.show(route, opened);
  settle(opened);
}

/** @param {import('./router.js').View} opened */
function settle({ title, element, focus }) {
  document.title = `${title} · TraceTrack`;
  const heading = /** @type {HTMLElement | null} */ (element.querySelector('h1'));
  heading?.setAttribute('tabindex', '-1');
  (focus ?? heading)?.focus({ preventScroll: !focus });
  window.scrollTo(0, 0);
}
