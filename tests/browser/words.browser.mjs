// The pseudo-language: every text of ours comes in « », so what stands outside
// is somebody's data, a name that stays as it is, or a text that nobody can translate.
// Its texts are 40 % longer, and no page may become wider than its window, a phone's too.
import { PHONE, wider } from './browser.mjs'

const pages = ['/desk', '/reports', '/reports/new', '/cases', '/products', '/questions', '/editions', '/people', '/audit', '/audit/verify',
  '/framework', '/settings', '/history', '/notices', '/notices/received', '/suppliers', '/roles', '/me', '/report', '/report/status', '/advisories', '/nothing-here']
const deeper = [
  ['/reports?state=new', /^\/reports\/[a-z0-9]{26}$/, ['', '/decision?outcome=qualified']],
  ['/cases', /^\/cases\/[a-z0-9]{26}$/, ['', '/assess', '/impact']],
  ['/products', /^\/products\/[a-z0-9]{26}$/, ['']],
  ['/editions', /^\/editions\/[a-z0-9]{26}$/, ['']],
  ['/notices', /^\/notices\/[a-z0-9]{26}$/, ['']],
  ['/suppliers', /^\/suppliers\/[a-z0-9]{26}$/, ['']],
  ['/people', /^\/people\/[a-z0-9]{26}$/, ['']],
]
// Same in every language: standards, keys, dates and lengths of time, codes, numbers and addresses, names of operations and views.
const same = [
  /\d{1,2} [A-Z][a-z]{2} \d{4}(, \d\d:\d\d)?|\([A-Z]{3,4}\)|\b[A-Z][a-z]{2}, \d.*/g, /\b\d+ (mo|min|d|h|y)\b/g,
  /\bCWE-\d+( [A-Z].*)?|TLP:[A-Z+]+|\+STRICT|\b[a-z2-7]{26}\b|\bCVSS:[\w./:]+|\b[A-Z]{2,4}-[0-9A-Z]+\b|\b(R|PSIRT|PSIRT-SA)-\d{4}-\d+|\bCVE-[\d-]+|https?:\S+|\S+\.(json|html)/g,
  /\b(psirt|Ctrl|Enter|Esc|Atom|CSAF|CVE|TLP|CVSS|CWE|UTC|web|cli|api|English|Kakuu Controls PSIRT)\b/g, /[a-z_]+(,[a-z_]+){3,}/g, /^[a-z]+\.[a-z]+$/,
]

// Texts and labels of the page in its own language: not what stands under another `lang` (a preview, a letter).
function texts() {
  const out = [], root = document.documentElement
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const own = (e) => !/^(SCRIPT|STYLE|TEXTAREA|PRE|CODE)$/.test(e.tagName) && e.closest('[lang]') === root && !e.closest('.area > h3') // the framework's names
  for (let n; (n = walk.nextNode());) if (own(n.parentElement)) out.push(n.data)
  for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
    for (const e of document.querySelectorAll(`[${name}]`)) if (own(e)) out.push(e.getAttribute(name))
  return out
}

const strings = (v, into = new Set()) => {
  if (typeof v === 'string' && v.length > 3) into.add(v.trim().replace(/\s+/g, ' '))
  else if (v && typeof v === 'object') Object.values(v).forEach((x) => strings(x, into))
  return into
}

async function data(page, path) {
  const answer = await page.request.get(path + (path.includes('?') ? '&' : '?') + 'format=json')
  return /json/.test(answer.headers()['content-type'] ?? '') ? strings(await answer.json()) : new Set()
}

async function look(page, path, known, wrong) {
  const desktop = page.viewportSize()
  await page.goto(path + (path.includes('?') ? '&' : '?') + 'lang=en-x-pseudo')
  for (const size of [desktop, PHONE, desktop]) {
    await page.setViewportSize(size)
    const wide = await wider(page)
    if (wide) wrong.push(`${path}: ${wide}`)
  }
  const names = [...known, ...await data(page, path)].sort((a, b) => b.length - a.length)
  for (const text of new Set(await page.evaluate(texts))) {
    if (/\b(Heron|Kestrel|Mado|Sora) \w/.test(text)) continue // a title of the demo
    let rest = text.trim().replace(/\s+/g, ' ').replace(/«[^»]*»/g, ' ')
    for (const s of same) rest = rest.replace(s, ' ')
    for (const name of names) if (rest.includes(name)) rest = rest.replaceAll(name, ' ')
    if (/[A-Za-z]{3}/.test(rest)) wrong.push(`${path}: ${text.trim().slice(0, 120)}`)
  }
}

export const tests = [
  {
    name: 'no page of the house has a text that cannot be translated, or breaks when texts are longer', login: 'lead',
    async run({ page, expect, allow }) {
      const known = new Set(), wrong = []
      allow(/nothing-here/)
      for (const list of ['/people', '/products', '/products/export', '/cases', '/reports']) for (const s of await data(page, list)) known.add(s)
      for (const path of pages) await look(page, path, known, wrong)
      for (const [from, pattern, more] of deeper) {
        await page.goto(from)
        const one = (await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))).find((h) => pattern.test(h))
        for (const m of more) await look(page, one + m, known, wrong)
      }
      expect(wrong.join('\n    ')).is('')
    },
  },
]
