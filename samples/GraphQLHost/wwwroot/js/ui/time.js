/**
 * Waits, or throws when the signal says so.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

/**
 * Does something now and again and again, never twice at once, and not while nobody sees the page.
 * @param {number} milliseconds
 * @param {() => Promise<void>} work
 * @param {AbortSignal} signal
 */
export async function every(milliseconds, work, signal) {
  while (!signal.aborted) {
    if (!document.hidden) {
      try {
        await work();
      } catch {
        // Whoever works shows what went wrong; the next time may go well.
      }
    }
    try {
      await pause(milliseconds, signal);
    } catch {
      return;
    }
  }
}
