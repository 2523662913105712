import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Ensures that no ffmpeg or ffprobe outlives this process, even if it is killed with SIGKILL and can't clean up. A small shell
 * reads the IDs of running processes from a pipe, which the kernel closes when this process ends for any reason; the shell then
 * kills the processes still on its list. (ffmpeg itself doesn't notice: it ignores SIGPIPE and the end of its standard input.)
 */
export function guardProcess(child: ChildProcess): void {
  const { pid } = child
  // Windows has no POSIX shell; there, a job object or the service manager has to do this.
  if (pid === undefined || process.platform === 'win32') return
  guarded.add(pid)
  tell(`+${pid}\n`)
  child.once('exit', () => {
    guarded.delete(pid)
    tell(`-${pid}\n`)
  })
}

/** The list is a string like ` 12 34 `, because a plain POSIX shell has no arrays. */
const WATCH = `
trap '' INT TERM HUP
list=' '
while read -r line; do
  id=\${line#?}
  case $line in
    +*) list="$list$id " ;;
    -*) case $list in *" $id "*) list="\${list%% $id *} \${list#* $id }" ;; esac ;;
  esac
done
for id in $list; do kill -9 "$id" 2>/dev/null; done
`

/** The minimum lifetime of a shell that is worth replacing, in milliseconds; one that ends at once would do so again. */
const WORTHWHILE = 1000

const guarded = new Set<number>()
let watcher: ChildProcess | null = null

function tell(line: string): void {
  if (watcher === null) startWatcher()
  else watcher.stdin?.write(line)
}

/** Starts a shell that knows all processes currently running. */
function startWatcher(): void {
  // Detached: a signal to the whole process group must not end it before the others.
  const shell = spawn('/bin/sh', ['-c', WATCH], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const startedAt = performance.now()
  watcher = shell
  const forget = () => {
    if (watcher === shell) watcher = null
  }
  shell.once('error', forget)
  shell.once('exit', () => {
    forget()
    if (watcher === null && guarded.size > 0 && performance.now() - startedAt > WORTHWHILE) startWatcher()
  })
  shell.stdin.on('error', forget)
  // It must not keep this process alive.
  shell.unref()
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  for (const pid of guarded) shell.stdin.write(`+${pid}\n`)
}
