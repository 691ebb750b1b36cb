#!/usr/bin/env bash
# Find bags, and page through a list forwards and backwards.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
PARENT=SB$RUN
for i in 1 2 3; do
  scan LINK "CB$RUN-$i" "$PARENT"
  expect '"outcome":"RECORDED"'
done

echo "Look up one code, and many at once."
ask 'query($qr: String!) { bag(qr: $qr) { qr kind status weightKg parent { qr childCount } } }' "{\"qr\":\"cb$RUN-1\"}"
expect "\"qr\":\"CB$RUN-1\",\"kind\":\"CHILD\",\"status\":\"LINKED\""
ask 'query($qrs: [String!]!) { bagsByQr(qrs: $qrs) { qr bag { childCount } } }' "{\"qrs\":[\"$PARENT\",\"CB$RUN-4\"]}"
expect "{\"qr\":\"CB$RUN-4\",\"bag\":null}"

echo "Search: codes that begin with the text, then those that hold it elsewhere."
ask 'query($text: String!) { search(text: $text, first: 4) { qr } }' "{\"text\":\"CB$RUN\"}"
expect "[{\"qr\":\"CB$RUN-1\"},{\"qr\":\"CB$RUN-2\"},{\"qr\":\"CB$RUN-3\"}]"

echo "Forwards: first with after."
FORWARDS='query($parent: String!, $after: String) {
  bags(filter: { parent: $parent }, first: 2, after: $after) { nodes { qr } pageInfo { hasNextPage endCursor } }
}'
ask "$FORWARDS" "{\"parent\":\"$PARENT\"}"
expect "[{\"qr\":\"CB$RUN-1\"},{\"qr\":\"CB$RUN-2\"}]"
expect '"hasNextPage":true'
CURSOR=$(member endCursor)
ask "$FORWARDS" "{\"parent\":\"$PARENT\",\"after\":\"$CURSOR\"}"
expect "[{\"qr\":\"CB$RUN-3\"}]"
expect '"hasNextPage":false'

echo "Backwards: last with before."
BACKWARDS='query($parent: String!, $before: String) {
  bags(filter: { parent: $parent }, last: 2, before: $before) { nodes { qr } pageInfo { hasPreviousPage startCursor } }
}'
ask "$BACKWARDS" "{\"parent\":\"$PARENT\"}"
expect "[{\"qr\":\"CB$RUN-2\"},{\"qr\":\"CB$RUN-3\"}]"
expect '"hasPreviousPage":true'
ask "$BACKWARDS" "{\"parent\":\"$PARENT\",\"before\":\"$(member startCursor)\"}"
expect "[{\"qr\":\"CB$RUN-1\"}]"
expect '"hasPreviousPage":false'

echo "A cursor is a position in one list with one filter."
refused INVALID_CURSOR 'query($after: String) { bags(first: 2, after: $after) { nodes { qr } } }' "{\"after\":\"$CURSOR\"}"

echo "The scan log, newest first; here of one bag that was scanned."
ask 'query($qr: String!) { scans(filter: { qr: $qr }, first: 1) { nodes { action outcome parentQr user { userName } } } }' "{\"qr\":\"CB$RUN-3\"}"
expect "\"action\":\"LINK\",\"outcome\":\"RECORDED\",\"parentQr\":\"$PARENT\""
log_out
