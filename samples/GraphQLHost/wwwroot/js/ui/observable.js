/**
 * A value that tells when it changes.
 * @template T
 */
export class Observable {
  /** @type {T} */ #value;
  /** @type {Set<(value: T) => void>} */ #listeners = new Set();

  /** @param {T} value */
  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  /**
   * Tells the value now and whenever it changes, until the signal says that nobody listens any more.
   * @param {(value: T) => void} listener
   * @param {AbortSignal} [signal]
   */
  watch(listener, signal) {
    this.listen(listener, signal);
    listener(this.#value);
  }

  /**
   * Tells only changes.
   * @param {(value: T) => void} listener
   * @param {AbortSignal} [signal]
   */
  listen(listener, signal) {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener));
  }
}
