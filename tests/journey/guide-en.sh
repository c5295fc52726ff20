#!/usr/bin/env bash
# The guide (en) as a reader types it: its examples run, and print what it shows.
# meets FIRST-1.1 2.1, 2.3, 3.1, 4.2, 5.3
cd "$(dirname "$0")/../.." || exit 2
exec tools/with-demo tools/check-guide run en demo-cli demo-api advisory provider history intelligence operator
