import type { Json, UploadedFile } from '../types.ts'
import type { World } from '../world.ts'

export interface Call {
  world: World
  /** A path parameter by its name in the route's template; '' if it doesn't exist. */
  param(name: string): string
  query: URLSearchParams
  /** The body if it is an object, otherwise an empty one. */
  body: Json
  /** The body as received: for a PUT of commands it is a list. */
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
  /** False: the token in the path authorizes the request. */
  auth: boolean
  handle(call: Call): Answer
}

export function route(method: string, template: string, handle: Route['handle'], auth = true): Route {
  return { method, template, auth, handle }
}

export const NO_CONTENT: Answer = { status: 204 }
