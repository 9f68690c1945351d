#!/bin/sh
# Preset erp: an authenticator app for the role All, set up at the first sign-in by a link that comes by email.
# The app is oathtool here; on a phone it is any of them.
set -eu
. "$(dirname "$0")/talk.sh"

make_site "${SITE:-books}" erp sam --email sam@books.test --role 'Accounts Manager'
$countersign --site "$site" set-config enable_two_factor_auth true otp_issuer_name 'Books Ltd'

pending=$(log_in sam | jq --raw-output .pending.token)
link=$(message_to sam@books.test | grep --only-matching "/$site/enrol/[A-Za-z0-9_-]*" | head -n 1)
shown=$(jq --null-input --arg link "${link##*/}" '{$link}' | post /login/enrol "$pending")
echo "$shown" | jq --raw-output .otpauth_uri | sed 's/secret=[A-Z2-7]*/secret=…/'
code=$(echo "$shown" | jq --raw-output .secret | oathtool --totp --base32 -)
signed_in=$(jq --null-input --arg code "$code" '{$code}' | post /login/enrol/confirm "$pending")
who_is_it "$(echo "$signed_in" | jq --raw-output .session.token)"
