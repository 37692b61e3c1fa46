/** What axe finds serious or critical on a page. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Fails, at the end of the test, with each finding and where it is. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Guards of open menus take the focus only to hand it on at once, which axe cannot know.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
  expect.soft(grave, `${what} is accessible`).toEqual([])
}
