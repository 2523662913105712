import { z } from '@hono/zod-openapi'
import { REFUSALS } from '../api/routes.ts'

/** The responses of a route that sends a file. */
export function fileAnswers() {
  const content = { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } }
  return {
    200: { description: 'The file, with an ETag', content },
    206: { description: 'The requested range', content },
    304: { description: 'The file hasn’t changed' },
    416: { description: 'The file has no such range' },
    ...REFUSALS,
  }
}
