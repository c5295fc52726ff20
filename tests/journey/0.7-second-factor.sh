#!/usr/bin/env bash
# 0.7 Staff: the house asks analysts for a second factor; one sets it up, comes back with
# password and code, and no code counts twice.
. "$(dirname "$0")/verbs.sh"

# code_of KEY STEPS: the six digits of a key, so many steps of 30 seconds from now (RFC 6238).
code_of() {
  node -e 'const bits=[...process.argv[1]].map(x=>"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(x).toString(2).padStart(5,"0")).join("");
    const key=Buffer.from(bits.match(/.{8}/g).map(b=>parseInt(b,2))), t=Buffer.alloc(8);
    t.writeBigUInt64BE(BigInt(Math.floor(Date.now()/30000)+Number(process.argv[2])));
    const m=require("crypto").createHmac("sha1",key).update(t).digest(), at=m[19]&15;
    console.log(String((m.readUInt32BE(at)&0x7fffffff)%1000000).padStart(6,"0"))' "$1" "$2"
}
hidden() { grep -o "name=\"$1\" value=\"[^\"]*" | head -n 1 | sed 's/.*value="//'; }
# knock JAR PASSWORD: where a sign-in leads to.
knock() {
  curl -s -o /dev/null -c "$data/jar.$1" -w '%{redirect_url}' --data-urlencode mail=analyst@story.example --data-urlencode "password=$2" "$url/login"
}
# code JAR CODE: the status after giving a code.
code() {
  local csrf
  csrf=$(curl -s -b "$data/jar.$1" "$url/login/code" | hidden _csrf)
  curl -s -o /dev/null -b "$data/jar.$1" -c "$data/jar.$1" -w '%{http_code}' -d "_csrf=$csrf&code=$2" "$url/login/code"
}

# typed LINE…: psirt login at a terminal, where these lines are typed, each when it is asked for.
typed() {
  local out=$data/typed n=0
  : >"$out"
  { for line in "$@"; do
      n=$((n + 1))
      for _ in $(seq 100); do [ "$(grep -oE '(Password|code): ' "$out" | wc -l)" -ge "$n" ] && break; sleep 0.1; done
      printf '%s\n' "$line"
    done; sleep 2; } | script -qefc "$bin login --mail analyst@story.example" "$out" >/dev/null
  cat "$out"
}

story() {
  export HOME=$data/home; mkdir -p "$HOME"
  invite analyst
  local password="a long enough secret analyst" page key csrf draft answer first next
  expect "an analyst works without one" "$(status_of analyst /desk)" 200
  api administrator POST /settings/entry '{"second_factor":["analyst"],"session_idle":30,"session_hours":12}' >/dev/null
  expect "now only the page that sets it up opens" "$(status_of analyst /desk)" 303
  page=$(open_page analyst /me/second)
  expect_in "with a picture" "$page" '<svg class="qr"'
  key=$(grep -o 'secret=[A-Z2-7]*' <<<"$page" | head -n 1 | cut -d= -f2) csrf=$(hidden _csrf <<<"$page") draft=$(hidden draft <<<"$page")
  first=$(code_of "$key" 0)   # once: thirty seconds may end between two lines
  answer=$(curl -s -b "$data/jar.analyst" -c "$data/jar.analyst" -d "_csrf=$csrf&draft=$draft&code=$first" \
    --data-urlencode "password=$password" "$url/me/second")
  expect "ten recovery codes are shown once" "$(grep -oE '[a-z2-7]{4}(-[a-z2-7]{4}){3}' <<<"$answer" | sort -u | wc -l)" 10
  expect "the same browser goes on" "$(status_of analyst /desk)" 200

  expect "a wrong password leads nowhere" "$(knock two "not the secret at all")" ""
  expect_in "the right one to the code" "$(knock two "$password")" "/login/code"
  expect "and opens nothing yet" "$(status_of two /desk)" 303
  expect "a code that was used is refused" "$(code two "$first")" 422
  next=$(code_of "$key" 1)
  expect "the next one opens" "$(code two "$next")" 303
  expect "the desk" "$(status_of two /desk)" 200
  knock three "$password" >/dev/null
  expect "not twice" "$(code three "$next")" 422
  expect "a recovery code opens" "$(code three "$(grep -oE '[a-z2-7]{4}(-[a-z2-7]{4}){3}' <<<"$answer" | head -n 1)")" 303
  expect "tokens work as before" "$(api analyst GET /desk | json .title | wc -l)" 1
  expect_in "a terminal is asked for the code, too" "$(typed "$password" "$(grep -oE '[a-z2-7]{4}(-[a-z2-7]{4}){3}' <<<"$answer" | sed -n 2p)")" "Signed in at"
  expect "and only its owner reads what it got" "$(stat -c %a "$HOME/.config/psirt/tokens")" 600
  expect_in "it works" "$(psirt user me --json | json .person.mail)" "analyst@story.example"
  expect_in "until it is given back" "$(psirt logout)" "Signed out"
  expect "then it does not" "$(psirt user me 2>&1 | grep -c 'psirt login')" 1
  expect_in "a wrong password gets nothing" "$(typed "not the secret at all")" "do not belong together"
  expect_in "the API takes tokens only" "$(curl -s -X POST -H 'Content-Type: application/json' -d '{"mail":"analyst@story.example","password":"x"}' "$url/api/v1/login")" "Authorization: Bearer"
}

on_both story
finish
