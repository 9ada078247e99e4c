#!/bin/sh
# Makes the client code in ./gen from the API's description: mvn -q -pl api-proto compile
# Needs: apt-get install python3-grpcio protobuf-compiler protobuf-compiler-grpc
set -eu
cd "$(dirname "$0")"
protoset=${1:-../../../api-proto/target/salvor.protoset}
mkdir -p "${2:-gen}"
protoc --descriptor_set_in="$protoset" --python_out="${2:-gen}" --grpc_python_out="${2:-gen}" \
  --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  salvor/v1/attempt.proto salvor/v1/task.proto salvor/v1/diagnosis.proto salvor/v1/task_service.proto \
  google/api/client.proto google/api/field_behavior.proto google/api/launch_stage.proto google/api/resource.proto
