import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/**
 * The serious and critical problems that axe finds, which would keep someone out, one per line.
 * @param args arguments of `axe.run`, as script.
 */
export async function barriers(page: Page, args: string): Promise<string[]> {
  // Loading axe takes a page longer than the check itself.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source)
  const found = await page.evaluate<Violation[]>(`axe.run(${args}).then(({ violations }) => violations)`)
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
