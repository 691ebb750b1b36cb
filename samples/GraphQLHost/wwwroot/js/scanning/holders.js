// What is being filled: a parent, or a bill. As the server knows it, and before the server has answered as far as the device knows.
import { ask } from '../api/graphql.js';

/**
 * @typedef {object} Holder
 * @property {'parent' | 'bill'} kind
 * @property {string} code
 * @property {boolean} known False until the server has told.
 * @property {boolean} isNew True when the server knows no such parent: the first child registers it.
 * @property {number} version
 * @property {string} [status]
 * @property {string | null} [area]
 * @property {string | null} [bill] The bill a parent is on.
 * @property {string[]} contents Codes of what is in it, in the order they came to this screen.
 * @property {any} [figures] Of a bill: capacity and weights.
 */

export const parentFields = 'qr kind status area version childCount contentWeightKg bill { number } children { qr }';
export const billFields = 'number status capacity parentCount actualWeightKg expectedWeightKg varianceKg version';

/** @param {'parent' | 'bill'} kind @param {string} code @returns {Holder} */
export const unknownHolder = (kind, code) => ({ kind, code, known: false, isNew: false, version: -1, contents: [] });

/**
 * @param {Holder} holder
 * @param {AbortSignal} signal
 * @returns {Promise<Holder>} What the server knows; throws when it does not answer.
 */
export async function look(holder, signal) {
  if (holder.kind === 'parent') {
    const { bag } = await ask(`query($code: String!) { bag(qr: $code) { ${parentFields} } }`, { code: holder.code }, { signal, patience: 8000 });
    return bag ? withParent(holder, bag) : { ...holder, known: true, isNew: true };
  }
  const { bill } = await ask(`query($code: String!) { bill(number: $code) { ${billFields} parents { qr } } }`, { code: holder.code }, { signal, patience: 8000 });
  return bill ? withBill(holder, bill) : { ...holder, known: true, isNew: true };
}

/** @param {Holder} holder @param {any} bag @returns {Holder} */
export function withParent(holder, bag) {
  if (bag.version < holder.version) return holder;
  const codes = (bag.children ?? []).map((/** @type {any} */ child) => child.qr);
  return {
    ...holder,
    known: true,
    isNew: false,
    version: bag.version,
    status: bag.status,
    area: bag.area ?? holder.area,
    bill: bag.bill?.number ?? null,
    contents: inPlace(holder.contents, codes),
  };
}

/** @param {Holder} holder @param {any} bill @param {string} [loaded] @returns {Holder} */
export function withBill(holder, bill, loaded) {
  if (bill.version < holder.version) return holder;
  const codes = bill.parents?.map((/** @type {any} */ parent) => parent.qr) ?? (loaded ? [...holder.contents.filter((code) => code !== loaded), loaded] : holder.contents);
  return { ...holder, known: true, isNew: false, version: bill.version, status: bill.status, figures: bill, contents: inPlace(holder.contents, codes) };
}

/** Nothing on the screen moves when one is added. @param {string[]} before @param {string[]} now */
const inPlace = (before, now) => [...before.filter((code) => now.includes(code)), ...now.filter((code) => !before.includes(code))];
