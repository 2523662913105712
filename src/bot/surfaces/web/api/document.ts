import { z } from '@hono/zod-openapi'
import type { WebApp } from '../env.ts'
import { documentPage, STYLE } from './document-page.ts'
import { DraftParams, REFUSALS } from './routes.ts'

type Document = ReturnType<WebApp['getOpenAPI31Document']>

/**
 * The API's description, generated from its routes, for programs and for people. It needs no sign-in, because it says
 * nothing about any draft.
 */
export function addDocument(app: WebApp): void {
  describeEvents(app)
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    ...{ type: 'http', scheme: 'bearer', bearerFormat: 'rushes_…' },
    description: 'A token, made with `npm run token` on the host or with `/draft token` in a chat',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: 'rushes' },
    description: 'What a browser has that is signed in to the studio',
  })
  // Generated on the first request, when all parts have added their routes.
  let made: Document | null = null
  const document = () => {
    made ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO, tags: TAGS })
    return made
  }
  app.get('/api/openapi.json', (context) => context.json(document(), 200, { 'cache-control': 'no-cache' }))
  app.get('/api/docs', (context) => context.html(documentPage(document())))
  app.get('/api/docs.css', (context) =>
    context.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  )
  app.get('/api', (context) => context.redirect('/api/docs', 302))
}

const INFO = {
  title: 'Rushes',
  version: '1',
  description: [
    'Drafts of short narrated videos: what a team does in its chat, for programs.',
    'Send a token as `Authorization: Bearer rushes_…`. Bodies are JSON; what a body does not know is refused.',
    'Errors are problems as RFC 9457 describes them, with a `code`. Times are UTC, lengths are seconds.',
    'Paths of files are relative to the store of the host; each has an address here from which it is fetched.',
  ].join('\n\n'),
}

const TAGS = [
  { name: 'Drafts', description: 'A draft is a video in the making: a script in segments, with settings.' },
  { name: 'Segments', description: 'A segment has a narration and footage.' },
  { name: 'Footage', description: 'What was found for a segment, and what it takes of that.' },
  { name: 'Steps', description: 'The history of a draft, and what concerns all of it.' },
  { name: 'Notes', description: 'What people say about segments, and texts that were suggested.' },
  { name: 'Render', description: 'From the draft to the video.' },
  { name: 'YouTube', description: 'The finished video on the channel that the workspace has linked.' },
  { name: 'Files', description: 'Every file has an ETag and can be fetched in ranges.' },
  { name: 'Events', description: 'What happens, as it happens.' },
]

function describeEvents(app: WebApp): void {
  const stream = { 'text/event-stream': { schema: z.string() } }
  const about = {
    ...{ method: 'get' as const, tags: ['Events'], security: [{ token: ['read'] }, { session: [] }] },
    responses: { 200: { description: 'Server-Sent Events, with ids', content: stream }, ...REFUSALS },
  }
  const headers = z.object({ 'last-event-id': z.string().optional() })
  app.openAPIRegistry.registerPath({
    ...{ ...about, path: '/api/draft/{draft_id}/events', operationId: 'followDraft' },
    ...{ summary: 'What happens to a draft', request: { params: DraftParams, headers } },
  })
  app.openAPIRegistry.registerPath({
    ...{ ...about, path: '/api/events', operationId: 'followDrafts' },
    summary: 'Which drafts of a list have changed',
  })
}
