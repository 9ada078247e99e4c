/// A server under load and faults for as long as one likes, and what it holds on to meanwhile.
@NullMarked
package io.salvor.it.soak;

import org.jspecify.annotations.NullMarked;
