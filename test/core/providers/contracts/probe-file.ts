import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import ffprobe from '@ffprobe-installer/ffprobe'
import { z } from 'zod'

const run = promisify(execFile)

const schema = z.object({
  streams: z.array(
    z.object({ codec_type: z.string(), width: z.number().optional(), height: z.number().optional() }),
  ),
  format: z.object({ duration: z.coerce.number().optional(), format_name: z.string() }),
})

/**
 * ffprobe's report on a file.
 * @throws when it isn't a media file.
 */
export async function probeFile(file: string): Promise<z.infer<typeof schema>> {
  const parameters = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', file]
  const { stdout } = await run(ffprobe.path, parameters)
  return schema.parse(JSON.parse(stdout))
}
