/// Tests of notices.
@NullMarked
package io.salvor.server.notices;

import org.jspecify.annotations.NullMarked;
