/** A server inside the test: for this package's own tests and for those of whatever is built on it. */
export { createFakeBrowser, type FakeBrowser, type FakeBrowserOptions, type FakeTab } from './fake-browser.ts'
export { createFakeClock, type FakeClock, settle } from './fake-clock.ts'
export { createFakeInbox, type FakeInbox } from './fake-inbox.ts'
export {
  createFakeServer,
  type FakeConnection,
  type FakeRequest,
  type FakeResponse,
  type FakeScript,
  type FakeServer,
} from './fake-server.ts'
