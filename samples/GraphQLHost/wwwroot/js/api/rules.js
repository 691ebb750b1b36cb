// The warehouse's rules as far as the page needs them before it asks the server: offline too.
import { Refusal } from './failures.js';
import { ask } from './graphql.js';

/** Until the server says otherwise, what a warehouse has without any settings. */
export const rules = { parentCapacity: 30, parentPattern: /^SB[0-9]+$/ };

export async function readRules() {
  try {
    const { rules: known } = await ask('{ rules { parentCapacity parentPattern } }');
    rules.parentCapacity = known.parentCapacity;
    rules.parentPattern = new RegExp(known.parentPattern);
  } catch (error) {
    if (!(error instanceof Refusal && error.isUnknownField)) throw error;
    // A full parent tells how much a parent holds.
    const { bags } = await ask('{ bags(first: 1, filter: { kind: PARENT, status: COMPLETED }) { nodes { childCount } } }');
    if (bags.nodes.length) learnCapacity(bags.nodes[0].childCount);
  }
}

/** @param {number} capacity */
export function learnCapacity(capacity) {
  if (capacity > 0) rules.parentCapacity = capacity;
}

/** The form under which a code is kept; the server does the same. @param {string} text */
export const normalise = (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, '').trim().toUpperCase();

/** @param {string} code In normal form. */
export const isCode = (code) => /^[A-Z0-9\-_.:/]{3,64}$/.test(code);

/** @param {string} code In normal form. */
export const isParent = (code) => rules.parentPattern.test(code);
