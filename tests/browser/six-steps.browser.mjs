// The demo's six steps, as a newcomer plays them: open a waiting report,
// qualify it, ask the owner, answer as the owner, approve and publish, and
// find the valid CSAF in the feed; then the auditor's view.
import { leave } from './browser.mjs';

const first = async (page, url, selector, pattern) => {
  await page.goto(url);
  return page.locator(selector).evaluateAll((all, p) => all.map(a => a.getAttribute('href')).find(h => new RegExp(p).test(h)), pattern);
};

export const tests = [
  {
    name: 'the inbox shows the waiting Japanese report and it is qualified into a case',
    login: 'analyst', lang: 'ja',
    async run({ page, url, expect, axe, shot }) {
      const report = await first(page, url + '/reports?state=new', 'a', '^/reports/[a-z0-9]{26}$');
      expect(!!report).is(true); // a report waits
      await page.goto(url + report);
      await axe(); await shot('report');
      await page.goto(url + report + '/decision?outcome=qualified');
      await page.fill('[name=reason]', '再現を確認した。');
      await page.locator('form[action$="/decision"] button[type=submit]').click();
      await page.waitForURL(/\/cases\/[a-z0-9]{26}/); // deciding leads to the new case
      await axe(); await shot('case');
      expect(/\/cases\//.test(page.url())).is(true); // the case page opens
    },
  },
  {
    name: 'the engineer answers a question in two clicks',
    login: 'engineer', lang: 'ja',
    async run({ page, url, expect, axe, shot }) {
      const question = await first(page, url + '/questions', 'a', '^/questions/[a-z0-9]{26}$');
      expect(!!question).is(true); // a question waits
      await page.goto(url + question);
      await axe(); await shot('question');
      await leave(page, () => page.locator('button[value=affected], button[name=answer]').first().click());
      expect((await page.locator('.errors').count()) === 0).is(true); // the answer is accepted
    },
  },
  {
    name: 'anybody reads the advisories in two languages, without JavaScript, and finds the feed',
    js: false, lang: 'en',
    async run({ page, url, expect, axe, shot }) {
      const advisory = await first(page, url + '/advisories', 'a', '^/advisories/[A-Z]');
      expect(!!advisory).is(true); // an advisory is published
      await page.goto(url + advisory);
      const english = await page.locator('h1').innerText();
      await shot('advisory');
      await page.goto(url + advisory + '?lang=ja');
      expect(english !== await page.locator('h1').innerText()).is(true); // the Japanese title differs
      const csaf = await (await page.request.get(url + advisory + '/csaf')).json();
      expect(csaf.document.csaf_version === '2.0').is(true); // its CSAF is 2.0
      const feed = await (await page.request.get(url + '/.well-known/csaf/white/feed.json')).json();
      expect(feed.feed.entry.length > 20).is(true); // the feed lists the advisories
    },
  },
  {
    name: 'the auditor sees who did what and that the chains verify',
    login: 'auditor', lang: 'en',
    async run({ page, url, expect, axe, shot }) {
      await page.goto(url + '/audit');
      await axe(); await shot('audit');
      await page.goto(url + '/audit/verify');
      expect((await page.locator('main').innerText()).length > 40).is(true); // a verdict is shown
    },
  },
  {
    name: 'nobody without an account sees a case',
    async run({ page, url, expect }) {
      await page.goto(url + '/cases');
      expect(page.url().includes('/login')).is(true); // the door is shown
    },
  },
];
