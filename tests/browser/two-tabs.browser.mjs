// Two tabs edit the same product.  The second gets 409, sees both versions,
// keeps what was typed, and can then save it knowingly.
import { leave } from './browser.mjs'

const typed = 'Typed in the second tab, long before'

async function productOf(page, url) {
  await page.goto(url + '/products')
  return page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')).find((h) => /^\/products\/[a-z0-9]{26}$/.test(h)))
}

async function save(page) {
  const form = page.locator('form:has([name=version])').first()
  await leave(page, () => form.locator('button[type=submit]').last().click())
}

export const tests = [
  ...[true, false].map((js) => ({
    name: `an edit in two tabs is a conflict, and what was typed is kept, ${js ? 'with' : 'without'} JavaScript`,
    login: 'lead', lang: 'en', js,
    async run({ page, url, expect, axe, allow, context, shot }) {
      allow(/409/)
      const product = await productOf(page, url)
      expect(!!product).is(true)
      const first = js ? 'Saved in the first tab' : 'Saved in the first tab, again'
      const other = await context.newPage()
      await page.goto(url + product)
      await other.goto(url + product)
      await other.fill('form:has([name=version]) [name=name]', first)
      await save(other)
      await page.fill('form:has([name=version]) [name=name]', typed)
      const [answer] = await Promise.all([
        page.waitForResponse((r) => r.request().method() === 'POST'),
        save(page),
      ])
      expect(answer.status()).is(409)
      expect(await page.inputValue('form:has([name=version]) [name=name]')).is(typed)
      expect((await page.locator('form:has([name=version])').first().innerText()).includes(first)).is(true)
      if (js) {
        await axe()
        await shot('conflict')
      }
      await save(page)
      await page.goto(url + product)
      expect(await page.inputValue('form:has([name=version]) [name=name]')).is(typed)
    },
  })),
  {
    name: 'a version of a product edited in two tabs is a conflict, and what was typed is kept',
    login: 'lead', lang: 'ja',
    async run({ page, url, expect, axe, allow, context, shot }) {
      allow(/409/)
      const product = await productOf(page, url)
      await page.goto(url + product)
      const release = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')).find((h) => /^\/releases\/[a-z0-9]{26}$/.test(h)))
      expect(!!release).is(true)
      const other = await context.newPage()
      await page.goto(url + release)
      await other.goto(url + release)
      await other.fill('[name=released_on]', '2020-01-02')
      await save(other)
      await page.fill('[name=support_ends]', '2031-03-31')
      await save(page)
      expect(await page.inputValue('[name=support_ends]')).is('2031-03-31')
      expect((await page.locator('form:has([name=version])').first().innerText()).includes('2020-01-02')).is(true)
      await axe()
      await shot('conflict-version')
      await save(page)
      await page.goto(url + release)
      expect(await page.inputValue('[name=support_ends]')).is('2031-03-31')
    },
  },
]
