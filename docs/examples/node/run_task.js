// Has a program work on a project, and watches until a person is needed or it is over.
//
//   node run_task.js PROJECT PROGRAM [ARGUMENT...]
//
// Speaks to the Unix socket in $SALVOR_HOME, or over TCP where $SALVOR_SERVER (HOST:PORT) and $SALVOR_TOKEN say so.
// The API's description comes from $SALVOR_PROTOSET or from the build: mvn -q -pl api-proto compile

import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {homedir, userInfo} from 'node:os';
import {resolve} from 'node:path';
import {promisify} from 'node:util';
import * as grpc from '@grpc/grpc-js';
import {loadFileDescriptorSetFromBuffer} from '@grpc/proto-loader';

const protoset =
  process.env.SALVOR_PROTOSET ?? new URL('../../../api-proto/target/salvor.protoset', import.meta.url).pathname;
const {salvor} = grpc.loadPackageDefinition(
  loadFileDescriptorSetFromBuffer(readFileSync(protoset), {enums: String, longs: String}));

// A task leaves these only by a person's command.
const RESTING = new Set(['REVIEW', 'APPROVED', 'MERGED', 'BLOCKED', 'PAUSED', 'NEEDS_FIX', 'FAILED', 'REJECTED',
  'CANCELLED', 'SKIPPED']);

/** A client, and what every call tells of the caller. */
function connect() {
  const metadata = new grpc.Metadata({waitForReady: true});
  metadata.set('salvor-actor', process.env.SALVOR_ACTOR ?? `user:${userInfo().username}`);
  const home = process.env.SALVOR_HOME ?? `${homedir()}/.salvor`;
  const address = process.env.SALVOR_SERVER ?? `unix:${home}/run/salvor.sock`;
  if (process.env.SALVOR_SERVER) {
    metadata.set('authorization', `Bearer ${process.env.SALVOR_TOKEN}`);
  }
  // Pings show that the other side is gone although nobody says so; the server allows one every 10 s.
  const options = {'grpc.keepalive_time_ms': 30_000, 'grpc.keepalive_timeout_ms': 20_000};
  return [new salvor.v1.TaskService(address, grpc.credentials.createInsecure(), options), metadata];
}

/** Every change of a task, through breaks of the connection and restarts of the server. */
async function* watch(tasks, name, metadata) {
  let cursor = '0';
  for (;;) {
    const stream = tasks.watchTask({name, cursor}, metadata);
    try {
      for await (const change of stream) {
        cursor = change.cursor;
        if (change.task) { // else it is a heartbeat
          yield change.task;
        }
      }
    } catch (error) {
      if (error.code !== grpc.status.UNAVAILABLE) {
        throw error;
      }
    } finally {
      stream.cancel();
    }
    console.log(`broken off; going on after ${cursor}`);
  }
}

async function run(project, command) {
  const [tasks, metadata] = connect();
  const createTask = promisify(tasks.createTask).bind(tasks);
  const dispatchTask = promisify(tasks.dispatchTask).bind(tasks);

  // With a request_id a call may be repeated after any failure: it happens once.
  const wanted = {title: 'Hello from Node', project: resolve(project), agent: {name: 'command', command}};
  const created = await createTask({task: wanted, request_id: randomUUID()}, metadata);
  console.log('created', created.display_id);
  await dispatchTask({name: created.name, request_id: randomUUID()}, metadata);

  for await (const task of watch(tasks, created.name, metadata)) {
    console.log(task.state);
    if (RESTING.has(task.state)) {
      tasks.close();
      return task.state === 'REVIEW' ? 0 : 1;
    }
  }
}

const [project, ...command] = process.argv.slice(2);
if (command.length === 0) {
  console.error('usage: node run_task.js PROJECT PROGRAM [ARGUMENT...]');
  process.exit(2);
}
try {
  process.exitCode = await run(project, command);
} catch (refused) {
  console.error(`${grpc.status[refused.code] ?? 'error'}: ${refused.details ?? refused.message}`);
  process.exitCode = 1;
}
