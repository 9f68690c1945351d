import { Anchor, Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ask, signIn } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import type { Challenged } from '../api/shapes.ts'
import { onProof } from '../api/step-up.ts'
import { Told } from './told.tsx'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'

type Wanted =
  | Challenged
  | { readonly status: 'password' }
  | { readonly status: 'enrol' }
  | { readonly status: 'renewed' }

/** Asks for the second factor, or the password of whoever has none, before a change that matters; the change then goes on. */
export function StepUpDialog() {
  const { proof, common } = useTexts()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const told = useRef<((proved: boolean) => void) | null>(null)

  useEffect(
    () =>
      onProof(
        () =>
          new Promise<boolean>((resolve, reject) => {
            setTyped('')
            setError(null)
            ask<Wanted>('POST', '/session/step-up', { body: {} }).then(({ body }) => {
              if (body.status === 'renewed') return resolve(true)
              told.current = resolve
              return setWanted(body)
            }, reject)
          }),
      ),
    [],
  )

  function close(proved: boolean): void {
    setWanted(null)
    told.current?.(proved)
    told.current = null
  }

  async function attempt(work: () => Promise<unknown>, done: () => void): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await work()
      done()
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    // A dialog is drawn inside the form it was called from, as far as events go.
    event.stopPropagation()
    if (wanted === null) return
    const work = (): Promise<unknown> =>
      wanted.status === 'challenge'
        ? ask('POST', '/login/verify', { pending: wanted.pending.token, body: { code: typed } })
        : ask('POST', '/session/step-up', { body: { password: typed } })
    void attempt(work, () => close(true))
  }

  const wrong =
    error instanceof Problem && ['invalid_code', 'malformed_code', 'invalid_credentials'].includes(error.code)
  return (
    <Modal
      opened={wanted !== null}
      onClose={() => close(false)}
      title={proof.title}
      zIndex={400}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {proof.why}
          </Text>
          {wanted?.status === 'challenge' && (
            <TextInput
              label={proof.code}
              description={describe(wanted, proof)}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="one-time-code"
              error={wrong ? proof.wrong : null}
              data-autofocus
              required
              withAsterisk={false}
            />
          )}
          {wanted?.status === 'password' && (
            <PasswordInput
              label={proof.password}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="current-password"
              error={wrong ? proof.wrongPassword : null}
              data-autofocus
              required
              withAsterisk={false}
            />
          )}
          {wanted?.status === 'enrol' && <Told tone="warn">{proof.enrol}</Told>}
          {!wrong && <Failed error={error} />}
          <Group justify="space-between">
            {wanted?.status === 'challenge' && wanted.challenge.channels.length > 0 ? (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() =>
                  void attempt(
                    () =>
                      ask<Challenged>('POST', '/login/send', { pending: wanted.pending.token, body: {} }).then(
                        ({ body }) => setWanted(body),
                      ),
                    () => undefined,
                  )
                }
              >
                {proof.again}
              </Anchor>
            ) : (
              <span />
            )}
            <Group gap="sm">
              <Button variant="default" onClick={() => close(false)}>
                {common.cancel}
              </Button>
              {wanted?.status === 'enrol' ? (
                <Button onClick={signIn}>{proof.signIn}</Button>
              ) : (
                <Button type="submit" loading={busy}>
                  {proof.continue}
                </Button>
              )}
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function describe({ challenge }: Challenged, proof: ReturnType<typeof useTexts>['proof']): string {
  if (challenge.sent_to === null) return proof.fromApp
  return challenge.delivery === 'failed' || challenge.delivery === 'not_sent'
    ? proof.notSent
    : proof.sentTo(challenge.sent_to)
}
