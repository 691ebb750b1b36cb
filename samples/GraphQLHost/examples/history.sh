#!/usr/bin/env bash
# What happened to a bag and a bill, and what was in a parent at a moment.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
CHILD=CB$RUN
FIRST=SB${RUN}1
SECOND=SB${RUN}2
BILL=BILL-$RUN

scan LINK "$CHILD" "$FIRST"
MOMENT=$(member recordedAt)
scan RELINK "$CHILD" "$SECOND"
expect '"outcome":"RECORDED"'

echo "All that happened to the child, newest first, a page at a time."
HISTORY='query($qr: String!, $after: String) {
  bagHistory(qr: $qr, first: 1, after: $after) { nodes { at kind action otherQr user { userName } } pageInfo { hasNextPage endCursor } }
}'
ask "$HISTORY" "{\"qr\":\"$CHILD\"}"
expect "\"kind\":\"SCANNED\",\"action\":\"RELINK\",\"otherQr\":\"$SECOND\""
expect '"hasNextPage":true'
ask "$HISTORY" "{\"qr\":\"$CHILD\",\"after\":\"$(member endCursor)\"}"
expect "\"kind\":\"SCANNED\",\"action\":\"LINK\",\"otherQr\":\"$FIRST\""

echo "Where it was at that moment, and what is there now."
ask 'query($parent: String!, $child: String!, $at: DateTime!) {
  then: contentsAt(parent: $parent, at: $at) { childQr since until }
  parentAt(child: $child, at: $at) { parentQr }
  now: bag(qr: $parent) { childCount }
}' "{\"parent\":\"$FIRST\",\"child\":\"$CHILD\",\"at\":\"$MOMENT\"}"
expect "\"then\":[{\"childQr\":\"$CHILD\",\"since\":\"$MOMENT\""
expect "\"parentAt\":{\"parentQr\":\"$FIRST\"}"
expect '"now":{"childCount":0}'

echo "A bill keeps its own history."
ask 'mutation($number: String!) {
  createBill(input: { number: $number, capacity: 5 }) { bill { version } }
  resizeBill(input: { number: $number, capacity: 6 }) { bill { capacity } }
}' "{\"number\":\"$BILL\"}"
ask 'query($number: String!) { billHistory(number: $number) { nodes { kind actorId } } }' "{\"number\":\"$BILL\"}"
expect '"nodes":[{"kind":"RESIZED"'
expect '{"kind":"CREATED"'
log_out
