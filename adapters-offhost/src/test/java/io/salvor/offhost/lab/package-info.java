/// Real servers on loopback, and a place that is none.
@NullMarked
package io.salvor.offhost.lab;

import org.jspecify.annotations.NullMarked;
