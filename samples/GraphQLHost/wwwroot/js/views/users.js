// Who works here, and what each may do. For admins.
import { ask as query } from '../api/graphql.js';
import { user as me } from '../session.js';
import { ask } from '../ui/dialog.js';
import { fill, h } from '../ui/dom.js';
import { words } from '../ui/format.js';
import { button, failureNote, field, select, table, time } from '../ui/parts.js';
import { toast } from '../ui/toast.js';

const document = 'query($role: UserRole, $after: String) { users(first: 50, role: $role, after: $after) { nodes { id userName role area isDisabled createdAt } pageInfo { endCursor hasNextPage } } }';
const roles = { DISPATCHER: 'Dispatcher', BILLER: 'Biller', ADMIN: 'Admin' };
const columns = ['Name', 'Role', { name: 'Area', class: 'wide' }, { name: 'Created', class: 'wide' }, { name: 'Change', class: 'number', hidden: true }];

/**
 * @param {import('../router.js').ViewContext} context
 * @returns {import('../router.js').View}
 */
export function usersView({ signal }) {
  const list = h('div', { class: 'stack' });
  const role = select({ '': 'Every role', ...roles }, { 'aria-label': 'Role', on: { change: () => ((pages = [undefined]), void load()) } });
  /** @type {(string | undefined)[]} */ let pages = [undefined];
  void load();
  return { title: 'Users', element: h('div', { class: 'stack' }, h('header', { class: 'head' }, h('h1', null, 'Users'), h('div', { class: 'actions' }, role, button('New user', { icon: 'plus', kind: 'main', press: create }))), list) };

  async function load() {
    try {
      const answers = await Promise.all(pages.map((after) => query(document, { role: role.value || undefined, after }, { signal })));
      const { hasNextPage, endCursor } = answers[answers.length - 1].users.pageInfo;
      fill(
        list,
        table('Users', columns, h('tbody', null, answers.flatMap((answer) => answer.users.nodes).map(row))),
        hasNextPage && button('More', { press: () => (pages.push(endCursor), void load()) }),
      );
    } catch (error) {
      if (!signal.aborted) fill(list, failureNote(/** @type {Error} */ (error)));
    }
  }

  /** @param {any} user */
  function row(user) {
    return h(
      'tr',
      null,
      h('td', null, h('strong', null, user.userName), user.id === me.value?.id && h('span', { class: 'muted' }, ' you'), user.isDisabled && [' ', h('span', { class: 'pill', data: { status: 'DISABLED' } }, 'Disabled')]),
      h('td', null, words(user.role), user.area && h('small', { class: 'muted narrow' }, user.area)),
      h('td', { class: 'wide' }, user.area ?? '—'),
      h('td', { class: 'wide' }, time(user.createdAt)),
      h('td', { class: 'number pair' }, button('Change', { class: 'button small', 'aria-label': `Change ${user.userName}`, press: () => change(user) }), ' ', button('Password', { class: 'button small quiet', 'aria-label': `Set the password of ${user.userName}`, press: () => password(user) })),
    );
  }

  async function create() {
    const made = await ask({
      title: 'New user',
      fields: [nameField(), passwordField('Password'), roleField('DISPATCHER'), areaField('')],
      action: 'Create',
      send: async (data) => (await query('mutation($input: CreateUserInput!) { createUser(input: $input) { user { userName } } }', { input: { userName: data.get('userName'), password: data.get('password'), role: data.get('role'), area: data.get('area') || null } })).createUser.user,
    });
    if (!made) return;
    toast(`${made.userName} can log in now.`);
    await load();
  }

  /** @param {any} user */
  async function change(user) {
    const changed = await ask({
      title: `Change ${user.userName}`,
      text: 'A change ends all the user’s sessions.',
      fields: [roleField(user.role), areaField(user.area ?? ''), h('label', { class: 'toggle' }, h('input', { type: 'checkbox', name: 'isDisabled', checked: user.isDisabled }), 'Disabled: cannot log in')],
      action: 'Change',
      send: async (data) => (await query('mutation($input: ChangeUserInput!) { changeUser(input: $input) { user { userName } } }', { input: { id: user.id, role: data.get('role'), area: data.get('area') || null, isDisabled: data.has('isDisabled') } })).changeUser.user,
    });
    if (!changed) return;
    toast(`${changed.userName} is changed.`);
    await load();
  }

  /** @param {any} user */
  async function password(user) {
    const set = await ask({
      title: `Password of ${user.userName}`,
      text: 'It ends all the user’s sessions.',
      fields: [passwordField('New password')],
      action: 'Set it',
      send: (data) => query('mutation($input: SetPasswordInput!) { setPassword(input: $input) { user { id } } }', { input: { id: user.id, password: data.get('password') } }),
    });
    if (set) toast(`${user.userName} has a new password.`);
  }
}

const nameField = () => field('User name', h('input', { name: 'userName', required: true, maxlength: 64, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' }));
const passwordField = (/** @type {string} */ label) => field(label, h('input', { name: 'password', type: 'password', required: true, minlength: 8, maxlength: 128, autocomplete: 'new-password' }), '8–128 characters.');
const roleField = (/** @type {string} */ role) => field('Role', select(roles, { name: 'role' }, role));
const areaField = (/** @type {string} */ area) => field('Area', h('input', { name: 'area', value: area, maxlength: 32, autocomplete: 'off', autocapitalize: 'characters' }), 'A dispatcher without an area may do nothing.');
