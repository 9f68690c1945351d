# How these examples talk to a running server; each of them reads this file first.
# The defaults are those of the demo: `npm start` in another terminal, then any of the examples.

countersign=${COUNTERSIGN:-npx countersign}
origin=${ORIGIN:-http://localhost:4180}
password="apples and $(head -c 9 /dev/urandom | base64)"

# Makes a site with its first user: make_site NAME PRESET USER OPTION…  The password goes in by standard input.
make_site() {
  site=$1 preset=$2 user=$3
  shift 3
  api=$origin/$site/api/v1
  $countersign sites create "$site" --preset "$preset"
  printf %s "$password" | $countersign --site "$site" users add "$user" "$@" --password-stdin
}

# Sends a JSON document from standard input: post PATH [BEARER TOKEN]. An answer that is an error ends the script.
post() {
  curl --silent --show-error --fail-with-body --data @- --header 'content-type: application/json' \
    ${2:+--header "authorization: Bearer $2"} "$api$1"
}

# The password step: log_in USER [APPLICATION]
log_in() {
  jq --null-input --arg username "$1" --arg password "$password" --arg application "${2:-web}" '$ARGS.named' | post /login
}

# The newest message to somebody. The demo shows what it captured; at your place you look into your mailbox or at your phone.
message_to() {
  curl --silent --show-error --fail "$origin/mailbox/messages" |
    jq --raw-output --arg to "$1" 'map(select(.to == $to))[0].text'
}

code_to() {
  message_to "$1" | grep --extended-regexp --only-matching '\b[0-9]{6}\b' | head -n 1
}

# Asks the session who it is of: the end of every example.
who_is_it() {
  curl --silent --show-error --fail --header "authorization: Bearer $1" "$api/session" |
    jq --raw-output '"Signed in at \($site) as \(.user.username)"' --arg site "$site"
}
