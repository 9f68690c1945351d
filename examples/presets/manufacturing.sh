#!/bin/sh
# Preset manufacturing: a code by email, then none in the same browser for 168 hours; the shop floor is exempt.
set -eu
. "$(dirname "$0")/talk.sh"

make_site "${SITE:-factory}" manufacturing ada --email ada@factory.test
$countersign --site "$site" users add line-4 --display-name 'Line 4'
$countersign --site "$site" users bypass line-4 --reason shared_workstation --until 2099-12-31

# Who would be asked, and who could not pass, before it is so.
$countersign --site "$site" preview enable_two_factor_auth true
$countersign --site "$site" set-config enable_two_factor_auth true

pending=$(log_in ada | jq --raw-output .pending.token)
signed_in=$(jq --null-input --arg code "$(code_to ada@factory.test)" '{$code, remember_device: true}' |
  post /login/verify "$pending")

# The browser is remembered: the password alone is enough in it now.
device=$(echo "$signed_in" | jq --raw-output .device_token)
again=$(jq --null-input --arg password "$password" --arg device_token "$device" '{username: "ada"} + $ARGS.named' | post /login)
echo "$again" | jq --raw-output '"The second time: \(.status), because of \(.decision.rule)"'
who_is_it "$(echo "$again" | jq --raw-output .session.token)"
