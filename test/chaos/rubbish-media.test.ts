import { expect, it } from 'vitest'
import { temporaryFolder } from '../factories/folder.ts'
import { rubbishMedia } from './rubbish-media.ts'

it('makes a film of what is good in folders full of rubbish', async () => {
  expect(await rubbishMedia(await temporaryFolder())).toEqual([])
})
