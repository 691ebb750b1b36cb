#!/usr/bin/env bash
# A bill from its creation over loading to complete, and open again.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
BILL=BILL-$RUN
PARENT=SB${RUN}1
OTHER=SB${RUN}2
CAPACITY=${TRACETRACK_PARENT_CAPACITY:-30}

# Two full parents.
for parent in "$PARENT" "$OTHER"; do
  SCANS=
  for i in $(seq "$CAPACITY"); do
    SCANS="$SCANS,{\"scanId\":\"$(new_id)\",\"action\":\"LINK\",\"qr\":\"C$parent-$i\",\"parent\":\"$parent\"}"
  done
  ask 'mutation($scans: [RecordScanInput!]!) { recordScans(scans: $scans) { recorded } }' "{\"scans\":[${SCANS#,}]}"
  expect "\"recorded\":$CAPACITY"
done

echo "Create a bill for one parent, and load it."
ask 'mutation($number: String!) { createBill(input: { number: $number, capacity: 1 }) { bill { number status capacity version } } }' "{\"number\":\"$BILL\"}"
expect '"status":"NEW","capacity":1'
STALE=$(member version)
scan LOAD "$PARENT" '' "$BILL"
expect '"outcome":"RECORDED"'
expect '"status":"PROCESSING","parentCount":1'

echo "The bill is full; the refusal says so."
scan LOAD "$OTHER" '' "$BILL"
expect '"outcome":"REJECTED","reason":"BILL_FULL","detail":"1/1"'

echo "Complete it, but not on the ground of a version that has passed."
COMPLETE='mutation($number: String!, $version: Long) {
  completeBill(input: { number: $number, version: $version }) { bill { status version parentCount parents { qr status } } }
}'
refused STALE_VERSION "$COMPLETE" "{\"number\":\"$BILL\",\"version\":$STALE}"
ask 'query($number: String!) { bill(number: $number) { version actualWeightKg expectedWeightKg varianceKg } }' "{\"number\":\"$BILL\"}"
ask "$COMPLETE" "{\"number\":\"$BILL\",\"version\":$(member version)}"
expect '"status":"COMPLETED"'
expect "{\"qr\":\"$PARENT\",\"status\":\"DISPATCHED\"}"

echo "It is locked now."
scan UNLOAD "$PARENT" '' "$BILL"
expect '"outcome":"REJECTED","reason":"BILL_COMPLETED"'

echo "Open it again and take the parent off."
ask 'mutation($number: String!) { reopenBill(input: { number: $number }) { bill { status } } }' "{\"number\":\"$BILL\"}"
expect '"status":"PROCESSING"'
scan UNLOAD "$PARENT" '' "$BILL"
expect '"outcome":"RECORDED"'
expect '"status":"NEW","parentCount":0'
log_out
