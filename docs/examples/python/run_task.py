"""Has a program work on a project, and watches until a person is needed or it is over.

    PYTHONPATH=gen python3 run_task.py PROJECT PROGRAM [ARGUMENT...]

Speaks to the Unix socket in $SALVOR_HOME, or over TCP where $SALVOR_SERVER (HOST:PORT) and $SALVOR_TOKEN say so.
"""

import os
import sys
import uuid

import grpc
from salvor.v1 import task_pb2, task_service_pb2 as api, task_service_pb2_grpc

# A task leaves these only by a person's command.
RESTING = {"REVIEW", "APPROVED", "MERGED", "BLOCKED", "PAUSED", "NEEDS_FIX", "FAILED", "REJECTED", "CANCELLED", "SKIPPED"}

# Pings show that the other side is gone although nobody says so; the server allows one every 10 s.
OPTIONS = [("grpc.keepalive_time_ms", 30_000), ("grpc.keepalive_timeout_ms", 20_000)]


def connect():
    """The channel, and what every call tells of the caller."""
    metadata = [("salvor-actor", os.environ.get("SALVOR_ACTOR", "user:" + os.environ.get("USER", "python")))]
    server = os.environ.get("SALVOR_SERVER")
    if server:
        metadata.append(("authorization", "Bearer " + os.environ["SALVOR_TOKEN"]))
        return grpc.insecure_channel(server, OPTIONS), metadata
    home = os.environ.get("SALVOR_HOME", os.path.expanduser("~/.salvor"))
    return grpc.insecure_channel(f"unix:{home}/run/salvor.sock", OPTIONS), metadata


def watch(tasks, name, metadata):
    """Every change of a task, through breaks of the connection and restarts of the server."""
    cursor = 0
    while True:
        try:
            request = api.WatchTaskRequest(name=name, cursor=cursor)
            for change in tasks.WatchTask(request, metadata=metadata, wait_for_ready=True):
                cursor = change.cursor
                if change.HasField("task"):  # else it is a heartbeat
                    yield change.task
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise
        print(f"broken off; going on after {cursor}", flush=True)


def main(project, command):
    channel, metadata = connect()
    tasks = task_service_pb2_grpc.TaskServiceStub(channel)

    # With a request_id a call may be repeated after any failure: it happens once.
    wanted = task_pb2.Task(title="Hello from Python", project=os.path.abspath(project))
    wanted.agent.name = "command"
    wanted.agent.command.extend(command)
    task = tasks.CreateTask(api.CreateTaskRequest(task=wanted, request_id=str(uuid.uuid4())), metadata=metadata)
    print("created", task.display_id, flush=True)
    tasks.DispatchTask(api.DispatchTaskRequest(name=task.name, request_id=str(uuid.uuid4())), metadata=metadata)

    for task in watch(tasks, task.name, metadata):
        state = task_pb2.Task.State.Name(task.state)
        print(state, flush=True)
        if state in RESTING:
            return 0 if state == "REVIEW" else 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except grpc.RpcError as refused:
        sys.exit(f"{refused.code().name}: {refused.details()}")
