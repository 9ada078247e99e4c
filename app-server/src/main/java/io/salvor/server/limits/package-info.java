/// What limits mean beside the core: their words, their warnings, and what is watched for them.
@NullMarked
package io.salvor.server.limits;

import org.jspecify.annotations.NullMarked;
