#!/usr/bin/env bash
# 2.1, 3.1: somebody without an account reports; the team reads, answers,
# qualifies; the finder follows by receipt code; hidden is like absent.
. "$(dirname "$0")/verbs.sh"

story() {
  local got code report case html finder=$data/jar.finder
  invite analyst; invite engineer; invite auditor
  got=$(curl -s -L -c "$finder" -b "$finder" "$url/report" --data-urlencode 'product=ケストレル300' --data-urlencode 'product_version=3.4.1' \
    --data-urlencode 'description=認証に使う鍵が固定です。ﾌｧｰﾑｳｪｱを解析すると見えます。' --data-urlencode 'contact=finder@example.org')
  code=$(grep -oE '[A-Z0-9]{5}(-[A-Z0-9]{5}){3}' <<<"$got" | head -n 1)
  expect "the receipt code is shown" "${#code}" 23
  report=$(as analyst psirt report list --json | json .reports[0].id)
  expect_in "the report waits in the inbox" "$(as analyst psirt report list --json)" '"state": "new"'
  expect "the report is not for administrators" "$(status_of administrator "/reports/$report")" 403
  expect "nobody gets in without an account" "$(curl -s -o /dev/null -w '%{http_code}' "$url/reports/$report")" 303

  as analyst psirt report reply "$report" --body "Which firmware build do you use?" >/dev/null
  curl -s -b "$finder" -c "$finder" -o /dev/null --data-urlencode "code=$code" "$url/report/status"
  html=$(curl -s -b "$finder" "$url/report/mine")
  expect_in "the finder reads our answer" "$html" "Which firmware build do you use?"
  got=$(curl -s -L -c "$data/jar.wrong" -b "$data/jar.wrong" -w '%{http_code}' -d code=AAAAA-AAAAA-AAAAA-AAAAA "$url/report/status")
  expect "a wrong code opens nothing" "${got: -3}" 404

  got=$(as analyst psirt report show "$report" --json | json .report.version)
  as analyst psirt report decide "$report" --version "$got" --outcome qualified --reason "Reproduced" --title "固定鍵 in the update of Kestrel 300" --severity high >/dev/null
  case=$(as analyst psirt case list --json | json .cases[0].id)
  expect "the case is qualified" "$(as analyst psirt case show "$case" --json | json .case.state)" qualified
  expect_in "the case is found in Japanese" "$(as analyst psirt find --q 鍵 --json)" "$case"
  expect_in "half-width kana find full-width" "$(as analyst psirt find --q ファームウェア --json)" "$report"
  expect "a search shows words of what it finds, and is in the audit" "$(as auditor psirt audit list --verb find --json | json .entries.length)" 2
  curl -s -b "$data/jar.analyst" -G --data-urlencode q=鍵 "$url/go" | grep -q "$case"; expect "the list of places finds it" "$?" 0
  expect "a list of places is no search" "$(as auditor psirt audit list --verb find --json | json .entries.length)" 2
  curl -s -b "$data/jar.analyst" -o /dev/null "$url/cases?format=csv"; curl -s -H "Authorization: Bearer $(cat "$data/token.analyst")" -o /dev/null "$url/api/v1/reports?format=csv"
  expect "lists that leave as CSV are in the audit" "$(for v in case.list report.list; do as auditor psirt audit list --verb "$v" --json | json .entries[0].note; done | tr '\n' ' ')" "csv csv "
  got=$(as engineer psirt case show "$case" 2>&1); expect "an engineer who is no member sees nothing (exit 3)" "$?" 3
  expect "hidden is like absent" "$got" "$(as engineer psirt case show aaaaaaaaaaaaaaaaaaaaaaaaaa 2>&1)"
  as auditor psirt case note "$case" --body x >/dev/null 2>&1; expect "an auditor writes nothing (exit 4)" "$?" 4
  expect_in "verify finds all in order" "$(psirt verify 2>&1)" "The audit verifies."
}
on_both story
finish
