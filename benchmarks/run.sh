#!/bin/sh
# Builds the load program and runs it: benchmarks/run.sh [appends noop dispatch startup footprint cli commands list live backup point busy growth archive] [--full] [--records=N]
# The table goes to standard output. SALVOR_JAVA_HOME names a JDK of version 25 or later; else one is looked for.
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

JAVA_HOME=$java_home mvn -q -f "$root/pom.xml" -DskipTests -pl benchmarks -am package >&2
"$root/salvor" version >/dev/null # the launcher builds itself when it is first used
exec "$java_home/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -Dsalvor.launcher="$root/salvor" \
  -cp "$root/benchmarks/target/lib/*" io.salvor.bench.Main "$@"
