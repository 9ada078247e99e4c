#!/bin/sh
# Puts deliberate faults into copies of the sources and looks who finds them:
# simulator/bugs.sh [--stories N] [--from N] [--tests] [NAME...]
# --tests: also those that a test of the build finds, each in a copy of the whole tree; takes minutes.
# JAVA_HOME names a JDK of version 25 or later; else the usual places are looked through.
set -eu
root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
exec "$root/simulator/run.sh" --main io.salvor.simulator.bugs.BugHunt --root "$root" "$@"
