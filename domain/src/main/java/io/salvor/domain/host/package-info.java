/// The host that everything runs on, behind the port [io.salvor.domain.host.HostMemory].
@NullMarked
package io.salvor.domain.host;

import org.jspecify.annotations.NullMarked;
