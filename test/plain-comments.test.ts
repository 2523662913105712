import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Words that had crept into comments and documentation, and that nobody would say. */
const QUAINT =
  /\b(anew|whoever|ffmpegs|thereby|hence|unless told|for ever|none such|(?:is|are|was|were|be) told (?:of|that|so)|told of|tells of)\b/i
/** A line of a comment, or a comment behind code. */
const COMMENT = /^\s*(?:\/\*\*|\*|\/\/).*|\s\/\/ .*/

/** Lines with one of these words, each with its place. */
function quaint(pattern: string, part: (line: string) => string | undefined): string[] {
  return globSync(pattern, { cwd: ROOT }).flatMap((file) =>
    readFileSync(path.join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        QUAINT.test(part(line) ?? '') ? [`${file}:${index + 1} ${line.trim()}`] : [],
      ),
  )
}

it('has comments in plain English', () => {
  const comments = '{src,test,bench}/**/*.ts'
  expect(globSync(comments, { cwd: ROOT }).length).toBeGreaterThan(500)
  expect(quaint(comments, (line) => COMMENT.exec(line)?.[0])).toEqual([])
})

it('has documentation in plain English', () => {
  expect(quaint('{README.md,docs/*.md,.env.example}', (line) => line)).toEqual([])
})
