#!/bin/sh
# Lints the protos, and compares them with what was released: the last tag, or main where there is none.
#
#   api-proto/check.sh [REVISION]     compare with this revision instead
#
# Needs npm and unzip, and git for the comparison; says so and passes where they are missing.
set -eu

buf_version=1.75.0
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work="$here/.buf"
buf="$work/node_modules/.bin/buf"

for needed in npm unzip; do
  if ! command -v "$needed" >/dev/null 2>&1; then
    echo "check.sh: $needed is not here, so the protos are not linted"
    exit 0
  fi
done

if [ "$("$buf" --version 2>/dev/null || true)" != "$buf_version" ]; then
  mkdir -p "$work"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" "@bufbuild/buf@$buf_version" >&2
fi

# Google's annotations, in the version that the build compiles against.
googleapis_version=$(sed -n 's:.*<googleapis.version>\(.*\)</googleapis.version>.*:\1:p' "$here/../pom.xml")
if [ "$(cat "$work/googleapis/version" 2>/dev/null || true)" != "$googleapis_version" ]; then
  repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
  name=proto-google-common-protos
  jar="$repository/com/google/api/grpc/$name/$googleapis_version/$name-$googleapis_version.jar"
  if [ ! -f "$jar" ]; then
    echo "check.sh: $jar is missing; build once: mvn -pl api-proto compile" >&2
    exit 1
  fi
  rm -rf "$work/googleapis"
  mkdir -p "$work/googleapis"
  (cd "$work/googleapis" && unzip -q "$jar" 'google/*.proto' && rm -rf google/protobuf)
  printf '%s' "$googleapis_version" >"$work/googleapis/version"
fi

cd "$here"
"$buf" lint
echo "check.sh: lint passed"

command -v git >/dev/null 2>&1 || exit 0
against=${1:-$(git describe --tags --abbrev=0 2>/dev/null || git rev-parse --verify --quiet main || true)}
if [ -z "$against" ] || ! git cat-file -e "$against:api-proto/buf.yaml" 2>/dev/null; then
  echo "check.sh: nothing was released yet that could be broken"
  exit 0
fi
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
git -C "$here/.." archive "$against" api-proto | tar -x -C "$before"
mkdir -p "$before/api-proto/.buf"
cp -R "$work/googleapis" "$before/api-proto/.buf/googleapis"
"$buf" breaking --against "$before/api-proto"
echo "check.sh: nothing broken since $against"
