#!/bin/sh
# The long form of the proof, with a report in Markdown on standard output:
# simulator/proof.sh [--stories N] [--bug-stories N] [--kills N] [--points N] [--soak MINUTES] [--mutate] >report.md
# What it takes by default, on two cores: about two hours. The log of each part lies in target/proof/.
set -u
root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
stories=1000000 bug_stories=3000 kills=2000 points=1000 soak=20 mutate=no
while [ $# -gt 0 ]; do
  case $1 in
    --stories) stories=$2; shift 2 ;;
    --bug-stories) bug_stories=$2; shift 2 ;;
    --kills) kills=$2; shift 2 ;;
    --points) points=$2; shift 2 ;;
    --soak) soak=$2; shift 2 ;;
    --mutate) mutate=yes; shift ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
out=$root/target/proof
mkdir -p "$out"
seed=$(od -An -N6 -tu8 /dev/urandom | tr -d ' ')
failed=0

# part NAME TITLE COMMAND...
part() {
  name=$1 title=$2
  shift 2
  began=$(date +%s)
  (cd "$root" && "$@") >"$out/$name.log" 2>&1
  status=$?
  [ $status -eq 0 ] || failed=$((failed + 1))
  printf '\n## %s\n\n`%s`\n\n' "$title" "$(printf '%s ' "$@" | sed "s|$root/||g; s| \$||")"
  printf '%s, %s s.\n\n' "$([ $status -eq 0 ] && echo Held || echo "**FAILED** (exit status $status)")" \
    "$(($(date +%s) - began))"
}

# Without colours, and without what a JVM warns of Maven.
plain() { sed -e "s/$(printf '\033')\[[0-9;]*m//g" -e '/^WARNING/d' "$out/$1.log"; }

fenced() { echo '```'; cat; echo '```'; }

printf '# Proof of %s\n\n%s, %s, %s\n' "$(git -C "$root" describe --always --dirty)" \
  "$(date -u +%Y-%m-%dT%H:%MZ)" "$(uname -sr)" "$(nproc) cores"

part stories "Simulated stories" simulator/run.sh --stories "$stories" --from "$seed"
plain stories | grep -v ' × ' | tail -n 60 | fenced
echo
echo "Pairs of state and input that were met: $(grep -c ' × ' "$out/stories.log")."

part bugs "Deliberate faults" simulator/bugs.sh --tests --stories "$bug_stories"
plain bugs

part kills "Kills of a real server under load" \
  mvn -B -pl integration-tests -am verify -Dtest=KillStormTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dsalvor.kills=$kills"
grep -E 'Tests run|kill|seed' "$out/kills.log" | tail -n 20 | fenced

part points "Kills and errors at system calls, git commands and the shim's lines" \
  mvn -B -pl integration-tests -am verify \
  -Dtest='CrashPointsTest,PowerLossTest,FullDiskTest,KilledBackupsTest,KilledGitTest' \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dsalvor.points=$points"
grep -E 'Tests run|seed' "$out/points.log" | tail -n 20 | fenced

part soak "Load with faults" integration-tests/soak.sh --minutes "$soak"
grep -v '^# ' "$out/soak.log"

part concurrency "Callers at once" \
  mvn -B -pl app-server -am test -Dtest=EngineLoopConcurrencyTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dsalvor.lincheck=50
grep -E 'Tests run' "$out/concurrency.log" | tail -n 3 | fenced

if [ $mutate = yes ]; then
  part mutants "Mutants of the core" \
    mvn -B -P pit -pl domain test-compile org.pitest:pitest-maven:mutationCoverage
  grep -E '^>> (Generated|Mutations|Ran|Line)' "$out/mutants.log" | fenced
fi

printf '\n%s\n' "$([ $failed -eq 0 ] && echo 'Everything held.' || echo "**$failed parts failed.**")"
exit $((failed > 0))
