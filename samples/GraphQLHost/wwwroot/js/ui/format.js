// How figures and moments are written.

const whole = new Intl.NumberFormat('en-GB');
const weight = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 0, maximumFractionDigits: 3 });
const exact = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {number} number */
export const count = (number) => whole.format(number);

/** @param {number} kilograms */
export const kilograms = (kilograms) => `${weight.format(kilograms)} kg`;

/** To the gram, for columns. @param {number} kilograms */
export const grams = (kilograms) => `${exact.format(kilograms)} kg`;

/** With its sign, and a real minus. @param {number} kilograms */
export const variance = (kilograms) => `${kilograms > 0 ? '+' : kilograms < 0 ? '−' : '±'}${exact.format(Math.abs(kilograms))} kg`;

/** Of today the time, of other days the day too. @param {string} moment */
export function moment(moment) {
  const date = new Date(moment);
  return isToday(date) ? clock.format(date) : `${day.format(date)}, ${clock.format(date).slice(0, 5)}`;
}

/** @param {string} moment */
export const fullMoment = (moment) => full.format(new Date(moment));

/** @param {number} milliseconds */
export const milliseconds = (milliseconds) => `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

/** A day as 2026-11-25, in this device's time zone. @param {Date} date */
export const isoDay = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** @param {number} number @param {string} one @param {string} [many] */
export const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : (many ?? `${one}s`)}`;

/** PENDING → Pending; ALREADY_ON_BILL → Already on bill. @param {string} name */
export const words = (name) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase().replaceAll('_', ' ');

/** @param {Date} date */
function isToday(date) {
  return isoDay(date) === isoDay(new Date());
}
