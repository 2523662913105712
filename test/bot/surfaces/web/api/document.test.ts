import { expect, it } from 'vitest'
import { apiOf } from '../../../../factories/api.ts'
import { sharedProgram } from '../../../../factories/program.ts'

const program = sharedProgram({ start: false })

it('describes itself to programs and to people, without a script and without a sign-in', async () => {
  const origin = await apiOf(program())
  const answer = await fetch(`${origin}/api/openapi.json`)
  const document = (await answer.json()) as {
    openapi: string
    paths: Record<string, Record<string, { parameters?: { name: string; schema: object }[] }>>
    components: { schemas: Record<string, { required?: string[] }>; securitySchemes: object }
  }
  expect(document.openapi).toBe('3.1.0')
  expect(document.components.schemas.Draft?.required?.slice(0, 8)).toEqual([
    ...['draft_id', 'topic', 'title', 'description', 'tags', 'format', 'target_duration', 'status'],
  ])
  expect(Object.keys(document.components.securitySchemes)).toEqual(['token', 'session'])
  const limit = document.paths['/api/draft/']?.get?.parameters?.find(({ name }) => name === 'limit')
  expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  const page = await (await fetch(`${origin}/api/docs`)).text()
  for (const path of Object.keys(document.paths)) expect(page).toContain(path)
  expect(page).not.toMatch(/<script|style=|https?:/)
  // Each link leads to something on the page.
  for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`)
  const style = await fetch(`${origin}/api/docs.css`)
  expect(style.headers.get('content-type')).toContain('text/css')
})
