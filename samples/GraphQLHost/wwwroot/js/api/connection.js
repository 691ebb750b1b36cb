// Whether the server answers, as far as this page knows, and how long it takes to.
import { Observable } from '../ui/observable.js';

/** @type {Observable<boolean>} */
export const reachable = new Observable(true);

const kept = 200;

/** The last answers: when they came, and after how many milliseconds. @type {{ at: number, milliseconds: number }[]} */
export const answers = [];

/** @param {number} milliseconds */
export function answered(milliseconds) {
  reachable.value = true;
  answers.push({ at: performance.now(), milliseconds });
  if (answers.length > kept) answers.shift();
}

export function lost() {
  reachable.value = false;
}

window.addEventListener('offline', lost);
