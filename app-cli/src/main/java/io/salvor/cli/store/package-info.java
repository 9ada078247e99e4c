/// `salvor thread`, `salvor store` and `salvor workspace`: what the store and the projects hold.
@NullMarked
package io.salvor.cli.store;

import org.jspecify.annotations.NullMarked;
