/// Errors as google.rpc wants them.
@NullMarked
package io.salvor.server.errors;

import org.jspecify.annotations.NullMarked;
