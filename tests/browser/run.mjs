// Runs the tests of the browser.
//
// usage: PSIRT_URL=http://127.0.0.1:8080 node tests/browser/run.mjs [FOLDER] [PART]
// FOLDER (tests/browser) is searched for *.browser.mjs; PART picks tests whose
// file or name contains it.  Each file exports `tests`, a list of
//   { name: 'a sentence', run: async ({ page, url, expect, axe, shot, allow, login }) => …,
//     lang: 'en'|'ja', dark: true, js: false, phone: true, login: 'analyst' }
// page    of playwright-core, in a context of its own;  url  PSIRT_URL
// axe     await axe({ include, disable: [rule] }) fails on any WCAG 2.2 AA violation (js needed)
// shot    await shot('name') keeps build/shots/name.png (PSIRT_SHOTS: another folder)
// allow   allow(/pattern/) takes an expected console error away (a 404 on purpose)
// login   the cookie of that user from PSIRT_COOKIES, a JSON object {"user": "name=value"}
// A test also fails on any console error, policy report, script error or
// request to another origin.  Ends with "N passed, N failed, N skipped".
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { open, start } from './browser.mjs'
import { expect, Unmet } from './expect.mjs'

const LIMIT = 180_000
const url = process.env.PSIRT_URL
const shots = process.env.PSIRT_SHOTS ?? 'build/shots'
const [folder = 'tests/browser', part = ''] = process.argv.slice(2)
if (!url) {
  console.error('run: PSIRT_URL is not set')
  process.exit(2)
}
const cookies = JSON.parse(process.env.PSIRT_COOKIES || '{}')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

function find(path) {
  return readdirSync(path).sort().flatMap((name) => {
    const inner = join(path, name)
    if (name === 'node_modules') return []
    return statSync(inner).isDirectory() ? find(inner) : name.endsWith('.browser.mjs') ? [inner] : []
  })
}

// Accessibility: axe runs in the page by the debugger, past the policy.
async function axe(page, { include, disable = [] } = {}) {
  await page.evaluate(axeSource)
  const result = await page.evaluate(([where, tags, off]) => {
    const rules = Object.fromEntries(off.map((id) => [id, { enabled: false }]))
    return globalThis.axe.run(where ?? document, { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] })
  }, [include, TAGS, disable])
  const told = result.violations.map((v) => `${v.id}: ${v.help}\n      ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('\n      ')}`)
  if (told.length) throw new Unmet(`accessibility: ${told.join('\n    ')}`)
}

async function shot(page, name) {
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

function within(promise) {
  let timer
  const late = new Promise((_, no) => { timer = setTimeout(() => no(new Unmet(`not done after ${LIMIT / 1000} s`)), LIMIT) })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

// One test; the list of what went wrong.
async function run(browser, test) {
  const wrong = []
  const cookie = test.login ? cookies[test.login] : undefined
  const { context, page, complaints, allow } = await open(browser, url, { ...test, cookie })
  try {
    await within(test.run({
      page, url, expect, allow, context, login: cookie,
      axe: (options) => axe(page, options),
      shot: (name) => shot(page, name),
    }))
  } catch (e) {
    wrong.push(e instanceof Unmet ? e.message : e.stack)
    await shot(page, `failed-${test.name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}`).catch(() => {})
  }
  await context.close().catch((e) => wrong.push(e.message))
  return wrong.concat(complaints)
}

let passed = 0, failed = 0, skipped = 0
const browser = await start()
for (const file of find(folder)) {
  const { tests } = await import(pathToFileURL(resolve(file)))
  if (!Array.isArray(tests) || !tests.length) {
    failed++
    console.log(`FAILED: ${file}: exports no tests`)
    continue
  }
  for (const test of tests) {
    if (!file.includes(part) && !test.name.includes(part)) continue
    if (test.login && !cookies[test.login]) {
      skipped++
      console.log(`skipped: ${test.name}: no cookie of ${test.login} in PSIRT_COOKIES`)
      continue
    }
    const wrong = await run(browser, test)
    if (wrong.length) failed++
    else passed++
    if (wrong.length) console.log(`FAILED: ${file}: ${test.name}\n    ${wrong.join('\n    ')}`)
  }
}
await browser.close()
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed ? 1 : 0)
