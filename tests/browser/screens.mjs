// Pictures of pages in {en, ja} x {light, dark} x {desktop, phone}.
//
// usage: PSIRT_URL=… node tests/browser/screens.mjs [-c NAME=VALUE] [-o FOLDER] [-l en,ja]
//                    [-m light,dark] [-s desktop,phone] [-w] PATH ...
// -c the cookie of a login; -o where to (build/shots); -w only the window, not the whole page.
// Files are NAME-LANG-MODE-SIZE.png, NAME from the path.  Says what a page
// complained of, or that it is wider than its window.  Ends with "N passed, N failed".
import { mkdirSync } from 'node:fs'
import { open, start, wider } from './browser.mjs'

const option = { c: undefined, o: 'build/shots', l: 'en,ja', m: 'light,dark', s: 'desktop,phone', w: false }
const paths = []
const args = process.argv.slice(2)
while (args.length) {
  const a = args.shift()
  if (!a.startsWith('-')) paths.push(a)
  else if (a === '-w') option.w = true
  else if (/^-[colms]$/.test(a) && args.length) option[a[1]] = args.shift()
  else {
    console.error(`screens: no option ${a}`)
    process.exit(2)
  }
}
const url = process.env.PSIRT_URL
if (!url || !paths.length) {
  console.error('screens: PSIRT_URL and at least one path')
  process.exit(2)
}
mkdirSync(option.o, { recursive: true })
const browser = await start()
let passed = 0, failed = 0
for (const lang of option.l.split(','))
  for (const mode of option.m.split(','))
    for (const size of option.s.split(',')) {
      const { context, page, complaints } = await open(browser, url, { lang, dark: mode === 'dark', phone: size === 'phone', cookie: option.c })
      for (const path of paths) {
        const name = `${path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'home'}-${lang}-${mode}-${size}`
        complaints.length = 0
        try {
          const answer = await page.goto(path, { waitUntil: 'load' })
          if (answer.status() >= 400) complaints.push(`status ${answer.status()}`)
          const wide = await wider(page)
          if (wide) complaints.push(wide)
          await page.screenshot({ path: `${option.o}/${name}.png`, fullPage: !option.w })
        } catch (e) {
          complaints.push(e.message)
        }
        if (complaints.length) failed++
        else passed++
        for (const c of complaints) console.log(`${name}: ${c}`)
      }
      await context.close()
    }
await browser.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
