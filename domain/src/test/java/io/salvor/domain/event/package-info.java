/// Tests of what records mean to who watches.
@NullMarked
package io.salvor.domain.event;

import org.jspecify.annotations.NullMarked;
