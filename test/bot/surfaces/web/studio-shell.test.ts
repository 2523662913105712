import { expect, it } from 'vitest'
import { sharedProgram } from '../../../factories/program.ts'
import { sharedBrowser } from '../../../factories/studio.ts'
import { webOf } from '../../../factories/web.ts'

const program = sharedProgram()
const open = sharedBrowser()

it('shows the list', async () => {
  const { page, faults } = await open(await webOf(program()))
  expect(await page.locator('h1').textContent()).toBe('Drafts')
  expect(faults).toEqual([])
})
