/// gRPC as the command needs it: one call after the other on one HTTP/2 connection, on the caller's
/// thread.
///
/// The general client takes longer to load than all else that a command does. This one starts no
/// thread, so that nothing holds up the end of the program either. Reading order:
/// [io.salvor.cli.wire.GrpcConnection], [io.salvor.cli.wire.Replies], `FrameSocket`, `Hpack`.
@NullMarked
package io.salvor.cli.wire;

import org.jspecify.annotations.NullMarked;
