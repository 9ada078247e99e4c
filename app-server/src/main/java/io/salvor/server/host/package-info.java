/// What the server takes of its host.
@NullMarked
package io.salvor.server.host;

import org.jspecify.annotations.NullMarked;
