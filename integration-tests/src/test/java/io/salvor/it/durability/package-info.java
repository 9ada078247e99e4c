/// That nothing is acknowledged before it is on the disk: SIGKILL cannot show it, since the kernel
/// keeps what was written; `strace` can.
@NullMarked
package io.salvor.it.durability;

import org.jspecify.annotations.NullMarked;
