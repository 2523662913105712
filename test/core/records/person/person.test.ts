import { describe, expect, it } from 'vitest'
import { nameOfPerson, parsePerson } from '../../../../src/core/records/person/person.ts'

describe('a person on the command line', () => {
  it.each([
    ['discord:123456789012345678', { surface: 'discord', team: null, id: '123456789012345678' }],
    ['slack:U0123ABC', { surface: 'slack', team: null, id: 'U0123ABC' }],
    ['slack:T0123/W0123ABC', { surface: 'slack', team: 'T0123', id: 'W0123ABC' }],
    ['terminal:you', { surface: 'terminal', team: null, id: 'you' }],
  ])('%s is understood', (typed, person) => {
    expect(parsePerson(typed)).toEqual(person)
    expect(parsePerson(nameOfPerson(person))).toEqual(person)
  })

  it.each([
    '',
    'ann',
    'discord:',
    'discord:ann',
    'discord:12 3',
    'slack:u123',
    'slack:U1/T1',
    "test:a'b",
    ':1',
    'test:%',
  ])('“%s” is not', (typed) => expect(parsePerson(typed)).toBeNull())
})
