import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/** What axe finds that is serious or critical and so keeps somebody out, a line each. @param args of `axe.run`, as script. */
export async function barriers(page: Page, args: string): Promise<string[]> {
  // To read it takes a page longer than to look.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source)
  const found = await page.evaluate<Violation[]>(`axe.run(${args}).then(({ violations }) => violations)`)
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
