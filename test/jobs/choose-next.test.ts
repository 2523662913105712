import { describe, expect, it } from 'vitest'
import { chooseNext, Lately, type Turn } from '../../src/jobs/choose-next.ts'

interface Asked extends Turn {
  priority: number
  name: string
}

const job = (workspace: string, requesterId: string, draftId: string, priority = 0): Asked => ({
  ...{ workspace, requesterId, draftId, priority },
  name: `${workspace} ${requesterId} ${draftId}`,
})

/** Which jobs start, one after another, each finished before the next. */
function begun(waiting: Asked[], count: number, lately = new Lately()): string[] {
  const left = [...waiting]
  return Array.from({ length: count }, () => {
    const next = chooseNext(left, [], lately)
    if (!next) return ''
    lately.beganJob(next)
    left.splice(left.indexOf(next), 1)
    return next.name
  })
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))

describe('whose turn it is', () => {
  it('goes by person before it goes by draft', () => {
    const ann = times(40, (index) => job('w', 'ann', `a${index}`))
    const ben = times(8, () => job('w', 'ben', 'b'))
    const order = begun([...ann, ...ben], 16)
    expect(order.filter((name) => name.includes('ben'))).toHaveLength(8)
  })

  it('goes by workspace before it goes by person', () => {
    const many = times(30, (index) => job('many', `person ${index}`, `m${index}`))
    const order = begun([...many, ...times(4, () => job('few', 'zoe', 'z'))], 8)
    expect(order.filter((name) => name.startsWith('few'))).toHaveLength(4)
  })

  it('comes to somebody new before those who had many lately, and does not forget these', () => {
    const lately = new Lately()
    const ann = times(100, (index) => job('w', 'ann', `a${index}`))
    begun(ann.slice(0, 40), 40, lately)
    const order = begun([...ann.slice(40), ...times(100, () => job('w', 'ben', 'b'))], 40, lately)
    expect(order.slice(0, 5).every((name) => name.includes('ben'))).toBe(true)
    const shareOfAnn = order.slice(10).filter((name) => name.includes('ann')).length / 30
    expect(shareOfAnn).toBeGreaterThan(0.4)
    expect(shareOfAnn).toBeLessThan(0.6)
  })

  it('leaves places for others, and none is taken beyond the caps', () => {
    const working = times(3, (index) => job('w', 'ann', `a${index}`))
    const ann = job('w', 'ann', 'a9')
    expect(chooseNext([ann], working, new Lately(), { perPerson: 3 })).toBeUndefined()
    expect(chooseNext([ann, job('w', 'ben', 'b')], working, new Lately(), { perPerson: 3 })?.name).toBe(
      'w ben b',
    )
    expect(chooseNext([job('w', 'ben', 'a0')], working, new Lately(), { perDraft: 1 })).toBeUndefined()
  })

  it('comes to the urgent of a draft first', () => {
    const [clip, sound] = [job('w', 'ann', 'a', 0), job('w', 'ann', 'a', -2)]
    expect(chooseNext([sound, clip], [], new Lately())).toBe(clip)
  })

  it('remembers no more than matters, however many people there are', () => {
    const lately = new Lately()
    for (let index = 0; index < 5000; index += 1) lately.beganJob(job(`w${index}`, `p${index}`, `d${index}`))
    expect(lately.size).toBeLessThan(150)
  })
})
