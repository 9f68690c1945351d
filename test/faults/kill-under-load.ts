import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { NodeProcess } from '../nodes/node-process.ts'
import { codeOf } from '../phone.ts'

/** What nodes have told before they were killed: whatever happened to them, each of it has to be so (I4). */
export interface Told {
  /** Tokens of sessions that were opened, and of those that were ended. */
  readonly open: string[]
  readonly ended: string[]
  /** Codes of apps that have passed, by user. */
  readonly spent: Map<string, string[]>
  /** The last number that was told to be kept as the name of `kim`; one more may be there, and none less. */
  renamed: number
  acts: number
}

export const nothingTold = (): Told => ({ open: [], ended: [], spent: new Map(), renamed: 0, acts: 0 })

interface Load {
  readonly adminKey: string
  /** Secrets of the apps of users who sign in with one. */
  readonly secrets: ReadonlyMap<string, string>
  /** The node is killed when so many acts more have been told. */
  readonly acts: number
}

const password = (username: string) => ({ username, password: `${username}-demo-password` })

/** Signs in and out, renames and proves, all at once, and kills the node amid it with SIGKILL. Notes in `told` what was acknowledged. */
export async function killUnderLoad(node: NodeProcess, told: Told, { adminKey, secrets, acts }: Load): Promise<void> {
  const ask = (door: string, asked: Parameters<NodeProcess['ask']>[1]) => node.ask(door, asked).catch(() => null)

  const comer = async (leaves: boolean): Promise<void> => {
    for (;;) {
      const answer = await ask('POST /login', { body: password('web') })
      if (answer === null) return
      if (answer.body.status !== 'signed_in') continue
      const { token } = answer.body.session
      const out = leaves ? await ask('DELETE /session', { token }) : undefined
      // A sign-out that nobody answered may have happened or not.
      if (out?.status === 204) told.ended.push(token)
      else if (out === undefined) told.open.push(token)
      told.acts += 1
    }
  }
  const administrator = async (): Promise<void> => {
    for (let number = told.renamed + 1; ; number += 1) {
      const answer = await ask('PATCH /users/kim', { token: adminKey, body: { display_name: String(number) } })
      if (answer === null) return
      assert.equal(answer.status, 200)
      told.renamed = number
      told.acts += 1
    }
  }
  const prover = async ([username, secret]: readonly [string, string]): Promise<void> => {
    const spent = told.spent.get(username) ?? []
    told.spent.set(username, spent)
    const code = codeOf(secret, Date.now())
    if (spent.includes(code)) return
    const pending = await ask('POST /login', { body: password(username) })
    const token = pending?.body.pending?.token as string | undefined
    const answer = token === undefined ? null : await ask('POST /login/verify', { token, body: { code } })
    if (answer?.status !== 200) return
    spent.push(code)
    told.open.push(answer.body.session.token)
    told.acts += 1
  }

  const until = told.acts + acts
  const clients = [comer(false), comer(false), comer(true), administrator(), ...[...secrets].map(prover)]
  while (told.acts < until && node.child.exitCode === null) await pause(5)
  await node.stop('SIGKILL')
  await Promise.all(clients)
}

/** Holds a node that lives against all that was told. */
export async function assertKept(node: NodeProcess, told: Told, adminKey: string): Promise<void> {
  const session = async (token: string): Promise<number> => (await node.ask('GET /session', { token })).status
  for (const token of told.open) assert.equal(await session(token), 200, 'a session that was told is there')
  for (const token of told.ended) assert.equal(await session(token), 401, 'a session that was ended is over')
  const { body } = await node.ask('GET /users/kim', { token: adminKey })
  const renamed = told.renamed === 0 ? 0 : Number(body.display_name)
  assert.ok([told.renamed, told.renamed + 1].includes(renamed), `renamed to ${told.renamed}, found ${renamed}`)
  told.renamed = renamed
  for (const [username, codes] of told.spent) {
    const [code] = codes.slice(-1)
    if (code === undefined) continue
    const pending = await node.ask('POST /login', { body: password(username) })
    const { token } = pending.body.pending
    assert.equal((await node.ask('POST /login/verify', { token, body: { code } })).status, 401, 'a spent code is spent')
  }
}
