#!/usr/bin/env bash
# For admins: users, totals, counting anew, the summary of a day.
set -euo pipefail
. "$(dirname "$0")/common.sh"

log_in
NAME=example$RUN

echo "A new user."
ask 'mutation($name: String!) { createUser(input: { userName: $name, password: "correct horse", role: DISPATCHER, area: "A1" }) { user { id userName role area } } }' "{\"name\":\"$NAME\"}"
expect '"role":"DISPATCHER","area":"A1"'
ID=$(member id)
refused USER_EXISTS 'mutation($name: String!) { createUser(input: { userName: $name, password: "correct horse", role: BILLER }) { user { id } } }' "{\"name\":\"$NAME\"}"
refused INVALID_PASSWORD 'mutation($id: ID!) { setPassword(input: { id: $id, password: "short" }) { user { id } } }' "{\"id\":\"$ID\"}"

echo "Another role and no area. What is left out stays."
ask 'mutation($id: ID!) { changeUser(input: { id: $id, role: BILLER, area: null }) { user { role area isDisabled } } }' "{\"id\":\"$ID\"}"
expect '{"role":"BILLER","area":null,"isDisabled":false}'

echo "The list, and the user by name; then nobody logs in with it any more."
ask '{ users(role: BILLER, first: 5) { nodes { userName role } pageInfo { hasNextPage } } }'
expect '"role":"BILLER"'
ask 'mutation($id: ID!) { changeUser(input: { id: $id, isDisabled: true }) { user { isDisabled } } }' "{\"id\":\"$ID\"}"
ask 'query($name: String!) { userByName(userName: $name) { id isDisabled } }' "{\"name\":\"$NAME\"}"
expect '"isDisabled":true'
refused LOGIN_FAILED 'mutation($name: String!) { login(userName: $name, password: "correct horse") { token } }' "{\"name\":\"$NAME\"}"

echo "Exact numbers; counted anew they are the same."
ask '{ totals { bags parents children bills scans users } }'
ask 'mutation { reconcileTotals { outcome kept { bags } counted { bags } } }'
expect '"outcome":"EXACT"'

echo "The bills of a day."
DAY='query($date: String!, $zone: String!) {
  daySummary(date: $date, timeZone: $zone) { from before billers { createdBy summary { bills completedBills } } total { bills parents varianceKg } }
}'
ask "$DAY" "{\"date\":\"$(date -u +%Y-%m-%d)\",\"zone\":\"UTC\"}"
expect '"total":{"bills":'
refused INVALID_TIME_ZONE "$DAY" '{"date":"2026-11-25","zone":"Nowhere/Atall"}'
log_out
