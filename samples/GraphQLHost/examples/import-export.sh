#!/usr/bin/env bash
# Import a file: first a dry run, then for good; the rows that were refused; and an export.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
FILE=$(mktemp)
trap 'rm -f "$FILE"' EXIT
cat > "$FILE" <<CSV
qr,parent,weight_kg
SB$RUN,,
CB$RUN-1,SB$RUN,1.250
CB$RUN-2,SB$RUN,0.750
CB$RUN-3,SB${RUN}9,1.000
?,,
CSV

# import PARAMETERS: one JSON object a line: progress, the report, and each row that was not taken.
import() {
  ANSWER=$(curl_as -X POST "$URL/import?$1" -H 'Content-Type: text/csv' --data-binary @"$FILE")
  echo "$ANSWER"
  expect '"type":"report"'
}

echo "A dry run tells everything and changes nothing."
import dryRun=true
expect '"isDryRun":true'
expect '"parents":1,"children":2'
expect '"rejectedByReason":{"INVALID_QR_CODE":1,"UNKNOWN_PARENT":1}'
ask 'query($qr: String!) { bag(qr: $qr) { qr } }' "{\"qr\":\"SB$RUN\"}"
expect '"bag":null'

echo "For good. With an id of ours, sending it again is safe."
ID=$(new_id)
import "importId=$ID"
expect '"isReplay":false'
expect "\"type\":\"result\",\"line\":5,\"ordinal\":4,\"qr\":\"CB$RUN-3\",\"outcome\":\"REJECTED\",\"reason\":\"UNKNOWN_PARENT\",\"detail\":\"SB${RUN}9\""
expect '"line":6,"ordinal":5,"qr":"?","outcome":"REJECTED","reason":"INVALID_QR_CODE"'
import "importId=$ID"
expect '"isReplay":true'

echo "Its figures and its refused rows are found by the id later too."
ask 'query($id: ID!) {
  import(id: $id) { parents children linked rejected }
  importResults(id: $id, first: 10) { nodes { ordinal qr outcome reason detail } }
}' "{\"id\":\"$ID\"}"
expect '"import":{"parents":1,"children":2,"linked":2,"rejected":2}'

echo "A misspelt parameter imports nothing."
ANSWER=$(curl_as -X POST "$URL/import?dryrunn=true" -H 'Content-Type: text/csv' --data-binary @"$FILE")
expect '"code":"BAD_REQUEST"'

echo "Export what was registered since then, as CSV and as NDJSON."
ask 'query($qr: String!) { bag(qr: $qr) { createdAt } }' "{\"qr\":\"SB$RUN\"}"
SINCE=$(member createdAt)
ANSWER=$(curl_as --compressed "$URL/export?format=csv&createdFrom=$SINCE")
echo "$ANSWER"
expect 'qr,parent,area,weight_kg'
expect "CB$RUN-1,SB$RUN,,1.250"
expect_not "CB$RUN-3"
ANSWER=$(curl_as --compressed "$URL/export?format=ndjson&createdFrom=$SINCE")
expect "{\"qr\":\"CB$RUN-2\",\"parent\":\"SB$RUN\""
log_out
