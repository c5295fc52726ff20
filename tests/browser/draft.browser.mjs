// What was typed and not sent is there again, in another window, and gone once it is sent or discarded.
import { leave } from './browser.mjs'

const typed = 'We could reproduce it on 3.1 & are looking'

export const tests = [
  {
    name: 'a message to the finder survives closing the window',
    login: 'analyst', lang: 'en',
    async run({ page, url, expect, context }) {
      await page.goto(url + '/reports?state=new')
      const report = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')).find((h) => /^\/reports\/[a-z0-9]{26}$/.test(h)))
      await page.goto(url + report)
      const saved = page.waitForResponse((r) => r.url().endsWith('/drafts'), { timeout: 20000 })
      await page.fill('[name=body]', typed)
      expect((await saved).status()).is(200)
      await page.waitForFunction(() => /[0-9]:[0-9]/.test(document.querySelector('[data-draft-note]').textContent))
      await page.close()
      const other = await context.newPage()
      await other.goto(url + report)
      expect(await other.inputValue('[name=body]')).is(typed)
      await leave(other, () => other.locator('button[formaction="/drafts/drop"]').click())
      expect(new URL(other.url()).pathname).is(report)
      expect(await other.inputValue('[name=body]')).is('')
    },
  },
]
