// Our documents by the official schemas of their formats (standards/*/data), read by
// somebody else's engine (ajv), with formats asserted: CSAF 2.0 and 2.1, provider
// metadata, CVE records, OSV, OpenVEX, CycloneDX.  What a file is, it says itself.
//
// usage: node tests/conformance/schemas.mjs FILE|FOLDER ...
// Prints "FILE: KIND" or the findings; ends with "N passed, N failed".
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const data = new URL('../../standards/', import.meta.url)
const schema = (path) => JSON.parse(readFileSync(new URL(path, data)))
const engine = (Engine) => {
  const ajv = new Engine({ strict: false, allErrors: true, validateSchema: false })
  addFormats(ajv)
  for (const name of ['iri', 'iri-reference', 'idn-email']) ajv.addFormat(name, true)   // URIs of any script: not judged here
  return ajv
}
// CVSS and CSAF 2.1 have dialects of their own, which say no more than that formats count.
const add = (ajv, path, id) => {
  const s = schema(path)
  delete s.$schema
  if (id) delete s.$id, delete s.id
  ajv.addSchema(s, id)
  return id ?? s.$id
}
function csaf(files, wanted) {
  const ajv = engine(Ajv2020)
  ajv.addSchema({ $id: 'https://json-schema.org/draft/2020-12/meta/format-assertion', $dynamicAnchor: 'meta' })
  for (const v of ['2.0', '3.0', '3.1', '4.0']) add(ajv, `csaf/data/cvss-v${v}.json`, `https://www.first.org/cvss/cvss-v${v}.json`)
  add(ajv, 'ssvc/data/SelectionList_2_0_0.schema.json')
  const ids = files.map((f) => add(ajv, `csaf/data/${f}`))
  return ajv.getSchema(ids[files.indexOf(wanted)])
}
const v20 = ['csaf_json_schema.json', 'provider_json_schema.json']
const v21 = ['v2.1/extension-metaschema.json', 'v2.1/extension-content.json', 'v2.1/csaf.json', 'v2.1/provider.json']
const makers = {
  'CSAF 2.0': () => csaf(v20, v20[0]),
  'CSAF 2.1': () => csaf(v21, v21[2]),
  'provider metadata 2.0': () => csaf(v20, v20[1]),
  'provider metadata 2.1': () => csaf(v21, v21[3]),
  'CVE 5': () => engine(Ajv).compile(schema('cve/data/record-5.2.json')),
  OSV: () => engine(Ajv2020).compile(schema('osv/data/schema.json')),
  OpenVEX: () => engine(Ajv2020).compile(schema('openvex/data/schema.json')),
  'CycloneDX 1.6': () => {
    const ajv = engine(Ajv)
    for (const f of ['spdx', 'jsf-0.82', 'cryptography-defs']) ajv.addSchema(schema(`cyclonedx/data/${f}.json`))
    return ajv.compile(schema('cyclonedx/data/bom-1.6.json'))
  },
}
const made = {}
const by = (kind) => (made[kind] ??= makers[kind]())

function kindOf(d) {
  if (d?.document?.csaf_version) return `CSAF ${d.document.csaf_version}`
  if (d?.metadata_version) return `provider metadata ${d.metadata_version}`
  if (d?.dataType === 'CVE_RECORD') return 'CVE 5'
  if (d?.bomFormat) return `${d.bomFormat} ${d.specVersion}`
  if (d?.statements) return 'OpenVEX'
  return d?.modified && d?.id ? 'OSV' : 'nothing known'
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)))
}

const list = process.argv.slice(2).flatMap(files).filter((f) => f.endsWith('.json'))
if (!list.length) {
  console.error('schemas: no file to judge')
  process.exit(2)
}
let passed = 0, failed = 0
for (const file of list) {
  let kind = 'no JSON', found = []
  try {
    const d = JSON.parse(readFileSync(file))
    kind = kindOf(d)
    if (!makers[kind]) found = [{ instancePath: '', message: `no schema for ${kind}` }]
    else if (!by(kind)(d)) found = by(kind).errors
  } catch (e) {
    found = [{ instancePath: '', message: e.message }]
  }
  if (found.length) failed++
  else passed++
  console.log(`${file}: ${found.length ? `not valid by the schema of ${kind}` : kind}`)
  for (const f of found.slice(0, 10)) console.log(`  ${f.instancePath}: ${f.message}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
