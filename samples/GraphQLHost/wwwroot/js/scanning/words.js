// What an outcome means to whoever holds the scanner.

/**
 * @typedef {import('./sound.js').Tone} Tone
 * @typedef {{ tone: Tone, title: string, text: string }} Verdict
 */

/** The scan changed nothing because all is as it should be. */
const duplicates = new Set(['ALREADY_LINKED_HERE', 'ALREADY_ON_BILL']);

/** @type {Record<string, (fact: string, scan: any) => [title: string, text: string]>} */
const refusals = {
  UNKNOWN_BAG: (fact) => ['Unknown bag', `${fact} is not registered. Scan again; the code may be misread.`],
  NOT_A_PARENT: (fact) => ['Not a parent', `${fact} is a child. Scan the parent's code.`],
  NOT_A_CHILD: (fact) => ['Not a child', `${fact} is a parent. Scan a child's code.`],
  PARENT_FULL: (fact, scan) => ['Parent is full', `${scan.parentQr} holds ${fact.replace('/', ' of ')}. Take another parent.`],
  ALREADY_LINKED_HERE: (_, scan) => ['Already in', `${scan.qr} is in ${scan.parentQr}. Nothing to do.`],
  LINKED_ELSEWHERE: (fact, scan) => ['In another parent', fact ? `${scan.qr} is in ${fact}. Move it here if it lies before you.` : `${scan.qr} is in a parent of another area.`],
  PARENT_BILLED: (fact) => ['Parent is closed', `It is on bill ${fact}. Have a biller unload it first, or take another.`],
  ALREADY_ON_BILL: (fact, scan) => ['Already on a bill', `${scan.qr} is on ${fact}.`],
  BILL_FULL: (fact, scan) => ['Bill is full', `${scan.billNumber} holds ${fact.replace('/', ' of ')}. Take another bill, or raise its capacity.`],
  BILL_COMPLETED: (fact) => ['Bill is locked', `${fact} is completed. Take another bill.`],
  NOT_ON_BILL: (_, scan) => ['Not on the bill', `${scan.qr} is not on it. Nothing to do.`],
  NOT_LINKED: (_, scan) => ['Bag is loose', `${scan.qr} is in no parent.`],
  OUT_OF_AREA: () => ['Another area', 'Leave this bag to its own area.'],
  NOT_ALLOWED: () => ['Not allowed', 'Your role does not do this. Ask a biller or an admin.'],
  NOTHING_TO_UNDO: () => ['Nothing to undo', 'Every scan of yours is undone already, or was refused.'],
  UNDO_WINDOW_PASSED: () => ['Too late to undo', 'Scan the opposite instead.'],
  SCAN_ID_REUSED: () => ['Scan again', 'This device used an id twice. Report it if this happens again.'],
  REPLAY_EXPIRED: () => ['Too old', 'Check what became of the bag and this device\'s clock, then scan again.'],
  UNKNOWN_BILL: (fact) => ['Unknown bill', `There is no bill ${fact}.`],
};

/** @type {Record<string, (scan: any) => string>} */
const done = {
  OBSERVE: (scan) => `${scan.qr} is here.`,
  LINK: (scan) => `${scan.qr} is in ${scan.parentQr}.`,
  UNLINK: (scan) => `${scan.qr} is out of ${scan.parentQr}.`,
  RELINK: (scan) => `${scan.qr} moved from ${scan.fromParentQr ?? 'another parent'} into ${scan.parentQr}.`,
  LOAD: (scan) => `${scan.qr} is on ${scan.billNumber}.`,
  UNLOAD: (scan) => `${scan.qr} is off ${scan.billNumber}.`,
  UNDO: (scan) => `The last scan of ${scan.qr} is taken back.`,
};

/** @type {Record<string, string>} */
const titles = { OBSERVE: 'Seen', LINK: 'Taken', UNLINK: 'Taken out', RELINK: 'Moved', LOAD: 'Loaded', UNLOAD: 'Unloaded', UNDO: 'Undone' };

/**
 * @param {any} result An answer of recordScans.
 * @param {number} capacity What a parent holds.
 * @returns {Verdict}
 */
export function verdictOf(result, capacity) {
  const { scan, parent } = result;
  if (result.outcome === 'REJECTED') {
    const [title, text] = (refusals[result.reason] ?? ((fact) => ['Refused', fact]))(result.detail ?? '', scan);
    return { tone: duplicates.has(result.reason) ? 'duplicate' : 'refused', title, text };
  }
  const isFill = scan.action === 'LINK' || scan.action === 'RELINK';
  const isFull = isFill && parent?.childCount >= capacity;
  const text = done[scan.action]?.(scan) ?? '';
  if (isFull) return { tone: 'full', title: 'Parent is full', text: `${text} ${parent.childCount} of ${capacity}: scan the next parent.` };
  return { tone: 'taken', title: titles[scan.action] ?? 'Taken', text: isFill && parent ? `${text} ${parent.childCount} of ${capacity}.` : text };
}

/** A refusal in a list: the title only. @param {string} reason @param {string | null} detail */
export const reasonTitle = (reason, detail) => (refusals[reason]?.(detail ?? '', {})[0] ?? reason) + (detail && /^\d+\/\d+$/.test(detail) ? ` (${detail})` : '');
