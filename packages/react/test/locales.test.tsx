// @vitest-environment jsdom
/** Each language that is shipped: whole, under its own name, and heard where the words are. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { Bell, DEFAULT_STRINGS, InboxProvider, type InboxStrings } from '../src/index.ts'
import { relativeTime } from '../src/time.tsx'
import { makeInbox } from './harness.tsx'

const packageFolder = join(import.meta.dirname, '..')
const tags = readdirSync(join(packageFolder, 'src/locales')).map(file => file.replace('.ts', ''))
const { exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))

afterEach(cleanup)

/** Names of all words, those within others too. */
const wordsOf = (words: object): string[] =>
  Object.entries(words).flatMap(([name, word]) =>
    typeof word === 'object' ? wordsOf(word).map(inner => `${name}.${inner}`) : [name],
  )

describe.each(tags)('%s', tag => {
  async function load(): Promise<InboxStrings> {
    const found: Record<string, InboxStrings> = await import(`../src/locales/${tag}.ts`)
    const words = found[tag.replace('-', '')]
    if (!words) throw new Error(`locales/${tag}.ts exports no ${tag.replace('-', '')}`)
    return words
  }

  test('is exported, and dates are written in it', async () => {
    expect(exports[`./locales/${tag}`]).toBe(`./src/locales/${tag}.ts`)
    const words = await load()
    expect(words.locale).toBe(tag)
    expect(Intl.DateTimeFormat.supportedLocalesOf(tag)).toEqual([tag])
    const march = new Intl.DateTimeFormat(tag, { month: 'short' }).format(new Date(2026, 2, 1))
    expect(relativeTime(Date.UTC(2026, 2, 1), Date.UTC(2027, 5, 1), words)).toContain(march)
  })

  test('has every word, and each number that a word is given', async () => {
    const words = await load()
    expect(wordsOf(words).toSorted()).toEqual(wordsOf(DEFAULT_STRINGS).toSorted())
    for (const n of [1, 2, 7]) {
      const said = [words.bell(n), words.selected(n), words.done.read(n), words.done.unread(n)]
      said.push(words.done.delete(n), words.chooseText(n), words.caughtUp(n, true), words.reconnectingIn(n))
      for (const sentence of said) expect(sentence).toContain(String(n))
    }
    expect(words.settledBy('Ann')).toContain('Ann')
  })

  test('is what the bell says', async () => {
    const words = await load()
    render(
      <InboxProvider inbox={makeInbox().inbox} strings={words}>
        <Bell onOpen={() => {}} />
      </InboxProvider>,
    )
    expect(screen.getByRole('button').getAttribute('aria-label')).toContain(words.bell(0))
  })
})
