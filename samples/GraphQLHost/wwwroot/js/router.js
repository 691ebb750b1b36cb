// Which view the address names. Behind the #, so that the server serves one file and any part of the page can be bookmarked.

/**
 * What a view is given.
 * @typedef {object} ViewContext
 * @property {string[]} path What follows the view's name in the address, decoded.
 * @property {URLSearchParams} query
 * @property {AbortSignal} signal Aborted when the view is left: listeners, timers, streams and requests end with it.
 *
 * What a view gives.
 * @typedef {object} View
 * @property {string} title
 * @property {HTMLElement} element
 * @property {HTMLElement} [focus] Where typing begins; the heading when left out.
 *
 * @typedef {{ name: string, title: string, icon: any, group: 'work' | 'admin', allowed: () => boolean, open: (context: ViewContext) => View }} Route
 */

/** @returns {{ name: string, path: string[], query: URLSearchParams }} */
export function place() {
  const [address, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...path] = address.split('/').filter(Boolean).map(decoded);
  return { name: name ?? '', path, query: new URLSearchParams(query) };
}

/** @param {string} address Such as #/bills. */
export const go = (address) => (location.hash = address);

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A bookmark that somebody mended by hand.
  }
}
