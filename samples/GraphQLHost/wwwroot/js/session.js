// Who is logged in. The token lives in this page's memory and nowhere else.
import { ask, sessionEnded, useToken, whenEnded } from './api/graphql.js';
import { readRules } from './api/rules.js';
import { Observable } from './ui/observable.js';

/**
 * @typedef {{ id: string, userName: string, role: 'ADMIN' | 'BILLER' | 'DISPATCHER', area: string | null }} User
 */

/** @type {Observable<User | null>} */
export const user = new Observable(/** @type {User | null} */ (null));

/** Why the log-in is shown, when it was not the user's wish. */
export let farewell = '';

whenEnded(() => leave('Your session has ended. Log in again; nothing that you scanned is lost.'));

/**
 * @param {string} userName
 * @param {string} password
 */
export async function logIn(userName, password) {
  const { login } = await ask('mutation($name: String!, $password: String!) { login(userName: $name, password: $password) { token user { id userName role area } } }', {
    name: userName,
    password,
  });
  useToken(login.token);
  await readRules();
  farewell = '';
  user.value = login.user;
}

export async function logOut() {
  try {
    await ask('mutation { logout { loggedOut } }', {}, { patience: 4000 });
  } catch {
    // It ends by itself, an hour after its last use.
  }
  leave('');
}

/** @param {string} currentPassword @param {string} newPassword */
export async function changePassword(currentPassword, newPassword) {
  await ask('mutation($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }', { input: { currentPassword, newPassword } });
  leave('Your password is changed. Log in with the new one.');
}

export const isAdmin = () => user.value?.role === 'ADMIN';
export const isBiller = () => user.value?.role === 'BILLER' || isAdmin();

/** @param {string} words */
function leave(words) {
  useToken(null);
  farewell = words;
  user.value = null;
}

export { sessionEnded };
