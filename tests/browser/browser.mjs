// Debian's Chromium for the tests: started once, one fresh context a page,
// and an ear for everything a page must never say (console errors, refused
// resources, reports of the content security policy, scripts that throw).
import { chromium } from 'playwright-core'

const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 390, height: 844 }

export async function start() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
}

// A cookie "name=value" for the origin of url, as a login left it.
export function cookieOf(text, url) {
  const at = text.indexOf('=')
  if (at < 1) throw new Error(`a cookie is name=value, not ${text}`)
  return { name: text.slice(0, at), value: text.slice(at + 1), url }
}

// options: lang 'en'|'ja', dark, js (true), phone, cookie 'name=value'.
// Gives { context, page, complaints }; complaints grows while the page lives.
export async function open(browser, url, { lang = 'en', dark = false, js = true, phone = false, cookie } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: lang === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: lang === 'ja' ? 'Asia/Tokyo' : 'Europe/Berlin',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: js,
    viewport: phone ? PHONE : DESKTOP,
    isMobile: phone,
    hasTouch: phone,
    deviceScaleFactor: 1,
    ignoreHTTPSErrors: true,
  })
  if (cookie) await context.addCookies([cookieOf(cookie, url)])
  const complaints = []
  const page = await context.newPage()
  if (js)
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (e) =>
        console.error(`csp: ${e.violatedDirective} refused ${e.blockedURI || 'inline'}`))
    })
  // A page whose status the test asked for (404 on purpose) logs an error too:
  // allow(pattern) takes such a line away.
  const allowed = []
  const complain = (text) => allowed.some((a) => a.test(text)) || complaints.push(text)
  page.on('console', (m) => m.type() === 'error' && complain(`console: ${m.text()} (${m.location().url})`))
  page.on('pageerror', (e) => complain(`script: ${e.message}`))
  page.on('request', (r) => {
    const to = new URL(r.url())
    if (/^https?:$/.test(to.protocol) && to.origin !== new URL(url).origin) complain(`third party: ${r.url()}`)
  })
  page.on('requestfailed', (r) => {
    const why = r.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') complain(`request: ${r.url()}: ${why}`)
  })
  return { context, page, complaints, allow: (pattern) => allowed.push(pattern) }
}

// "" or what is wrong.  A phone widens its innerWidth to what a page asks for, so it is not asked.
export async function wider(page) {
  const [inner, outer] = [await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width]
  return inner > outer ? `wider than its window: ${inner} > ${outer}` : ''
}

// Does `act` (a press that leads to another page) and waits until that page is
// loaded.  waitForNavigation will not do: it is content with the history entry
// that psirt.js keeps while the old page goes.
export async function leave(page, act) {
  await Promise.all([page.waitForEvent('load'), act()])
}
