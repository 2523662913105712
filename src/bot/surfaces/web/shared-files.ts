import { fileOfWord } from '../../../core/draft/file-links.ts'
import type { Bot } from '../../handlers/request.ts'
import { sendFile } from './api/send-file.ts'
import type { WebApp } from './env.ts'

/** Files of finished films, for programs that learned of them from a webhook: knowing the address is the permission. */
export function addSharedFiles(app: WebApp, { core }: Bot): void {
  app.get('/shared/:word', async (context) => {
    const file = await fileOfWord(core, context.req.param('word'))
    return sendFile(context, core.store, file)
  })
}
