#!/bin/sh
# Preset scheduling: two switches on every user, a code by SMS at each sign-in, and no code for those who have neither.
set -eu
. "$(dirname "$0")/talk.sh"

make_site "${SITE:-agenda}" scheduling ada --email ada@agenda.test --phone +4915550200001 --two-factor-sms
printf %s "$password" | $countersign --site "$site" users add bob --email bob@agenda.test --password-stdin
$countersign --site "$site" set-config enable_two_factor_auth true

log_in bob | jq --raw-output '"bob: \(.status), because of \(.decision.rule)"'
pending=$(log_in ada | jq --raw-output .pending.token)
signed_in=$(jq --null-input --arg code "$(code_to +4915550200001)" '{$code}' | post /login/verify "$pending")
who_is_it "$(echo "$signed_in" | jq --raw-output .session.token)"
