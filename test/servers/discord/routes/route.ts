import type { Json, UploadedFile } from '../types.ts'
import type { World } from '../world.ts'

export interface Call {
  world: World
  /** The parts of the path named in the route's template; '' for one that is not there. */
  param(name: string): string
  query: URLSearchParams
  /** The body if it is an object, else an empty one. */
  body: Json
  /** The body as it came: PUT of commands is a list. */
  rawBody: unknown
  uploads: UploadedFile[]
}

export interface Answer {
  status: number
  body?: unknown
}

export interface Route {
  method: string
  /** As in Discord's description: `/channels/{channel_id}/messages`. */
  template: string
  /** False: the token in the path is the authorisation. */
  auth: boolean
  handle(call: Call): Answer
}

export function route(method: string, template: string, handle: Route['handle'], auth = true): Route {
  return { method, template, auth, handle }
}

export const NO_CONTENT: Answer = { status: 204 }
