/** The pictures of the README, small enough to be kept: WebP, made by the browser itself. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { type Account, type Demo, firstOf } from './demo.ts'
import { standStill } from './still.ts'

const FOLDER = 'docs/pictures'
const QUALITY = 0.5

/** One shape for all wide ones, so that they stand side by side; a board wants more room than a page. */
const PAGE = { viewport: { width: 1200, height: 750 } }
const BOARD = { viewport: { width: 1440, height: 900 } }
const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
}

interface Picture {
  name: string
  on: BrowserContextOptions
  who: Account
  path: string
  /** Brings on what the picture is to show, and waits until it is there. */
  prepare: (page: Page) => Promise<unknown>
}

export async function takePictures(browser: Browser, demo: Demo): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const picture of await listPictures(demo)) {
    await using context = await browser.newContext({
      ...picture.on,
      baseURL: demo.url,
      reducedMotion: 'reduce',
    })
    await demo.enter(context, picture.who)
    const page = await context.newPage()
    await page.goto(picture.path)
    await picture.prepare(page)
    await page.waitForLoadState('networkidle')
    for (const colorScheme of ['light', 'dark'] as const) {
      await standStill(page, colorScheme)
      const file = join(FOLDER, `${picture.name}-${colorScheme}.webp`)
      writeFileSync(file, await toWebp(browser, await page.screenshot()))
    }
  }
}

async function listPictures(demo: Demo): Promise<Picture[]> {
  const review = await firstOf(await demo.as('john.doe'), '/api/reviews?scope=mine&status=in_progress')
  const rowsOf = (page: Page) => page.getByRole('main').getByRole('listitem')
  return [
    {
      name: 'inbox',
      on: PAGE,
      who: 'jane.smith',
      path: '/inbox',
      async prepare(page) {
        await rowsOf(page).filter({ hasText: 'New Goal Awaiting Approval' }).first().click()
        await page.getByRole('button', { name: 'Approve', exact: true }).waitFor()
        // Off the row, whose tools show under the pointer.
        await page.mouse.move(0, 0)
      },
    },
    {
      name: 'phone',
      on: PHONE,
      who: 'jane.smith',
      path: '/inbox',
      prepare: page => rowsOf(page).first().waitFor(),
    },
    {
      name: 'board',
      on: BOARD,
      who: 'jane.smith',
      path: '/initiatives?scope=team&view=board',
      prepare: page => page.getByRole('link', { name: 'Welcome pack' }).first().waitFor(),
    },
    {
      name: 'review',
      on: PAGE,
      who: 'john.doe',
      path: `/reviews/${review.id}`,
      async prepare(page) {
        const saved = page.waitForResponse(answer => answer.request().method() === 'PUT')
        const comment = page.getByRole('textbox').first()
        await comment.fill('Onboarding of new customers takes ten days now, and was finished a week early.')
        await comment.blur()
        await saved
        await page.getByText('Saved', { exact: true }).waitFor()
      },
    },
  ]
}

/**
 * With a hairline around it: what it will stand on may have its colour. Made in a page of nobody's, whose content
 * policy lets pictures in.
 */
async function toWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  await using context = await browser.newContext()
  const page = await context.newPage()
  const webp = await page.evaluate(
    async ({ source, quality }) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob())
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('This browser does not draw')
      pen.drawImage(bitmap, 0, 0)
      pen.strokeStyle = 'rgb(128 128 128 / 0.4)'
      pen.strokeRect(0.5, 0.5, bitmap.width - 1, bitmap.height - 1)
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
      return Array.from(new Uint8Array(await blob.arrayBuffer()))
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, quality: QUALITY },
  )
  return Buffer.from(webp)
}
