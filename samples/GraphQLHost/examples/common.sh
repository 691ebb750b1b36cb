# What the examples share. Each of them reads this file first.
#
#   TRACETRACK_URL             the host, http://127.0.0.1:5080 when not set
#   TRACETRACK_ADMIN           an admin's name, admin when not set
#   TRACETRACK_ADMIN_PASSWORD  the password of that admin
#
# An example ends with 1 at the first answer that is not what it says.

URL=${TRACETRACK_URL:-http://127.0.0.1:5080}
ADMIN=${TRACETRACK_ADMIN:-admin}
: "${TRACETRACK_ADMIN_PASSWORD:?Set it to the password of the admin.}"

# Digits that make the codes of this run unused ones.
RUN=$(date +%s)$RANDOM
TOKEN=
ANSWER=

fail() {
  echo "$1" >&2
  exit 1
}

# A text as it stands between the quotes of JSON.
json_text() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '%s' "${text//$'\n'/ }"
}

# A new UUID: of a scan or an import. Kept until the answer is there, it makes sending again safe.
new_id() {
  cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr 'A-Z' 'a-z'
}

# curl with the session. The token goes through a file, since other users can see the arguments of a command.
curl_as() {
  curl -sS --config <(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN") "$@"
}

# send QUERY [VARIABLES]: the answer, whatever it is, is in ANSWER and printed.
send() {
  local variables=${2:-}
  [ -n "$variables" ] || variables='{}'
  ANSWER=$(printf '{"query":"%s","variables":%s}' "$(json_text "$1")" "$variables" \
    | curl_as "$URL/graphql" -H 'Content-Type: application/json' --data-binary @-)
}

# ask QUERY [VARIABLES]: no error is expected.
ask() {
  send "$@"
  echo "$ANSWER"
  case $ANSWER in *'"errors":['*) fail "An error was not expected." ;; esac
}

# refused CODE QUERY [VARIABLES]: this error is expected.
refused() {
  local code=$1
  shift
  send "$@"
  echo "$ANSWER"
  expect "\"code\":\"$code\""
}

# expect TEXT: the last answer holds it.
expect() {
  case $ANSWER in *"$1"*) ;; *) fail "Expected in the answer: $1" ;; esac
}

# expect_not TEXT: the last answer does not hold it.
expect_not() {
  case $ANSWER in *"$1"*) fail "Not expected in the answer: $1" ;; esac
}

# member NAME: the first text, number or truth value of this name in the last answer.
member() {
  printf '%s' "$ANSWER" | grep -oE "\"$1\":(\"[^\"]*\"|[-0-9.a-z]+)" | sed -E -e '1!d' -e 's/^[^:]*://' -e 's/^"(.*)"$/\1/'
}

# scan ACTION QR [PARENT] [BILL]: records one scan; an empty text is none.
scan() {
  local input
  input='"scanId":"'$(new_id)'","action":"'$1'"'
  [ -z "${2:-}" ] || input=$input',"qr":"'$2'"'
  [ -z "${3:-}" ] || input=$input',"parent":"'$3'"'
  [ -z "${4:-}" ] || input=$input',"bill":"'$4'"'
  ask 'mutation($scan: RecordScanInput!) {
    recordScan(input: $scan) {
      outcome reason detail
      scan { id recordedAt }
      bag { qr status version parent { qr } }
      parent { qr status childCount }
      bill { number status parentCount version }
    }
  }' "{\"scan\":{$input}}"
}

log_in() {
  # The password is not printed, and neither is the token.
  send 'mutation($name: String!, $password: String!) { login(userName: $name, password: $password) { token user { userName role } } }' \
    "{\"name\":\"$(json_text "$ADMIN")\",\"password\":\"$(json_text "$TRACETRACK_ADMIN_PASSWORD")\"}"
  case $ANSWER in *'"errors":['*) fail "$ANSWER" ;; esac
  TOKEN=$(member token)
}

log_out() {
  ask 'mutation { logout { loggedOut } }'
  TOKEN=
}
