/// Tests of what agents' output means, with recorded transcripts.
@NullMarked
package io.salvor.process.protocol;

import org.jspecify.annotations.NullMarked;
