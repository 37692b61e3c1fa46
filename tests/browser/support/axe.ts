/** What axe finds on a page: of any weight, not what is grave alone. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What may differ between the appearances. */
export const COLOURS = ['color-contrast']

/** Fails, at the end of the test, with each finding and where it is. */
export async function expectAccessible(page: Page, what: string, rules?: readonly string[]): Promise<void> {
  // What is still on its way, and fades in, is no more than a skeleton.
  await expect(page.locator('.late')).toHaveCount(0)
  // Guards of open menus take the focus only to hand it on at once, which axe cannot know.
  const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]')
  // Without frames nothing has to be put together in a page of its own.
  axe.setLegacyMode()
  if (rules) axe.withRules([...rules])
  else {
    // A menu stands outside the landmarks, where it is read only while it is open.
    const isMenuOpen = (await page.getByRole('menu').count()) > 0
    axe.options({ rules: { 'target-size': { enabled: true }, region: { enabled: !isMenuOpen } } })
  }
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    // A box is hit by its label, whose size axe does not see.
    nodes
      .filter(({ html }) => id !== 'target-size' || !html.startsWith('<input'))
      .map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
  expect.soft(found, `${what} is accessible`).toEqual([])
}

/** The same in light and in dark, without loading the page again; it ends in light. */
export async function expectAccessibleInBoth(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, `${what}, dark`, COLOURS)
  await page.emulateMedia({ colorScheme: 'light' })
  await expectAccessible(page, what)
}
