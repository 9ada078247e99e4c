@NullMarked
package io.salvor.sqlite;

import org.jspecify.annotations.NullMarked;
