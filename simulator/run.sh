#!/bin/sh
# Builds the simulator and tells stories: simulator/run.sh [--seed N] [--stories N] [--from N]
# JAVA_HOME names a JDK of version 25 or later; else the usual places are looked through.
set -eu
root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)

java_home=
for home in "${SALVOR_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/*; do
  [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
  feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  if [ "${feature:-0}" -ge 25 ]; then
    java_home=$home
    break
  fi
done
[ -n "$java_home" ] || { echo "no JDK of version 25 or later found; set SALVOR_JAVA_HOME" >&2; exit 1; }

main=io.salvor.simulator.SalvorSim
if [ "${1:-}" = --main ]; then
  main=$2
  shift 2
fi

JAVA_HOME=$java_home mvn -q -f "$root/pom.xml" -Dmaven.test.skip=true -pl simulator -am package >&2
exec "$java_home/bin/java" -cp "$root/simulator/target/lib/*" "$main" "$@"
