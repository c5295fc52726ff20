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
    name: 'the affected versions are seen and the owner is asked',
    login: 'analyst', lang: 'en',
    async run({ page, url, expect, axe, shot }) {
      const cases = (await (await page.request.get(url + '/cases?state=qualified&format=json')).json()).cases;
      let found = false;
      for (const one of cases) {
        await page.goto(`${url}/cases/${one.id}/impact`);
        if ((found = (await page.locator('form[action$="/questions"]').count()) > 0)) break;
      }
      expect(found).is(true); // a case whose products are chosen
      await axe(); await shot('impact');
      const questions = page.locator('a[href^="/questions/"]'), before = await questions.count();
      const ask = page.locator('details', { has: page.locator('form[action$="/questions"]') }).first();
      await ask.locator('summary').click();
      await ask.locator('textarea').fill('Does the watchdog restart it?');
      await leave(page, () => ask.locator('button[type=submit]').click());
      expect((await page.locator('.errors').count()) === 0).is(true); // the question is accepted
      expect(await questions.count()).is(before + 1); // and stands with the case
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
    name: 'a second person approves, publishes in two languages, and the valid CSAF is in the feed',
    login: 'lead', lang: 'ja',
    async run({ page, url, expect, axe, shot }) {
      const waiting = (await (await page.request.get(url + '/editions?state=review&format=json')).json()).editions.find((e) => e.state === 'review');
      expect(!!waiting).is(true); // an edition waits for approval
      const feed = async () => (await (await page.request.get(url + '/.well-known/csaf/white/feed.json')).json()).feed.entry.map((e) => e.id);
      expect((await feed()).includes(waiting.number)).is(false); // nothing is out before
      await page.goto(`${url}/editions/${waiting.id}`);
      await axe(); await shot('approval');
      await leave(page, () => page.locator('form[action$="/approve"] button[type=submit]').click());
      await leave(page, () => page.locator('form[action$="/publish"] button[type=submit]').click());
      await axe(); await shot('published');
      for (const [lang, title] of [['en', waiting.title], ['ja', waiting.title_ja]]) {
        await page.goto(`${url}/advisories/${waiting.number}?lang=${lang}`);
        expect((await page.locator('h1').innerText()).includes(title)).is(true); // the page in this language
      }
      expect((await feed()).includes(waiting.number)).is(true); // the feed has it
      const csaf = await (await page.request.get(`${url}/advisories/${waiting.number}/csaf`)).json();
      expect(csaf.document.tracking.id).is(waiting.number); // and its document is its own
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
