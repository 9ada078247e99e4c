/// What happens after something went wrong, with real servers, processes and repositories.
@NullMarked
package io.salvor.it.recovery;

import org.jspecify.annotations.NullMarked;
