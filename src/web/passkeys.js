// Takes the answer of a passkey from the browser into the form that sends it. The pages do the rest, and work without this script
// for everything else. What the browser is asked stands in the form, made by the server; nothing is fetched.

const forms = document.querySelectorAll('form[data-passkey]')

if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of forms) offer(form)
} else {
  for (const form of forms) tell(form, form.dataset.unsupported)
}

function offer(form) {
  form.querySelector('button').hidden = false
  form.querySelector('[data-said]').hidden = true
  let waiting
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    waiting?.abort()
    waiting = undefined
    ask(form, {}).catch((error) =>
      tell(form, error.name === 'InvalidStateError' ? form.dataset.known : form.dataset.failed),
    )
  })
  if ('conditional' in form.dataset) {
    waiting = new AbortController()
    // In the list of the user name field: whoever takes none of it is not disturbed.
    askQuietly(form, waiting.signal).catch(() => undefined)
  }
}

async function askQuietly(form, signal) {
  if (await PublicKeyCredential.isConditionalMediationAvailable?.())
    await ask(form, { mediation: 'conditional', signal })
}

async function ask(form, more) {
  const options = JSON.parse(form.dataset.options)
  const making = form.dataset.passkey === 'create'
  const publicKey = making
    ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
    : PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const answer = await navigator.credentials[making ? 'create' : 'get']({ publicKey, ...more })
  form.elements.passkey.value = JSON.stringify(answer.toJSON())
  form.submit()
}

function tell(form, words) {
  const place = form.querySelector('[data-said]')
  place.textContent = words
  place.hidden = false
}
