#!/usr/bin/env bash
# An upgrade as people do it: an older Salvor works, with an agent running; this one takes its place.
# Says OK where counts and the end of the log are as before, the agent lived on, and a backup of before is there.
#
#   drills/upgrade.sh [REVISION]   the older one; default: the last that wrote stores of version 1
#
# OLD_SALVOR and NEW_SALVOR name programs to take instead of building them.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd -P)
revision=${1:-c8bf1c1}
git -C "$here" cat-file -e "$revision^{commit}" 2>/dev/null || {
  echo "skipped: this clone does not have $revision"
  exit 0
}
scratch=$(mktemp -d)
export SALVOR_HOME=$scratch/home SALVOR_BACKUPS=$scratch/backups SALVOR_ACTOR=user:ann
new=${NEW_SALVOR:-$here/salvor} old=${OLD_SALVOR:-$scratch/older/salvor}

end() {
  status=$?
  "$new" stop --cancel >/dev/null 2>&1 || true
  git -C "$here" worktree remove --force "$scratch/older" >/dev/null 2>&1 || true
  rm -rf "$scratch"
  exit "$status"
}
trap end EXIT

value() { sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" | head -n 1; }
fail() { echo "FAILED: $*" >&2; exit 1; }

[ -n "${OLD_SALVOR:-}" ] || git -C "$here" worktree add --quiet --detach "$scratch/older" "$revision"
mkdir -m 700 "$SALVOR_HOME"
printf 'listen = "127.0.0.1:0"\nhttp = "127.0.0.1:0"\n' >"$SALVOR_HOME/config.toml"
git init -q -b main "$scratch/shop"
cd "$scratch/shop"
git -c user.email=ann@example.org -c user.name=Ann commit -q --allow-empty -m 'A shop'
git config user.email ann@example.org && git config user.name Ann

echo "== the older one works: $(git -C "$here" log -1 --format='%h %s' "$revision") =="
"$old" serve
"$old" task add "Done before" --agent command -- sh -c 'echo done > done.txt; git add .; git commit -qm done'
"$old" task dispatch 1 --wait >/dev/null || true
"$old" task add "Runs through the upgrade" --agent command -- sh -c 'echo begun; while [ ! -e go ]; do sleep 0.2; done; echo "went on" > on.txt; git add on.txt; git commit -qm "Went on"'
"$old" task dispatch 2 >/dev/null
until [ "$("$old" status -o json | value pid)" ] && "$old" task show 2 -o json | grep -q '"RUNNING"'; do :; done
agent=$("$old" status -o json | sed -n '/"openAttempts"/,/]/p' | value pid)
lineage=$("$old" status -o json | value lineage)
"$old" stop

echo "== this one takes its place =="
"$new" doctor || true
"$new" serve
"$new" backup list
kill -0 "$agent" || fail "the agent, process $agent, did not live on"
[ "$("$new" status -o json | value lineage)" = "$lineage" ] || fail "it is another store"
"$new" store check
before=$("$new" backup list -o json | tr '{' '\n' | grep '"storeVersion": 1' -c || true)
"$new" backup list -o json | grep -q '"storeVersion": 1,' || fail "there is no backup of before ($before)"
touch "$scratch/shop-TASK-0002/go"
"$new" task watch 2 >/dev/null || true
"$new" task show 2 -o json | grep -q '"REVIEW"' || fail "the agent's work was not taken up"
"$new" task list

echo "== the backup of before is sound, to go back to =="
"$new" stop >/dev/null
generation=$("$new" backup list -o json | grep -B 20 '"storeVersion": 1,' | value generation)
"$new" backup verify "$generation"
echo "OK: the upgrade kept everything, the agent lived on, and $generation is there to go back to"
