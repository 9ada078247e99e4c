#!/bin/sh
# Makes the client code in ./gen/src from the API's description: mvn -q -pl api-proto compile
# Needs: apt-get install golang-go golang-google-grpc-dev golang-github-golang-protobuf-1-5-dev \
#   golang-google-protobuf-dev protoc-gen-go protoc-gen-go-grpc
set -eu
cd "$(dirname "$0")"
protoset=${1:-../../../api-proto/target/salvor.protoset}
mkdir -p "${2:-gen}/src"
protoc --descriptor_set_in="$protoset" --go_out="${2:-gen}/src" --go-grpc_out="${2:-gen}/src" \
  salvor/v1/attempt.proto salvor/v1/task.proto salvor/v1/diagnosis.proto salvor/v1/task_service.proto
