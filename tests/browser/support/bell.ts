/** The bell, what it opens, and the toasts, as a person finds them: by role and name. */
import { expect, type Locator, type Page } from '@playwright/test'

/** Waits until the bell says that so many are unread; by itself also that the connection is live. */
export async function expectUnread(page: Page, count: number): Promise<void> {
  const name = count === 0 ? 'Notifications. Live' : `Notifications, ${count} unread. Live`
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible()
}

export const bell = (page: Page): Locator => page.getByRole('button', { name: /^Notifications\b/ })

/** Opens the bell. */
export async function openBell(page: Page): Promise<Locator> {
  await bell(page).click()
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  await expect(panel).toBeVisible()
  return panel
}

/** The rows of an open bell that say this. */
export const rows = (panel: Locator, text: string | RegExp): Locator =>
  panel.getByRole('listitem').filter({ hasText: text })

/** The toast that says this; it opens what it is about. */
export const toast = (page: Page, text: string): Locator =>
  page.getByRole('region', { name: 'Notifications' }).getByRole('button').filter({ hasText: text })
