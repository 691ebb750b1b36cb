// What a scan is for. The scanner only knows codes; the mode says what becomes of them.

/**
 * @typedef {object} Mode
 * @property {string} name
 * @property {'LINK' | 'LOAD' | 'RELINK' | 'UNLINK' | 'UNLOAD' | 'OBSERVE'} action
 * @property {'parent' | 'bill' | null} into What has to be opened first, by scanning it.
 * @property {string} first What to scan first.
 * @property {string} then What to scan when that is open.
 */

/** @type {Record<string, Mode>} */
export const modes = {
  fill: { name: 'Fill', action: 'LINK', into: 'parent', first: 'Scan a parent', then: 'Scan a child' },
  load: { name: 'Load', action: 'LOAD', into: 'bill', first: 'Scan or type a bill', then: 'Scan a parent' },
  move: { name: 'Move', action: 'RELINK', into: 'parent', first: 'Scan the new parent', then: 'Scan a child' },
  out: { name: 'Take out', action: 'UNLINK', into: null, first: 'Scan a child', then: '' },
  look: { name: 'Look', action: 'OBSERVE', into: null, first: 'Scan any bag', then: '' },
};

/** Those of a user: dispatchers load nothing. @param {boolean} isBiller */
export const modesFor = (isBiller) => Object.entries(modes).filter(([, mode]) => isBiller || mode.into !== 'bill');
