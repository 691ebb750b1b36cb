// Scans that the server has not answered yet, in the order they were made. Kept by the browser, so that they outlive a reload and a flat battery.

/**
 * @typedef {object} QueuedScan
 * @property {number} [sequence] Its place; given by the queue.
 * @property {string} scanId
 * @property {string} actorId Whose scan it is: nobody else's log-in sends it.
 * @property {string} actorName
 * @property {string} action
 * @property {string} [qr]
 * @property {string} [parent]
 * @property {string} [bill]
 * @property {string} scannedAt
 */

const name = 'tracetrack';
const store = 'scans';

export class ScanQueue {
  /** @type {Promise<IDBDatabase | null>} */ #database;
  /** Where the browser keeps nothing, such as in a private window. @type {QueuedScan[]} */ #memory = [];
  #sequence = 0;

  constructor() {
    this.#database = open();
  }

  /** Whether what is queued outlives the page. */
  async isDurable() {
    return (await this.#database) !== null;
  }

  /** @param {QueuedScan} scan @returns {Promise<QueuedScan>} */
  async add(scan) {
    const database = await this.#database;
    if (!database) {
      const kept = { ...scan, sequence: ++this.#sequence };
      this.#memory.push(kept);
      return kept;
    }
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    const sequence = await answer(transaction.objectStore(store).add(scan));
    await done(transaction);
    return { ...scan, sequence: Number(sequence) };
  }

  /** All of them, oldest first. @returns {Promise<QueuedScan[]>} */
  async all() {
    const database = await this.#database;
    return database ? answer(database.transaction(store).objectStore(store).getAll()) : [...this.#memory];
  }

  /** @param {number[]} sequences */
  async remove(sequences) {
    const database = await this.#database;
    if (!database) {
      this.#memory = this.#memory.filter((scan) => !sequences.includes(scan.sequence ?? 0));
      return;
    }
    const transaction = database.transaction(store, 'readwrite');
    for (const sequence of sequences) transaction.objectStore(store).delete(sequence);
    await done(transaction);
  }
}

/** @returns {Promise<IDBDatabase | null>} */
function open() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'sequence', autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const done = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
