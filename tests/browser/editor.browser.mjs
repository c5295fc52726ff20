// The advisory editor while somebody types: what is wrong is said at its field, and no more once it is mended.
import { leave, wider } from './browser.mjs'

const words = {
  en: { empty: /Must: .*is empty/, clear: /Nothing stands in the way/, some: /to mend before publication/, needed: /needed for publication/ },
  ja: { empty: /必須: .*空です/, clear: /公表の妨げになるものはありません/, some: /公表前に直すもの/, needed: /公表に必要/ },
}

// A new edition of the nth published advisory: a draft of our own.
async function revise(page, url, nth, lang) {
  await page.goto(`${url}/editions?lang=${lang}`) // the account's own language is another
  const list = async (state) => (await (await page.request.get(`${url}/editions?state=${state}&format=json`)).json()).editions
  const waiting = (await Promise.all(['draft', 'review', 'approved', 'scheduled'].map(list))).flat().map((e) => e.number)
  const all = (await list('published')).filter((e) => e.advisory_state === 'published' && !waiting.includes(e.number))
  await page.goto(`${url}/editions/${all[nth].id}`)
  await leave(page, () => page.locator('form[action$="/revise"] button[type=submit]').click())
}

const at = (page) => page.evaluate(() => document.activeElement.id)
const note = (field) => `#f-${field}-remarks`
const checked = (page) => page.waitForResponse((r) => new URL(r.url()).pathname.endsWith('/check'), { timeout: 20000 })

async function tab_to(page, field) {
  for (let i = 0; i < 120 && await at(page) !== `f-${field}`; i++) await page.keyboard.press('Tab')
}

// Types over what stands in the field that has the focus; the answer to it is there when this ends.
async function type(page, text) {
  await page.keyboard.press('Control+A')
  const answer = checked(page)
  await page.keyboard.press('Delete')
  if (text) await page.keyboard.insertText(text)
  await answer
}

async function fits(page, expect, axe) {
  expect(await wider(page)).is('')
  await axe()
}

async function by_keys(page, url, expect, axe, lang, nth) {
  await revise(page, url, nth, lang)
  expect(await page.locator(`${note('change_note_en')} .error`).count()).is(1) // at the field when the page comes
  expect(await page.locator('[data-check]').textContent()).holds(words[lang].some)
  const label = page.locator('label[for=f-summary_ja]') // in the reader's language, what is typed in its own
  expect(await label.textContent()).holds(words[lang].needed)
  expect(await label.evaluate((e) => e.closest('[lang]').lang)).is(lang)
  expect(await page.getAttribute('#f-summary_ja', 'lang')).is('ja')

  await tab_to(page, 'summary_ja')
  expect(await at(page)).is('f-summary_ja')
  const stood = await page.inputValue('#f-summary_ja')
  await type(page, '')
  await page.waitForSelector(`${note('summary_ja')} .error`)
  expect(await at(page)).is('f-summary_ja') // the focus was not taken away
  expect(await page.locator(note('summary_ja')).textContent()).holds(words[lang].empty)
  expect(await page.getAttribute('#f-summary_ja', 'aria-invalid')).is('true')
  expect(await page.getAttribute('#f-summary_ja', 'aria-describedby')).holds(/f-summary_ja-remarks/)
  expect(await page.locator('[data-check]').textContent()).holds(words[lang].empty) // and said by the live region
  await axe()

  await type(page, stood)
  await page.waitForSelector(note('summary_ja'), { state: 'detached' })
  expect(await page.getAttribute('#f-summary_ja', 'aria-invalid')).is(null)
  expect(await page.getAttribute('#f-summary_ja', 'aria-describedby')).is('')

  for (const field of ['change_note_en', 'change_note_ja']) {
    await page.focus(`#f-${field}`)
    await type(page, field.endsWith('ja') ? '軽微な修正' : 'A small change.')
    await page.waitForSelector(note(field), { state: 'detached' })
  }
  expect(await page.locator('[data-check]').textContent()).holds(words[lang].clear)

  await page.focus('#f-refs_en') // an address that CSAF does not take
  await type(page, 'https://[example A page')
  await page.waitForSelector(`${note('refs_en')} .error`)
  await type(page, '')
  await page.waitForSelector(note('refs_en'), { state: 'detached' })

  const kept = page.waitForEvent('load')
  await page.keyboard.press('Control+Enter')
  await kept
  expect(await page.locator('.remarks .error').count()).is(0)
  expect(await page.locator('form[action$="/submit"]').count()).is(1) // nothing holds it back now
  expect(await page.locator('#diff').count()).is(1)

  for (const one of ['csaf', 'csaf21']) { // as people read it, and as it is
    await page.goto(`${page.url().split('?')[0]}?preview=${one}`)
    expect(await page.locator('.preview article h1').count()).is(1)
    expect(JSON.parse(await page.locator('pre.code').textContent()).document.csaf_version).is(one === 'csaf' ? '2.0' : '2.1')
    await fits(page, expect, axe)
  }
  for (const one of ['text', 'cve']) {
    await page.goto(`${page.url().split('?')[0]}?preview=${one}`)
    expect(await page.locator('.editor > aside pre.code').count()).is(1)
    await fits(page, expect, axe)
  }
}

// The preview beside what is typed: it follows, and nothing else moves.
async function follows(page, url, expect, axe, lang, nth) {
  await revise(page, url, nth, lang)
  await page.goto(`${page.url().split('?')[0]}?preview=en`)
  const pane = '[data-preview]'
  const heading = () => page.locator(`${pane} h1`).textContent()
  await page.evaluate(() => {
    window.first = document.querySelector('[data-preview] .preview')
    window.touched = 0
    const clock = (node) => (node.closest ? node : node.parentElement)?.closest('time') // a minute may end meanwhile
    new MutationObserver((all) => { window.touched += all.filter((m) => !clock(m.target)).length }).observe(window.first, { childList: true, subtree: true, characterData: true })
  })
  const before = await page.locator(`${pane} .preview`).evaluate((e) => e.childNodes.length)
  await page.focus('#f-title_en')
  const pages = await page.evaluate(() => scrollY)
  await type(page, `Sessions <b>stay</b> & ${lang}`)
  await page.waitForFunction((text) => document.querySelector('[data-preview] h1').textContent === text, `Sessions <b>stay</b> & ${lang}`)
  expect(await page.locator(`${pane} h1 b`).count()).is(0) // text stays text
  expect(await page.evaluate(() => document.querySelector('[data-preview] .preview') === window.first)).is(true) // not drawn anew
  expect(await page.evaluate(() => window.touched)).is(1) // the words of one heading
  expect(await page.locator(`${pane} .preview`).evaluate((e) => e.childNodes.length)).is(before)
  expect(await at(page)).is('f-title_en')
  expect(await page.evaluate(() => scrollY)).is(pages)
  expect(await page.locator(`${pane} [aria-live], ${pane} output, ${pane} [role=status], ${pane} [role=alert]`).count()).is(0)

  await page.locator(pane).evaluate((e) => { e.scrollTop = 120 })
  const place = await page.locator(pane).evaluate((e) => e.scrollTop)
  await page.focus('#f-solution_en')
  await type(page, 'First line.\n\nSecond line.')
  await page.waitForFunction(() => document.querySelector('[data-preview]').textContent.includes('Second line.'))
  expect(await page.locator(pane).evaluate((e) => e.scrollTop)).is(place)
  await fits(page, expect, axe)

  await page.keyboard.press('End')
  await page.keyboard.insertText(' Third.') // no pause: the tab keeps it before it leads on
  await leave(page, () => page.locator('.tabs a[href$="preview=text"]').click())
  expect(await page.inputValue('#f-solution_en')).holds(/Third\.$/)
  expect(await page.locator('[data-preview] pre').textContent()).holds('Third.')
  await page.focus('#f-summary_en')
  await type(page, 'As a terminal shows it.')
  await page.waitForFunction(() => document.querySelector('[data-preview] pre').textContent.includes('As a terminal shows it.'))
  await page.goto(`${page.url().split('?')[0]}?preview=csaf`)
  await page.locator('[data-preview] summary').click()
  await page.focus('#f-summary_en')
  await type(page, 'As CSAF has it.')
  await page.waitForFunction(() => document.querySelector('[data-preview] pre').textContent.includes('As CSAF has it.'))
  expect(await page.locator('[data-preview] details').evaluate((e) => e.open)).is(true) // what was opened stays open
  await page.goto(`${page.url().split('?')[0]}?preview=csaf21`) // it makes no document any more, and says so where it was
  expect(await heading()).is(await page.inputValue('#f-title_en'))
  await page.focus('#f-refs_en')
  await type(page, 'https://[example A page')
  await page.waitForSelector(`${pane} .notice.warn`)
  expect(await page.locator(`${pane} h1`).count()).is(0)
  await axe()
}

// A comment of the review, answered and resolved; then the draft goes as a whole.
async function reviewed(page, url, expect, axe, nth, lang) {
  await revise(page, url, nth, lang)
  const review = '#comments'
  await page.locator(`${review} summary`).last().click()
  await page.selectOption(`${review} select`, 'summary')
  await page.fill(`${review} textarea`, 'Which <b>sessions</b>?')
  await axe()
  await leave(page, () => page.locator(`${review} form[action$="/comments"] button[type=submit]`).click())
  expect(page.url()).holds(/#comments$/)
  expect(await page.locator(`${review} p.pre`).first().textContent()).is('Which <b>sessions</b>?')
  expect(await page.locator(`${review} a[href="#f-summary_en"]`).count()).is(1)
  await page.locator(`${review} summary`).first().click()
  await page.locator(`${review} form[action$="/resolve"] textarea`).fill('All of that account.')
  await fits(page, expect, axe)
  await leave(page, () => page.locator(`${review} form[action$="/resolve"] button[type=submit]`).click())
  expect(await page.locator(`${review} form[action$="/resolve"]`).count()).is(0)
  expect(await page.locator(review).textContent()).holds('All of that account.')
  await page.locator('#approval summary').last().click()
  await leave(page, () => page.locator('#approval form[action$="/drop"] button[type=submit]').click())
  expect(page.url()).holds(/\/cases\/[a-z0-9]+#advisory$/)
}

export const tests = [
  {
    name: 'a comment of the review is answered and resolved, and a draft is deleted', login: 'lead', lang: 'en',
    run: ({ page, url, expect, axe }) => reviewed(page, url, expect, axe, 24, 'en'),
  },
  {
    name: 'the same in Japanese, on a phone', login: 'lead', lang: 'ja', phone: true,
    run: ({ page, url, expect, axe }) => reviewed(page, url, expect, axe, 26, 'ja'),
  },
  {
    name: 'the preview follows what is typed, and nothing flickers or moves', login: 'lead', lang: 'en',
    run: ({ page, url, expect, axe }) => follows(page, url, expect, axe, 'en', 4),
  },
  {
    name: 'the preview follows in Japanese, in the dark', login: 'analyst', lang: 'ja', dark: true,
    run: ({ page, url, expect, axe }) => follows(page, url, expect, axe, 'ja', 6),
  },
  {
    name: 'without a script a button shows the preview, and Enter still saves', login: 'lead', lang: 'en', js: false,
    async run({ page, url, expect }) {
      await revise(page, url, 20, 'en')
      const edition = page.url().split('?')[0]
      await page.fill('#f-title_en', 'Typed without a script')
      await leave(page, () => page.getByRole('button', { name: 'Show the preview of what is typed' }).click())
      expect(page.url()).holds(/preview=en#preview$/)
      expect(await page.locator('[data-preview] h1').textContent()).is('Typed without a script')
      expect(await page.inputValue('#f-title_en')).is('Typed without a script')
      await page.fill('#f-title_en', 'Typed and saved')
      await leave(page, () => page.press('#f-title_en', 'Enter'))
      expect(page.url().split('?')[0]).is(edition)
      expect(await page.locator('.page > .head h1, main > .head h1').first().textContent()).is('Typed and saved')
    },
  },
  {
    name: 'what is wrong stands at its field while one types, and goes when it is mended', login: 'lead', lang: 'en',
    run: ({ page, url, expect, axe }) => by_keys(page, url, expect, axe, 'en', 8),
  },
  {
    name: 'the same in Japanese, dark, on a phone', login: 'analyst', lang: 'ja', dark: true, phone: true,
    run: ({ page, url, expect, axe }) => by_keys(page, url, expect, axe, 'ja', 12),
  },
  {
    name: 'without a script the same stands there after saving', login: 'lead', lang: 'en', js: false,
    async run({ page, url, expect }) {
      await revise(page, url, 16, 'en')
      await page.fill('#f-summary_en', '')
      await page.fill('#f-refs_en', 'https://[example A page')
      await leave(page, () => page.locator('form.form:has(#f-summary_en) > .buttons button[type=submit]').click())
      expect(await page.locator(`${note('summary_en')} .error`).count()).is(1)
      await page.fill('#f-summary_en', 'It stays.')
      await leave(page, () => page.locator('form.form:has(#f-summary_en) > .buttons button[type=submit]').click())
      expect(await page.locator(note('summary_en')).count()).is(0)
      expect(await page.locator(`${note('refs_en')} .error`).count()).is(1)
      expect(await page.getAttribute('#f-refs_en', 'aria-invalid')).is('true')
    },
  },
]
