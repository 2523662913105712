import { describe, expect, it } from 'vitest'
import { approvalLines } from '../../../src/bot/view/approvals.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import type { ApprovalsView } from '../../../src/core/model/read-models.ts'

const [en, ko] = [wordsFor('en'), wordsFor('ko')]
const at = new Date('2026-01-02T03:04:05Z')

function view(by: [name: string, changesSince: number][], rest: Partial<ApprovalsView> = {}): ApprovalsView {
  const approvals = by.map(([name, changesSince]) => ({ name, changesSince, at, counts: true }))
  const standing = approvals.filter(({ changesSince }) => changesSince === 0).length
  return { needed: 0, roleName: null, standing, film: 1, by: approvals, ...rest }
}

describe('what a card says of approvals', () => {
  it('says nothing where nobody has approved it and nobody has to', () => {
    expect(approvalLines(view([]), en)).toEqual([])
  })

  it('tells approvals that stand from those of an earlier film', () => {
    const mixed = view([
      ['Ann', 0],
      ['Bob', 2],
      ['', 1],
    ])
    expect(approvalLines(mixed, en)).toEqual([
      'Approved by Ann',
      'Approved by Bob · 2 changes since',
      'Approved by someone · 1 change since',
    ])
    expect(approvalLines(mixed, ko)).toEqual([
      '승인: Ann 님',
      '승인: Bob 님 · 이후 변경 2건',
      '승인: 누군가 · 이후 변경 1건',
    ])
  })

  it('says what is still needed, and no more once it is there', () => {
    expect(approvalLines(view([], { needed: 1 }), en)).toEqual(['0 of 1 approval needed before rendering'])
    const some = view([['Ann', 0]], { needed: 2, roleName: 'Editors' })
    expect(approvalLines(some, en)).toEqual([
      'Approved by Ann',
      '1 of 2 approvals from Editors needed before rendering',
    ])
    expect(approvalLines(some, ko)[1]).toBe('렌더링 전 Editors 승인 2명 필요 · 현재 1명')
    expect(approvalLines(view([['Ann', 0]], { needed: 1 }), en)).toEqual(['Approved by Ann'])
  })

  it('names a few of many', () => {
    const many = view(Array.from({ length: 30 }, (_, index) => [`${index} ${'x'.repeat(90)}`, index % 2]))
    const lines = approvalLines(many, en)
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/and 11 others$/)
    expect(lines.join('\n').length).toBeLessThan(600)
  })
})
