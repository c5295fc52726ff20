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
  {
    name: 'a decision survives closing the window, and Enter does not discard it',
    login: 'analyst', lang: 'ja',
    async run({ page, url, expect, context, allow }) {
      allow(/422|400/)
      await page.goto(url + '/reports?state=new')
      const report = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')).find((h) => /^\/reports\/[a-z0-9]{26}$/.test(h)))
      await page.goto(url + report + '/decision?outcome=not_security')
      const saved = page.waitForResponse((r) => r.url().endsWith('/drafts'), { timeout: 20000 })
      await page.fill('[name=reason]', '境界を越えない')
      expect((await saved).status()).is(200)
      await page.waitForFunction(() => /[0-9]:[0-9]/.test(document.querySelector('[data-draft-note]').textContent))
      await page.close()
      const other = await context.newPage()
      await other.goto(url + report + '/decision')
      expect(await other.inputValue('[name=reason]')).is('境界を越えない')
      expect(await other.inputValue('[name=outcome]')).is('not_security')
      await other.goto(url + report + '/decision?outcome=duplicate') // another outcome, another form; the reason stays
      await other.fill('[name=same_as]', 'PSIRT-1999-9999')
      await leave(other, () => other.press('[name=same_as]', 'Enter')) // sends the form: there is no such case
      expect(await other.locator('.errors').count()).is(1)
      await other.goto(url + report + '/decision')
      expect(await other.inputValue('[name=reason]')).is('境界を越えない')
      await leave(other, () => other.locator('button[formaction="/drafts/drop"]').click())
      expect(await other.inputValue('[name=reason]')).is('')
    },
  },
]
