// Sends a file to /import and reads the answer line by line as it comes. XMLHttpRequest, since fetch tells nothing of how much was sent.
import { lost } from './connection.js';
import { Refusal, Unreachable } from './failures.js';
import { authorization, sessionEnded } from './graphql.js';

/**
 * @typedef {{ dryRun: boolean, onExisting: string, onError: string, importId: string }} ImportChoices
 */

/**
 * @param {File} file
 * @param {ImportChoices} choices
 * @param {object} hear
 * @param {(share: number) => void} hear.sent How much of the file has left this device, 0–1.
 * @param {(line: any) => void} hear.line A line of the answer; docs/importing.md tells them.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function importFile(file, choices, hear, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let read = 0;
    let failure = /** @type {Error | null} */ (null);
    const parameters = new URLSearchParams({ dryRun: String(choices.dryRun), onExisting: choices.onExisting, onError: choices.onError, importId: choices.importId });
    request.open('POST', `/import?${parameters}`);
    request.setRequestHeader('Content-Type', /\.(ndjson|jsonl)$/i.test(file.name) ? 'application/x-ndjson' : 'text/csv');
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => hear.sent(event.total ? event.loaded / event.total : 0);
    request.onprogress = take;
    request.onload = () => {
      if (request.status !== 200) return reject(refused(request));
      take();
      if (failure) reject(failure);
      else resolve();
    };
    request.onerror = () => {
      lost();
      reject(new Unreachable());
    };
    request.onabort = () => reject(new DOMException('Given up.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);

    function take() {
      if (request.status !== 200) return;
      const end = request.responseText.lastIndexOf('\n') + 1;
      const lines = request.responseText.slice(read, end).split('\n').filter(Boolean);
      read = Math.max(read, end);
      for (const text of lines) {
        const line = JSON.parse(text);
        if (line.type === 'error') failure = new Refusal(line.message, line.code);
        else hear.line(line);
      }
    }
  });
}

/** @param {XMLHttpRequest} request */
function refused(request) {
  if (request.status === 401) sessionEnded();
  try {
    const error = JSON.parse(request.responseText).errors[0];
    return new Refusal(error.message, error.extensions.code, { status: request.status });
  } catch {
    return new Refusal(`The server answered ${request.status}.`, 'INTERNAL', { status: request.status });
  }
}
