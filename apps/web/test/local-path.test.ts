import { expect, it } from 'vitest'
import { localPath } from '../src/ui/local-path.ts'

const here = 'https://pms.test'

it.each([
  ['/goals/1/respond', '/goals/1/respond'],
  ['/goals?scope=team#x', '/goals?scope=team#x'],
  ['https://pms.test/goals', '/goals'],
])('follows %s', (address, path) => expect(localPath(address, here)).toBe(path))

it.each([
  'https://elsewhere.test/goals',
  '//elsewhere.test/goals',
  '/\\elsewhere.test',
  'javascript:alert(1)',
  '/sign-in',
  '/sign-in?to=/sign-in',
  '/api/docs',
  '',
  7,
  undefined,
])('does not follow %j', address => expect(localPath(address, here)).toBeNull())
