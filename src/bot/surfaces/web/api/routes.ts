import { z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { EditScope } from '../../../../core/draft/scope.ts'
import { UserError } from '../../../../core/model/errors.ts'
import { requireAllowedWorkspace } from '../../../handlers/allowed-workspace.ts'
import { authorize } from '../../../handlers/authorize.ts'
import type { Act } from '../../../handlers/needs.ts'
import type { Bot } from '../../../handlers/request.ts'
import { wordsFor } from '../../../words/index.ts'
import { type Env, type WebApp, whoOf } from '../env.ts'
import { limitBody } from '../limit-body.ts'
import { answerProblem, problem, WebError } from '../problems.ts'
import { scopeFor, type Who } from '../who.ts'

/** Maximum body size in bytes: several times a script of 20,000 characters. */
const MAX_BODY = 1_000_000

/**
 * What a route needs. `list` and `create` aren't about an existing draft: their handlers check what the caller may see or create.
 */
export type RouteNeed = Act | 'list' | 'create'

/** The format of draft and job ids. */
export const ID = /^[\w-]{1,100}$/

const ACT_OF: Record<RouteNeed, Act> = {
  ...{ see: 'see', write: 'write', render: 'render', delete: 'delete' },
  ...{ list: 'see', create: 'write' },
}

/** The part that all API routes share: the permission check, the body limit, and how the document describes them. */
export function needs(bot: Bot, need: RouteNeed, { takesFile = false, mayBeEmpty = false } = {}) {
  const scope = scopeFor(ACT_OF[need])
  return {
    // Routes that take a file count its bytes themselves.
    middleware: [guard(bot, need), ...(takesFile ? [] : [mayBeEmpty ? OR_EMPTY : WITHIN_LIMIT])],
    security: [{ token: [scope] }, { session: [] }],
    'x-needs': need,
    'x-scope': scope,
  }
}

/** Checks permissions before looking at anything in the request. */
function guard(bot: Bot, need: RouteNeed): MiddlewareHandler<Env> {
  return async (context, next) => {
    const who = whoOf(context)
    requireRate(bot, who)
    requireAllowedWorkspace(bot, who)
    const act = ACT_OF[need]
    const scope = scopeFor(act)
    if (!who.scopes.has(scope))
      throw new WebError(403, 'scope_missing', `This token has no “${scope}” scope.`, { scope })
    if (need !== 'list' && need !== 'create') {
      const draftId = context.req.param('draft_id') ?? ''
      if (!ID.test(draftId)) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
      await authorize(bot, who, act, draftId)
    }
    await next()
  }
}

/** Limits the rate of tokens only: a page requests all pictures of a draft at once. */
function requireRate({ rates }: Bot, { id }: Who): void {
  const wait = id.startsWith('token:') ? rates.take(id) : 0
  if (wait === 0) return
  const retry_after = Math.ceil(wait)
  throw new WebError(429, 'too_many_requests', `Too many requests. Try again in ${retry_after} s.`, {
    retry_after,
  })
}

const WITHIN_LIMIT = limitBody(MAX_BODY)
/** Some clients always send a content type, even without a body. */
const OR_EMPTY = limitBody(MAX_BODY, '{}')

/** Who changes which draft. The workspace is always the person's, never taken from the address. */
export function scopeOf({ workspace, actor }: Who, draftId: string): EditScope {
  return { workspace, draftId, actor }
}

/** Schema of a whole number in an address. */
export function whole(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  const range = { minimum, ...(maximum < Number.MAX_SAFE_INTEGER && { maximum }) }
  // `Number` would also accept other notations and an empty string.
  return z
    .string()
    .regex(/^\d{1,16}$/, { error: 'Invalid input: expected a whole number', abort: true })
    .transform(Number)
    .pipe(z.number().int().min(minimum).max(maximum))
    .openapi({ type: 'integer', ...range })
}

export const DraftParams = z.object({
  draft_id: z.string().openapi({ example: 'draft_20260102_030405_ab12' }),
})
export const SegmentParams = DraftParams.extend({ segment_id: whole(1) })
export const IndexParams = DraftParams.extend({
  index: whole(0),
})

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'One sentence, in the language of Accept-Language' }),
    code: z.string(),
  })
  .catchall(z.unknown())
  .openapi('Problem')

export function body<T extends z.ZodType>(schema: T, required = true) {
  return { required, content: { 'application/json': { schema } } }
}

/** A route's responses: success with this schema, and the refusals. */
export function answers<T extends z.ZodType>(schema: T, description: string, headers?: typeof totalHeader) {
  const content = { 'application/json': { schema } }
  return { 200: { description, content, ...(headers && { headers }) }, ...REFUSALS }
}

/** The 202 response of a route whose work continues. */
export function accepted<T extends z.ZodType>(schema: T) {
  const header = (description: string) => ({ description, schema: { type: 'string' as const } })
  const headers = {
    Location: header('Where to look again'),
    'Preference-Applied': header('What of Prefer was done (RFC 7240)'),
  }
  const description = 'The work goes on: the caller has asked not to wait, or has waited for ten minutes'
  return { 202: { description, headers, content: { 'application/json': { schema } } } }
}

/** One of the given words. Core does the check, because it explains refusals in a sentence. */
export function choice(words: readonly string[]) {
  return z.string().openapi({ enum: [...words] })
}

/** Same, but may be null or left out. */
export function optionalChoice(words: readonly string[]) {
  return z
    .string()
    .nullish()
    .openapi({ enum: [...words, null] })
}

/** Query parameters for paging. */
export const Page = z.object({
  skip: whole(0, 1_000_000).default(0).openapi({ type: 'integer', minimum: 0, default: 0 }),
  limit: whole(1, 100).default(20).openapi({ type: 'integer', minimum: 1, maximum: 100, default: 20 }),
})

export const totalHeader = {
  'X-Total-Count': { description: 'The total number across all pages', schema: { type: 'integer' as const } },
  Link: { description: 'The next and previous pages (RFC 8288)', schema: { type: 'string' as const } },
}

/** Sets the headers with the total count and with links to the previous and next page. */
export function withTotal(
  context: Context<Env>,
  total: number,
  { skip, limit }: { skip: number; limit: number },
): void {
  const to = (rel: string, at: number) => {
    const query = new URLSearchParams({ ...context.req.query(), skip: String(at), limit: String(limit) })
    return `<${context.req.path}?${query}>; rel="${rel}"`
  }
  const links = [
    ...(skip > 0 ? [to('prev', Math.max(0, skip - limit))] : []),
    ...(skip + limit < total ? [to('next', skip + limit)] : []),
  ]
  context.header('x-total-count', String(total))
  if (links.length > 0) context.header('link', links.join(', '))
}

/** A problem response. */
export function refusal(description: string) {
  return { description, content: { 'application/problem+json': { schema: Problem } } }
}

export const REFUSALS = {
  400: refusal('The request cannot be read, or its body is no JSON'),
  401: refusal('Nobody is signed in, or the token has ended'),
  403: refusal('The token lacks the scope, or its person may not do this'),
  404: refusal('There is nothing of this kind that the caller may see'),
  409: refusal('The draft is in another state, or somebody else has changed it meanwhile'),
  413: refusal('The body is too large'),
  415: refusal('The body is not JSON'),
  422: refusal('A value is not allowed; `field` names it'),
  429: refusal('A limit has been reached; Retry-After says for how many seconds'),
  500: refusal('Something went wrong inside Rushes'),
  502: refusal('A service has failed that this needs'),
  503: refusal(
    'The disk or the database is unavailable, or Rushes is stopping; Retry-After says when to try again',
  ),
  504: refusal('A service has not answered in time'),
  default: refusal('Any other refusal, such as 408 or 421'),
}

/** Answers requests that don't match their schema: 404 for a path parameter, otherwise 422 with what is wrong. */
export function refuseMisfits(app: WebApp): void {
  app.defaultHook = (result, context) => {
    if (result.success) return
    const words = context.get('who')?.words ?? wordsFor(context.req.header('accept-language'))
    if (result.target === 'param')
      return answerProblem(context, problem(404, 'not_found', words.web.not_found))
    const errors = result.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      detail: message,
    }))
    const [first] = errors
    const field = first?.field ? { field: first.field } : {}
    const english = first?.field ? `${first.field}: ${first.detail}.` : `${first?.detail ?? 'Invalid'}.`
    // Zod's messages are in English only.
    const unknown = result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [],
    )
    const at = first?.field || unknown[0]
    const detail = words === wordsFor('en') ? english : words.api.notAllowedHere(at ?? 'body')
    return answerProblem(context, problem(422, 'invalid_request', detail, { ...field, errors }))
  }
}
