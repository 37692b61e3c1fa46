/** For pictures: a page on which nothing is on its way any more. */
import type { Page } from '@playwright/test'

/** In light or dark, with its fonts, and with everything that moves or fades at its end. */
export async function standStill(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  })
}
