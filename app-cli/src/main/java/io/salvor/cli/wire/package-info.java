/// gRPC as the command needs it: blocking calls, one after the other, on one connection, and an end
/// that leaves no thread behind. Reading order: [io.salvor.cli.wire.GrpcConnection],
/// [io.salvor.cli.wire.Replies].
@NullMarked
package io.salvor.cli.wire;

import org.jspecify.annotations.NullMarked;
