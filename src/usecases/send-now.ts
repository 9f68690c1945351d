import type { DeliveryId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { dispatchDelivery } from './dispatch-delivery.ts'

/**
 * Sends a message that somebody waits for, and waits with them as long as a person can be kept waiting. After that it goes on by
 * itself: the page says that it is on its way, and the next look at it says what became of it.
 */
export async function sendNow(ports: Ports, id: DeliveryId): Promise<void> {
  await ports.patience(dispatchDelivery(ports, id))
}
