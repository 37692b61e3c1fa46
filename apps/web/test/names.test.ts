import { describe, expect, it } from 'vitest'
import { hueOf, initials, NameFor, nameFor, oneOf } from '../src/ui/names.ts'

const jane = { id: 'jane', name: 'Jane Smith' }
const mary = { id: 'mary', name: 'Mary Okafor' }
const ada = { id: 'ada', name: 'Ada Obi' }

it.each([
  ['John Doe', 'JD'],
  ['Madonna', 'M'],
  ['  Ngozi  Okonjo Iweala ', 'NI'],
  ['', '?'],
])('initials of %j are %s', (name, letters) => expect(initials(name)).toBe(letters))

it('a name always has the same colour, and not all names the same one', () => {
  const names = ['John Doe', 'Jane Smith', 'Mary Okafor', 'Tunde Bakare', 'Aisha Bello', 'Chidi Eze']
  expect(names.map(hueOf)).toEqual(names.map(hueOf))
  expect(new Set(names.map(hueOf)).size).toBeGreaterThan(3)
  for (const name of names) expect(hueOf(name)).toBeLessThan(360)
})

it('speaks to the reader as you', () => {
  expect(nameFor(jane, 'jane')).toBe('you')
  expect(NameFor(jane, 'jane')).toBe('You')
  expect(nameFor(jane, 'mary')).toBe('Jane Smith')
})

describe('whom something waits on', () => {
  it('is you, if you can act, whoever else can', () => expect(oneOf([jane, mary], 'mary')).toBe('you'))
  it('names one or two', () => {
    expect(oneOf([jane], 'john')).toBe('Jane')
    expect(oneOf([jane, mary], 'john')).toBe('Jane or Mary')
  })
  it('counts the rest', () => expect(oneOf([jane, mary, ada], 'john')).toBe('Jane or 2 others'))
})
