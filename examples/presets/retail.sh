#!/bin/sh
# Preset retail: an authenticator app, set up on the screen right after the password, for the roles that need one.
# The app is oathtool here; on a phone it is any of them.
set -eu
. "$(dirname "$0")/talk.sh"

make_site "${SITE:-shop}" retail till --email till@shop.test --role 'HR Manager'
$countersign --site "$site" set-config enable_two_factor_auth true
# Switching on has flagged the role All; here only one role needs a second factor.
$countersign --site "$site" roles set All --two-factor-auth off
$countersign --site "$site" roles set 'HR Manager' --two-factor-auth on
$countersign --site "$site" explain till

pending=$(log_in till | jq --raw-output .pending.token)
code=$(echo '{}' | post /login/enrol "$pending" | jq --raw-output .secret | oathtool --totp --base32 -)
signed_in=$(jq --null-input --arg code "$code" '{$code}' | post /login/enrol/confirm "$pending")
who_is_it "$(echo "$signed_in" | jq --raw-output .session.token)"
