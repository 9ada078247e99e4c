/// What every [io.salvor.domain.host.HostMemory] keeps to.
@NullMarked
package io.salvor.domain.host;

import org.jspecify.annotations.NullMarked;
