#!/bin/sh
# Preset fleet: two applications with a switch for each user, SMS first and email when somebody asks for a new code.
set -eu
. "$(dirname "$0")/talk.sh"

make_site "${SITE:-trucks}" fleet kim --email kim@trucks.test --phone +4915550300001
$countersign --site "$site" set-config contact.persons '[{"name":"Dispatch","phone":"+4915550300009"}]'
$countersign --site "$site" set-config enable_two_factor_auth true

# New users are asked at both applications; this one only at web from now on.
$countersign --site "$site" users switch kim --application manager --two-factor-auth off
log_in kim manager | jq --raw-output '"manager: \(.status), because of \(.decision.rule)"'

pending=$(log_in kim web | jq --raw-output .pending.token)
signed_in=$(jq --null-input --arg code "$(code_to +4915550300001)" '{$code}' | post /login/verify "$pending")
who_is_it "$(echo "$signed_in" | jq --raw-output .session.token)"
$countersign --site "$site" reports delivery
