import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

/** One payload that Slack sends to the app, over a socket or over HTTP. */
export interface Delivery {
  envelopeId: string
  readonly type: 'slash_commands' | 'interactive' | 'events_api'
  readonly payload: Record<string, unknown>
  /** How often it was resent because nothing acknowledged it. */
  attempt: number
  reason: string | undefined
  /** Acknowledged or abandoned. */
  done: boolean
  acknowledge(body: Record<string, unknown>): void
  fail(why: Failure): void
}
export type Failure = 'dispatch_failed' | 'operation_timeout'

/** Sends without waiting; calls the delivery's `acknowledge` or `fail` when the outcome is known. */
export type Transport = (delivery: Delivery) => void

/** The next `left` deliveries arrive twice: in the same envelope, or in two envelopes with the same trigger. */
export interface Doubling {
  left: number
  same: 'envelope' | 'trigger'
}

interface Outcome {
  onAck(body: Record<string, unknown>, late: boolean): void
  onFail(why: Failure): void
}

/** Sends one delivery, gives up after the time limit for acknowledgements, and reports a late acknowledgement as late. */
export function deliver(
  world: World,
  transport: Transport,
  type: Delivery['type'],
  payload: Record<string, unknown>,
  outcome: Outcome,
  doubling: Doubling,
  retry?: { attempt: number; reason: string },
): void {
  let acknowledged = false
  const delivery: Delivery = {
    envelopeId: randomUUID(),
    type,
    payload,
    attempt: retry?.attempt ?? 0,
    reason: retry?.reason,
    done: false,
    acknowledge(body) {
      // The second copy of a doubled delivery is acknowledged as well; only the first answer counts.
      if (acknowledged) return
      acknowledged = true
      const late = delivery.done
      delivery.done = true
      clearTimeout(timer)
      outcome.onAck(body, late)
      world.signal.changed()
    },
    fail(why) {
      if (delivery.done) return
      delivery.done = true
      clearTimeout(timer)
      outcome.onFail(why)
      world.signal.changed()
    },
  }
  const timer = setTimeout(() => delivery.fail('operation_timeout'), world.settings.acknowledgementMs)
  timer.unref()
  transport(delivery)
  if (doubling.left > 0) {
    doubling.left -= 1
    const envelopeId = doubling.same === 'envelope' ? delivery.envelopeId : randomUUID()
    transport({
      ...delivery,
      envelopeId,
      attempt: 1,
      reason: 'timeout',
      get done() {
        return delivery.done
      },
    })
  }
}

/** Sends an event, and retries it as often as Slack does until it is acknowledged. */
export function deliverEvent(
  world: World,
  transport: () => Transport,
  event: Record<string, unknown>,
  doubling: Doubling,
): void {
  const payload = {
    type: 'event_callback',
    token: 'deprecated',
    team_id: world.team.id,
    api_app_id: world.app.id,
    event,
    event_id: world.nextId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: world.team.id, user_id: world.app.userId, is_bot: true },
    ],
  }
  const attempt = (count: number, why: Failure | undefined) => {
    const reason = why === 'operation_timeout' ? 'timeout' : 'connection_failed'
    const outcome: Outcome = {
      onAck: () => undefined,
      onFail(failure) {
        const wait = world.settings.eventRetriesMs[count]
        if (wait === undefined) world.problems.push(`The event ${String(event.type)} was never acknowledged`)
        else setTimeout(() => attempt(count + 1, failure), wait).unref()
      },
    }
    const retry = count === 0 ? undefined : { attempt: count, reason }
    deliver(world, transport(), 'events_api', payload, outcome, doubling, retry)
  }
  attempt(0, undefined)
}
