#!/bin/sh
# A real server at load with faults, and what it holds on to; a report in Markdown on standard output:
# integration-tests/soak.sh [--minutes N] [--seed N] >report.md
# Exit status 1 where something rises from the first third of the time to the last one.
set -u
root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
minutes=20 seed=$(od -An -N6 -tu8 /dev/urandom | tr -d ' ')
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
out=$root/target/soak
mkdir -p "$out"
rm -f "$out/report.md"
(cd "$root" && mvn -B -pl integration-tests -am verify -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dsalvor.soak=$((minutes * 60))" "-Dsalvor.seed=$seed" "-Dsalvor.soak.report=$out/report.md") >"$out/soak.log" 2>&1
status=$?
if [ -e "$out/report.md" ]; then cat "$out/report.md"; else tail -n 40 "$out/soak.log"; fi
exit $((status > 0))
