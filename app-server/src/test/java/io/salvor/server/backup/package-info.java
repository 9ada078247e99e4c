@NullMarked
package io.salvor.server.backup;

import org.jspecify.annotations.NullMarked;
