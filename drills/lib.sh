# What the drills share: a scratch home, a project in it, and PASS or FAIL at the end. Sourced.
set -eu

drills=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${drills%/*}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/salvor-drill.XXXXXX")
export SALVOR_HOME="$scratch/home" SALVOR_BACKUPS="$scratch/backups" SALVOR_ACTOR=user:author
export LC_ALL=xx_XX.UTF-8 # named and not installed, as ssh brings it along: titles and names of files survive it
server=
result=FAIL

salvor() { "$root/salvor" "$@"; }
step() { printf '== %s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

finish() {
  status=$?
  salvor stop >/dev/null 2>&1 || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  if [ "$result" = PASS ]; then rm -rf "$scratch"; else printf 'left for you to look at: %s\n' "$scratch"; fi
  printf '%s: %s\n' "$result" "${0##*/}"
  exit "$status"
}
trap finish EXIT

# A home whose server listens at free ports; its configuration goes on with what is piped in.
make_home() {
  mkdir -p "$SALVOR_HOME" && chmod 700 "$SALVOR_HOME"
  { printf 'listen = "127.0.0.1:0"\nhttp = "127.0.0.1:0"\n'; cat; } >"$SALVOR_HOME/config.toml"
}

# One task that is done and waits for a verdict, in a backup; one more that came after it.
work() {
  mkdir "$scratch/project"
  cd "$scratch/project"
  git init -q -b main
  git -c user.name=Drill -c user.email=drill@localhost commit -q --allow-empty -m "Begin"
  git config user.name Drill
  git config user.email drill@localhost
  salvor serve >/dev/null
  salvor task add "Die Größe" --agent command -- sh -c 'echo new >größe.txt; git add .; git commit -qm New' >/dev/null
  salvor task dispatch 1 --wait >/dev/null
  salvor backup create
  salvor task add "Later" --agent command -- true >/dev/null
}

# Both tasks are there, the store stands every check, and the work can be merged.
whole() {
  salvor serve >/dev/null
  list=$(salvor task list)
  for title in "Die Größe" Later; do
    case $list in *"$title"*) ;; *) fail "the task \"$title\" is lost: $list" ;; esac
  done
  salvor store rebuild --check
}

merged() {
  SALVOR_ACTOR=user:reviewer salvor task approve 1 --merge >/dev/null
  [ -f "$scratch/project/größe.txt" ] || fail "the work is lost"
}
