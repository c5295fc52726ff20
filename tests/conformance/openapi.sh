#!/usr/bin/env bash
# The description of the API against the schema of OpenAPI 3.1 and against what
# a demo really answers.
set -uo pipefail
cd "$(dirname "$0")/../.."
if [ ! -d tests/node_modules/@apidevtools ]; then
	echo "skipped: no tests/node_modules (tools/npm-ci)"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
if [ -z "${PSIRT_URL:-}" ]; then exec tools/with-demo "$0"; fi
node tests/conformance/openapi.mjs
