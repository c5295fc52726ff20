// By keyboard alone: the command box goes where one says, and ? tells the keys.
import { leave } from './browser.mjs'

async function type(page, text) {
  const answered = page.waitForResponse((r) => r.url().includes('/go?q=' + encodeURIComponent(text)))
  await page.keyboard.type(text)
  await answered
  await page.waitForFunction(() => document.querySelector('#cmd-list [aria-selected=true]'))
}

export const tests = [
  {
    name: 'Ctrl-K goes to a page by its name in either language',
    login: 'lead', lang: 'en',
    async run({ page, url, expect, axe }) {
      await page.goto(url + '/desk')
      for (const [text, path] of [['settin', '/settings'], ['監査', '/audit']]) {
        await page.keyboard.press('Control+k')
        await type(page, text)
        await axe()
        await leave(page, () => page.keyboard.press('Enter'))
        expect(new URL(page.url()).pathname).is(path)
      }
    },
  },
  {
    name: 'Ctrl-K finds a case and opens it; Escape closes the box',
    login: 'analyst', lang: 'ja',
    async run({ page, url, expect }) {
      await page.goto(url + '/cases')
      const number = await page.locator('td.id a').first().innerText()
      await page.keyboard.press('Control+k')
      await type(page, number)
      expect(await page.locator('#cmd-list [aria-selected=true] .chip').innerText()).is('案件')
      await leave(page, () => page.keyboard.press('Enter'))
      expect((await page.locator('.crumb').innerText()).includes(number)).is(true)
      await page.keyboard.press('Control+k')
      await page.keyboard.press('Escape')
      expect(await page.locator('dialog[open]').count()).is(0)
    },
  },
  {
    name: '? lists the keys of the house and of the page',
    login: 'analyst', lang: 'en',
    async run({ page, url, expect, axe, shot }) {
      await page.goto(url + '/reports')
      await page.keyboard.press('?')
      const keys = await page.locator('#keys dd').allInnerTexts()
      expect(keys.length > 12).is(true)
      expect(await page.locator('[data-keys-here] dd').count() > 0).is(true)
      await axe()
      await shot('keys')
      await page.keyboard.press('Escape')
      await page.keyboard.press('g')
      await leave(page, () => page.keyboard.press('c'))
      expect(new URL(page.url()).pathname).is('/cases')
    },
  },
]
