#!/usr/bin/env bash
# A disk that is really full: the data directory and the spool on a small file
# system of their own.  Needs the right to mount one.
. "$(dirname "$0")/../journey/verbs.sh"
top=$room disk=$room/disk own=$room/own
mkdir -p "$disk" "$own"
if ! mount -t tmpfs -o size=24m psirt-full "$disk" 2>/dev/null; then
  echo "skipped: a small file system cannot be mounted here"
  skipped=1
  finish
  exit
fi
trap '[ -z "$server" ] || end; umount "$disk" || umount -l "$disk"; rm -rf "$top"' EXIT
room=$disk

reports() { as analyst psirt report list --json | grep -c '"number"'; }
submit() { STATUS=$(curl -s -o "$own/body" -w '%{http_code}' -F product=Kestrel -F "description=A long story $1" -F "file=@$own/file" "$url/report"); BODY=$(cat "$own/body"); }

story() {
  invite analyst
  cp "$data"/token.* "$data"/jar.* "$own"/ && data=$own   # what the story itself writes is elsewhere
  head -c 400000 /dev/urandom >"$own/file"
  submit one; expect "with space: taken" "$STATUS" 200
  head -c 100M /dev/zero >"$disk/ballast" 2>/dev/null
  submit two; expect "full: 507" "$STATUS" 507
  expect_in "full: the page says what happened" "$BODY" "not stored"
  expect_in "full: what was typed is kept" "$BODY" "A long story two"
  expect_in "full: the files are to be chosen again" "$BODY" "choose them again"
  got=$(api analyst POST /report '{"product":"K","description":"full"}'); expect_in "full: the API says so" "$got" '"status": 507'
  expect_in "full: reading goes on" "$(open_page analyst /advisories)" "</html>"
  rm "$disk/ballast"
  submit two; expect "space again: taken" "$STATUS" 200
  expect "nothing half, nothing lost" "$(reports)" 2
  expect_in "verify finds all in order" "$(psirt verify 2>&1)" "The audit verifies."
}
begin sqlite && story
end
finish
