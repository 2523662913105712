import path from 'node:path'
import { vi } from 'vitest'

interface Printed {
  stdout: string
  stderr: string
}

type Write = typeof process.stdout.write
const SIGNALS = ['SIGTERM', 'SIGINT'] as const

let runs = 0

/**
 * Runs a tool of src/bot/program/tools with these arguments and settings in this process, so that nothing has to be loaded again.
 * For testing what it prints and does; each tool's test file also checks that it works as a separate process.
 */
export async function runTool(
  name: string,
  args: string[],
  env: Record<string, string>,
): Promise<Printed & { code: number }> {
  const { argv, exitCode } = process
  process.argv = [process.execPath, name, ...args]
  process.exitCode = 0
  runs += 1
  // The number makes it a new module each time; everything it imports is already loaded.
  const tool = path.resolve(`src/bot/program/tools/${name}.ts?run=${runs}`)
  try {
    const printed = await asProgram(env, () => import(tool))
    return { code: Number(process.exitCode), ...printed }
  } finally {
    Object.assign(process, { argv, exitCode })
  }
}

/**
 * Runs the work as if in one of our programs, with its own settings; whatever it changes in the process is restored.
 * @returns what it printed.
 */
export async function asProgram(env: Record<string, string>, work: () => Promise<unknown>): Promise<Printed> {
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation(((text: string) => {
      printed[stream] += text
      return true
    }) as Write),
  )
  for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value)
  const umask = process.umask()
  const listening = SIGNALS.map((signal) => process.listeners(signal))
  try {
    await work()
    return printed
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
    process.umask(umask)
    for (const [index, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!listening[index]?.includes(listener)) process.off(signal, listener)
  }
}
