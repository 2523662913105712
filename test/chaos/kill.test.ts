import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../factories/folder.ts'
import { trouble } from './invariants.ts'
import { type Kill, killMany } from './kill.ts'
import type { Moment } from './moments.ts'

const at = (moment: Moment, nth = 1): Kill => ({ moment, nth })

it('loses and repeats nothing when it is killed at moments that matter', { timeout: 300_000 }, async () => {
  const folder = await temporaryFolder()
  const [data, platform] = [path.join(folder, 'data'), path.join(folder, 'platform.jsonl')]
  const kills = [
    at('script'),
    at('voice', 2),
    at('footage', 2),
    at('sent', 3),
    at('render'),
    at('upload'),
    at('posted'),
  ]
  const chaos = await killMany(data, platform, kills)
  expect(await trouble(data, platform, chaos)).toEqual([])
})
