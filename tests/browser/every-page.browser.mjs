// Every page of the house, as a lead and as anybody outside: no violation of
// WCAG 2.2 AA that axe finds, nothing wider than its window, nothing refused.
import { wider } from './browser.mjs'

const pages = ['/desk', '/reports', '/reports/new', '/cases', '/products', '/questions', '/editions', '/people', '/audit',
  '/audit/verify', '/roles', '/framework', '/framework/2.1', '/settings', '/me', '/me/second', '/outbox', '/search?q=kestrel', '/notices', '/notices/received', '/suppliers', '/cve', '/cve/users', '/history']
// From a list to the first of what it lists, and on to the pages about it.
const deeper = [
  ['/reports?state=new', /^\/reports\/[a-z0-9]{26}$/, ['', '/decision', '/decision?outcome=qualified']],
  ['/cases', /^\/cases\/[a-z0-9]{26}$/, ['', '/assess', '/impact', '/timeline', '/audit']],
  ['/products', /^\/products\/[a-z0-9]{26}$/, ['', '/components']],
  ['/products', /^\/families\/[a-z0-9]{26}$/, ['']],
  ['/questions', /^\/questions\/[a-z0-9]{26}$/, [''], 'engineer'],
  ['/editions', /^\/editions\/[a-z0-9]{26}$/, ['']],
  ['/notices', /^\/notices\/[a-z0-9]{26}$/, ['']],
  ['/suppliers', /^\/suppliers\/[a-z0-9]{26}$/, ['']],
  ['/people', /^\/people\/[a-z0-9]{26}$/, ['']],
]
const outside = ['/report', '/report/status', '/advisories', '/login', '/support', '/.well-known/csaf/white/']

async function look(page, path, axe, wrong) {
  const answer = await page.goto(path)
  if (answer.status() >= 400) wrong.push(`${path}: status ${answer.status()}`)
  const wide = await wider(page)
  if (wide) wrong.push(`${path}: ${wide}`)
  await axe().catch((e) => wrong.push(`${path}: ${e.message}`))
}

async function links(page, from, pattern) {
  await page.goto(from)
  const all = await page.locator('a').evaluateAll((list) => list.map((a) => a.getAttribute('href')))
  return all.find((h) => pattern.test(h))
}

const variants = [{ lang: 'en' }, { lang: 'ja', dark: true, phone: true }]
const called = (as) => `${as.lang}${as.phone ? ', dark, phone' : ''}`

// The pages of a list, in slices that a slow machine can do in a minute.
function walk(name, login, as, paths, then) {
  return {
    name: `${name}, ${called(as)}`, login, ...as,
    async run({ page, expect, axe }) {
      const wrong = []
      for (const path of paths) await look(page, path, axe, wrong)
      if (then) await then(page, axe, wrong)
      expect(wrong.join('\n    ')).is('')
    },
  }
}

export const tests = variants.flatMap((as) => [
  walk('the first pages of each area', 'lead', as, pages.slice(0, 8)),
  walk('the other pages inside', 'lead', as, pages.slice(8)),
  ...deeper.map(([from, pattern, more, login = 'lead']) =>
    walk(`what ${from} leads to`, login, as, [], async (page, axe, wrong) => {
      const one = await links(page, from, pattern)
      if (!one) wrong.push(`${from}: lists nothing`)
      else for (const m of more) await look(page, one + m, axe, wrong)
    })),
  walk('outside', undefined, as, outside, async (page, axe, wrong) =>
    look(page, await links(page, '/advisories', /^\/advisories\/[A-Z]/), axe, wrong)),
])
