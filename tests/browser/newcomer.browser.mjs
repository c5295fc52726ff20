// The six steps of docs/guide/…/demo.md on one report, from the inbox to the
// feed, pressing what the guide names, as four people; once in each language,
// in Japanese without script.
import { open } from './browser.mjs';

const cookies = JSON.parse(process.env.PSIRT_COOKIES || '{}');

const words = {
  en: { reports: 'Reports', fresh: /^New/, qualified: 'Qualified', decide: 'Decide', reason: /^Reason/, assess: 'Assess', vector: 'Or a vector',
    calculate: 'Calculate and save', critical: 'Critical', look: 'Look at these products', owner: /^Ask the owner of/, ask: 'Ask the owner', affected: 'Affected',
    fixEn: 'What users do, in English', fixJa: 'What users do, in Japanese', record: 'Record the remedy', release: 'Edit or release', released: 'It is released',
    draft: 'Draft an advisory', save: 'Save the advisory', send: 'Send for approval', approve: 'Approve', publish: 'Publish now', verify: 'Verify the chains', sound: /No entry was altered/ },
  ja: { reports: '報告', fresh: /^新規/, qualified: '認定済み', decide: '判定', reason: /^理由/, assess: '評価', vector: 'または文字列で指定',
    calculate: '計算して保存', critical: '緊急', look: 'これらの製品を確認', owner: /の担当者に質問$/, ask: '担当者に質問', affected: '影響を受ける',
    fixEn: '利用者が行うこと (英語)', fixJa: '利用者が行うこと (日本語)', record: '対策を記録', release: '編集・リリース', released: 'リリース済みにする',
    draft: 'アドバイザリを起案', save: 'アドバイザリを保存', send: '承認を依頼', approve: '承認', publish: '今すぐ公表', verify: 'チェーンの検証', sound: /記録の改変、削除、移動、チェーンの切断はありません/ },
};

// Somebody of the demo with a browser of their own; what it complains of is put into told.
async function person(context, url, role, lang, js, told) {
  const { page, complaints } = await open(context.browser(), url, { lang, js, cookie: cookies[role] });
  await page.goto(`${url}/desk?lang=${lang}`);
  page.setDefaultTimeout(15000);
  told.push(complaints);
  return page;
}

const follow = (page, name) => go(page, () => page.getByRole('link', { name, exact: typeof name === 'string' }).first().click());
const press = (page, name, nth = 0) => go(page, () => page.getByRole('button', { name, exact: true }).nth(nth).click());
async function go(page, act) {
  await Promise.all([page.waitForEvent('load'), act()]);
}

async function story({ context, url, expect, shot, page: outside }, lang, js, title) {
  const w = words[lang], told = [];
  const analyst = await person(context, url, 'analyst', lang, js, told);
  const engineer = await person(context, url, 'engineer', lang, js, told);
  const lead = await person(context, url, 'lead', lang, js, told);
  const auditor = await person(context, url, 'auditor', lang, js, told);

  await follow(analyst, w.reports);                                    // 1. a report waits
  await follow(analyst, w.fresh);
  await follow(analyst, title);

  await go(analyst, () => analyst.getByRole('link', { name: new RegExp(`^${w.qualified}`) }).first().click()); // 2. it is qualified
  await analyst.getByLabel(w.reason).fill('Reproduced with one packet.');
  await press(analyst, w.decide);
  const home = analyst.url().replace(/[?#].*/, '');
  expect(/\/cases\/[a-z0-9]{26}$/.test(home)).is(true); // the page of the new case
  await go(analyst, () => analyst.getByRole('link', { name: new RegExp(`^${w.assess}`) }).first().click());
  await analyst.getByLabel(w.vector).nth(1).fill('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');
  if (js) await analyst.getByLabel(w.vector).nth(1).blur();
  if (js) await expect(analyst.locator('[data-score]').nth(1)).says('9.8'); // shown before it is saved
  await press(analyst, w.calculate, 1);
  expect((await analyst.locator('main').innerText()).includes(w.critical)).is(true); // the severity

  await analyst.goto(home);                                            // 3. the owner is asked
  expect(await analyst.locator('input[name=product]:checked').count()).is(1); // the product that the report names
  await press(analyst, w.look);
  await analyst.locator('summary').filter({ hasText: w.owner }).click();
  await press(analyst, w.ask);

  const about = await (await analyst.request.get(`${home}?format=json`)).json(); // 4. the owner answers
  await engineer.goto(`${url}/questions`);
  await go(engineer, () => engineer.locator(`a[href="/questions/${about.questions[0].id}"]`).first().click());
  await press(engineer, w.affected);
  await analyst.goto(home);
  await analyst.getByLabel(w.fixEn).fill('Update to the next version.');
  await analyst.getByLabel(w.fixJa).fill('次のバージョンへアップデートしてください。');
  await press(analyst, w.record);
  await follow(analyst, w.release);
  await press(analyst, w.released);

  await analyst.goto(home);                                            // 5. it goes out
  await press(analyst, w.draft);
  const edition = analyst.url().replace(/[?#].*/, '');
  for (const [field, en, ja] of [['title', 'A flaw of the newcomer', '初めての脆弱性'], ['summary', 'One packet is enough.', '1パケットで再現します。'],
    ['impact', 'The device restarts.', '機器が再起動します。']]) {
    await analyst.locator(`[name=${field}_en]`).fill(en);
    await analyst.locator(`[name=${field}_ja]`).fill(ja);
  }
  await press(analyst, w.save);
  await press(analyst, w.send);
  expect(await analyst.getByRole('button', { name: w.approve, exact: true }).count()).is(0); // not by oneself
  await lead.goto(`${url}/desk`);
  await go(lead, () => lead.locator(`a[href="${new URL(edition).pathname}"]`).first().click());
  await press(lead, w.approve);
  await press(lead, w.publish);
  await shot(`newcomer-${lang}-published`);

  const { edition: out } = await (await lead.request.get(`${edition}?format=json`)).json();
  const number = (Array.isArray(out) ? out[0] : out).number;
  for (const [l, text] of [['en', 'A flaw of the newcomer'], ['ja', '初めての脆弱性']]) {
    await outside.goto(`${url}/advisories/${number}?lang=${l}`);
    expect((await outside.locator('h1').innerText()).includes(text)).is(true); // anybody reads it in this language
  }
  const feed = await (await outside.request.get(`${url}/.well-known/csaf/white/feed.json`)).json();
  expect(feed.feed.entry.some((e) => e.id === number)).is(true); // and finds it in the feed

  await auditor.goto(`${url}/audit`);                                  // 6. what the auditor sees
  expect((await auditor.locator('main').innerText()).includes(number) || (await auditor.locator('main').innerText()).includes('edition.publish')).is(true);
  await go(auditor, () => auditor.getByRole('link', { name: w.verify }).or(auditor.getByRole('button', { name: w.verify })).first().click());
  expect(w.sound.test(await auditor.locator('main').innerText())).is(true); // nothing was altered
  for (const p of [analyst, engineer, lead, auditor]) await p.context().close();
  expect(JSON.stringify(told.flat())).is('[]'); // no page complained
}

export const tests = [
  { name: 'a newcomer plays the six steps of the guide on one report, in English', lang: 'en',
    run: (t) => story(t, 'en', true, 'ケストレル300 のプロトコル解析処理におけるバッファオーバーフロー') },
  { name: 'and in Japanese, without script', lang: 'ja', js: false,
    run: (t) => story(t, 'ja', false, 'ケストレル200 のバックアップダウンロードにおけるパストラバーサル') },
];
