/// Who calls: over which door, with which token, and whether from inside an attempt.
@NullMarked
package io.salvor.server.access;

import org.jspecify.annotations.NullMarked;
