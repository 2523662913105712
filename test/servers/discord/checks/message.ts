import { MessageFlags } from 'discord.js'
import { refuse } from '../refusal.ts'
import type { Json, Message, UploadedFile } from '../types.ts'
import { checkComponents } from './components.ts'
import { codePoints, type FormErrors, isObject } from './form-errors.ts'

const V2 = MessageFlags.IsComponentsV2
/** Flags that a bot may set on its own messages here; others are refused. */
const SETTABLE =
  V2 | MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications

/**
 * Checks a new message (`before` is null) or an edit. `files` are the names of all attachments that it will have.
 * https://discord.com/developers/docs/resources/message#create-message
 */
export function checkMessage(
  errors: FormErrors,
  body: Json,
  context: { before: Message | null; files: ReadonlySet<string>; uploads: readonly UploadedFile[] },
): void {
  const { before } = context
  const flags = typeof body.flags === 'number' ? body.flags : null
  const wasV2 = before !== null && (before.flags & V2) !== 0
  const v2 = wasV2 || (flags !== null && (flags & V2) !== 0)

  errors.integer(['flags'], body.flags, 0, 0x7fffffff)
  // Whether a message notifies is fixed when it is posted: https://discord.com/developers/docs/resources/message#edit-message
  const settable = before === null ? SETTABLE : SETTABLE & ~MessageFlags.SuppressNotifications
  if (flags !== null && (flags & ~(settable | (before?.flags ?? 0))) !== 0) {
    errors.add(['flags'], 'MESSAGE_FLAGS_NOT_SETTABLE', 'These flags cannot be set by an app.')
  }
  if (wasV2 && flags !== null && (flags & V2) === 0) {
    errors.add(
      ['flags'],
      'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
      'IS_COMPONENTS_V2 flag cannot be removed',
    )
  }
  if (body.content !== undefined && body.content !== null) errors.text(['content'], body.content, 0, 2000)
  checkNonce(errors, body)
  checkEmbeds(errors, body.embeds)
  checkMentions(errors, body.allowed_mentions)
  checkComponents(errors, body.components, { v2, files: context.files })
  if (v2) checkLegacyFields(errors, body, before)
  if (context.files.size > 10)
    errors.add(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.')
  errors.refuseIfAny()
  if (v2) refuseOversizedText(body.components)
}

function checkLegacyFields(errors: FormErrors, body: Json, before: Message | null): void {
  for (const field of ['content', 'embeds', 'poll', 'sticker_ids']) {
    const now = body[field]
    const empty = now === null || now === '' || (Array.isArray(now) && now.length === 0)
    // A message converted to Components V2 must explicitly clear its old content and embeds.
    const left =
      now === undefined &&
      before !== null &&
      ((field === 'content' && before.content !== '') || (field === 'embeds' && before.embeds.length > 0))
    if ((now !== undefined && !empty) || left) {
      errors.add(
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      )
    }
  }
  const given = body.components
  const none = Array.isArray(given) ? given.length === 0 : given === null
  if (none || (given === undefined && (before === null || before.components.length === 0))) {
    errors.add(['components'], 'BASE_TYPE_REQUIRED', 'This field is required')
  }
}

function checkNonce(errors: FormErrors, body: Json): void {
  const { nonce } = body
  if (typeof nonce === 'string') errors.text(['nonce'], nonce, 0, 25)
  else if (nonce !== undefined && nonce !== null && !Number.isInteger(nonce)) {
    errors.add(['nonce'], 'NONCE_TYPE_INVALID', 'Must be an integer or a string.')
  }
  if (body.enforce_nonce === true && (nonce === undefined || nonce === null)) {
    errors.add(['nonce'], 'BASE_TYPE_REQUIRED', 'This field is required')
  }
}

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
function checkEmbeds(errors: FormErrors, embeds: unknown): void {
  let total = 0
  for (const [index, embed] of errors.list(['embeds'], embeds, 0, 10).entries()) {
    const fields = isObject(embed) ? embed : {}
    const limits: [string, number][] = [
      ['title', 256],
      ['description', 4096],
    ]
    for (const [name, max] of limits) {
      const text = fields[name]
      if (text === undefined || text === null) continue
      if (errors.text(['embeds', index, name], text, 0, max)) total += codePoints(text)
    }
    for (const [at, field] of errors.list(['embeds', index, 'fields'], fields.fields, 0, 25).entries()) {
      const pair = isObject(field) ? field : {}
      if (errors.text(['embeds', index, 'fields', at, 'name'], pair.name, 1, 256))
        total += codePoints(pair.name)
      if (errors.text(['embeds', index, 'fields', at, 'value'], pair.value, 1, 1024))
        total += codePoints(pair.value)
    }
    const footer = isObject(fields.footer) ? fields.footer.text : undefined
    if (footer !== undefined && errors.text(['embeds', index, 'footer', 'text'], footer, 1, 2048)) {
      total += codePoints(footer)
    }
  }
  if (total > 6000) {
    errors.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
  }
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function checkMentions(errors: FormErrors, mentions: unknown): void {
  if (!isObject(mentions)) return
  const parse = errors.list(['allowed_mentions', 'parse'], mentions.parse, 0, 3)
  for (const [index, kind] of parse.entries()) {
    if (kind !== 'roles' && kind !== 'users' && kind !== 'everyone') {
      errors.add(
        ['allowed_mentions', 'parse', index],
        'BASE_TYPE_CHOICES',
        "Value must be one of {'roles', 'users', 'everyone'}.",
      )
    }
  }
  for (const kind of ['users', 'roles']) {
    const ids = errors.list(['allowed_mentions', kind], mentions[kind], 0, 100)
    if (ids.length > 0 && parse.includes(kind)) {
      errors.add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      )
    }
  }
}

/**
 * Discord answers 500 if the texts of a Components V2 message are larger than this in UTF-8, which 3400 Hangul syllables already
 * are. Undocumented; measured in https://github.com/discord/discord-api-docs/issues/8554.
 */
const MAX_TEXT_BYTES = 10_170
const BYTES_PER_TEXT = 12

function refuseOversizedText(components: unknown): void {
  let bytes = 0
  const visit = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (isObject(value)) {
      if (value.type === 10 && typeof value.content === 'string') {
        bytes += Buffer.byteLength(value.content) + BYTES_PER_TEXT
      }
      visit(value.components)
    }
  }
  visit(components)
  if (bytes > MAX_TEXT_BYTES) throw refuse.serverError()
}
