#!/bin/sh
# Loses the store, and then the whole home, and brings each back with one command. Prints PASS or FAIL.
. "$(dirname -- "$0")/lib.sh"

make_home </dev/null
work
salvor stop >/dev/null

step "the store is deleted, and the server is started again as one does"
rm -rf "$SALVOR_HOME/store"
for try in 1 2 3; do
  if salvor serve >/dev/null 2>"$scratch/refused"; then fail "try $try: a server started with nothing"; fi
done
cat "$scratch/refused"
grep -q 'salvor backup restore' "$scratch/refused" || fail "the command is not named"
salvor backup restore --yes
whole
salvor stop >/dev/null

step "the home is deleted, with a branch that is not merged"
rm -rf "$SALVOR_HOME"
git -C "$scratch/project" worktree remove --force "$scratch/project-TASK-0001"
git -C "$scratch/project" branch -q -D task/TASK-0001
salvor backup restore --yes
whole
merged

step "rehearsed"
salvor backup create
salvor backup drill

result=PASS
