// Has a program work on a project, and watches until a person is needed or it is over.
//
//	run_task PROJECT PROGRAM [ARGUMENT...]
//
// Speaks to the Unix socket in $SALVOR_HOME, or over TCP where $SALVOR_SERVER (HOST:PORT) and $SALVOR_TOKEN say so.
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	salvor "salvor.dev/api/salvor/v1"
)

// A task leaves these only by a person's command.
var resting = map[salvor.Task_State]bool{
	salvor.Task_REVIEW: true, salvor.Task_APPROVED: true, salvor.Task_MERGED: true, salvor.Task_BLOCKED: true,
	salvor.Task_PAUSED: true, salvor.Task_NEEDS_FIX: true, salvor.Task_FAILED: true, salvor.Task_REJECTED: true,
	salvor.Task_CANCELLED: true, salvor.Task_SKIPPED: true,
}

// connect dials, and returns what every call tells of the caller.
func connect() (*grpc.ClientConn, context.Context, error) {
	ctx := metadata.AppendToOutgoingContext(context.Background(), "salvor-actor", env("SALVOR_ACTOR", "user:"+env("USER", "go")))
	// Pings show that the other side is gone although nobody says so; the server allows one every 10 s.
	pings := grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 20 * time.Second})
	if server := os.Getenv("SALVOR_SERVER"); server != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+os.Getenv("SALVOR_TOKEN"))
		conn, err := grpc.Dial(server, grpc.WithInsecure(), pings)
		return conn, ctx, err
	}
	socket := filepath.Join(env("SALVOR_HOME", os.ExpandEnv("$HOME/.salvor")), "run", "salvor.sock")
	dial := func(ctx context.Context, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	conn, err := grpc.Dial("localhost", grpc.WithInsecure(), grpc.WithContextDialer(dial), pings)
	return conn, ctx, err
}

// watch hands every change of a task on until done says so, through breaks of the connection and restarts of the server.
func watch(ctx context.Context, tasks salvor.TaskServiceClient, name string, done func(*salvor.Task) bool) error {
	var cursor int64
	for {
		stream, err := tasks.WatchTask(ctx, &salvor.WatchTaskRequest{Name: name, Cursor: cursor}, grpc.WaitForReady(true))
		for err == nil {
			var change *salvor.WatchTaskResponse
			if change, err = stream.Recv(); err == nil {
				cursor = change.Cursor
				if change.Task != nil && done(change.Task) { // no task: a heartbeat
					return nil
				}
			}
		}
		if status.Code(err) != codes.Unavailable {
			return err
		}
		fmt.Println("broken off; going on after", cursor)
	}
}

func run(project string, command []string) (salvor.Task_State, error) {
	conn, ctx, err := connect()
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	tasks := salvor.NewTaskServiceClient(conn)

	path, err := filepath.Abs(project)
	if err != nil {
		return 0, err
	}
	// With a request id a call may be repeated after any failure: it happens once.
	task, err := tasks.CreateTask(ctx, &salvor.CreateTaskRequest{
		Task: &salvor.Task{
			Title:   "Hello from Go",
			Project: path,
			Agent:   &salvor.Agent{Name: "command", Command: command},
		},
		RequestId: requestID(),
	})
	if err != nil {
		return 0, err
	}
	fmt.Println("created", task.DisplayId)
	if _, err = tasks.DispatchTask(ctx, &salvor.DispatchTaskRequest{Name: task.Name, RequestId: requestID()}); err != nil {
		return 0, err
	}
	var state salvor.Task_State
	err = watch(ctx, tasks, task.Name, func(changed *salvor.Task) bool {
		state = changed.State
		fmt.Println(state)
		return resting[state]
	})
	return state, err
}

func requestID() string {
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		log.Fatal(err)
	}
	return fmt.Sprintf("%x", id)
}

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: run_task PROJECT PROGRAM [ARGUMENT...]")
	}
	state, err := run(os.Args[1], os.Args[2:])
	if err != nil {
		log.Fatalf("%s: %s", status.Code(err), status.Convert(err).Message())
	}
	if state != salvor.Task_REVIEW {
		os.Exit(1)
	}
}
