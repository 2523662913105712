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
    description: 'A token created with `npm run token` on the host or `/draft token` in a chat',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: 'rushes' },
    description: 'The session cookie of a browser signed in to the studio',
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
    'Drafts of short narrated videos: everything a team does in its chat, for programs.',
    'Send a token as `Authorization: Bearer rushes_…`. Bodies are JSON; unknown fields are rejected.',
    'Errors are problem details (RFC 9457) with a `code`. Times are in UTC, lengths in seconds.',
    'File paths are relative to the host’s store; each file has an address here for downloading it.',
  ].join('\n\n'),
}

const TAGS = [
  { name: 'Drafts', description: 'A draft is a video in the making: a script in segments, with settings.' },
  { name: 'Segments', description: 'A segment has a narration and footage.' },
  { name: 'Footage', description: 'The candidates for a segment, and the one it uses.' },
  { name: 'Steps', description: 'A draft’s history, and actions on the whole draft.' },
  { name: 'Notes', description: 'Notes on segments, and suggested texts.' },
  { name: 'Render', description: 'From the draft to the video.' },
  { name: 'YouTube', description: 'The finished video on the workspace’s linked channel.' },
  { name: 'Files', description: 'Every file has an ETag and supports range requests.' },
  { name: 'Events', description: 'Live updates.' },
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
    ...{ summary: 'Events of a draft', request: { params: DraftParams, headers } },
  })
  app.openAPIRegistry.registerPath({
    ...{ ...about, path: '/api/events', operationId: 'followDrafts' },
    summary: 'Events of the list of drafts',
  })
}
