// The full preset of @secvisogram/csaf-validator-lib over files, for a bench:
// node tests/bench/peer.mjs LIST, a file with one path a line.  Tests that ask
// the network or a spell checker outside (6.3.6, 6.3.7, 6.3.8) are left out on
// both sides.
import { readFileSync } from 'node:fs'
import validate from '@secvisogram/csaf-validator-lib/validate.js'
import * as full20 from '@secvisogram/csaf-validator-lib/full.js'
import * as full21 from '@secvisogram/csaf-validator-lib/csaf_2_1/full.js'

const outside = /6_3_[678]$/
const tests = (suite) => Object.entries(suite).filter(([name, t]) => typeof t === 'function' && !outside.test(name)).map(([, t]) => t)
const suites = { '2.0': tests(full20), '2.1': tests(full21) }
let valid = 0, all = 0
for (const file of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const doc = JSON.parse(readFileSync(file, 'utf8'))
  const result = await validate(suites[doc.document.csaf_version], doc)
  all++
  valid += result.isValid
}
console.log(`${all} documents, ${valid} valid`)
