import { findDraft } from '../../core/draft/load.ts'
import { changeUploaded, uploadedVideo } from '../../core/draft/upload/change-uploaded.ts'
import { accountFor } from '../../core/draft/upload/enqueue-upload.ts'
import { requestUpload } from '../../core/draft/upload/request-upload.ts'
import { UserError } from '../../core/model/errors.ts'
import type { UploadedVideo } from '../../core/model/upload-target.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import type { FormValues } from '../view/types.ts'
import { uploadCategoryForm, uploadDetailsForm, uploadForm } from '../view/upload-form.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'
import { categoryIn, declaredIn, uploadValuesOf } from './upload-values.ts'

/** **Upload**: opens the form, with the draft's title, description and tags. */
export async function openUploadForm({ core }: Bot, request: Request, action: Action): Promise<void> {
  const draft = await findDraft(core, request.workspace, action.draftId)
  if ((await accountFor(core.db.fork(), draft)) === null) throw new UserError('upload_not_configured')
  await request.reply.openForm(uploadForm(draft, request.words))
}

export async function saveUpload(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  const declared = declaredIn(values.declaration)
  await requestUpload(bot.core, scopeOf(request, action), { ...uploadValuesOf(values), ...declared })
  await request.reply.privately(notice(request.words.upload.begun, 'busy'))
  bot.threads.refresh(action.draftId)
}

/** **Update details**: opens the form with the video's current details. */
export async function openUploadDetailsForm({ core }: Bot, request: Request, action: Action): Promise<void> {
  const { details } = (await uploadedVideo(core, scopeOf(request, action), action.number)).payload
  const { title, description, tags, privacy, publishAt } = details
  const moment = publishAt === null ? '' : new Date(publishAt).toISOString().slice(0, 16).replace('T', ' ')
  const now = { title, description, tags: tags.join(', '), privacy, publishAt: moment }
  await request.reply.openForm(uploadDetailsForm(action, now, request.words))
}

/** **Category**: same, for the video's category, for which the other form has no room on some platforms. */
export async function openUploadCategoryForm({ core }: Bot, request: Request, action: Action): Promise<void> {
  const { category } = (await uploadedVideo(core, scopeOf(request, action), action.number)).payload.details
  await request.reply.openForm(uploadCategoryForm(action, category, request.words))
}

export async function saveUploadDetails(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  const { category = '' } = values
  const change = 'title' in values ? uploadValuesOf(values) : { category: categoryIn(category) }
  const video = await changeUploaded(bot.core, scopeOf(request, action), action.number, change)
  await answer(bot, request, action, video)
}

/** **Make public**. */
export async function publish(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  const scope = scopeOf(request, action)
  const video = await changeUploaded(bot.core, scope, action.number, { privacy: 'public', publishAt: null })
  await answer(bot, request, action, video)
}

async function answer(
  bot: Bot,
  { reply, words }: Request,
  { draftId }: Action,
  { privacy }: UploadedVideo,
): Promise<void> {
  await reply.privately(notice(words.upload.changed(words.upload.privacy[privacy]), 'good'))
  bot.threads.refresh(draftId)
}
