/// End to end, crash, drill, architecture and tidiness tests.
@NullMarked
package io.salvor.it;

import org.jspecify.annotations.NullMarked;
