import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { channelOfGrant, codeOfLink, saveAccount } from '../draft/accounts/link-account.ts'
import { platformOf } from '../draft/accounts/platform-of.ts'
import type { Core } from '../draft/core.ts'
import type { Payload } from '../draft/payloads.ts'
import { requesterOf } from '../draft/requester.ts'
import { ProviderError, UserError } from '../model/errors.ts'

/** Seconds by which each `slow_down` makes the interval longer: RFC 8628, 3.5. */
const SLOWER = 5
/** Seconds of the longest interval that there is any use in. */
const LONGEST = 120

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/**
 * Asks the platform whether somebody has entered the code, once an interval, until they have, or it is over. When to ask next is
 * written down before each question, so that another process that continues this does not ask sooner.
 * @throws UserError `link_denied`, `link_expired`, and what `saveAccount` throws.
 */
export async function runLink(
  core: Core,
  job: Job,
  payload: Payload<'link'>,
  signal: AbortSignal,
  wait: Wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
): Promise<void> {
  // Saved by a process that ended before the job was marked as done.
  if (payload.accountId !== null) return
  const platform = platformOf(core, payload.platform)
  const code = codeOfLink(core, job, payload)
  let asked = payload
  for (;;) {
    const now = core.clock().getTime()
    if (now >= asked.expiresAt) throw new UserError('link_expired')
    // Somebody may have put the clock back.
    const pause = Math.min(Math.max(0, asked.nextAt - now), asked.interval * 1000, asked.expiresAt - now)
    await wait(pause, signal)
    asked = { ...asked, nextAt: core.clock().getTime() + asked.interval * 1000 }
    await keep(core, job, asked)
    const answer = await platform.accounts.askLink(code, signal).catch((error: unknown) => {
      // What may pass is no reason to have the person begin again.
      if (error instanceof ProviderError) return { state: 'slow_down' as const }
      throw error
    })
    if (answer.state === 'granted') {
      const { grant } = answer
      const channel = await channelOfGrant(core, platform.name, grant, signal)
      const actor = requesterOf(job) ?? { id: '', name: '' }
      await saveAccount(
        core,
        { place: payload.place, actor },
        { platform, grant, channel },
        async (em, accountId) => {
          const done = { ...asked, sealedCode: '', accountId }
          const kept = await em.nativeUpdate(
            JobEntity,
            { jobId: job.jobId, state: 'running' },
            { payload: done },
          )
          // Somebody has begun again, or cancelled it, in the last moment.
          if (kept === 0) throw new UserError('cancelled')
        },
      )
      return
    }
    if (answer.state === 'slow_down') {
      const interval = Math.min(LONGEST, asked.interval + SLOWER)
      asked = { ...asked, interval, nextAt: core.clock().getTime() + interval * 1000 }
      await keep(core, job, asked)
    }
  }
}

/** @throws UserError where the job is not ours any more. */
async function keep({ db }: Core, { jobId }: Job, payload: Payload<'link'>): Promise<void> {
  const kept = await db.fork().nativeUpdate(JobEntity, { jobId, state: 'running' }, { payload })
  if (kept === 0) throw new UserError('cancelled')
}
