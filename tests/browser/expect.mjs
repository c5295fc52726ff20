// expect(x): a few checks that say what they saw.  Those on a page or a
// locator wait up to five seconds for it to become true.
const WAIT = 5000

export class Unmet extends Error {}

function show(x) {
  const text = typeof x === 'string' ? JSON.stringify(x) : String(typeof x === 'object' ? JSON.stringify(x) : x)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function fits(text, want) {
  return want instanceof RegExp ? want.test(text) : text.includes(want)
}

async function until(read, good, say) {
  const end = Date.now() + WAIT
  let seen
  for (;;) {
    seen = await read()
    if (good(seen)) return
    if (Date.now() > end) throw new Unmet(say(seen))
    await new Promise((r) => setTimeout(r, 50))
  }
}

export function expect(x) {
  const read = () => (x.goto ? x.innerText('body') : x.first().innerText({ timeout: WAIT }))
  return {
    is: (want) => { if (x !== want) throw new Unmet(`${show(x)} is not ${show(want)}`) },
    holds: (want) => { if (!(typeof x === 'string' ? fits(x, want) : x.includes(want))) throw new Unmet(`${show(x)} does not hold ${show(want)}`) },
    below: (limit) => { if (!(x < limit)) throw new Unmet(`${show(x)} is not below ${limit}`) },
    above: (limit) => { if (!(x > limit)) throw new Unmet(`${show(x)} is not above ${limit}`) },
    says: (want) => until(read, (s) => fits(s, want), (s) => `text ${show(s)} does not say ${show(want)}`),
    silent: (want) => until(read, (s) => !fits(s, want), (s) => `text ${show(s)} says ${show(want)}`),
    count: (want) => until(() => x.count(), (n) => n === want, (n) => `${n} of them, not ${want}`),
    seen: () => until(() => x.first().isVisible(), Boolean, () => `${x} is not to be seen`),
    unseen: async () => until(async () => (await x.count()) === 0 || !(await x.first().isVisible()), Boolean, () => `${x} is to be seen`),
    focused: () => until(() => x.evaluate((e) => e === document.activeElement), Boolean, () => `${x} has not the focus`),
    at: (path) => until(() => x.url(), (u) => fits(new URL(u).pathname, path), (u) => `the page is ${u}, not ${path}`),
  }
}
