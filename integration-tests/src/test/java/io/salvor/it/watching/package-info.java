/// What tells people how the server is: metrics, and the rules that raise an alert.
@NullMarked
package io.salvor.it.watching;

import org.jspecify.annotations.NullMarked;
