#!/usr/bin/env bash
# Scans: link a child, send the scan again, be refused, take the link back.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
CHILD=CB$RUN
PARENT=SB${RUN}1
OTHER=SB${RUN}2

echo "Link: the first scan of a code registers the bag. The device makes the scan's id."
ID=$(new_id)
LINK='mutation($id: ID!, $qr: String!, $parent: String!) {
  recordScan(input: { scanId: $id, action: LINK, qr: $qr, parent: $parent }) { outcome replay reason bag { qr status parent { qr } } }
}'
ask "$LINK" "{\"id\":\"$ID\",\"qr\":\"$CHILD\",\"parent\":\"$PARENT\"}"
expect '"outcome":"RECORDED","replay":false'
expect "\"parent\":{\"qr\":\"$PARENT\"}"

echo "The answer was lost? Send the same scan with the same id: nothing changes."
ask "$LINK" "{\"id\":\"$ID\",\"qr\":\"$CHILD\",\"parent\":\"$PARENT\"}"
expect '"outcome":"REPLAYED","replay":true'

echo "A refusal is an answer, not an error: the child is in a parent already."
scan LINK "$CHILD" "$OTHER"
expect '"outcome":"REJECTED","reason":"LINKED_ELSEWHERE"'
expect "\"detail\":\"$PARENT\""

echo "What makes no sense is an error, and nothing is recorded."
refused INVALID_QR_CODE "$LINK" "{\"id\":\"$(new_id)\",\"qr\":\"?\",\"parent\":\"$PARENT\"}"

echo "Undo takes back the own latest scan, once."
scan UNDO
expect '"outcome":"RECORDED"'
expect "\"bag\":{\"qr\":\"$CHILD\",\"status\":\"PENDING\""
expect '"parent":null'
log_out
