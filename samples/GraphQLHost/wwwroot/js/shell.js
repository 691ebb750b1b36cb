// What stands around every view: navigation, who is logged in, whether the server answers, and the switches.
import { reachable } from './api/connection.js';
import { routes } from './routes.js';
import { waiting } from './scanning/outbox.js';
import { isOn } from './scanning/sound.js';
import { changePassword, logOut } from './session.js';
import { ask } from './ui/dialog.js';
import { fill, h } from './ui/dom.js';
import { counted, words } from './ui/format.js';
import { icon } from './ui/icons.js';
import { button, field } from './ui/parts.js';

/**
 * @param {import('./session.js').User} who
 * @param {AbortSignal} signal
 */
export function shell(who, signal) {
  const seen = routes.filter((route) => route.allowed());
  const content = h('main', { id: 'main', tabindex: '-1' });
  /** @param {string} group */
  const links = (group) =>
    seen.filter((route) => route.group === group).map((route) => h('li', null, h('a', { href: `#/${route.name}`, data: { route: route.name } }, icon(route.icon), h('span', null, route.title))));
  const admin = links('admin');
  const more = moreMenu(who, admin.map((item) => item.cloneNode(true)), signal);
  const side = h(
    'header',
    { class: 'side' },
    h('a', { class: 'brand', href: '#/scan' }, h('img', { src: 'icon.svg', alt: '', width: 30, height: 30 }), h('span', null, 'TraceTrack')),
    h(
      'nav',
      { 'aria-label': 'Main' },
      h('ul', { class: 'nav' }, links('work')),
      admin.length > 0 && h('p', { class: 'nav-title', id: 'nav-more' }, 'Warehouse'),
      admin.length > 0 && h('ul', { class: 'nav nav-admin', 'aria-labelledby': 'nav-more' }, admin),
    ),
    h('div', { class: 'side-end' }, connection(signal), more.opener),
  );
  return {
    elements: [h('a', { class: 'skip', href: '#main', on: { click: skip } }, 'Skip to the content'), side, content, more.panel],
    /** @param {import('./router.js').Route} route @param {import('./router.js').View} view */
    show(route, view) {
      for (const link of document.querySelectorAll('[data-route]')) {
        if (/** @type {HTMLElement} */ (link).dataset.route === route.name) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      fill(content, view.element);
    },
  };

  /** The address belongs to the router. @param {Event} event */
  function skip(event) {
    event.preventDefault();
    content.focus();
  }
}

/** @param {AbortSignal} signal */
function connection(signal) {
  const words = h('span', null);
  const chip = h('p', { class: 'connection', role: 'status' }, h('span', { class: 'dot', 'aria-hidden': 'true' }), words);
  const show = () => {
    const { mine, others } = waiting.value;
    chip.dataset.state = !reachable.value ? 'offline' : mine || others.length ? 'waiting' : 'online';
    const kept = mine ? `${counted(mine, 'scan')} kept` : '';
    const theirs = others.length ? `scans of ${others.join(', ')} wait for their log-in` : '';
    fill(words, [reachable.value ? (mine ? 'Sending' : 'Online') : 'Offline', kept, theirs].filter(Boolean).join(' · '));
  };
  reachable.listen(show, signal);
  waiting.watch(show, signal);
  return chip;
}

/**
 * @param {import('./session.js').User} who
 * @param {Node[]} admin Links that have no room on a phone.
 * @param {AbortSignal} signal
 */
function moreMenu(who, admin, signal) {
  const opener = h('button', { type: 'button', class: 'who', popovertarget: 'more' }, h('span', { class: 'who-mark', 'aria-hidden': 'true' }, who.userName.slice(0, 1).toUpperCase()), h('span', { class: 'who-name' }, who.userName, h('small', null, role(who))), h('span', { class: 'unseen' }, ': menu'));
  const panel = h(
    'div',
    { id: 'more', class: 'more', popover: 'auto', role: 'group', 'aria-label': 'Menu', on: { click: closeAfterLink } },
    h('p', { class: 'more-who' }, h('strong', null, who.userName), h('small', null, role(who))),
    admin.length > 0 && h('ul', { class: 'nav more-nav' }, admin),
    themeSwitch(),
    soundSwitch(signal),
    button('Change password', { kind: 'quiet', icon: 'key', press: askPassword }),
    button('Log out', { kind: 'quiet', icon: 'out', press: leave }),
  );
  return { opener, panel };

  /** @param {Event} event */
  function closeAfterLink(event) {
    if (/** @type {Element} */ (event.target).closest('a, .button')) panel.hidePopover();
  }
}

/** @param {import('./session.js').User} who */
const role = (who) => words(who.role) + (who.area ? ` · ${who.area}` : '');

function themeSwitch() {
  const theme = /** @type {any} */ (window).traceTrackTheme;
  const choice = (/** @type {string} */ value, /** @type {string} */ name, /** @type {any} */ drawn) =>
    h('label', null, h('input', { type: 'radio', name: 'theme', value, checked: theme.read() === value, on: { change: () => theme.choose(value) } }), h('span', null, icon(drawn), name));
  return h('fieldset', { class: 'segments' }, h('legend', { class: 'unseen' }, 'Colours'), choice('light', 'Light', 'sun'), choice('dark', 'Dark', 'moon'), choice('auto', 'Auto', 'auto'));
}

/** @param {AbortSignal} signal */
function soundSwitch(signal) {
  const toggle = h('button', { type: 'button', class: 'button quiet', on: { click: () => (isOn.value = !isOn.value) } });
  isOn.watch((on) => {
    toggle.setAttribute('aria-pressed', String(on));
    fill(toggle, icon(on ? 'sound' : 'silent'), h('span', null, on ? 'Sound is on' : 'Sound is off'));
  }, signal);
  // Its word and its state both say it; the closing click of the menu is not meant for it.
  toggle.addEventListener('click', (/** @type {Event} */ event) => event.stopPropagation());
  return toggle;
}

async function leave() {
  const { mine } = waiting.value;
  if (mine > 0) {
    const sure = await ask({
      title: 'Log out with scans unsent?',
      text: `${counted(mine, 'scan')} of yours could not be sent yet. This device keeps them, and sends them when you log in here again.`,
      action: 'Log out',
      send: async () => true,
    });
    if (!sure) return;
  }
  await logOut();
}

async function askPassword() {
  const secret = (/** @type {string} */ name, /** @type {string} */ purpose) => h('input', { type: 'password', name, required: true, autocomplete: purpose, minlength: name === 'next' ? 8 : null, maxlength: 128 });
  await ask({
    title: 'Change your password',
    text: 'It logs you out on every device.',
    fields: [field('Present password', secret('present', 'current-password')), field('New password', secret('next', 'new-password'), '8–128 characters.')],
    action: 'Change it',
    send: (data) => changePassword(String(data.get('present')), String(data.get('next'))),
  });
}
