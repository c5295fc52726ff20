// Seeded faults for the runner: a little server with one good page and pages
// each wrong in one way; every wrong one must fail, for its own reason.
// usage: node tests/browser/harness_test.mjs     ends with "N passed, N failed"
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`
const pages = {
  '/good': page('<p>All is well.</p>'),
  '/inline': page('<p>x</p><script>document.title = "changed"</script>'),
  '/console': page('<p>x</p><script src="/complain.js"></script>'),
  '/throws': page('<p>x</p><script src="/throw.js"></script>'),
  '/foreign': page('<p>x</p><img alt="" src="http://other.invalid/a.png">'),
  '/label': page('<form><input type="text"></form>'),
  '/script': page('<p id="p">without</p><script src="/change.js"></script>'),
  '/wide': page('<p class="w">x</p>', '<link rel="stylesheet" href="/wide.css">'),
}
const files = {
  '/complain.js': ['text/javascript', 'console.error("it hurts")'],
  '/throw.js': ['text/javascript', 'throw new Error("it broke")'],
  '/change.js': ['text/javascript', 'document.querySelector("#p").textContent = "with"'],
  '/wide.css': ['text/css', '.w { width: 500px }'],
}
const server = createServer((q, a) => {
  const path = q.url.split('?')[0]
  const [type, body] = files[path] ?? ['text/html', pages[path]]
  if (path === '/favicon.ico') return a.writeHead(204).end()
  if (path === '/who') return a.writeHead(200, { 'content-type': 'text/html' }).end(page(`<p>${q.headers.cookie ?? 'nobody'} ${q.headers['accept-language']}</p>`))
  if (!body) return a.writeHead(404, { 'content-type': 'text/html' }).end(page('<p>Not here.</p>'))
  a.writeHead(200, { 'content-type': type, 'content-security-policy': "default-src 'self'" }).end(body)
})
await new Promise((r) => server.listen(0, '127.0.0.1', r))
const url = `http://127.0.0.1:${server.address().port}`
const folder = mkdtempSync(join(tmpdir(), 'harness-'))

writeFileSync(join(folder, 'seeded.browser.mjs'), `export const tests = [
  { name: 'good: passes', run: async ({ page, expect, axe }) => { await page.goto('/good'); await expect(page).says('All is well'); await axe() } },
  { name: 'good: script off', js: false, run: async ({ page, expect }) => { await page.goto('/script'); await expect(page).says('without') } },
  { name: 'good: script on', run: async ({ page, expect }) => { await page.goto('/script'); await expect(page.locator('#p')).says(/^with$/) } },
  { name: 'good: login, language', lang: 'ja', login: 'ann', run: async ({ page, expect }) => { await page.goto('/who'); await expect(page).says('sid=7 ja-JP') } },
  { name: 'good: phone', phone: true, run: async ({ page, expect }) => { await page.goto('/good'); expect(await page.evaluate(() => innerWidth)).is(390) } },
  { name: 'good: dark', dark: true, run: async ({ page, expect }) => { expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).is(true) } },
  { name: 'good: a 404 on purpose', run: async ({ page, allow }) => { allow(/404/); await page.goto('/nowhere') } },
  { name: 'bad: inline', run: async ({ page }) => { await page.goto('/inline') } },
  { name: 'bad: console', run: async ({ page }) => { await page.goto('/console') } },
  { name: 'bad: throws', run: async ({ page }) => { await page.goto('/throws') } },
  { name: 'bad: foreign', run: async ({ page }) => { await page.goto('/foreign') } },
  { name: 'bad: label', run: async ({ page, axe }) => { await page.goto('/label'); await axe() } },
  { name: 'bad: 404', run: async ({ page }) => { await page.goto('/nowhere') } },
  { name: 'bad: unmet', run: async ({ page, expect }) => { await page.goto('/good'); await expect(page).says('All is lost') } },
  { name: 'skip: nobody', login: 'bob', run: async () => {} },
]
`)
const node = (script, args) => new Promise((done) =>
  execFile(process.execPath, [script, ...args], { env: { ...process.env, PSIRT_URL: url, PSIRT_SHOTS: folder, PSIRT_COOKIES: '{"ann":"sid=7"}' } },
    (error, out, err) => done({ status: error?.code ?? 0, out: out + err })))

let passed = 0, failed = 0
function verdict(ok, name, text) {
  if (ok) passed++
  else failed++
  if (!ok) console.log(`FAILED: ${name}\n${text}`)
}
const ran = await node('tests/browser/run.mjs', [folder])
verdict(ran.status === 1, 'a failing test fails the run', ran.out)
verdict(/^7 passed, 7 failed, 1 skipped$/m.test(ran.out), 'each is counted', ran.out)
verdict(!/FAILED: .*: good/.test(ran.out), 'good pages pass', ran.out)
for (const [name, why] of [['inline', 'csp|Content Security Policy'], ['console', 'it hurts'], ['throws', 'it broke'],
  ['foreign', 'third party: http://other.invalid'], ['label', 'accessibility: label'], ['404', '404'], ['unmet', 'does not say']])
  verdict(new RegExp(`FAILED: .*bad: ${name}\\n([ ].*\\n)*?.*(${why})`).test(ran.out), `${name} is told`, ran.out)
const fine = await node('tests/browser/screens.mjs', ['-o', folder, '/good'])
verdict(fine.status === 0 && /^8 passed, 0 failed$/m.test(fine.out), 'eight pictures of a good page', fine.out)
const wide = await node('tests/browser/screens.mjs', ['-o', folder, '-l', 'en', '-m', 'light', '-s', 'phone', '/wide', '/nowhere'])
verdict(wide.status === 1 && /wider than its window/.test(wide.out) && /status 404/.test(wide.out), 'a wide page and a missing one are told', wide.out)
server.close()
rmSync(folder, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
