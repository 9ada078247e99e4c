/// Tests of what may be shown.
@NullMarked
package io.salvor.process.text;

import org.jspecify.annotations.NullMarked;
