import type { IncomingMessage } from 'node:http'
import type { Args } from './api/refusal.ts'

/** Stands for a field that should have been JSON but wasn't. */
export const UNREADABLE = Symbol('unreadable')

/** The real client sends these fields as JSON inside a form. */
const JSON_FIELDS = ['blocks', 'view', 'files', 'attachments', 'metadata']

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The arguments of a call from a URL-encoded form, a multipart form or JSON. Malformed fields become `UNREADABLE`. */
export async function readArgs(request: IncomingMessage, bytes: Buffer): Promise<Args> {
  const args = await readFields(request, bytes)
  for (const field of JSON_FIELDS) {
    if (typeof args[field] === 'string' && args[field] !== '') args[field] = parse(args[field])
  }
  return args
}

/** The bytes of step two of an upload: a multipart form with one file, or the bare bytes. */
export async function readUpload(request: IncomingMessage, bytes: Buffer): Promise<Buffer> {
  if (!typeOf(request).startsWith('multipart/form-data')) return bytes
  for (const value of (await formOf(request, bytes)).values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer())
  }
  return Buffer.alloc(0)
}

async function readFields(request: IncomingMessage, bytes: Buffer): Promise<Args> {
  const type = typeOf(request)
  if (type.startsWith('application/json')) {
    const parsed = parse(bytes.toString())
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : { body: UNREADABLE }
  }
  if (type.startsWith('multipart/form-data')) return Object.fromEntries(await formOf(request, bytes))
  return Object.fromEntries(new URLSearchParams(bytes.toString()))
}

function formOf(request: IncomingMessage, bytes: Buffer): Promise<FormData> {
  const headers = { 'content-type': typeOf(request) }
  return new Response(new Uint8Array(bytes), { headers }).formData()
}

function typeOf(request: IncomingMessage): string {
  return request.headers['content-type'] ?? ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return UNREADABLE
  }
}
