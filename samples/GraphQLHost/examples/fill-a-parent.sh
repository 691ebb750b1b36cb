#!/usr/bin/env bash
# Fill a parent with what a device gathered while it was offline: one request, one transaction.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
PARENT=SB$RUN
CAPACITY=${TRACETRACK_PARENT_CAPACITY:-30}

# One child more than the parent takes.
SCANS=
for i in $(seq $((CAPACITY + 1))); do
  SCANS="$SCANS,{\"scanId\":\"$(new_id)\",\"action\":\"LINK\",\"qr\":\"CB$RUN-$i\",\"parent\":\"$PARENT\"}"
done
SCANS="[${SCANS#,}]"

echo "Each scan is decided in order and sees those before it; a refused one stops no other."
RECORD='mutation($scans: [RecordScanInput!]!) {
  recordScans(scans: $scans) { recorded replayed rejected results { outcome reason detail bag { qr status } } }
}'
ask "$RECORD" "{\"scans\":$SCANS}"
expect "\"recorded\":$CAPACITY,\"replayed\":0,\"rejected\":1"
expect "\"outcome\":\"REJECTED\",\"reason\":\"PARENT_FULL\",\"detail\":\"$CAPACITY/$CAPACITY\""

echo "The connection broke before the answer came? Send the whole queue again."
ask "$RECORD" "{\"scans\":$SCANS}"
expect "\"recorded\":0,\"replayed\":$CAPACITY,\"rejected\":1"

ask 'query($qr: String!) { bag(qr: $qr) { qr status childCount contentWeightKg } }' "{\"qr\":\"$PARENT\"}"
expect "\"status\":\"COMPLETED\",\"childCount\":$CAPACITY"
log_out
