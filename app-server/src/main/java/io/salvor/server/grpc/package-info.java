/// `salvor.v1` served: messages from domain values, calls into inputs, refusals into google.rpc
/// errors.
@NullMarked
package io.salvor.server.grpc;

import org.jspecify.annotations.NullMarked;
