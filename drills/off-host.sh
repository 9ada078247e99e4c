#!/bin/sh
# Loses the home and its backups, and brings all back on a bare home: from a folder, and from a real server that speaks
# S3. Prints PASS or FAIL.
. "$(dirname -- "$0")/lib.sh"

java=${SALVOR_JAVA_HOME:-${JAVA_HOME:-/usr}}/bin/java
jar=$root/adapters-offhost/target/servers/s3proxy.jar
if [ ! -f "$jar" ]; then
  step "fetching the S3 server"
  (cd "$root" && mvn -q -B -pl adapters-offhost -Denforcer.skip generate-test-resources)
fi

start_s3() {
  mkdir -p "$scratch/s3/data/backups"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  endpoint=http://127.0.0.1:$port
  export AWS_ACCESS_KEY_ID=drill AWS_SECRET_ACCESS_KEY=not-guessed
  cat >"$scratch/s3/conf" <<EOF
s3proxy.endpoint=$endpoint
s3proxy.authorization=aws-v4
s3proxy.identity=$AWS_ACCESS_KEY_ID
s3proxy.credential=$AWS_SECRET_ACCESS_KEY
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$scratch/s3/data
EOF
  "$java" -XX:+UseSerialGC -jar "$jar" --properties "$scratch/s3/conf" >"$scratch/s3/log" 2>&1 &
  server=$!
  for try in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || python3 -c "import socket; socket.create_connection(('127.0.0.1', $port))" 2>/dev/null; then
      return
    fi
    kill -0 "$server" 2>/dev/null || fail "the S3 server ended: $(cat "$scratch/s3/log")"
    sleep 0.2
  done
  fail "the S3 server does not answer"
}

# What is elsewhere reaches as far as what is here.
arrived() {
  records=$(salvor status -o json | python3 -c 'import json, sys; print(json.load(sys.stdin)["records"])')
  for try in $(seq 600); do
    there=$(salvor backup list -o json | python3 -c '
import json, sys
print(min([int(it.get("lastSeq", 0)) for it in json.load(sys.stdin).get("targets", [])] + [10**9]))')
    [ "$there" -lt "$records" ] || return 0
    sleep 0.2
  done
  salvor backup list
  fail "not all of it was brought elsewhere"
}

start_s3
make_home <<EOF
[backup]
segments = "1s"
[backup.targets.disk]
type = "directory"
path = "$scratch/disk"
[backup.targets.bucket]
type = "s3"
endpoint = "$endpoint"
bucket = "backups"
prefix = "laptop"
EOF
work
arrived
salvor stop >/dev/null

step "the host is gone"
mv "$SALVOR_HOME" "$scratch/gone-home"
mv "$SALVOR_BACKUPS" "$scratch/gone-backups"
git -C "$scratch/project" worktree remove --force "$scratch/project-TASK-0001"
git -C "$scratch/project" branch -q -D task/TASK-0001

for from in "$scratch/disk" "s3://backups/laptop?endpoint=$endpoint"; do
  step "a bare home, from $from"
  bare=$((${bare:-0} + 1))
  export SALVOR_HOME="$scratch/bare-$bare/home" SALVOR_BACKUPS="$scratch/bare-$bare/backups"
  salvor backup list --from "$from"
  salvor backup verify --from "$from"
  salvor backup drill --from "$from"
  salvor backup restore --from "$from" --yes
  sed -i '/^\[backup/,$d' "$SALVOR_HOME/config.toml" # the first must not send what the second restores
  whole
  [ "$bare" -lt 2 ] || merged
  salvor stop >/dev/null
done

result=PASS
