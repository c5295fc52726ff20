// Somebody else's opinion of our CSAF documents: the schema and the mandatory
// tests (6.1.*) of @secvisogram/csaf-validator-lib, for CSAF 2.0 and 2.1.
//
// usage: node tests/conformance/judge.mjs [--recommended] FILE|FOLDER ...
// Prints "FILE: valid", or one line for each finding; ends with
// "N passed, N failed".  --recommended also tells what the recommended
// (2.0: optional) tests 6.2.* say; that never fails a file.  Nothing is
// fetched from the network: tests that ask URLs are informative (6.3.*).
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import validate from '@secvisogram/csaf-validator-lib/validate.js'
import * as basic20 from '@secvisogram/csaf-validator-lib/basic.js'
import * as more20 from '@secvisogram/csaf-validator-lib/optionalTests.js'
import * as basic21 from '@secvisogram/csaf-validator-lib/csaf_2_1/basic.js'
import * as more21 from '@secvisogram/csaf-validator-lib/csaf_2_1/recommendedTests.js'

const suites = {
  '2.0': { must: Object.values(basic20), should: Object.values(more20) },
  '2.1': { must: Object.values(basic21), should: Object.values(more21) },
}

// The findings of one file: [{ test, where, text }]; an unreadable file is a finding.
export async function judge(file, kind = 'must') {
  let doc
  try {
    doc = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)))
  } catch (e) {
    return [{ test: 'read', where: '', text: e.message }]
  }
  const version = doc?.document?.csaf_version
  const suite = Object.hasOwn(suites, version) ? suites[version] : undefined
  if (!suite) return [{ test: 'version', where: '/document/csaf_version', text: `is neither 2.0 nor 2.1: ${version}` }]
  const result = await validate(suite[kind], doc)
  const told = result.tests.flatMap((t) =>
    [...t.errors, ...(kind === 'should' ? t.warnings : [])].map((f) => ({ test: t.name, where: f.instancePath, text: f.message })))
  if (kind === 'must' && !result.isValid && !told.length) told.push({ test: 'validator', where: '', text: 'refused without a reason' })
  return told
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).sort().flatMap((name) => {
    const inner = join(path, name)
    return statSync(inner).isDirectory() || name.endsWith('.json') ? files(inner) : []
  })
}

const args = process.argv.slice(2)
const recommended = args.includes('--recommended')
const unknown = args.find((a) => a.startsWith('-') && a !== '--recommended')
const list = args.filter((a) => !a.startsWith('-')).flatMap(files)
if (unknown || !list.length) {
  console.error(unknown ? `judge: no option ${unknown}` : 'judge: no file to judge')
  process.exit(2)
}
let passed = 0, failed = 0
for (const file of list) {
  const found = await judge(file)
  if (found.length) failed++
  else passed++
  console.log(`${file}: ${found.length ? `${found.length} findings` : 'valid'}`)
  for (const f of found) console.log(`  ${f.test} ${f.where}: ${f.text}`)
  if (recommended && !found.length)
    for (const f of await judge(file, 'should')) console.log(`  (${f.test} ${f.where}: ${f.text})`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
