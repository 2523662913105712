import { z } from 'zod'
import {
  accessory,
  actionsElement,
  anyText,
  hasOneSource,
  imageElement,
  imageFields,
  inputElement,
  ONE_SOURCE,
  plainText,
  words,
} from './elements.ts'
import { LIMITS } from './limits.ts'

const block = { block_id: words(LIMITS.blockId.max).optional() }
const https = z
  .string()
  .max(LIMITS.url.max)
  .refine((value) => value.startsWith('https://') && URL.canParse(value), 'must be an https url')

const section = z
  .strictObject({
    type: z.literal('section'),
    ...block,
    text: anyText(LIMITS.sectionText.max).optional(),
    fields: z.array(anyText(LIMITS.sectionFieldText.max)).min(1).max(LIMITS.sectionFields.max).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((s) => s.text !== undefined || s.fields !== undefined, 'one of text and fields is required')

const header = z.strictObject({
  type: z.literal('header'),
  ...block,
  text: plainText(LIMITS.headerText.max),
})
const divider = z.strictObject({ type: z.literal('divider'), ...block })
const context = z.strictObject({
  type: z.literal('context'),
  ...block,
  elements: z
    .array(z.discriminatedUnion('type', [imageElement, ...anyText(LIMITS.contextText.max).options]))
    .min(1)
    .max(LIMITS.contextElements.max),
})
const actions = z.strictObject({
  type: z.literal('actions'),
  ...block,
  elements: z.array(actionsElement).min(1).max(LIMITS.actionsElements.max),
})
const image = z
  .strictObject({ ...block, ...imageFields, title: plainText(LIMITS.imageTitle.max).optional() })
  .refine(hasOneSource, ONE_SOURCE)
const input = z.strictObject({
  type: z.literal('input'),
  ...block,
  label: plainText(LIMITS.inputLabel.max),
  hint: plainText(LIMITS.inputHint.max).optional(),
  element: inputElement,
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
})
const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...block,
  text: words(LIMITS.markdownText.max),
})
const video = z.strictObject({
  type: z.literal('video'),
  ...block,
  alt_text: words(LIMITS.imageAlt.max),
  title: plainText(LIMITS.videoTitle.max),
  title_url: https.optional(),
  video_url: https,
  thumbnail_url: https,
  description: plainText(LIMITS.sectionText.max).optional(),
  author_name: words(LIMITS.videoAuthor.max).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: https.optional(),
})
const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional()
const richInline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words(LIMITS.sectionText.max), style }),
  z.strictObject({
    type: z.literal('link'),
    url: words(LIMITS.url.max),
    text: z.string().optional(),
    unsafe: z.boolean().optional(),
    style,
  }),
  z.strictObject({ type: z.literal('emoji'), name: words(100), style }),
  z.strictObject({ type: z.literal('user'), user_id: words(20), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: words(20), style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: words(200),
    url: z.string().optional(),
    fallback: z.string().optional(),
    style,
  }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
])
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richInline) })
const border = z.union([z.literal(0), z.literal(1)]).optional()
const richText = z.strictObject({
  type: z.literal('rich_text'),
  ...block,
  elements: z.array(
    z.discriminatedUnion('type', [
      richSection,
      z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.enum(['bullet', 'ordered']),
        elements: z.array(richSection),
        indent: z.int().optional(),
        offset: z.int().optional(),
        border,
      }),
      z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richInline), border }),
      z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(richInline), border }),
    ]),
  ),
})

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...block,
  task_id: words(LIMITS.blockId.max),
  title: words(LIMITS.taskTitle.max),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
})

const inMessages = [
  section,
  header,
  divider,
  context,
  actions,
  image,
  input,
  markdown,
  video,
  richText,
  taskCard,
] as const
const inModals = [section, header, divider, context, actions, image, input, video, richText] as const

export const messageBlocks = z
  .array(z.discriminatedUnion('type', inMessages))
  .max(LIMITS.blocksPerMessage.max)
const viewBlocks = z.array(z.discriminatedUnion('type', inModals)).max(LIMITS.blocksPerView.max)

const viewFields = {
  blocks: viewBlocks,
  private_metadata: z.string().max(LIMITS.viewPrivateMetadata.max).optional(),
  callback_id: z.string().max(LIMITS.viewCallbackId.max).optional(),
  external_id: z.string().max(LIMITS.viewExternalId.max).optional(),
}
export const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...viewFields,
    title: plainText(LIMITS.viewTitle.max),
    submit: plainText(LIMITS.viewSubmit.max).optional(),
    close: plainText(LIMITS.viewClose.max).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every((b) => b.type !== 'input'),
    'missing required field: submit (a modal with an input block needs it)',
  )
export const home = z.strictObject({ type: z.literal('home'), ...viewFields })

export type Block = z.infer<typeof messageBlocks>[number]
export type InputBlock = Extract<Block, { type: 'input' }>
export type ModalPayload = Omit<z.infer<typeof modal>, 'blocks'> & { blocks: Block[] }
