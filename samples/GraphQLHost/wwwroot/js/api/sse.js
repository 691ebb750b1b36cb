// Reads a body of Server-Sent Events. EventSource cannot do it: it sends neither a body nor a token.

/** @typedef {{ event: string, data: string }} ServerEvent */

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} [alive] Called for whatever arrives, comments too.
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(body, alive) {
  const reader = body.pipeThrough(/** @type {ReadableWritablePair<string, Uint8Array>} */ (new TextDecoderStream())).getReader();
  let rest = '';
  let event = '';
  /** @type {string[]} */ let data = [];
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      alive?.();
      rest += value;
      // A CR that ends what has come may be half of a CRLF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (event || data.length) yield { event: event || 'message', data: data.join('\n') };
          event = '';
          data = [];
        } else if (!line.startsWith(':')) {
          const colon = line.indexOf(':');
          const name = colon < 0 ? line : line.slice(0, colon);
          const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
          if (name === 'event') event = text;
          else if (name === 'data') data.push(text);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
