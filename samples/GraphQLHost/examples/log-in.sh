#!/usr/bin/env bash
# Log in, ask who one is, log out; what an ended session and a wrong password get.
set -euo pipefail
. "$(dirname "$0")/common.sh"

echo "Without a session there is no answer."
refused UNAUTHENTICATED '{ me { userName } }'

echo "Log in."
log_in
expect '"role":"ADMIN"'
ask '{ me { userName role isDisabled } }'
expect '"isDisabled":false'

echo "Log out: the token is worth nothing any more."
ENDED=$TOKEN
log_out
expect '"loggedOut":true'
TOKEN=$ENDED
refused UNAUTHENTICATED '{ me { userName } }'

echo "A wrong password; which of the two was wrong is not told."
TOKEN=
refused LOGIN_FAILED 'mutation { login(userName: "nobody-of-this-name", password: "not the password") { token } }'
