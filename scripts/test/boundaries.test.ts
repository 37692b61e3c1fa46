/** Each rule of the layout against a small tree of files: what it refuses, and that it lets the rest pass. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkBoundaries } from '../boundaries/check.ts'
import { RULES } from '../boundaries/rules.ts'

type Files = Readonly<Record<string, string>>

/** One workspace of each kind, all with code and none with a fault. */
const BASE: Files = {
  'package.json': JSON.stringify({ workspaces: ['packages/*', 'apps/*', 'tests/services'] }),
  ...workspace('tests/services'),
  ...workspace('packages/protocol'),
  ...workspace('packages/notifier', { '.': './src/index.ts', './database': './src/database/index.ts' }),
  'packages/notifier/src/database/index.ts': 'export {}',
  ...workspace('packages/client'),
  ...workspace('packages/react', { '.': './src/index.ts', './styles.css': './src/styles.css' }),
  'packages/react/src/styles.css': '',
  ...workspace('apps/contract'),
  ...workspace('apps/server', { './testing': './src/testing/index.ts' }),
  'apps/server/src/testing/index.ts': 'export {}',
  'apps/server/src/features/goals/routes.ts': 'export const routes = 1',
  'apps/server/src/features/people/routes.ts': 'export const routes = 1',
  ...workspace('apps/web', {}),
  'apps/web/src/features/goals/page.tsx': 'export const Page = () => <p>Goals</p>',
  'apps/web/src/features/inbox/page.tsx': 'export const Page = () => <p>Inbox</p>',
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'))
  folders.push(folder)
  return folder
}

/** What the check finds in the base with these files added or replaced, as `file:line: message`. */
function check(files: Files = {}): string[] {
  const root = makeFolder()
  for (const [path, text] of Object.entries({ ...BASE, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return checkBoundaries(root, RULES).violations.map(
    ({ file, line, message }) => `${file}:${line}: ${message}`,
  )
}

function workspace(
  path: string,
  exports: Readonly<Record<string, string>> = { '.': './src/index.ts' },
): Files {
  const name = `@pms/${path.split('/')[1]}`
  return {
    [`${path}/package.json`]: JSON.stringify({ name, exports }),
    [`${path}/src/index.ts`]: 'export {}',
  }
}

test('a tree without a fault passes', () => {
  expect(check()).toEqual([])
})

describe('directions', () => {
  const workspaces = Object.keys(RULES.workspaces)
  const importable = workspaces.filter(path => path !== 'apps/web' && path !== 'apps/server')

  for (const from of workspaces) {
    for (const to of importable.filter(path => path !== from)) {
      const isAllowed = RULES.workspaces[from]?.includes(to)
      test(`${from} ${isAllowed ? 'may' : 'may not'} import ${to}`, () => {
        const found = check({ [`${from}/src/a.ts`]: `import { type x } from '@pms/${to.split('/')[1]}'` })
        const name = to.split('/')[1]
        expect(found).toEqual(
          isAllowed ? [] : [`${from}/src/a.ts:1: '@pms/${name}': ${from} may not import ${to}`],
        )
      })
    }
  }

  test('the engine and the client never meet, nor do the engine and the web app', () => {
    expect(RULES.workspaces['packages/notifier']).not.toContain('packages/client')
    expect(RULES.workspaces['packages/client']).not.toContain('packages/notifier')
    expect(RULES.workspaces['apps/web']).not.toContain('packages/notifier')
    expect(RULES.workspaces['apps/web']).not.toContain('apps/server')
  })

  test('a package never imports an app, by a subpath either', () => {
    for (const path of Object.keys(RULES.workspaces).filter(path => path.startsWith('packages/'))) {
      expect(RULES.workspaces[path]?.filter(to => to.startsWith('apps/'))).toEqual([])
    }
    expect(check({ 'packages/client/src/a.ts': "import '@pms/server/testing'" })).toEqual([
      "packages/client/src/a.ts:1: '@pms/server/testing': packages/client may not import apps/server",
    ])
  })

  test.each([
    ['a type', "import type { x } from '@pms/react'"],
    ['a re-export', "export { x } from '@pms/react'"],
    ['a re-export of everything', "export * from '@pms/react'"],
    ['a re-exported type', "export type { x } from '@pms/react'"],
    ['an import for its effect', "import '@pms/react'"],
    ['a dynamic import', "void import('@pms/react')"],
    ['a dynamic import by template', 'void import(`@pms/react`)'],
    ['a type of an import', "export type X = import('@pms/react').X"],
    ['a typeof of an import', "export type X = typeof import('@pms/react')"],
    ['a require', "require('@pms/react')"],
    ['a subpath', "import '@pms/react/styles.css'"],
  ])('%s counts as an import', (_name, text) => {
    expect(check({ 'packages/client/src/a.ts': `\n${text}` })).toEqual([
      expect.stringMatching(
        /^packages\/client\/src\/a\.ts:2: '@pms\/react.*': packages\/client may not import packages\/react$/,
      ),
    ])
  })

  test('what only looks like an import does not count', () => {
    const text = "// import '@pms/notifier'\nexport const text = \"import '@pms/notifier'\""
    expect(check({ 'packages/client/src/a.ts': text })).toEqual([])
  })

  test('a relative import stays in its workspace, even where the direction is right', () => {
    expect(check({ 'packages/client/src/a.ts': "import '../../protocol/src/index.ts'" })).toEqual([
      "packages/client/src/a.ts:1: '../../protocol/src/index.ts': a relative import leaves packages/client",
    ])
    expect(check({ 'packages/client/src/a.ts': "import './index.ts'" })).toEqual([])
  })

  test('the tests at the root may import anything', () => {
    const text =
      "import '@pms/server/testing'\nimport '../apps/server/src/features/goals/routes.ts'\nimport '@pms/client'"
    expect(check({ 'tests/a.test.ts': text })).toEqual([])
  })
})

describe('imports that lead nowhere', () => {
  test.each([
    ["import './gone.ts'", 'there is no file packages/client/src/gone.ts'],
    ["import './index'", 'there is no file packages/client/src/index'],
    ["import '@pms/protocol/deep'", '@pms/protocol does not export ./deep'],
    ["import '#inside'", 'only relative paths and package names can be checked'],
    ["import '/etc/a.ts'", 'only relative paths and package names can be checked'],
  ])('%s', (text, message) => {
    expect(check({ 'packages/client/src/a.ts': text })).toEqual([expect.stringContaining(message)])
  })

  test('in the tests at the root too', () => {
    expect(check({ 'tests/a.test.ts': "import './gone.ts'" })).toEqual([
      "tests/a.test.ts:1: './gone.ts': there is no file tests/gone.ts",
    ])
  })

  test('a stylesheet, a query and foreign packages are followed or let be', () => {
    const text = "import '@pms/react/styles.css'\nimport './a.css?inline'\nimport 'react'\nimport 'node:fs'"
    expect(check({ 'apps/web/src/main.ts': text, 'apps/web/src/a.css': '' })).toEqual([])
  })

  test('a file that does not parse is a failure', () => {
    expect(check({ 'packages/client/src/a.ts': 'import {' })).toEqual([
      expect.stringContaining('does not parse'),
    ])
  })
})

describe('features', () => {
  test.each(['apps/server', 'apps/web'])('of %s do not import each other', app => {
    const [own, other] = app === 'apps/web' ? ['goals/page.tsx', 'inbox'] : ['goals/routes.ts', 'people']
    const file = `${app}/src/features/${own}`
    const target = app === 'apps/web' ? '../inbox/page.tsx' : '../people/routes.ts'
    expect(check({ [file]: `import '${target}'` })).toEqual([
      `${file}:1: '${target}': feature goals may not import feature ${other}`,
    ])
  })

  test('may import their own files', () => {
    expect(check({ 'apps/server/src/features/goals/actions.ts': "import './routes.ts'" })).toEqual([])
  })

  test.each([
    ['apps/server/src/app.ts', './features/goals/routes.ts'],
    ['apps/server/src/database.ts', './features/goals/routes.ts'],
    ['apps/server/src/cli/pms.ts', '../features/goals/routes.ts'],
    ['apps/server/src/demo/seed.ts', '../features/goals/routes.ts'],
    ['apps/server/src/testing/index.ts', '../features/goals/routes.ts'],
    ['apps/server/test/goals.test.ts', '../src/features/goals/routes.ts'],
    ['apps/web/src/app/router.ts', '../features/goals/page.tsx'],
  ])('are open to %s', (file, target) => {
    expect(check({ [file]: `import '${target}'` })).toEqual([])
  })

  test.each([
    ['apps/server/src/main.ts', './features/goals/routes.ts'],
    ['apps/server/src/auth/session.ts', '../features/goals/routes.ts'],
    ['apps/web/src/ui/button.tsx', '../features/goals/page.tsx'],
  ])('are closed to %s', (file, target) => {
    expect(check({ [file]: `import '${target}'` })).toEqual([
      `${file}:1: '${target}': this file may not import a feature (goals)`,
    ])
  })
})

describe('notify and resolve', () => {
  const routes = 'apps/server/src/features/goals/routes.ts'

  test.each([
    ["import { notify } from '@pms/notifier'", 'notify'],
    ["import { memoryBus, resolve as settle } from '@pms/notifier'", 'resolve'],
    ["export { notify } from '@pms/notifier'", 'notify'],
    ["import * as engine from '@pms/notifier'", 'the whole module (with notify, resolve)'],
    ["export * from '@pms/notifier'", 'the whole module (with notify, resolve)'],
    ["void import('@pms/notifier')", 'the whole module (with notify, resolve)'],
  ])('are refused to routes: %s', (text, what) => {
    expect(check({ [routes]: text })).toEqual([
      `${routes}:1: '@pms/notifier': only actions.ts and actions/ and requests.ts may import ${what}`,
    ])
  })

  test.each([
    'apps/server/src/features/goals/actions.ts',
    'apps/server/src/features/goals/actions/approve.ts',
    'apps/server/test/goals.test.ts',
  ])('are open to %s', file => {
    expect(check({ [file]: "import { notify, resolve } from '@pms/notifier'" })).toEqual([])
  })

  test('other names and types are open to all', () => {
    expect(check({ [routes]: "import { memoryBus, type notify } from '@pms/notifier'" })).toEqual([])
  })
})

describe('words of the domain', () => {
  test.each([
    'export const goals = 1',
    'export type GoalCreated = 1',
    "export const type = 'goal_assigned'",
    'export const GOAL_TYPES = 1',
    'export const isReviewed = 1',
    '/** Sends an Initiative. */',
    "export const text = 'Your appraisal'",
  ])('are refused in a package: %s', text => {
    expect(check({ 'packages/client/src/a.ts': text })).toEqual([
      expect.stringMatching(/^packages\/client\/src\/a\.ts:1: '\w+' is a word of the domain/),
    ])
  })

  test('are refused in the name of a file, in prose and in styles', () => {
    expect(check({ 'packages/client/src/review-list.ts': 'export {}' })).toHaveLength(1)
    expect(check({ 'packages/client/README.md': 'Goals' })).toHaveLength(1)
    expect(check({ 'packages/react/src/styles.css': '.goal {}' })).toHaveLength(1)
  })

  test('are free in tests and apps, and words that contain them are free everywhere', () => {
    expect(
      check({
        'packages/client/test/a.test.ts': 'export const goal = 1',
        'apps/contract/src/a.ts': 'export const goal = 1',
        'packages/client/src/a.ts': "export const preview = 'interview, PREVIEW, goalkeeper'",
      }),
    ).toEqual([])
  })
})

describe('the rules know the tree', () => {
  test('a workspace without a rule is a failure', () => {
    expect(check(workspace('packages/extra'))).toEqual([
      expect.stringContaining('there is no rule for packages/extra'),
    ])
  })

  test('nothing scanned is a failure for every workspace that has a rule', () => {
    const root = makeFolder()
    writeFileSync(join(root, 'package.json'), JSON.stringify({ workspaces: ['packages/*', 'apps/*'] }))
    const { files, violations } = checkBoundaries(root, RULES)
    expect(files).toBe(0)
    expect(violations).toHaveLength(Object.keys(RULES.workspaces).length)
  })
})
