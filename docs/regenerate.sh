#!/bin/sh
# Writes every page anew that is made from the code: lifecycle.md, api.md, errors.md, cli.md, failure-matrix.md, and the marked parts of others.
# The tests that run say when one is out of date.
set -eu
cd "$(dirname "$0")/.."
mvn -B -ntp -q -pl domain,app-cli,app-server,integration-tests -am verify -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='LifecycleTest,CliPageTest,ConfigPageTest,GeneratedPagesTest,ShownOutputTest' -Dlifecycle.write=true -Ddocs.write=true "$@"
git status --short docs
