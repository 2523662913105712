import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ProviderError, StaleEditError, UserError } from '../../../core/model/errors.ts'
import { storageTrouble } from '../../../core/model/failure.ts'
import { en } from '../../words/en.ts'
import { providerSentence } from '../../words/failures.ts'
import { errorSentence, type Words } from '../../words/index.ts'

/** A problem according to https://www.rfc-editor.org/rfc/rfc9457, plus the error's code. */
export interface Problem {
  type: string
  title: string
  status: ContentfulStatusCode
  detail: string
  code: string
  /** Further details of this code, such as both versions after a conflicting edit. */
  [extension: string]: unknown
}

const PROBLEM_TYPE = 'application/problem+json'

/** An error of HTTP only, for requests refused before they reach core. */
export class WebError extends Error {
  readonly status: ContentfulStatusCode
  readonly code: string
  /** Further details of this code. */
  readonly more: Record<string, unknown>

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    more: Record<string, unknown> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
  }
}

export function answerProblem(context: Context, problem: Problem): Response {
  return context.body(JSON.stringify(problem), problem.status, {
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer realm="Rushes"' }),
    ...(typeof problem.retry_after === 'number' && { 'retry-after': String(problem.retry_after) }),
  })
}

/** The problem that the caller gets for an error; null for internal errors, whose details stay hidden. */
export function problemOf(error: unknown, words: Words): Problem | null {
  if (error instanceof StaleEditError)
    return problem(409, 'stale', errorSentence(words, error), { changed_by: error.changedBy })
  if (error instanceof UserError)
    return problem(statusOf(error.code), error.code, errorSentence(words, error), {
      ...fieldOf(error),
      ...againOf(error),
    })
  if (error instanceof WebError)
    return problem(error.status, error.code, webSentence(words, error), error.more)
  if (error instanceof HTTPException) return refused(error, words)
  if (error instanceof ProviderError)
    return problem(502, 'provider_failed', providerSentence(words, error), { provider: error.provider })
  const trouble = storageTrouble(error)
  if (trouble) return problem(503, trouble.code, errorSentence(words, trouble), { retry_after: 5 })
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return problem(504, 'timeout', words.web.timeout)
  return null
}

/** A refusal by Hono, before any code of Rushes has seen the request. */
function refused({ status, message }: HTTPException, words: Words): Problem {
  if (status === 415) {
    const english = 'Send the body as JSON, with content-type application/json.'
    const detail = words === en ? english : words.web.unsupported_media_type
    return problem(415, 'unsupported_media_type', detail)
  }
  return problem(status, 'bad_request', (words === en && message) || words.web.bad_request)
}

/** The sentence in the reader's language; the error's own if that is English or the catalogue has none. */
function webSentence(words: Words, { code, message, more }: WebError): string {
  const sentence = words === en ? undefined : Object.entries(words.web).find(([each]) => each === code)?.[1]
  if (typeof sentence !== 'function') return sentence ?? message
  const [value] = Object.values(more)
  return sentence(String(value))
}

/** The refused field, by its name in bodies. */
function fieldOf({ code, params }: UserError): Record<string, unknown> {
  const field = params && 'field' in params ? params.field : FIELDS_OF_CODES[code]
  if (typeof field !== 'string') return {}
  return { field: FIELD_NAMES[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }
}

/** Seconds until a used-up limit allows more, if known. */
function againOf({ code, params }: UserError): Record<string, unknown> {
  if (statusOf(code) !== 429) return {}
  const again = params && 'again' in params && typeof params.again === 'string' ? params.again : ''
  const seconds = Math.ceil((Date.parse(again.replace(' UTC', 'Z')) - Date.now()) / 1000)
  return { retry_after: seconds > 0 ? seconds : UNKNOWN_WAIT }
}

/** Seconds to wait if the error doesn't say how long. */
const UNKNOWN_WAIT = 60

/** The fields of codes that can only be about one field. */
const FIELDS_OF_CODES: Partial<Record<string, string>> = {
  ...{ tags_too_long: 'tags', too_many_tags: 'tags', schedule_needs_private: 'publishAt' },
}

/** Fields whose names in bodies differ from those in sentences. */
const FIELD_NAMES: Record<string, string> = {
  narration: 'text',
  searchQuery: 'image_search_query',
  targetDuration: 'duration',
  listLimit: 'limit',
  note: 'text',
  place: 'to',
  uploadAfter: 'upload',
}

export function problem(
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  more: Record<string, unknown> = {},
): Problem {
  return {
    type: `urn:rushes:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    detail,
    code,
    ...more,
  }
}

/** The HTTP status of one of core's codes. */
export function statusOf(code: string): ContentfulStatusCode {
  // The account is named in the body, not in the address.
  if (code === 'account_not_found') return 422
  if (/_not_found$|^no_such_|^not_uploaded$/.test(code)) return 404
  if (/^not_allowed|^note_not_yours|^publish_needs_second|workspace_not_allowed/.test(code)) return 403
  if (/^limit_|^budget_/.test(code)) return 429
  if (/^disk_|^database_/.test(code)) return 503
  if (code === 'file_too_large') return 413
  if (
    /^draft_(busy|already|finalized|not_finalized)|^nothing_to|_already$|_decided$|^watch_not_yet|^assets_missing|^approval|^bundle_|^upload_going_on|^no_film_to_upload/.test(
      code,
    )
  )
    return 409
  return 422
}
