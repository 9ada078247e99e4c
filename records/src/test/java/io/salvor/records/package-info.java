@NullMarked
package io.salvor.records;

import org.jspecify.annotations.NullMarked;
