/** Asks the person for a fresh proof; false: they gave it up. */
type Prover = () => Promise<boolean>

let prover: Prover = async () => false
let underWay: Promise<boolean> | null = null

/** The dialog says here that it is ready to ask. */
export function onProof(ask: Prover): () => void {
  prover = ask
  return () => {
    prover = async () => false
  }
}

/** Several changes that need a proof at the same time share one. */
export function proveAnew(): Promise<boolean> {
  underWay ??= prover().finally(() => {
    underWay = null
  })
  return underWay
}
