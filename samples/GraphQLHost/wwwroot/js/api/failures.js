// What can go wrong between the page and the server, told apart because it is answered differently.

/** The server said no: `code` is stable (docs/errors.md), the message is for people. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {string} code
   * @param {{ item?: number, status?: number }} [more] `item`: the place in a batch, counted from 0.
   */
  constructor(message, code, more = {}) {
    super(message);
    this.code = code;
    this.item = more.item;
    this.status = more.status;
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing() {
    return ['INTERNAL', 'TIMEOUT', 'STORE_BUSY', 'RATE_LIMITED'].includes(this.code) || (this.status ?? 0) >= 500;
  }

  /** Whether the server's schema does not have what was asked for: another version of it may. */
  get isUnknownField() {
    return this.code === 'VALIDATION_FAILED';
  }
}

/** Nobody answered. Whether the server did what was asked is not known; sending a scan again is safe. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached.');
  }
}
